"""One socket of one person: who they are, where they are, what is on its way in."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from models.identity.tokens import Claims
from models.transaction import Origin
from realtime.flow import Flow
from realtime.wire.frames import Frame

INBOX_COMMANDS = 512
"""How many commands of one socket may wait for the one before them: more than its pace lets through at once."""

INBOX_LARGE_COMMANDS = 64
LARGE_CHARS = 8_192
"""Of large commands fewer may wait, or one socket could fill the memory."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A command as it came off the wire."""

    name: Any
    arguments: list[Any]
    ack_id: int | None
    has_binary: bool

    @property
    def is_large(self) -> bool:
        """Whether it takes much memory while it waits."""
        return len(repr(self.arguments)) > LARGE_CHARS


class Link(Protocol):
    """The way to one client."""

    def send(self, frame: Frame) -> None:
        """Queues a frame. Who does not read is cut off."""
        ...

    def answer(self, ack_id: int | None, answer: dict[str, Any]) -> None:
        """Acknowledges a command, if the client asked for that."""
        ...

    def cut(self, why: str) -> None:
        """Closes the transport at once, with one line in the log."""
        ...

    def close(self) -> None:
        """Says goodbye and closes the transport; what was queued and not sent is dropped."""
        ...


CarryOut = Callable[["Connection", Incoming], Awaitable[None]]


@dataclass(eq=False, slots=True)
class Connection:
    """A connected, authenticated socket. `places` says as whom it is in (or waits at) which session.

    Its commands are carried out by `carry_out`, which never raises: one after the other, in the order they came. A
    socket that says nothing has no task and no queue.
    """

    sid: str
    claims: Claims
    address: str
    link: Link
    flow: Flow
    carry_out: CarryOut
    agent: str = ""
    places: dict[UUID, UUID] = field(default_factory=dict)
    is_open: bool = True
    _inbox: deque[Incoming] | None = None
    _worker: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether no command is at work or waits."""
        return self._inbox is None

    def origin(self, action: str) -> Origin:
        """Where a command of this socket comes from, for the audit."""
        return Origin(action, self.address, self.sid, self.agent, is_asked=True)

    def has_room_for(self, incoming: Incoming) -> bool:
        """Whether one more command may wait."""
        waiting = 0 if self._inbox is None else len(self._inbox)
        return waiting < INBOX_LARGE_COMMANDS or (waiting < INBOX_COMMANDS and not incoming.is_large)

    def take(self, incoming: Incoming) -> None:
        """Puts a command in line."""
        if self._inbox is None:
            self._inbox = deque((incoming,))
            self._worker = asyncio.create_task(self._work(self._inbox), name=f"commands of {self.sid}")
        else:
            self._inbox.append(incoming)

    def answer(self, ack_id: int | None, answer: dict[str, Any]) -> None:
        """Acknowledges a command."""
        if self.is_open:
            self.link.answer(ack_id, answer)

    def stop(self) -> None:
        """Stops carrying out commands. The one at work is finished; those behind it are dropped unanswered."""
        self.is_open = False

    def abandon(self) -> None:
        """Gives up the command at work: the server ends."""
        self.stop()
        if self._worker is not None:
            self._worker.cancel()

    async def _work(self, inbox: deque[Incoming]) -> None:
        try:
            while inbox and self.is_open:
                await self.carry_out(self, inbox.popleft())
        finally:
            self._inbox = self._worker = None
