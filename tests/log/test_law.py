"""The law of the log, under anything that anybody could try."""

import os
from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.sessions.payloads import CreateSession
from tests.log.law import LawfulRoom
from tests.log.room import Site, open_site
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


@pytest.fixture
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async with open_site(tmp_path_factory.mktemp("law")) as site:
        yield site


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
