"""The last events of a room, finished, so that a thousand who come back do not read the log a thousand times."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from models.log.event import may_hear
from models.rooms.chat_events import ChatDeleted
from models.rooms.erasure_event import ParticipantErased
from realtime.telling import Telling

MAX_CHARS = 262_144
"""What the last events of one room may take up in memory; beyond it the oldest are found in the log only."""

_EVENT_CHARS = len('42["",')


@dataclass(slots=True)
class Recent:
    """The events told last, without a gap: all those after `floor`. At most `limit`."""

    floor: int
    limit: int = 300
    forgotten: int = 0
    """How often something had to be forgotten because it was taken back."""
    _events: deque["Finished"] = field(default_factory=deque)
    _chars: int = 0

    @property
    def head(self) -> int:
        """The last event that was told."""
        return self.floor + len(self._events)

    def note(self, telling: Telling) -> None:
        """Takes the event that follows on."""
        if telling.type == ChatDeleted.type:
            self._forget_message(telling)
        if telling.type == ParticipantErased.type:
            # Their name may stand in any of these, and is gone from the log.
            self.begin_anew(self.head)
        self._events.append(Finished(telling))
        self._chars += len(telling.text)
        while len(self._events) > self.limit or self._chars > MAX_CHARS:
            self._drop_first()

    def begin_anew(self, head: int) -> None:
        """The log was restored or cut: nothing before is good any more."""
        self._events.clear()
        self._chars, self.floor = 0, head
        self.forgotten += 1

    def put_before(self, tellings: Iterable[Telling]) -> None:
        """Takes events from the log that end where these begin, as far back as there is room."""
        for telling in reversed(list(tellings)):
            fits = len(self._events) < self.limit and self._chars + len(telling.text) <= MAX_CHARS
            if telling.seq != self.floor or not fits:
                continue
            self._events.appendleft(Finished(telling))
            self._chars += len(telling.text)
            self.floor -= 1

    def between(self, after: int, upto: int) -> Sequence["Finished"] | None:
        """The events after `after`, up to `upto`; None if not all of them are here."""
        if after < self.floor or upto > self.head:
            return None
        first = after - self.floor
        return [self._events[at] for at in range(first, upto - self.floor)]

    def tells_of(self, participant_id: UUID | None, after: int, upto: int) -> bool:
        """Whether something has happened to this participant between two places; so it may, if they are not here."""
        if participant_id is None or upto <= after:
            return False
        told = self.between(after, upto)
        return told is None or any(_is_about(one.telling, str(participant_id)) for one in told)

    def _drop_first(self) -> None:
        self._chars -= len(self._events.popleft().telling.text)
        self.floor += 1

    def _forget_message(self, telling: Telling) -> None:
        # Its words are blanked in the log; whoever comes back reads there what is left of it.
        self.forgotten += 1
        message_id = orjson.loads(telling.event.data)["message_id"]
        last = max((at for at, one in enumerate(self._events) if message_id in one.telling.text), default=-1)
        for _ in range(last + 1):
            self._drop_first()


@dataclass(slots=True)
class Finished:
    """One event as answers hold it, each of its faces made when first needed."""

    telling: Telling
    _full: orjson.Fragment | None = None
    _hidden: orjson.Fragment | None = None

    def heard_by(self, audience: str, participant_id: UUID | None) -> orjson.Fragment:
        """The event with its type, as JSON; or that there was one, for whom it is not."""
        if may_hear(self.telling.audience, audience, participant_id):
            if self._full is None:
                self._full = _typed(self.telling.type, self.telling.text)
            return self._full
        if self._hidden is None:
            self._hidden = orjson.Fragment(self.telling.event.heard_by("", None).typed_body())
        return self._hidden


def _is_about(telling: Telling, participant_id: str) -> bool:
    return telling.type.startswith("participant:") and participant_id in telling.text


def _typed(type_: str, text: str) -> orjson.Fragment:
    # The frame is of our own making: its name and its one argument stand in fixed places.
    body = text[_EVENT_CHARS + len(type_) : -1]
    return orjson.Fragment(f'{{"type":"{type_}",{body[1:]}')
