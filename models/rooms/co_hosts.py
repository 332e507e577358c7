"""Co-hosts by account (seed 004): named before they have ever come in, and dismissed again."""

from uuid import UUID

from sqlmodel import select

from models.actors import FRESH, Actor, require
from models.errors import Conflict, ParticipantNotFound, UserNotFound
from models.identity.tables import User
from models.permissions import Permission, Role
from models.rooms.moderation import set_role
from models.rooms.tables import Participant, ParticipantStatus
from models.text import Payload
from models.transaction import Transaction

_OUT = (ParticipantStatus.DECLINED, ParticipantStatus.REMOVED, ParticipantStatus.BANNED)


class AddCoHost(Payload):
    """The account that becomes a co-host."""

    user_id: UUID


async def add_co_host(tx: Transaction, actor: Actor, user_id: UUID) -> Participant:
    """Makes an account of the tenant a co-host, whether or not it has been in the session.

    Records `participant:role_changed`, unless they are one already. Raises UserNotFound, Forbidden, OutranksYou,
    LastHost, Conflict (they were declined, removed or banned).
    """
    require(actor, Permission.PARTICIPANT_SET_ROLE)
    user = await _load_user(tx, actor, user_id)
    participant = await _find(tx, actor, user_id)
    if participant is not None and participant.status in _OUT:
        raise Conflict("This person was sent out or declined. Let them in again first.")
    if participant is None:
        participant = _newcomer(tx, actor, user)
        tx.db.add(participant)
        await tx.db.flush()
    return await set_role(tx, actor, participant.id, Role.CO_HOST)


async def remove_co_host(tx: Transaction, actor: Actor, user_id: UUID) -> Participant:
    """Makes a co-host an attendee.

    Records `participant:role_changed`. Raises ParticipantNotFound, Forbidden, OutranksYou.
    """
    require(actor, Permission.PARTICIPANT_SET_ROLE)
    participant = await _find(tx, actor, user_id)
    if participant is None or participant.role is not Role.CO_HOST:
        raise ParticipantNotFound("This person is no co-host of this session.")
    return await set_role(tx, actor, participant.id, Role.ATTENDEE)


async def _load_user(tx: Transaction, actor: Actor, user_id: UUID) -> User:
    query = select(User).where(User.id == user_id, User.tenant_id == actor.session.tenant_id)
    user = (await tx.db.exec(query)).first()
    if user is None or not user.is_active:
        raise UserNotFound
    return user


async def _find(tx: Transaction, actor: Actor, user_id: UUID) -> Participant | None:
    query = select(Participant).where(
        Participant.session_id == actor.session.id, Participant.user_id == user_id
    )
    return (await tx.db.exec(query, execution_options=FRESH)).first()


def _newcomer(tx: Transaction, actor: Actor, user: User) -> Participant:
    return Participant(
        tenant_id=actor.session.tenant_id,
        session_id=actor.session.id,
        user_id=user.id,
        display_name=user.display_name,
        role=Role.ATTENDEE,
        status=ParticipantStatus.LEFT,
        language=actor.session.original_language,
        created_at=tx.now,
        updated_at=tx.now,
    )
