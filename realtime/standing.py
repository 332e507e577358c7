"""The state of a room, kept at hand: loaded once, moved on by what is told, encoded once for all who join."""

from typing import Any

import orjson
from pydantic import BaseModel

from models.log.loading import AudienceKind, Snapshot
from models.log.state import RoomState
from realtime.telling import Telling

MAX_BEHIND = 1_000
"""Events that may wait to be folded in; a room that nobody has joined for so long loads its state anew."""

MAX_BEHIND_CHARS = 524_288
"""What these may take up, as they are told; in memory it is some times as much."""


class Standing:
    """What one audience of a room is sent on joining. Events are folded in only when somebody joins."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._behind: list[Telling] = []
        self._behind_chars = 0
        self._encoder = Encoder()
        self._encoded: bytes | None = None

    @property
    def audience(self) -> AudienceKind:
        return self._snapshot.state.audience

    @property
    def is_stale(self) -> bool:
        return len(self._behind) > MAX_BEHIND or self._behind_chars > MAX_BEHIND_CHARS

    def tell(self, telling: Telling) -> None:
        """Takes note of an event that the room is told."""
        if telling.seq > self._snapshot.seq:
            self._behind.append(telling)
            self._behind_chars += len(telling.text)

    def now(self) -> tuple[Snapshot, bytes]:
        """The state as it stands, and its JSON."""
        before = self._snapshot.state
        for telling in self._behind:
            self._snapshot = self._snapshot.after(telling.event)
        self._behind.clear()
        self._behind_chars = 0
        if self._encoded is None or self._snapshot.state is not before:
            self._encoded = self._encoder.encode(self._snapshot.state)
        return self._snapshot, self._encoded


class Encoder:
    """Writes a room's state as JSON, again and again: what is the same as last time is not written anew.

    With somebody new in a room of two hundred, a hundred and ninety-nine are.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, object], tuple[BaseModel, bytes]] = {}
        self._next: dict[tuple[str, object], tuple[BaseModel, bytes]] = {}

    def encode(self, state: RoomState) -> bytes:
        """The same as `state.model_dump_json()`."""
        fields = [
            b'"%b":%b' % (name.encode(), self._field(name, getattr(state, name)))
            for name in RoomState.model_fields
        ]
        self._known, self._next = self._next, {}
        return b"{%b}" % b",".join(fields)

    def _field(self, name: str, value: Any) -> bytes:
        if isinstance(value, BaseModel):
            return self._view(name, None, value)
        if isinstance(value, dict):
            entries = [
                b'"%b":%b' % (str(key).encode(), self._view(name, key, one)) for key, one in value.items()
            ]
            return b"{%b}" % b",".join(entries)
        if isinstance(value, list):
            return b"[%b]" % b",".join([self._view(name, one.id, one) for one in value])
        return orjson.dumps(value)

    def _view(self, name: str, key: object, view: BaseModel) -> bytes:
        known = self._known.get((name, key))
        if known is None or known[0] is not view:
            # Views are never changed, only replaced.
            known = (view, view.model_dump_json().encode())
        self._next[(name, key)] = known
        return known[1]
