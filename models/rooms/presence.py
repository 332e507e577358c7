"""Leaving: by one's own will, by a lost link, or before one was let in."""

from typing import Literal
from uuid import UUID

from sqlmodel import select

from models.actors import FRESH
from models.errors import ParticipantNotFound
from models.log.event import EVERYONE, HOSTS
from models.rooms.events import ParticipantLeft, WaitingRoomUpdated
from models.rooms.rosters import count_in, settle_roster
from models.rooms.seats import waiting_count
from models.rooms.tables import Participant, ParticipantStatus
from models.transaction import Transaction

Why = Literal["left", "lost"]


async def leave_session(tx: Transaction, session_id: UUID, participant_id: UUID, why: Why) -> Participant:
    """Gives up somebody's seat, or their place in the waiting room. Leaving twice is no change.

    Records `participant:left` or `waiting_room:updated`. The session must be locked. Raises ParticipantNotFound.
    """
    participant = await load_participant(tx, session_id, participant_id)
    tx.acts_for(participant.id, participant.user_id, participant.who)
    if participant.status is ParticipantStatus.PENDING:
        participant.status = ParticipantStatus.LEFT
        participant.updated_at = tx.now
        await record_waiting_over(tx, participant)
    elif participant.is_present:
        give_up_seat(tx, participant, ParticipantStatus.LEFT)
        now = await count_in(tx, session_id)
        tx.record(ParticipantLeft(participant_id=participant.id, reason=why, present=now.present))
        await settle_roster(tx, session_id, now)
    return participant


def give_up_seat(tx: Transaction, participant: Participant, status: ParticipantStatus) -> None:
    """Takes somebody out of the room in the table; what is recorded is the caller's to say."""
    if participant.is_present and participant.joined_at is not None:
        participant.total_s += (tx.now - participant.joined_at).total_seconds()
        participant.left_at = tx.now
    participant.is_present = False
    participant.hand_raised_at = None
    participant.status = status
    participant.updated_at = tx.now


def audience_about(participant: Participant) -> str:
    """Who hears what happens to somebody: everyone, or while they have no seat, the hosts alone.

    Nobody else is to learn who waits or was sent out.
    """
    return EVERYONE if participant.is_present else HOSTS


async def record_waiting_over(tx: Transaction, participant: Participant) -> None:
    """Records `waiting_room:updated` for somebody who waits no more."""
    count = await waiting_count(tx.db, participant.session_id)
    tx.record(WaitingRoomUpdated(participant_id=participant.id, waiting=None, count=count))


async def load_participant(tx: Transaction, session_id: UUID, participant_id: UUID) -> Participant:
    """Somebody of this session, in whatever state. Raises ParticipantNotFound."""
    query = select(Participant).where(Participant.id == participant_id, Participant.session_id == session_id)
    participant = (await tx.db.exec(query, execution_options=FRESH)).first()
    if participant is None:
        raise ParticipantNotFound
    return participant
