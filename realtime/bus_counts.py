"""What happens on the bus, in numbers."""

from dataclasses import dataclass


@dataclass(slots=True)
class BusCounts:
    """Counted since the worker started. `lag_s` is how long the last message to ourselves took, or unset while deaf."""

    published: int = 0
    dropped: int = 0
    heard: int = 0
    ignored: int = 0
    reconnects: int = 0
    lag_s: float | None = None
