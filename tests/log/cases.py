"""Recorded cases: what a client was sent, and what it must have made of it. The browser's reducer is tested with them.

A case holds the events of one scenario as an audience heard them, and the states that the server had meanwhile. Ids
and codes are random by nature; in a case they are numbered in the order in which they turn up.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from models.log.loading import AudienceKind
from models.log.logged import LoggedEvent
from models.tables import DEFAULT_TENANT
from tests.log.law import AUDIENCES, LawfulRoom, Remembered, TickingRoom
from tests.log.room import open_site
from tests.log.scenarios import SCENARIOS, Scenario

FOLDER = Path(__file__).parent.parent / "cases"

STATE_EVERY = 8
"""A case holds every eighth state, the first and the last."""

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Case = dict[str, Any]


async def record_cases() -> dict[str, str]:
    """Every case as the text of its file, by the file's name."""
    cases: dict[str, str] = {}
    for scenario in SCENARIOS:
        for case in await _play(scenario):
            name = f"{case['name'].replace(' ', '_')}.json"
            cases[name] = orjson.dumps(case, option=orjson.OPT_INDENT_2).decode() + "\n"
    return cases


async def _play(scenario: Scenario) -> list[Case]:
    name = scenario.__name__.replace("_", " ")
    with TemporaryDirectory() as folder:
        async with open_site(Path(folder)) as site:
            room = TickingRoom(site)
            await scenario(room)
            log = await room.log()
    return [case for audience in AUDIENCES for case in _cases(name, room, audience, log)]


def _cases(name: str, room: LawfulRoom, audience: AudienceKind, log: list[LoggedEvent]) -> Iterator[Case]:
    remembered = room.remembered[audience]
    chosen = [*remembered[:-1:STATE_EVERY], remembered[-1]]
    live = room.heard_by(audience)
    yield _case(f"{name} for {audience}", room, audience, chosen, live)
    if any(then.data != now.data for then, now in zip(room.told, log, strict=True)):
        # What was deleted has gone from the log: only the beginning and the end can be compared.
        replayed = [event.heard_by(audience, None) for event in log]
        ends = [remembered[0], remembered[-1]]
        yield _case(f"{name} for {audience} on a second look", room, audience, ends, replayed)


def _case(
    name: str, room: LawfulRoom, audience: str, states: list[Remembered], events: list[LoggedEvent]
) -> Case:
    case = {
        "name": name,
        "audience": audience,
        "states": [{"seq": one.seq, "state": one.state} for one in states],
        "events": [event.as_dict() for event in events if event.seq > states[0].seq],
    }
    stable: Case = orjson.loads(_stable(orjson.dumps(case).decode(), _code(room)))
    return stable


def _code(room: LawfulRoom) -> str:
    code: str = room.remembered["everyone"][0].state["session"]["code"]
    return code


def _stable(text: str, code: str) -> str:
    numbers: dict[str, str] = {str(DEFAULT_TENANT): str(DEFAULT_TENANT)}

    def number(found: re.Match[str]) -> str:
        return numbers.setdefault(found[0], f"00000000-0000-7000-8000-{len(numbers):012x}")

    return UUID.sub(number, text.replace(f'"{code}"', '"K7MPQ2"'))
