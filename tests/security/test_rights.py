"""Every endpoint by everybody."""

import pytest

from tests.realtime.house import House
from tests.security.rest_people import EVERYBODY, ask, make_world
from tests.security.rest_rights import ALLOWED, ENDPOINT, expected, outcome_of


def test_the_table_knows_every_endpoint() -> None:
    assert set(ALLOWED) == set(ENDPOINT)


@pytest.mark.parametrize("who", EVERYBODY)
async def test_every_endpoint_by_everybody(house: House, who: str) -> None:
    world = await make_world(house, who)
    token = None if world.person is None else world.person.token
    outcomes = {key: outcome_of(await ask(house, ENDPOINT[key], world, token)) for key in ALLOWED}
    assert outcomes == {key: expected(key, who) for key in ALLOWED}
