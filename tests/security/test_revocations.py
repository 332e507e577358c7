"""Who is signed out or sent out is cut off, in whatever order the database lets it be known; cookies keep to TLS."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlmodel import func, select

from models.identity.tables import Revocation
from models.tables import DEFAULT_TENANT
from models.transaction import Origin
from tests.realtime.client import WITHIN_S
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import Site, serving


async def revoke(house: House, subject_id: UUID | None, number: int) -> None:
    """Stores a revocation under a given number, as a transaction does that took its number early or late."""
    assert subject_id is not None
    async with house.context.transaction(Origin()) as tx:
        tx.db.add(Revocation(id=number, tenant_id=DEFAULT_TENANT, subject_id=subject_id, at=tx.now))


async def test_a_revocation_that_comes_to_light_late(house: House) -> None:
    first, second = await house.account("Ada"), await house.account("Bob")
    one, other = await house.client(first), await house.client(second)
    async with house.context.database.read() as db:
        last = (await db.exec(select(func.max(Revocation.id)))).one() or 0
    await revoke(house, first.sign_in_id, last + 2)
    await one.until_closed(WITHIN_S)
    await revoke(house, second.sign_in_id, last + 1)
    await other.until_closed(WITHIN_S)


@pytest.fixture(scope="module")
def public_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('public') / 'convene.db'}"
    with serving(url, public_url="https://meet.example.org") as site:
        yield site


async def test_the_refresh_cookie_of_a_tls_site_is_secure(public_site: Site) -> None:
    async with open_house(public_site) as house:
        account = {"email": "ada@example.org", "password": "correct horse", "display_name": "Ada"}
        answer = await house.http.post("/api/v1/auth/register", json=account)
        attributes = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
        assert {"secure", "httponly", "samesite=strict", "path=/api/v1/auth"} <= attributes
