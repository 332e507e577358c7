"""Nobody gets around a pace by taking another door, or fills the database without a name."""

import asyncio
import time
from collections.abc import Iterator

import httpx
import pytest
from sqlmodel import func, select

from models.log.tables import AnsweredRequest
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person
from tests.realtime.site import Site, serving


@pytest.fixture(scope="module")
def slow_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('slow') / 'convene.db'}"
    with serving(url, commands_per_second=1) as site:
        yield site


async def until_refused(house: House, person: Person) -> httpx.Response:
    """Starts sessions until one is refused: in the meantime another second may have passed."""
    while True:
        answer = await house.request("POST", "/sessions", {"title": "Algebra"}, person)
        if answer.is_error:
            return answer


async def test_requests_of_one_person_have_a_pace(slow_site: Site) -> None:
    async with open_house(slow_site) as house:
        ada, bob = await house.account("Ada"), await house.account("Bob")
        began = time.monotonic()
        answers = await asyncio.gather(*(house.get("/users/me", ada) for _ in range(200)))
        taken = sum(answer.status_code == 200 for answer in answers)
        # A minute's worth at once, and one more in every second that it took.
        assert 60 <= taken <= 61 + time.monotonic() - began
        refused = await until_refused(house, ada)
        assert refused.json()["errorCode"] == "RATE_LIMITED"
        assert int(refused.headers["retry-after"]) >= 1
        assert (await house.get("/users/me", bob)).status_code == 200


async def test_signing_out_without_a_name_leaves_nothing_behind(house: House) -> None:
    for number in range(5):
        headers = {"Idempotency-Key": f"nobody-{number}"}
        assert (await house.http.post("/api/v1/auth/logout", headers=headers)).status_code == 200
    query = select(func.count()).where(AnsweredRequest.key.startswith("nobody-"))
    async with house.context.database.read() as db:
        assert (await db.exec(query)).one() == 0
