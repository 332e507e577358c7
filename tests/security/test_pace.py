"""Nobody gets around a pace by taking another door, or fills the database without a name."""

from collections.abc import Iterator

import pytest
from sqlmodel import func, select

from models.log.tables import AnsweredRequest
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import Site, serving


@pytest.fixture(scope="module")
def slow_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('slow') / 'convene.db'}"
    with serving(url, commands_per_second=1) as site:
        yield site


async def test_requests_of_one_person_have_a_pace(slow_site: Site) -> None:
    async with open_house(slow_site) as house:
        ada, bob = await house.account("Ada"), await house.account("Bob")
        codes = [(await house.get("/users/me", ada)).status_code for _ in range(63)]
        assert codes == [200] * 60 + [429] * 3
        refused = await house.request("POST", "/sessions", {"title": "Algebra"}, ada)
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
