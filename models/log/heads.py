"""Which of many logs have moved on: one cheap query, however many they are."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

AT_ONCE = 5_000

# The database compares and sends back only what differs: to fetch five thousand rows twice a second only to find that
# nothing has happened would be most of what an idle worker does.
_SQLITE = text("""
    SELECT l.session_id, l.epoch, l.head_seq FROM json_each(:known) AS k
    JOIN session_logs AS l ON l.session_id = json_extract(k.value, '$[0]')
    WHERE l.head_seq > json_extract(k.value, '$[2]') OR l.epoch <> json_extract(k.value, '$[1]')
""")
_POSTGRESQL = text("""
    SELECT l.session_id, l.epoch, l.head_seq
    FROM unnest(CAST(:ids AS uuid[]), CAST(:epochs AS varchar[]), CAST(:seqs AS bigint[])) AS k(id, epoch, seq)
    JOIN session_logs AS l ON l.session_id = k.id
    WHERE l.head_seq > k.seq OR l.epoch <> k.epoch
""")


class Head(NamedTuple):
    """Where a session's log stands, or as far as somebody knows it."""

    session_id: UUID
    epoch: str
    seq: int


async def moved_heads(db: AsyncSession, known: Sequence[Head]) -> list[Head]:
    """The heads of those logs that go on beyond what is known, or are of another epoch."""
    found: list[Head] = []
    for start in range(0, len(known), AT_ONCE):
        found += await _moved(db, known[start : start + AT_ONCE])
    return found


async def _moved(db: AsyncSession, known: Sequence[Head]) -> list[Head]:
    connection = await db.connection()
    if connection.dialect.name == "sqlite":
        triples = [(one.session_id.hex, one.epoch, one.seq) for one in known]
        rows = await connection.execute(_SQLITE, {"known": orjson.dumps(triples).decode()})
        return [Head(UUID(hex=session_id), epoch, seq) for session_id, epoch, seq in rows]
    given = {
        "ids": [one.session_id for one in known],
        "epochs": [one.epoch for one in known],
        "seqs": [one.seq for one in known],
    }
    rows = await connection.execute(_POSTGRESQL, given)
    # The driver's own kind of UUID: JSON and dictionaries want the ordinary one.
    return [Head(UUID(int=session_id.int), epoch, seq) for session_id, epoch, seq in rows]
