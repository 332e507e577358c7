"""Sign-ins and participants that are no longer good: their sockets are closed within a second, on every worker."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Final
from uuid import UUID

from sqlmodel import col, func, select

from models.context import Context
from models.errors import ConveneError
from models.identity.tables import Revocation
from realtime.connection import Connection
from realtime.fanout import Fanout

MAX_REVOCATIONS_AT_ONCE: Final = 500

LATE_REVOCATIONS: Final = 200
"""PostgreSQL gives out ids before it commits: one that is this much below the last may still come to light."""


class Revocations:
    """Reads the table of revocations in order."""

    def __init__(self, context: Context, fanout: Fanout) -> None:
        self._context = context
        self._fanout = fanout
        self._last = 0
        self._seen: set[int] = set()

    async def start(self) -> None:
        """What was revoked before is checked at the door."""
        async with self._context.database.read() as db:
            self._last = (await db.exec(select(func.max(Revocation.id)))).one() or 0
            known = select(Revocation.id).where(col(Revocation.id) > self._last - LATE_REVOCATIONS)
            self._seen = {one for one in (await db.exec(known)).all() if one is not None}

    async def close_revoked(self, connections: Iterable[Connection]) -> None:
        """Closes those sockets whose token has run out or was revoked."""
        now = self._context.clock.now()
        open_ones = list(connections)
        for connection in open_ones:
            if connection.claims.expires_at <= now:
                connection.link.close()
        subjects = await self._newly_revoked()
        revoked = [one for one in open_ones if one.claims.subject_ids & subjects]
        if revoked:
            # Told why first: the same commit says so in the log, and nobody may have handed that over yet.
            with suppress(ConveneError):
                await self._fanout.catch_up()
        for connection in revoked:
            connection.link.close()

    async def _newly_revoked(self) -> set[UUID]:
        query = select(Revocation).where(col(Revocation.id) > self._last - LATE_REVOCATIONS)
        async with self._context.database.read() as db:
            rows = (await db.exec(query.order_by(col(Revocation.id)).limit(MAX_REVOCATIONS_AT_ONCE))).all()
        subjects = {row.subject_id for row in rows if row.id not in self._seen}
        ids = {row.id for row in rows if row.id is not None}
        self._last = max([self._last, *ids])
        self._seen = {one for one in ids if one > self._last - LATE_REVOCATIONS}
        return subjects
