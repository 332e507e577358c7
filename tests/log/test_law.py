"""The law of the log, under anything that anybody could try."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.log.catalogue import CATALOGUE
from models.sessions.payloads import CreateSession
from tests.log.law import LawfulRoom, TickingRoom
from tests.log.room import Room, Site
from tests.log.scenarios import SCENARIOS, Scenario
from tests.log.steps import Step, attempt, sessions, steps

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "0"))
"""How many random histories to try; with it unset, a few that are always the same. For a night: LAW_EXAMPLES=5000
and --timeout=0, with --hypothesis-seed to repeat it.
"""

STARTING = [
    Step(command, who, 0, 1, 1)
    for command, who in (
        ("join", "ada"),
        ("start", "ada"),
        ("join", "abel"),
        ("join", "gus"),
        ("approve_all", "ada"),
        ("join", "abel"),
        ("join", "gus"),
        ("send", "ada"),
        ("ask", "ada"),
        ("start_recording", "ada"),
    )
]
"""A way into a room with people in it, which chance alone seldom finds."""


@settings(
    max_examples=EXAMPLES or 15,
    derandomize=EXAMPLES == 0,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(session=sessions, starts=st.booleans(), history=st.lists(steps, min_size=25, max_size=50))
async def test_state_and_events_make_the_state(
    site: Site, *, session: CreateSession, starts: bool, history: list[Step]
) -> None:
    room = LawfulRoom(site)
    await room.create(session)
    for step in [*(STARTING if starts else []), *history]:
        await attempt(room, step)
    await room.check_all()


@settings(
    max_examples=EXAMPLES or 15,
    derandomize=EXAMPLES == 0,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(session=sessions, limit=st.integers(1, 4), history=st.lists(steps, min_size=25, max_size=50))
async def test_the_law_holds_in_rooms_that_become_large_and_small(
    site: Site, *, session: CreateSession, limit: int, history: list[Step]
) -> None:
    room = LawfulRoom(site)
    room.roster_limit = limit
    await room.create(session)
    for step in [*STARTING, *history]:
        await attempt(room, step)
    await room.check_all()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
async def test_the_law_holds_in_a_session_that_people_hold(any_site: Site, scenario: Scenario) -> None:
    room = TickingRoom(any_site)
    await scenario(room)
    await room.check_all()


async def test_every_kind_of_event_occurs_in_some_scenario(site: Site) -> None:
    for scenario in SCENARIOS:
        await scenario(Room(site))
    assert {event.type for event in site.heard.events} == set(CATALOGUE)
