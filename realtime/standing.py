"""The state of a room, kept at hand: loaded once, moved on by what is told, encoded once for all who join."""

from models.log.loading import AudienceKind, Snapshot
from models.log.logged import LoggedEvent

MAX_BEHIND = 1_000
"""Events that may wait to be folded in; a room that nobody has joined for so long loads its state anew."""


class Standing:
    """What one audience of a room is sent on joining. Events are folded in only when somebody joins."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._behind: list[LoggedEvent] = []
        self._encoded: bytes | None = None

    @property
    def audience(self) -> AudienceKind:
        return self._snapshot.state.audience

    @property
    def is_stale(self) -> bool:
        return len(self._behind) > MAX_BEHIND

    def tell(self, event: LoggedEvent) -> None:
        """Takes note of an event that the room is told."""
        if event.seq > self._snapshot.seq:
            self._behind.append(event)

    def now(self) -> tuple[Snapshot, bytes]:
        """The state as it stands, and its JSON."""
        for event in self._behind:
            self._snapshot = self._snapshot.after(event)
        if self._behind or self._encoded is None:
            self._behind.clear()
            self._encoded = self._snapshot.state.model_dump_json().encode()
        return self._snapshot, self._encoded
