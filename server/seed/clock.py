"""A clock that is set by hand, so that a play of last week happens last week."""

from datetime import UTC, datetime, timedelta


class SteppingClock:
    """Stands still until it is moved. Implements `models.clock.Clock`; never runs ahead of the real time."""

    def __init__(self, latest: datetime) -> None:
        self._latest = latest.astimezone(UTC).replace(microsecond=0)
        self._now = self._latest

    def now(self) -> datetime:
        """The moment it was last moved to."""
        return self._now

    def set_to(self, moment: datetime) -> None:
        """Moves to a moment, but not beyond the real one that it was made at."""
        self._now = min(moment.astimezone(UTC).replace(microsecond=0), self._latest)

    def advance(self, seconds: float) -> None:
        """Moves on."""
        self.set_to(self._now + timedelta(seconds=seconds))
