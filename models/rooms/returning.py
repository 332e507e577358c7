"""Taking a seat back that was given up by mistake: whose link was thought lost is there on another worker."""

from uuid import UUID

from sqlmodel import select

from models.actors import FRESH
from models.rooms.joining import take_seat
from models.rooms.presence import load_participant
from models.rooms.tables import ParticipantStatus
from models.sessions.kinds import OVER
from models.sessions.tables import Session
from models.transaction import Transaction


async def return_to_seat(tx: Transaction, session_id: UUID, participant_id: UUID) -> bool:
    """Puts somebody back who has left, unless the session is over or a host has acted since. Returns whether it did.

    Records `participant:joined`. Raises SessionNotFound, ParticipantNotFound.
    """
    await tx.lock(session_id)
    session = (
        await tx.db.exec(select(Session).where(Session.id == session_id), execution_options=FRESH)
    ).one()
    participant = await load_participant(tx, session_id, participant_id)
    if session.status in OVER or participant.status is not ParticipantStatus.LEFT:
        return False
    tx.acts_for(participant.id, participant.user_id, participant.who)
    await take_seat(tx, session, participant)
    return True
