"""Somebody acting in one session: who they are there, what they may do, whom they may do it to."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit.who import Who
from models.errors import (
    Forbidden,
    NotJoined,
    OutranksYou,
    ParticipantBanned,
    ParticipantDeclined,
    ParticipantRemoved,
    ParticipantWaiting,
    SessionNotFound,
)
from models.identity.principals import Principal
from models.log.event import EVERYONE, HOSTS
from models.permissions import ADMIN_RANK, HOST_ROLES, IN_SESSION, RANK, Permission, Role
from models.rooms.rights import permissions_of
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.tables import Session
from models.transaction import Transaction

# What was read before the session was locked may be out of date.
FRESH = {"populate_existing": True}

# Asked for every command: made once, so that the key in the cache of compiled statements is made once.
_SESSION = select(Session).where(col(Session.id) == bindparam("session_id"))
_IN_SESSION = select(Participant).where(col(Participant.session_id) == bindparam("session_id"))
_BY_ACCOUNT = _IN_SESSION.where(col(Participant.user_id) == bindparam("own_id"))
_BY_ID = _IN_SESSION.where(col(Participant.id) == bindparam("own_id"))

_REFUSALS: dict[ParticipantStatus, type[Forbidden]] = {
    ParticipantStatus.PENDING: ParticipantWaiting,
    ParticipantStatus.DECLINED: ParticipantDeclined,
    ParticipantStatus.REMOVED: ParticipantRemoved,
    ParticipantStatus.BANNED: ParticipantBanned,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A principal within a session. `participant` is unset for administrators who are not in it."""

    principal: Principal
    session: Session
    participant: Participant | None
    permissions: frozenset[Permission]
    rank: int

    @property
    def id(self) -> UUID:
        """What the log calls them: the participant's id, or the account's."""
        return self.principal.id if self.participant is None else self.participant.id

    @property
    def user_id(self) -> UUID | None:
        """The account behind them; none for guests."""
        if self.principal.user is not None:
            return self.principal.user.id
        return None if self.participant is None else self.participant.user_id

    @property
    def who(self) -> Who:
        """They, as the audit calls them."""
        if self.principal.user is None and self.participant is not None:
            if self.principal.key_name is not None:
                return self.principal.as_key(self.participant.display_name)
            return self.participant.who
        return self.principal.who

    @property
    def audience(self) -> str:
        """The audience whose events they hear; by a key, as far as its scopes go."""
        return HOSTS if self.is_host and self.principal.hears_hosts else EVERYONE

    @property
    def is_host(self) -> bool:
        return self.participant is None or self.participant.role in HOST_ROLES

    def as_participant(self) -> Participant:
        """Their row in the session. Raises NotJoined."""
        if self.participant is None:
            raise NotJoined
        return self.participant

    def as_present(self) -> Participant:
        """Their row, if they hold a seat. Raises NotJoined."""
        participant = self.as_participant()
        if not participant.is_present:
            raise NotJoined
        return participant

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def require(actor: Actor, permission: Permission, over: Participant | None = None) -> None:
    """Raises Forbidden unless the actor has the permission, and OutranksYou unless they stand above `over`."""
    if permission not in actor.permissions:
        raise Forbidden
    if over is None:
        return
    if over.user_id is not None and over.user_id == actor.session.owner_id and actor.rank < ADMIN_RANK:
        raise OutranksYou("The owner of the session cannot be acted upon.")
    is_host = actor.participant is not None and actor.participant.role is Role.HOST
    if actor.rank <= RANK[over.role] and not is_host:
        raise OutranksYou


async def act_in_session(
    tx: Transaction, principal: Principal, session_id: UUID, *, deleted: bool = False
) -> Actor:
    """Locks the session (one that is deleted, if asked for) and says who the principal is in it.

    To strangers it does not exist.
    """
    await tx.lock(session_id)
    actor = await load_actor(tx.db, principal, session_id, deleted=deleted)
    tx.acts_for(actor.id, actor.user_id, actor.who)
    return actor


async def load_actor(
    db: AsyncSession, principal: Principal, session_id: UUID, *, deleted: bool = False
) -> Actor:
    """Who the principal is in a session, for reading. Raises SessionNotFound, or why a participant is out of it."""
    session = await load_session(db, session_id, deleted=deleted)
    participant = await find_participant(db, principal, session_id)
    return actor_of(principal, session, participant)


def actor_of(principal: Principal, session: Session, participant: Participant | None) -> Actor:
    """Who the principal is in a session of their tenant, judged by their row there. Raises as `load_actor`."""
    if principal.session_id is not None and principal.session_id != session.id:
        raise SessionNotFound
    principal.check_scope(Permission.SESSION_VIEW)
    if principal.runs_all_sessions:
        rank = max(ADMIN_RANK, principal.standing.rank)
        return Actor(principal, session, participant, principal.limited(IN_SESSION), rank)
    if participant is None:
        raise SessionNotFound
    _check_admitted(participant)
    allowed = principal.limited(permissions_of(participant))
    return Actor(principal, session, participant, allowed, RANK[participant.role])


async def check_not_sent_out(db: AsyncSession, principal: Principal, session_id: UUID) -> None:
    """Raises ParticipantDeclined, ParticipantRemoved or ParticipantBanned for whom a host does not want in.

    For answers that were given before: they hold what only people of the session may know.
    """
    participant = await find_participant(db, principal, session_id)
    refusal = None if participant is None else _REFUSALS.get(participant.status)
    if refusal is not None and refusal is not ParticipantWaiting:
        raise refusal


def _check_admitted(participant: Participant) -> None:
    refusal = _REFUSALS.get(participant.status)
    if refusal is not None:
        raise refusal
    # Whoever knocked and went away again, or was pardoned, has never been let in.
    if participant.admitted_at is None and participant.role not in HOST_ROLES:
        raise NotJoined


async def load_session(db: AsyncSession, session_id: UUID, *, deleted: bool = False) -> Session:
    """A session that is not deleted (or, if asked for, is). Raises SessionNotFound."""
    named = {"session_id": session_id}
    session = (await db.exec(_SESSION, params=named, execution_options=FRESH)).first()
    if session is None or (session.deleted_at is not None) != deleted:
        raise SessionNotFound
    return session


async def find_participant(db: AsyncSession, principal: Principal, session_id: UUID) -> Participant | None:
    """The principal's own row in a session, if there is one."""
    query = _BY_ACCOUNT if principal.user is not None else _BY_ID
    named = {"session_id": session_id, "own_id": principal.id}
    return (await db.exec(query, params=named, execution_options=FRESH)).first()
