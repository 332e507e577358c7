"""Deadlines that are all equally far away: they fall due in the order they were set, so one timer does for all."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger(__name__)

Key = TypeVar("Key")


class Deadlines(Generic[Key]):
    """Calls `due` with what was added, `after_s` later. Nothing is taken back: `due` looks whether it still matters."""

    def __init__(self, after_s: float, due: Callable[[Key], None]) -> None:
        self._after_s = after_s
        self._due = due
        self._line: deque[tuple[float, Key]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def add(self, key: Key) -> None:
        """Sets a deadline."""
        loop = asyncio.get_running_loop()
        at = loop.time() + self._after_s
        self._line.append((at, key))
        if self._timer is None:
            self._timer = loop.call_at(at, self._fire)

    def stop(self) -> None:
        """Forgets all of them."""
        self._line.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _fire(self) -> None:
        loop = asyncio.get_running_loop()
        # A timer may come a little early by the clock that it was set by.
        now, line = loop.time() + loop_resolution_s(loop), self._line
        while line and line[0][0] <= now:
            self._tell(line.popleft()[1])
        self._timer = loop.call_at(line[0][0], self._fire) if line else None

    def _tell(self, key: Key) -> None:
        try:
            self._due(key)
        except Exception:  # one that fails must not end the others, and with them every heartbeat
            log.exception("deadline.failed")


def loop_resolution_s(loop: asyncio.AbstractEventLoop) -> float:
    """How fine the loop's clock is; uvloop counts in milliseconds."""
    return float(getattr(loop, "_clock_resolution", 0.001))
