"""One room on this worker: who listens, how far it has told them, and the telling."""

from dataclasses import dataclass, field
from uuid import UUID

import orjson

from models.clock import wire_time
from models.log.event import HIDDEN, audience_of, may_hear
from models.log.loading import AudienceKind, Snapshot
from models.log.logged import LoggedEvent
from models.log.resume import role_after
from models.rooms.events import (
    ParticipantApproved,
    ParticipantBanned,
    ParticipantDeclined,
    ParticipantKicked,
    WaitingRoomMessaged,
    WaitingRoomUpdated,
)
from models.sessions.events import SessionCancelled, SessionEnded
from realtime.connection import Connection
from realtime.standing import Standing
from realtime.wire.frames import Frame, event_frame

SENT_OUT = (ParticipantKicked.type, ParticipantBanned.type)
CLOSING = (SessionEnded.type, SessionCancelled.type)


@dataclass(eq=False, slots=True)
class Member:
    """A socket in the room. What came up to `since` it has; until it is released, what comes is held for it."""

    connection: Connection
    participant_id: UUID | None
    audience: str
    since: int = 0
    held: list[LoggedEvent] | None = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Room:
    """The listeners of one session on this worker. `delivered` is the last event they were told."""

    session_id: UUID
    epoch: str
    delivered: int
    members: dict[str, Member] = field(default_factory=dict)
    waiting: dict[str, tuple[Connection, UUID]] = field(default_factory=dict)
    ahead: dict[int, LoggedEvent] = field(default_factory=dict)
    standings: dict[AudienceKind, Standing] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.members and not self.waiting

    def offer(self, events: list[LoggedEvent]) -> None:
        """Takes events in whatever order they come, and tells what follows on without a gap."""
        for event in events:
            if event.seq > self.delivered:
                self.ahead[event.seq] = event
        while (following := self.ahead.pop(self.delivered + 1, None)) is not None:
            self.delivered = following.seq
            self._tell(following)

    def begin_anew(self, epoch: str, head: int) -> None:
        """The log was restored or cut: its numbers say nothing about those before. Members ask for the state."""
        self.epoch, self.delivered = epoch, head
        self.ahead.clear()
        self.standings.clear()
        for member in self.members.values():
            member.since = 0

    def release(self, member: Member, since: int, audience: str) -> None:
        """Lets a member that has the state at `since` hear what was held for it, and all that comes."""
        held, member.held = member.held or [], None
        member.since, member.audience = since, audience
        for event in held:
            self._tell_member(member, event, _Frames(event))

    def signal(self, frame: Frame) -> None:
        """Sends something that is no event of the log to everybody in the room."""
        for member in list(self.members.values()):
            if member.held is None:
                member.connection.link.send(frame)

    def keep(self, snapshot: Snapshot) -> Standing:
        """Keeps a state that was just loaded at hand, if everything after it is still to be told."""
        standing = Standing(snapshot)
        if snapshot.epoch == self.epoch and snapshot.seq >= self.delivered:
            self.standings[standing.audience] = standing
        return standing

    def _tell(self, event: LoggedEvent) -> None:
        self._note(event)
        frames = _Frames(event)
        for member in list(self.members.values()):
            if member.held is None:
                self._tell_member(member, event, frames)
            else:
                member.held.append(event)
        self._tell_waiting(event)
        if event.type in CLOSING:
            self._close()

    def _note(self, event: LoggedEvent) -> None:
        for standing in list(self.standings.values()):
            standing.tell(event)
            if standing.is_stale:
                del self.standings[standing.audience]

    def _tell_member(self, member: Member, event: LoggedEvent, frames: "_Frames") -> None:
        if event.seq <= member.since:
            return
        heard = may_hear(event.audience, member.audience, member.participant_id)
        member.connection.link.send(frames.full if heard else frames.hidden)
        role = role_after(event, member.participant_id)
        if role is not None:
            member.audience = audience_of(role)
        if event.type in SENT_OUT and _concerns(event, member.participant_id):
            self.members.pop(member.connection.sid, None)
            member.connection.places.pop(self.session_id, None)

    def _tell_waiting(self, event: LoggedEvent) -> None:
        if event.type in (ParticipantApproved.type, ParticipantDeclined.type, *SENT_OUT):
            self._tell_whom_it_concerns(event)
        elif event.type == WaitingRoomMessaged.type:
            data = orjson.loads(event.data)
            frame = self._bare(event, event.type, {"text": data["text"]})
            for connection, participant_id in self.waiting.values():
                if data["participant_id"] in (None, str(participant_id)):
                    connection.link.send(frame)
        elif event.type in CLOSING:
            for connection, participant_id in self.waiting.values():
                data = {"participant_id": str(participant_id), "reason": event.type}
                connection.link.send(self._bare(event, ParticipantDeclined.type, data))

    def _tell_whom_it_concerns(self, event: LoggedEvent) -> None:
        for sid, (connection, participant_id) in list(self.waiting.items()):
            if _concerns(event, participant_id):
                connection.link.send(event_frame(event.type, event.unnumbered_body()))
                if event.type != ParticipantApproved.type:
                    del self.waiting[sid]
                    connection.places.pop(self.session_id, None)

    def _bare(self, event: LoggedEvent, name: str, data: dict[str, object]) -> Frame:
        body = {"session_id": str(self.session_id), "at": wire_time(event.at), "actor": None, "data": data}
        return event_frame(name, orjson.dumps(body).decode())

    def _close(self) -> None:
        for member in self.members.values():
            member.connection.places.pop(self.session_id, None)
        for connection, _ in self.waiting.values():
            connection.places.pop(self.session_id, None)
        self.members.clear()
        self.waiting.clear()


class _Frames:
    """An event's two faces, each encoded when first needed."""

    def __init__(self, event: LoggedEvent) -> None:
        self._event = event
        self._full: Frame | None = None
        self._hidden: Frame | None = None

    @property
    def full(self) -> Frame:
        if self._full is None:
            self._full = event_frame(self._event.type, self._event.body())
        return self._full

    @property
    def hidden(self) -> Frame:
        if self._hidden is None:
            self._hidden = event_frame(HIDDEN, self._event.heard_by("", None).body())
        return self._hidden


def _concerns(event: LoggedEvent, participant_id: UUID | None) -> bool:
    return participant_id is not None and f'"participant_id":"{participant_id}"' in event.data


def moves_the_line(event: LoggedEvent) -> bool:
    """Whether places in the waiting line may have changed."""
    return event.type == WaitingRoomUpdated.type
