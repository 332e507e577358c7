"""How much a client may send that says nothing: pings, fragments, packets that stand for nothing.

What it says is counted by those who hear it. This costs nearly as much to take in, and nobody would ever count it.
"""

import time

IDLE_FRAMES = 2_000
"""Far more than any client has reason to send within `WINDOW_S`, and a matter of milliseconds."""

WINDOW_S = 10.0


class Patience:
    """One client's. It is whole again with every window."""

    __slots__ = ("_left", "_until")

    def __init__(self) -> None:
        self._left = IDLE_FRAMES
        self._until = time.monotonic() + WINDOW_S

    def try_once_more(self) -> bool:
        """Counts one frame that says nothing; False if it was one too many."""
        now = time.monotonic()
        if now >= self._until:
            self._left, self._until = IDLE_FRAMES, now + WINDOW_S
        self._left -= 1
        return self._left >= 0
