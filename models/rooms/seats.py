"""How many seats of a room are taken."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.tables import Session

ADMITTED_HOLD = timedelta(seconds=60)
"""How long somebody who was let in has a seat kept until they come and take it."""


async def free_seats(db: AsyncSession, session: Session, now: datetime, besides: UUID | None = None) -> int:
    """Seats that are neither taken nor kept, not counting the participant `besides`. Exact under the session's lock."""
    kept = and_(
        col(Participant.status) == ParticipantStatus.APPROVED,
        col(Participant.admitted_at) > now - ADMITTED_HOLD,
    )
    query = select(func.count()).where(
        Participant.session_id == session.id, or_(col(Participant.is_present).is_(True), kept)
    )
    if besides is not None:
        query = query.where(Participant.id != besides)
    taken = (await db.exec(query)).one()
    return max(0, session.max_participants - taken)


async def present_count(db: AsyncSession, session_id: UUID) -> int:
    """How many are in the room now."""
    query = select(func.count()).where(
        Participant.session_id == session_id, col(Participant.is_present).is_(True)
    )
    return (await db.exec(query)).one()


async def waiting_count(db: AsyncSession, session_id: UUID) -> int:
    """How many wait."""
    query = select(func.count()).where(
        Participant.session_id == session_id, Participant.status == ParticipantStatus.PENDING
    )
    return (await db.exec(query)).one()
