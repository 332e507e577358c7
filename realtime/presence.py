"""Presence: a lost link is not a leave until the grace period is over. Several devices are one presence."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import orjson
import structlog
from sqlmodel import col, or_, select

from models.context import Context
from models.errors import ConveneError, Unavailable
from models.log.logged import LoggedEvent
from models.rooms.events import ParticipantJoined, WaitingRoomUpdated
from models.rooms.presence import leave_session
from models.rooms.tables import Participant, ParticipantStatus
from models.transaction import Origin

log = structlog.get_logger(__name__)

UNCLAIMED_SEAT_S = 60.0
"""Who joined over REST has this long to come with a socket."""

WAITING_GRACE_S = 60.0
"""Who waits may lose their link for this long without losing their place."""

LEAVES_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class _Deadline:
    session_id: UUID
    at: float


class Presence:
    """Which participants have sockets on this worker, and until when those who have none are still counted in."""

    def __init__(self, grace_s: float) -> None:
        self._grace_s = grace_s
        self._sockets: dict[UUID, set[str]] = {}
        self._deadlines: dict[UUID, _Deadline] = {}

    async def start(self, context: Context) -> None:
        """Gives everybody the grace period who was in or waiting when the server went down."""
        waits = Participant.status == ParticipantStatus.PENDING
        query = select(Participant.id, Participant.session_id, Participant.is_present)
        query = query.where(or_(col(Participant.is_present), waits))
        async with context.database.read() as db:
            for participant_id, session_id, is_present in (await db.exec(query)).all():
                self._expect(participant_id, session_id, self._grace_s if is_present else WAITING_GRACE_S)

    def observe(self, event: LoggedEvent) -> None:
        """Notices who takes a seat or a place in line without having a socket yet."""
        if event.type not in (ParticipantJoined.type, WaitingRoomUpdated.type):
            return
        data = orjson.loads(event.data)
        if event.type == ParticipantJoined.type:
            participant_id = UUID(data["participant"]["id"])
        elif data["waiting"] is not None:
            participant_id = UUID(data["participant_id"])
        else:
            return
        if participant_id not in self._sockets:
            self._expect(participant_id, event.session_id, UNCLAIMED_SEAT_S)

    def attach(self, participant_id: UUID, sid: str) -> None:
        """A socket of somebody is here."""
        self._sockets.setdefault(participant_id, set()).add(sid)
        self._deadlines.pop(participant_id, None)

    def detach(self, participant_id: UUID, session_id: UUID, sid: str, *, waited: bool) -> None:
        """A socket of somebody is gone. If it was their last, the grace period starts."""
        sockets = self._sockets.get(participant_id)
        if sockets is None or sid not in sockets:
            return
        sockets.discard(sid)
        if not sockets:
            del self._sockets[participant_id]
            self._expect(participant_id, session_id, WAITING_GRACE_S if waited else self._grace_s)

    def has_other_socket(self, participant_id: UUID, sid: str) -> bool:
        """Whether somebody is here on another device, too."""
        return bool(self._sockets.get(participant_id, set()) - {sid})

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

    def _expect(self, participant_id: UUID, session_id: UUID, within_s: float) -> None:
        at = asyncio.get_running_loop().time() + within_s
        self._deadlines[participant_id] = _Deadline(session_id, at)
