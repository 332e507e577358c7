"""Presence: a lost link is not a leave until the grace period is over. Several devices are one presence."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

import orjson
import structlog
from sqlmodel import col, or_, select

from models.context import Context
from models.errors import ConveneError, Unavailable
from models.log.logged import LoggedEvent
from models.rooms.events import (
    ParticipantBanned,
    ParticipantDeclined,
    ParticipantJoined,
    ParticipantKicked,
    WaitingRoomUpdated,
)
from models.rooms.presence import leave_session
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.events import SessionCancelled, SessionEnded
from models.settings import Settings
from models.transaction import Origin
from realtime.telling import Telling

log = structlog.get_logger(__name__)

LEAVES_AT_ONCE = 100

SENT_AWAY = (ParticipantKicked.type, ParticipantBanned.type, ParticipantDeclined.type)
CLOSING = (SessionEnded.type, SessionCancelled.type)
NOTICED = frozenset((*SENT_AWAY, *CLOSING, ParticipantJoined.type, WaitingRoomUpdated.type))


@dataclass(slots=True)
class _Here:
    session_id: UUID
    sockets: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Deadline:
    session_id: UUID
    at: float


class Presence:
    """Which participants have sockets on this worker, and until when those who have none are still counted in."""

    def __init__(self, settings: Settings) -> None:
        self._grace_s = settings.presence_grace_s
        self._waiting_grace_s = settings.waiting_grace_s
        self._here: dict[UUID, _Here] = {}
        self._deadlines: dict[UUID, _Deadline] = {}

    async def start(self, context: Context) -> None:
        """Gives everybody the grace period who was in or waiting when the server went down."""
        waits = Participant.status == ParticipantStatus.PENDING
        query = select(Participant.id, Participant.session_id, Participant.is_present)
        query = query.where(or_(col(Participant.is_present), waits))
        async with context.database.read() as db:
            for participant_id, session_id, is_present in (await db.exec(query)).all():
                self._expect(
                    participant_id, session_id, self._grace_s if is_present else self._waiting_grace_s
                )

    def observe(self, telling: Telling, is_own: bool) -> None:  # noqa: FBT001  (the fan-out calls it so)
        """Notices who takes a seat or a place in line without having a socket yet, and who is sent away."""
        if telling.type not in NOTICED:
            return
        event = telling.event
        if event.type in CLOSING:
            for participant_id in [
                key for key, here in self._here.items() if here.session_id == event.session_id
            ]:
                self._forget(participant_id)
        elif event.type in SENT_AWAY:
            self._forget(UUID(orjson.loads(event.data)["participant_id"]))
        else:
            newcomer = _newly_counted(event)
            if newcomer is not None and newcomer not in self._here:
                self._expect(newcomer, event.session_id, self._waiting_grace_s)

    def attach(self, participant_id: UUID, session_id: UUID, sid: str) -> None:
        """A socket of somebody is here."""
        self._here.setdefault(participant_id, _Here(session_id)).sockets.add(sid)
        self._deadlines.pop(participant_id, None)

    def detach(self, participant_id: UUID, sid: str, *, waited: bool) -> None:
        """A socket of somebody is gone. If it was their last, the grace period starts."""
        here = self._here.get(participant_id)
        if here is None or sid not in here.sockets:
            return
        here.sockets.discard(sid)
        if not here.sockets:
            del self._here[participant_id]
            self._expect(participant_id, here.session_id, self._waiting_grace_s if waited else self._grace_s)

    def has_other_socket(self, participant_id: UUID, sid: str) -> bool:
        """Whether somebody is here on another device, too."""
        here = self._here.get(participant_id)
        return here is not None and bool(here.sockets - {sid})

    async def settle(self, context: Context) -> None:
        """Lets those leave whose time is over."""
        now = asyncio.get_running_loop().time()
        due = [(key, one) for key, one in self._deadlines.items() if one.at <= now][:LEAVES_AT_ONCE]
        for participant_id, deadline in due:
            await self._let_go(context, participant_id, deadline)

    async def _let_go(self, context: Context, participant_id: UUID, deadline: _Deadline) -> None:
        try:
            async with context.transaction(Origin("participant:lost")) as tx:
                await tx.lock(deadline.session_id)
                # Looked at under the lock: whoever came back meanwhile is not sent away.
                if self._deadlines.get(participant_id) is deadline:
                    await leave_session(tx, deadline.session_id, participant_id, "lost")
        except ConveneError as error:
            if isinstance(error, Unavailable):
                log.warning("presence.leave_failed", error=error.code)
                return
        if self._deadlines.get(participant_id) is deadline:
            del self._deadlines[participant_id]

    def _forget(self, participant_id: UUID) -> None:
        self._here.pop(participant_id, None)
        self._deadlines.pop(participant_id, None)

    def _expect(self, participant_id: UUID, session_id: UUID, within_s: float) -> None:
        at = asyncio.get_running_loop().time() + within_s
        self._deadlines[participant_id] = _Deadline(session_id, at)


def _newly_counted(event: LoggedEvent) -> UUID | None:
    if event.type == ParticipantJoined.type:
        return UUID(orjson.loads(event.data)["participant"]["id"])
    if event.type == WaitingRoomUpdated.type:
        data = orjson.loads(event.data)
        return None if data["waiting"] is None else UUID(data["participant_id"])
    return None
