"""What of each socket's commands is in a group, so that nothing of a socket overtakes anything of the same socket."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

MAX_UNDER_WAY = 64
"""How many commands of one socket may be in groups; what comes after them waits in its line."""


@dataclass(slots=True)
class Pending:
    """The commands of one socket that are in groups: all of one session, where the last is done last."""

    session_id: UUID
    last: asyncio.Future[Any]
    count: int = 0


class UnderWay:
    """The commands in groups, by socket."""

    def __init__(self) -> None:
        self._pending: dict[str, Pending] = {}

    async def room(self, sid: str, session_id: UUID) -> None:
        """Waits until one more command of the socket may go in a group.

        Commands in one session are done in order. So one in another session waits for those before it.
        """
        pending = self._pending.get(sid)
        if pending is not None and (pending.session_id != session_id or pending.count >= MAX_UNDER_WAY):
            await self.done(sid)

    async def done(self, sid: str) -> None:
        """Waits until no command of the socket is in a group."""
        while (pending := self._pending.get(sid)) is not None:
            await asyncio.wait([pending.last])

    @property
    def is_empty(self) -> bool:
        """Whether no command of any socket is in a group."""
        return not self._pending

    def add(self, sid: str, session_id: UUID, outcome: asyncio.Future[Any]) -> None:
        """Notes a command that went in a group."""
        pending = self._pending.setdefault(sid, Pending(session_id, outcome))
        pending.last = outcome
        pending.count += 1
        outcome.add_done_callback(lambda _: self._settle(sid, pending))

    def _settle(self, sid: str, pending: Pending) -> None:
        pending.count -= 1
        if not pending.count:
            del self._pending[sid]
