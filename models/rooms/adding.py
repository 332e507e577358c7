"""People added by account before they have ever come in: participants of any role, and co-hosts (seed 004)."""

from typing import Self
from uuid import UUID

from pydantic import model_validator
from sqlmodel import select

from models.actors import FRESH, Actor, require
from models.errors import Conflict, ParticipantNotFound, SessionOver, UserNotFound
from models.identity.payloads import Email
from models.identity.tables import User
from models.permissions import Permission, Role
from models.rooms.events import ParticipantAdded
from models.rooms.moderation import set_role
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.kinds import OVER
from models.text import Language, Payload
from models.transaction import Transaction

_OUT = (ParticipantStatus.DECLINED, ParticipantStatus.REMOVED, ParticipantStatus.BANNED)


class AddParticipant(Payload):
    """The account that gets a place in the session, by id or by e-mail address."""

    user_id: UUID | None = None
    email: Email | None = None
    role: Role = Role.ATTENDEE
    language: Language | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.user_id is None) == (self.email is None):
            raise ValueError("give either user_id or email")
        return self


class AddCoHost(Payload):
    """The account that becomes a co-host."""

    user_id: UUID


async def add_participant(tx: Transaction, actor: Actor, who: AddParticipant) -> Participant:
    """Gives an account a place in the session: it comes in without waiting, in the role and language given.

    Records `participant:added`, and `participant:role_changed` for another role. Raises Forbidden, UserNotFound,
    Conflict (they have a place already), SessionOver.
    """
    require(actor, Permission.PARTICIPANT_ADD)
    if actor.session.status in OVER:
        raise SessionOver
    user = await _load_user(tx, who.user_id, who.email)
    if await _find(tx, actor, user.id) is not None:
        raise Conflict("This person is a participant already.")
    participant = _newcomer(tx, actor, user)
    participant.language = who.language or participant.language
    participant.admitted_at = tx.now
    tx.db.add(participant)
    await tx.db.flush()
    tx.record(ParticipantAdded(participant_id=participant.id, user_id=user.id))
    return await set_role(tx, actor, participant.id, who.role)


async def add_co_host(tx: Transaction, actor: Actor, user_id: UUID) -> tuple[Participant, bool]:
    """Makes an account of the tenant a co-host; says as well whether it had no place in the session before.

    Records `participant:role_changed`, unless they are one already. Raises UserNotFound, Forbidden, OutranksYou,
    LastHost, Conflict (they were declined, removed or banned).
    """
    require(actor, Permission.PARTICIPANT_SET_ROLE)
    user = await _load_user(tx, user_id, None)
    participant = await _find(tx, actor, user_id)
    if participant is not None and participant.status in _OUT:
        raise Conflict("This person was sent out or declined. Let them in again first.")
    is_new = participant is None
    if participant is None:
        participant = _newcomer(tx, actor, user)
        tx.db.add(participant)
        await tx.db.flush()
    return await set_role(tx, actor, participant.id, Role.CO_HOST), is_new


async def remove_co_host(tx: Transaction, actor: Actor, user_id: UUID) -> Participant:
    """Makes a co-host an attendee.

    Records `participant:role_changed`. Raises ParticipantNotFound, Forbidden, OutranksYou.
    """
    require(actor, Permission.PARTICIPANT_SET_ROLE)
    participant = await _find(tx, actor, user_id)
    if participant is None or participant.role is not Role.CO_HOST:
        raise ParticipantNotFound("This person is no co-host of this session.")
    return await set_role(tx, actor, participant.id, Role.ATTENDEE)


async def _load_user(tx: Transaction, user_id: UUID | None, email: str | None) -> User:
    query = select(User).where(User.id == user_id if user_id is not None else User.email == email)
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
