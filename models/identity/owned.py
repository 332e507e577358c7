"""What an account owns, and what becomes of it when the account goes."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import FRESH, Actor
from models.errors import Conflict, UserNotFound
from models.identity.principals import Principal
from models.identity.tables import User
from models.permissions import ADMIN_RANK, IN_SESSION, Role
from models.rooms.events import ParticipantAdded
from models.rooms.moderation import set_role
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.events import SessionUpdated
from models.sessions.kinds import OVER, SessionStatus
from models.sessions.lifecycle import cancel_session, end_session, resume_session
from models.sessions.payloads import RoomSession
from models.sessions.tables import Session
from models.text import Moment, View
from models.transaction import Transaction

MAX_LISTED = 100
MAX_SUCCESSORS = 50
WHY_CANCELLED = "Whoever set this session up has left."
_OUT = (ParticipantStatus.DECLINED, ParticipantStatus.REMOVED, ParticipantStatus.BANNED)


class OwnedSession(View):
    """A session that somebody owns."""

    id: UUID
    title: str
    status: SessionStatus
    start_time: Moment | None


class Successor(View):
    """Somebody who can take over what one owns: a host or co-host of one's sessions."""

    user_id: UUID
    display_name: str


class Owned(View):
    """What an account owns, the newest first, and who could take it over."""

    sessions: list[OwnedSession]
    total: int
    successors: list[Successor]


@dataclass(frozen=True, slots=True)
class Handing:
    """What is to become of what somebody owns; by whose word it is done."""

    principal: Principal
    successor: User | None

    def actor(self, session: Session) -> Actor:
        """Acts above everybody in the session."""
        return Actor(self.principal, session, None, IN_SESSION, ADMIN_RANK)


async def load_owned(db: AsyncSession, user: User) -> Owned:
    """What an account owns that is not deleted."""
    mine = (Session.owner_id == user.id, col(Session.deleted_at).is_(None))
    newest = select(Session).where(*mine).order_by(col(Session.created_at).desc()).limit(MAX_LISTED)
    total = (await db.exec(select(func.count()).select_from(Session).where(*mine))).one()
    return Owned(
        sessions=[
            OwnedSession.model_validate(one, from_attributes=True) for one in (await db.exec(newest)).all()
        ],
        total=total,
        successors=await _successors(db, user),
    )


async def load_successor(db: AsyncSession, user: User, user_id: UUID, *, of_theirs: bool) -> User:
    """Who takes over; `of_theirs` asks for somebody who helps to run one of the sessions. Raises UserNotFound."""
    query = select(User).where(User.id == user_id, User.is_active, User.id != user.id)
    found = (await db.exec(query)).first()
    known = {one.user_id for one in await _successors(db, user)} if of_theirs else {user_id}
    if found is None or user_id not in known:
        raise UserNotFound("Choose somebody who runs one of these sessions with you.")
    return found


async def hand_over(tx: Transaction, session: Session, handing: Handing) -> None:
    """Gives a session, which must be locked, to its successor; without one it is brought to its end, and stays.

    Records `session:updated` and `participant:role_changed`, or `session:ended` or `session:cancelled`.
    """
    principal = handing.principal
    tx.acts_for(principal.id, principal.account().id, principal.who)
    if handing.successor is not None:
        await _give(tx, session, handing, handing.successor)
    elif session.status is SessionStatus.PAUSED:
        await resume_session(tx, handing.actor(session))
        await end_session(tx, handing.actor(session))
    elif session.status is SessionStatus.ACTIVE:
        await end_session(tx, handing.actor(session))
    elif session.status not in OVER:
        await cancel_session(tx, handing.actor(session), WHY_CANCELLED)


async def _give(tx: Transaction, session: Session, handing: Handing, successor: User) -> None:
    query = select(Participant).where(
        Participant.session_id == session.id, Participant.user_id == successor.id
    )
    host = (await tx.db.exec(query, execution_options=FRESH)).first()
    if host is not None and host.status in _OUT:
        raise Conflict("This person was sent out of one of the sessions. Choose somebody else.")
    session.owner_id, session.updated_at = successor.id, tx.now
    tx.record(SessionUpdated(session=RoomSession.of(session), changed=["owner_id"]))
    if host is None:
        host = Participant(
            tenant_id=session.tenant_id,
            session_id=session.id,
            user_id=successor.id,
            display_name=successor.display_name,
            role=Role.ATTENDEE,
            status=ParticipantStatus.LEFT,
            language=session.original_language,
            created_at=tx.now,
            updated_at=tx.now,
        )
        tx.db.add(host)
        await tx.db.flush()
        tx.record(ParticipantAdded(participant_id=host.id, user_id=successor.id))
    await set_role(tx, handing.actor(session), host.id, Role.HOST)


async def _successors(db: AsyncSession, user: User) -> list[Successor]:
    query = (
        select(User.id, User.display_name)
        .join(Participant, col(Participant.user_id) == col(User.id))
        .join(Session, col(Session.id) == col(Participant.session_id))
        .where(
            Session.owner_id == user.id,
            User.is_active,
            User.id != user.id,
            col(Participant.role).in_((Role.HOST, Role.CO_HOST, Role.INSTRUCTOR)),
            col(Participant.status).not_in(_OUT),
        )
        .distinct()
        .order_by(col(User.display_name))
        .limit(MAX_SUCCESSORS)
    )
    return [Successor(user_id=one, display_name=name) for one, name in (await db.exec(query)).all()]
