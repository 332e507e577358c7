"""What the log of a session holds in the end, as against what the pages show."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.realtime.house import House, Person, Room


@dataclass(frozen=True)
class Fact:
    """One event of the stored log."""

    seq: int
    type: str
    data: dict[str, Any]


async def facts(house: House, session_id: UUID, type_: str | None = None) -> list[Fact]:
    """The log of a session, which must be without a gap; of one type only, if one is given."""
    log = await house.assert_gapless(Room(session_id, "", Person("", "")))
    return [Fact(e.seq, e.type, json.loads(e.data)) for e in log if type_ in (None, e.type)]


async def chat(house: House, session_id: UUID) -> list[str]:
    """What was written, in order."""
    return [fact.data["message"]["text"] for fact in await facts(house, session_id, "chat:sent")]
