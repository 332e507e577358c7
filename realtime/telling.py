"""An event on its way to the sockets: who may hear it, and its finished frame, whether it was committed here or came
over the bus. What is inside it is taken apart only for those few events that change who listens.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from models.log.event import HIDDEN
from models.log.logged import LoggedEvent
from realtime.wire.frames import Frame, event_frame

_AT, _ACTOR, _DATA = ',"at":"', '","actor":', ',"data":'
_WIRE_TIME_CHARS = len("2026-11-21T09:00:00.000Z")
_UUID_CHARS = 36


@dataclass(eq=False, slots=True)
class Telling:
    """One event of a session's log. `text` is its Socket.IO packet, encoded once on whichever worker committed it."""

    session_id: UUID
    epoch: str
    seq: int
    type: str
    audience: str
    text: str
    _event: LoggedEvent | None = None
    _full: Frame | None = field(default=None, repr=False)
    _hidden: Frame | None = field(default=None, repr=False)

    @classmethod
    def of(cls, event: LoggedEvent) -> "Telling":
        """An event that was committed here, or read from the log."""
        text = f'42["{event.type}",{event.body()}]'
        return cls(event.session_id, event.epoch, event.seq, event.type, event.audience, text, event)

    @property
    def full(self) -> Frame:
        """For those who may hear it."""
        if self._full is None:
            self._full = Frame(self.text)
        return self._full

    @property
    def hidden(self) -> Frame:
        """For the others: the sequence moves on, and nothing leaks."""
        if self._hidden is None:
            self._hidden = event_frame(HIDDEN, self.event.heard_by("", None).body())
        return self._hidden

    @property
    def event(self) -> LoggedEvent:
        """The event itself; cut out of the frame if it came over the bus. Raises ValueError if that is malformed."""
        if self._event is None:
            self._event = _cut_out(self)
        return self._event


def _cut_out(telling: Telling) -> LoggedEvent:
    # The frame is of our own making and its fields stand in a fixed order: nothing has to be parsed to find them.
    text = telling.text
    at = text.index(_AT) + len(_AT)
    actor = at + _WIRE_TIME_CHARS + len(_ACTOR)
    if text.startswith("null", actor):
        actor_id, end = None, actor + len("null")
    else:
        actor_id, end = UUID(text[actor + 1 : actor + 1 + _UUID_CHARS]), actor + _UUID_CHARS + 2
    if not text.startswith(_DATA, end) or not text.endswith("}]"):
        raise ValueError("not a frame of an event")
    return LoggedEvent(
        session_id=telling.session_id,
        epoch=telling.epoch,
        seq=telling.seq,
        type=telling.type,
        actor_id=actor_id,
        audience=telling.audience,
        at=datetime.fromisoformat(text[at : at + _WIRE_TIME_CHARS]),
        data=text[end + len(_DATA) : -2],
    )
