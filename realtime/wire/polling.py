"""What waits for a client that polls, and the one request that may wait for it."""

import asyncio
from collections import deque

from realtime.wire.frames import Frame

SEPARATOR = "\x1e"
NOOP = Frame("6")
MAX_PACKETS_A_POLL = 16
"""What python-engineio's client takes in one answer; the rest is there for its next poll."""


class Overlap(Exception):
    """Two polls at once: the client is confused, or two clients share a session."""


class Polls:
    """The queue of one polling client."""

    __slots__ = ("_frames", "_is_held", "_waiter", "size_bytes")

    def __init__(self) -> None:
        self._frames: deque[Frame] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._is_held = False
        self.size_bytes = 0

    def put(self, frame: Frame) -> None:
        """Queues a frame and answers the poll that waits."""
        self._frames.append(frame)
        self.size_bytes += frame.size_bytes
        self._wake()

    def hold(self, *, is_held: bool) -> None:
        """While an upgrade is under way polls are answered at once, with nothing if there is nothing."""
        self._is_held = is_held
        self._wake()

    def drain(self) -> list[Frame]:
        """Everything that waits, taken out."""
        frames = list(self._frames)
        self._frames.clear()
        self.size_bytes = 0
        return frames

    async def next(self, within_s: float) -> list[Frame]:
        """What waits, or comes within that time. Raises Overlap, TimeoutError."""
        if self._waiter is not None:
            raise Overlap
        if not self._frames and not self._is_held:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(within_s):
                    await self._waiter
            finally:
                self._waiter = None
        frames = [self._frames.popleft() for _ in range(min(len(self._frames), MAX_PACKETS_A_POLL))]
        self.size_bytes -= sum(frame.size_bytes for frame in frames)
        return frames or [NOOP]

    @property
    def has_poll(self) -> bool:
        """Whether a request is waiting."""
        return self._waiter is not None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def payload_of(frames: list[Frame]) -> bytes:
    """The body of a poll."""
    return SEPARATOR.join(frame.polled for frame in frames).encode()
