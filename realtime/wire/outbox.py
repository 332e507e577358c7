"""What is to be sent within one turn of the event loop: one write for each client, however many frames."""

import asyncio
from collections.abc import Iterable
from typing import Protocol

import structlog

from realtime.wire.frames import DEFLATE_FROM_BYTES, Frame

log = structlog.get_logger(__name__)

MAX_FRAMES_A_TURN = 100
"""Broadcasts after which an emitter lets the loop turn, so that a loop of emits cannot fill the memory."""


Pending = bytes | list[bytes]
"""What waits for the end of the turn: nothing (`NOTHING`) or one frame, as mostly, or a list of them."""

NOTHING = b""


class Writable(Protocol):
    """A client that frames are written to."""

    pending: Pending | None
    """What is to be written at the end of this turn; None while there is no open WebSocket."""
    takes_deflate: bool
    is_slow: bool

    def write(self, data: bytes, /) -> None:
        """Writes it now."""
        ...

    def may_grow(self, size_bytes: int) -> bool:
        """Whether so much more may be written to a client that is slow; if not, it is cut."""
        ...

    def put_off(self, frame: Frame) -> None:
        """Takes a frame that cannot be written now."""
        ...


class Outbox:
    """Collects the frames of a turn and writes them at its end, in order."""

    def __init__(self) -> None:
        self._waiting: list[Writable] = []
        self._frames = 0
        self._is_due = False

    def add(self, to: Writable, frame: Frame) -> None:
        """One frame to one client."""
        pending = to.pending
        if pending is None:
            to.put_off(frame)
            return
        self.push(to, pending, frame.deflated if to.takes_deflate else frame.plain)

    def push(self, to: Writable, pending: Pending, data: bytes) -> None:
        """Finished bytes to a client whose `pending` is known."""
        if not pending:
            to.pending = data
            self._waiting.append(to)
            if not self._is_due:
                self._expect_end_of_turn()
        elif isinstance(pending, bytes):
            to.pending = [pending, data]
        else:
            pending.append(data)

    def broadcast(self, to: Iterable[Writable], frame: Frame) -> None:
        """One frame to many clients. `to` must not change meanwhile, which it cannot: nothing is awaited here."""
        if frame.size_bytes >= DEFLATE_FROM_BYTES:
            for one in to:
                self.add(one, frame)
            return
        plain, waiting = frame.plain, self._waiting
        for one in to:
            pending = one.pending
            if pending is NOTHING:
                one.pending = plain
                waiting.append(one)
            elif pending is None:
                one.put_off(frame)
            elif isinstance(pending, list):
                pending.append(plain)
            else:
                one.pending = [pending, plain]
        self._frames += 1
        if waiting and not self._is_due:
            self._expect_end_of_turn()

    @property
    def is_full(self) -> bool:
        """Whether so much has been collected that it should be written before more is added."""
        return self._frames >= MAX_FRAMES_A_TURN

    async def breathe(self) -> None:
        """Lets the loop turn, at whose end all is written."""
        self._is_due = False
        self._expect_end_of_turn()
        await asyncio.sleep(0)

    def hold(self) -> None:
        """What is sent from here to `release` is written by then: for whoever takes in several packets in a row."""
        self._is_due = True

    def release(self) -> None:
        """Writes what was collected."""
        if self._waiting:
            self._flush()
        else:
            self._is_due = False

    def _expect_end_of_turn(self) -> None:
        self._is_due = True
        asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._frames, self._is_due = 0, False
        for one in waiting:
            pending = one.pending
            if not pending:
                continue
            one.pending = NOTHING
            data = pending if isinstance(pending, bytes) else b"".join(pending)
            try:
                if not one.is_slow or one.may_grow(len(data)):
                    one.write(data)
            except Exception:  # one transport that fails must not cost the others their frames
                log.exception("outbox.failed")
