"""The waiting room: it is there before the host and outlives them; hosts admit, decline and speak to it."""

from uuid import UUID

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, require
from models.errors import AlreadyDecided, SessionFull, SessionOver
from models.permissions import Permission
from models.rooms.events import ParticipantApproved, ParticipantDeclined, WaitingRoomMessaged
from models.rooms.presence import load_participant, record_waiting_over
from models.rooms.seats import free_seats
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.kinds import OVER
from models.transaction import Transaction

_Status = ParticipantStatus


async def approve_participant(tx: Transaction, actor: Actor, participant_id: UUID) -> Participant:
    """Lets somebody in who waits, or gives somebody another chance who was declined or removed.

    Records `participant:approved`, and `waiting_room:updated` if they waited. Raises ParticipantNotFound, Forbidden,
    AlreadyDecided, SessionFull, SessionOver.
    """
    participant = await load_participant(tx, actor.session.id, participant_id)
    require(actor, Permission.PARTICIPANT_APPROVE)
    if actor.session.status in OVER:
        raise SessionOver
    if participant.status not in (_Status.PENDING, _Status.DECLINED, _Status.REMOVED):
        raise AlreadyDecided
    if await free_seats(tx.db, actor.session, tx.now) == 0:
        raise SessionFull
    await _admit(tx, participant)
    return participant


async def approve_all(tx: Transaction, actor: Actor) -> tuple[list[Participant], int]:
    """Lets in everybody who waits, first come first served, as far as there are seats; and says how many still wait.

    Records as `approve_participant` does, for each. Raises Forbidden, SessionOver.
    """
    require(actor, Permission.PARTICIPANT_APPROVE)
    if actor.session.status in OVER:
        raise SessionOver
    return await admit_waiting(tx, actor)


async def admit_waiting(tx: Transaction, actor: Actor) -> tuple[list[Participant], int]:
    """Admits from the head of the line while seats are free; returns whom, and how many remain."""
    waiting = await load_waiting(tx.db, actor.session.id)
    seats = await free_seats(tx.db, actor.session, tx.now)
    for participant in waiting[:seats]:
        await _admit(tx, participant)
    return waiting[:seats], max(0, len(waiting) - seats)


async def reject_participant(
    tx: Transaction, actor: Actor, participant_id: UUID, reason: str | None = None
) -> Participant:
    """Does not let somebody in. They hear it at once.

    Records `participant:declined` and `waiting_room:updated`. Raises ParticipantNotFound, Forbidden, OutranksYou,
    AlreadyDecided.
    """
    participant = await load_participant(tx, actor.session.id, participant_id)
    require(actor, Permission.PARTICIPANT_REJECT, over=participant)
    declined = await tx.compare_and_set(
        participant, "status", _Status.PENDING, _Status.DECLINED, updated_at=tx.now
    )
    if not declined:
        raise AlreadyDecided
    tx.record(ParticipantDeclined(participant_id=participant.id, reason=reason))
    await record_waiting_over(tx, participant)
    return participant


async def message_waiting(
    tx: Transaction, actor: Actor, text: str, participant_id: UUID | None = None
) -> None:
    """Says something to those who wait, or to one of them.

    Records `waiting_room:messaged`. Raises Forbidden, ParticipantNotFound, AlreadyDecided (they wait no more).
    """
    require(actor, Permission.WAITING_ROOM_MESSAGE)
    if participant_id is not None:
        participant = await load_participant(tx, actor.session.id, participant_id)
        if participant.status is not _Status.PENDING:
            raise AlreadyDecided("This person no longer waits.")
    name = actor.participant.display_name if actor.participant is not None else None
    tx.record(WaitingRoomMessaged(participant_id=participant_id, text=text, display_name=name))


async def load_waiting(db: AsyncSession, session_id: UUID) -> list[Participant]:
    """Everybody who waits, in the order they came."""
    query = (
        select(Participant)
        .where(Participant.session_id == session_id, Participant.status == _Status.PENDING)
        .order_by(col(Participant.knocked_at), col(Participant.id))
    )
    return list((await db.exec(query)).all())


async def place_in_line(db: AsyncSession, participant: Participant) -> int:
    """How many came before somebody who waits, plus one."""
    earlier = or_(
        col(Participant.knocked_at) < participant.knocked_at,
        (col(Participant.knocked_at) == participant.knocked_at) & (col(Participant.id) < participant.id),
    )
    query = select(func.count()).where(
        Participant.session_id == participant.session_id, Participant.status == _Status.PENDING, earlier
    )
    return (await db.exec(query)).one() + 1


async def _admit(tx: Transaction, participant: Participant) -> None:
    before = participant.status
    admitted = await tx.compare_and_set(
        participant,
        "status",
        before,
        _Status.APPROVED,
        admitted_at=tx.now,
        updated_at=tx.now,
        version=participant.version + 1,
    )
    if not admitted:
        raise AlreadyDecided
    tx.record(ParticipantApproved(participant_id=participant.id))
    if before is _Status.PENDING:
        await record_waiting_over(tx, participant)
