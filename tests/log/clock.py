"""A clock that stands still until it is turned."""

from datetime import UTC, datetime, timedelta


class HandClock:
    """Implements `models.clock.Clock`."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def turn(self, milliseconds: int) -> None:
        """Moves the hand on."""
        self._now += timedelta(milliseconds=milliseconds)
