"""A fault of ours meets whom it meets, and nobody else: what serves everybody goes on."""

import asyncio
from dataclasses import dataclass, field

import pytest

from realtime.wire.deadlines import Deadlines
from realtime.wire.frames import Frame
from realtime.wire.outbox import NOTHING, Outbox, Pending

pytestmark = pytest.mark.asyncio(loop_scope="package")

WITHIN_S = 5.0


@dataclass
class Reader:
    """A client whose transport may be broken."""

    is_broken: bool = False
    is_slow: bool = False
    takes_deflate: bool = False
    pending: Pending | None = NOTHING
    written: list[bytes] = field(default_factory=list)

    def write(self, data: bytes) -> None:
        if self.is_broken:
            raise RuntimeError("the handler is closed")
        self.written.append(data)

    def may_grow(self, size_bytes: int) -> bool:
        raise AssertionError("nobody is slow")

    def put_off(self, frame: Frame) -> None:
        raise AssertionError("there is a WebSocket")


async def test_a_transport_that_fails_costs_nobody_else_a_frame() -> None:
    outbox, broken, whole = Outbox(), Reader(is_broken=True), Reader()
    frames = [Frame("one"), Frame("two")]
    for frame in frames:
        outbox.broadcast([broken, whole], frame)
        await outbox.breathe()
    assert whole.written == [frame.plain for frame in frames]


async def test_a_deadline_that_fails_keeps_no_other_from_falling_due() -> None:
    fell: asyncio.Queue[str] = asyncio.Queue()

    def due(key: str) -> None:
        if key == "bad":
            raise RuntimeError(key)
        fell.put_nowait(key)

    deadlines = Deadlines[str](0.01, due)
    for key in ("bad", "good"):
        deadlines.add(key)
    assert await asyncio.wait_for(fell.get(), WITHIN_S) == "good"
    deadlines.add("later")
    assert await asyncio.wait_for(fell.get(), WITHIN_S) == "later"
    deadlines.stop()
