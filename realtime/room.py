"""One room on this worker: who listens, how far it has told them, and the telling."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from models.clock import wire_time
from models.log.event import EVERYONE, HOSTS, audience_of, may_hear
from models.log.logged import LoggedEvent
from models.log.resume import role_after
from models.permissions import Role
from models.rooms.events import (
    ParticipantApproved,
    ParticipantBanned,
    ParticipantDeclined,
    ParticipantKicked,
    ParticipantLeft,
    RoleChanged,
    WaitingRoomMessaged,
    WaitingRoomUpdated,
)
from models.sessions.events import (
    SessionCancelled,
    SessionEnded,
    SessionPausedEvent,
    SessionResumed,
    SessionStarted,
)
from models.sessions.kinds import SessionStatus
from realtime.at_hand import AtHand
from realtime.connection import Connection, Link
from realtime.telling import Telling
from realtime.wire.frames import Frame, event_frame

SENT_OUT = (ParticipantKicked.type, ParticipantBanned.type)
GONE = (ParticipantLeft.type, *SENT_OUT)
CLOSING = (SessionEnded.type, SessionCancelled.type)
STANDING = {
    SessionStarted.type: SessionStatus.ACTIVE,
    SessionPausedEvent.type: SessionStatus.PAUSED,
    SessionResumed.type: SessionStatus.ACTIVE,
}
"""What those who wait may know of how the session goes."""
AT_THE_DOOR = frozenset(
    (
        ParticipantApproved.type,
        ParticipantDeclined.type,
        WaitingRoomMessaged.type,
        *SENT_OUT,
        *STANDING,
        *CLOSING,
    )
)
MAX_AHEAD = 10_000
"""Events that may wait for the one before them. What comes beyond is found in the log."""

Broadcast = Callable[[Iterable[Any], Frame], None]
"""Sends one frame by many links: what all of the fan-out comes down to."""


@dataclass(eq=False, slots=True)
class Member:
    """A socket in the room. What came up to `since` it has; until it is released, what comes is held for it.

    `hears_hosts` is unset for one that came by a key which lacks that scope.
    """

    connection: Connection
    participant_id: UUID | None
    audience: str
    since: int = 0
    held: list[Telling] | None = field(default_factory=list)
    hears_hosts: bool = True

    def take_role(self, role: Role) -> None:
        """Hears from now on what people in this role hear."""
        self.audience = audience_of(role) if self.hears_hosts else EVERYONE


@dataclass(eq=False, slots=True)
class Room:
    """The listeners of one session on this worker. `delivered` is the last event they were told.

    `everyone` and `hosts` are the ways to the members of either audience who are up to date: what goes to all of them
    is told in one loop over those. Members who are not there yet are in `special`, and told one by one.
    """

    session_id: UUID
    epoch: str
    delivered: int
    broadcast: Broadcast
    members: dict[str, Member] = field(default_factory=dict)
    everyone: dict[str, Link] = field(default_factory=dict)
    hosts: dict[str, Link] = field(default_factory=dict)
    special: dict[str, Member] = field(default_factory=dict)
    waiting: dict[str, tuple[Connection, UUID]] = field(default_factory=dict)
    ahead: dict[int, Telling] = field(default_factory=dict)
    at_hand: AtHand = field(init=False)

    def __post_init__(self) -> None:
        self.at_hand = AtHand.since(self.delivered)

    @property
    def is_empty(self) -> bool:
        return not self.members and not self.waiting

    def offer(self, tellings: Iterable[Telling]) -> bool:
        """Takes events in whatever order they come, and tells what follows on without a gap.

        Returns whether the log should be looked into: something before them is missing, or they are of another epoch.
        """
        is_other_epoch = False
        for telling in tellings:
            if telling.epoch != self.epoch:
                is_other_epoch = True
            elif telling.seq == self.delivered + 1:
                self.delivered = telling.seq
                self._tell(telling)
            elif telling.seq > self.delivered and len(self.ahead) < MAX_AHEAD:
                self.ahead[telling.seq] = telling
        if self.ahead:
            self._tell_following()
        return is_other_epoch or bool(self.ahead)

    def begin_anew(self, epoch: str, head: int) -> None:
        """The log was restored or cut: its numbers say nothing about those before. Members ask for the state."""
        self.epoch, self.delivered = epoch, head
        self.ahead.clear()
        self.at_hand.begin_anew(head)
        for member in self.members.values():
            member.since = 0
            if member.held is None:
                self._take_up(member)

    def enter(self, member: Member) -> None:
        """Adds a member, for whom everything is held until they are released."""
        self.remove(member.connection.sid)
        self.members[member.connection.sid] = self.special[member.connection.sid] = member

    def remove(self, sid: str) -> None:
        """Takes a socket out of those who listen."""
        self.members.pop(sid, None)
        for group in (self.everyone, self.hosts, self.special):
            group.pop(sid, None)

    def still_holds(self, member: Member, since: int) -> bool:
        """Whether a member is still one: not so once they left, were lost or sent out after `since`, or the room was
        closed.
        """
        if self.members.get(member.connection.sid) is not member:
            return False
        return not any(
            telling.type in GONE and _concerns(telling.event, member.participant_id)
            for telling in member.held or []
            if telling.seq > since
        )

    def release(self, member: Member, since: int, audience: str) -> None:
        """Lets a member that has the state at `since` hear what was held for it, and all that comes."""
        held, member.held = member.held or [], None
        member.since, member.audience = since, audience
        for telling in held:
            if not self._tell_one(member, telling):
                return
        if self.members.get(member.connection.sid) is member and member.since <= self.delivered:
            self._take_up(member)

    def signal(self, frame: Frame) -> None:
        """Sends something that is no event of the log to everybody in the room."""
        self.broadcast(self.everyone.values(), frame)
        self.broadcast(self.hosts.values(), frame)
        self.broadcast([one.connection.link for one in self.special.values() if one.held is None], frame)

    def _tell_following(self) -> None:
        while (following := self.ahead.pop(self.delivered + 1, None)) is not None:
            self.delivered = following.seq
            self._tell(following)
        for seq in [seq for seq in self.ahead if seq <= self.delivered]:
            del self.ahead[seq]

    def _tell(self, telling: Telling) -> None:
        self.at_hand.note(telling)
        self._tell_groups(telling)
        if self.special:
            self._tell_special(telling)
        if telling.type == RoleChanged.type:
            self._change_role(telling.event)
        elif telling.type in AT_THE_DOOR:
            self._tell_at_the_door(telling.event)

    def _tell_groups(self, telling: Telling) -> None:
        if telling.audience == EVERYONE:
            self.broadcast(self.everyone.values(), telling.full)
            self.broadcast(self.hosts.values(), telling.full)
        elif telling.audience == HOSTS:
            self.broadcast(self.hosts.values(), telling.full)
            if self.everyone:
                self.broadcast(self.everyone.values(), telling.hidden)
        else:
            for sid in (*self.everyone, *self.hosts):
                self._send(self.members[sid], telling)

    def _tell_special(self, telling: Telling) -> None:
        for member in list(self.special.values()):
            if member.held is not None:
                member.held.append(telling)
            elif telling.seq >= member.since:
                # Its state was that of a later moment than the room had told; now they are level.
                if telling.seq > member.since:
                    self._send(member, telling)
                self._take_up(member)

    def _tell_one(self, member: Member, telling: Telling) -> bool:
        """Tells one member; says whether it may hear what comes after."""
        if telling.seq <= member.since:
            return True
        self._send(member, telling)
        if telling.type == RoleChanged.type:
            role = role_after(telling.event, member.participant_id)
            if role is not None:
                member.take_role(role)
        elif telling.type in SENT_OUT and _concerns(telling.event, member.participant_id):
            self._send_out(member)
            return False
        return True

    def _send(self, member: Member, telling: Telling) -> None:
        heard = may_hear(telling.audience, member.audience, member.participant_id)
        member.connection.link.send(telling.full if heard else telling.hidden)

    def _take_up(self, member: Member) -> None:
        """Counts a member among those of its audience who are up to date."""
        sid = member.connection.sid
        self.special.pop(sid, None)
        is_host = member.audience == HOSTS
        (self.everyone if is_host else self.hosts).pop(sid, None)
        (self.hosts if is_host else self.everyone)[sid] = member.connection.link

    def _change_role(self, event: LoggedEvent) -> None:
        for member in list(self.members.values()):
            role = role_after(event, member.participant_id)
            if role is not None and member.held is None and event.seq > member.since:
                member.take_role(role)
                self._take_up(member)

    def _send_out(self, member: Member) -> None:
        self.remove(member.connection.sid)
        member.connection.places.pop(self.session_id, None)

    def _tell_at_the_door(self, event: LoggedEvent) -> None:
        if event.type in SENT_OUT:
            for member in list(self.members.values()):
                is_told = member.held is None and event.seq > member.since
                if is_told and _concerns(event, member.participant_id):
                    self._send_out(member)
        if self.waiting:
            self._tell_waiting(event)
        if event.type in CLOSING:
            self._close()

    def _tell_waiting(self, event: LoggedEvent) -> None:
        if event.type == WaitingRoomMessaged.type:
            data = orjson.loads(event.data)
            said = {"text": data["text"], "display_name": data.get("display_name")}
            frame = self._bare(event, event.type, said)
            for connection, participant_id in self.waiting.values():
                if data["participant_id"] in (None, str(participant_id)):
                    connection.link.send(frame)
        elif event.type in STANDING:
            frame = self._bare(event, "waiting_room:status", {"status": STANDING[event.type]})
            for connection, _ in self.waiting.values():
                connection.link.send(frame)
        elif event.type in CLOSING:
            for connection, participant_id in self.waiting.values():
                data = {"participant_id": str(participant_id), "reason": event.type}
                connection.link.send(self._bare(event, ParticipantDeclined.type, data))
        else:
            self._tell_whom_it_concerns(event)

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
        for group in (self.members, self.everyone, self.hosts, self.special, self.waiting):
            group.clear()


def _concerns(event: LoggedEvent, participant_id: UUID | None) -> bool:
    return participant_id is not None and f'"participant_id":"{participant_id}"' in event.data


def moves_the_line(telling: Telling) -> bool:
    """Whether places in the waiting line may have changed."""
    return telling.type == WaitingRoomUpdated.type
