"""Several people who want to act, read at once: everybody's rows in a few statements, then each judged alone.

The rows are read within the transaction and under the sessions' locks. So a mute, a kick, a ban, a revoked sign-in or
the end of the session, committed before, counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select as sa_select
from sqlmodel import bindparam, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, actor_of
from models.errors import SessionNotFound
from models.identity.principals import Principal, account_principal, participant_principal
from models.identity.standing import STANDING
from models.identity.tables import SignIn, User
from models.identity.tokens import AccessClaims, Claims, ParticipantClaims
from models.rooms.tables import Participant
from models.sessions.tables import Session
from models.transaction import Transaction
from models.writing import few

# Statements are made once: to make one anew takes longer than to carry it out.
_SESSIONS = select(Session).where(col(Session.id).in_(bindparam("session_ids", expanding=True)))
_ACCOUNTS: Any = (
    sa_select(SignIn, User, Participant, STANDING)
    .join(User, col(User.id) == col(SignIn.user_id))
    .outerjoin(
        Participant,
        (col(Participant.user_id) == col(User.id))
        & col(Participant.session_id).in_(bindparam("session_ids", expanding=True)),
    )
    .where(col(SignIn.id).in_(bindparam("sign_in_ids", expanding=True)))
)
_PARTICIPANTS = (
    select(Participant, User)
    .outerjoin(User, col(User.id) == col(Participant.user_id))
    .where(col(Participant.id).in_(bindparam("participant_ids", expanding=True)))
)
_ACCOUNT_HERE: Any = (
    sa_select(SignIn, User, Participant, Session, STANDING)
    .join(User, col(User.id) == col(SignIn.user_id))
    .outerjoin(Session, col(Session.id) == bindparam("session_id"))
    .outerjoin(
        Participant,
        (col(Participant.user_id) == col(User.id)) & (col(Participant.session_id) == bindparam("session_id")),
    )
    .where(col(SignIn.id) == bindparam("sign_in_id"))
)
_PARTICIPANT_HERE = (
    select(SignIn, User, Participant, Session)
    .select_from(Participant)
    .outerjoin(User, col(User.id) == col(Participant.user_id))
    .outerjoin(SignIn, col(SignIn.id) == bindparam("sign_in_id"))
    .outerjoin(Session, col(Session.id) == bindparam("session_id"))
    .where(col(Participant.id) == bindparam("participant_id"))
)
_SIGN_INS = select(SignIn).where(col(SignIn.id).in_(bindparam("sign_in_ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody, by the claims of a token, who wants to act in a session."""

    claims: Claims
    session_id: UUID


@dataclass(frozen=True, slots=True)
class Crowd:
    """The rows of everybody who asked."""

    sessions: dict[UUID, Session] = field(default_factory=dict)
    users: dict[UUID, User] = field(default_factory=dict)
    sign_ins: dict[UUID, SignIn] = field(default_factory=dict)
    participants: dict[UUID, Participant] = field(default_factory=dict)
    places: dict[tuple[UUID, UUID], Participant] = field(default_factory=dict)
    standings: dict[UUID, str | None] = field(default_factory=dict)

    def keep(
        self,
        sign_in: SignIn | None,
        user: User | None,
        participant: Participant | None,
        session: Session | None = None,
    ) -> None:
        """Takes in rows that were read together."""
        if sign_in is not None:
            self.sign_ins[sign_in.id] = sign_in
        if user is not None:
            self.users[user.id] = user
        if session is not None:
            self.sessions[session.id] = session
        if participant is not None:
            self.participants[participant.id] = participant
            if participant.user_id is not None:
                self.places[participant.session_id, participant.user_id] = participant

    def principal(self, claims: Claims, now: datetime) -> Principal:
        """Whom the claims speak of. Raises Unauthenticated."""
        sign_in = None if claims.sign_in_id is None else self.sign_ins.get(claims.sign_in_id)
        if isinstance(claims, AccessClaims):
            standing = self.standings.get(claims.user_id)
            return account_principal(claims, self.users.get(claims.user_id), sign_in, standing, now)
        participant = self.participants.get(claims.participant_id)
        user_id = None if participant is None else participant.user_id
        account = None if user_id is None else self.users.get(user_id)
        return participant_principal(claims, participant, account, sign_in, now)

    def actor(self, asking: Asking, now: datetime) -> Actor:
        """Who they are in the session. Raises Unauthenticated, SessionNotFound, or why they are out of it."""
        principal = self.principal(asking.claims, now)
        session = self.sessions.get(asking.session_id)
        if session is None or session.deleted_at is not None:
            raise SessionNotFound
        if principal.user is not None:
            return actor_of(principal, session, self.places.get((session.id, principal.user.id)))
        return actor_of(principal, session, self._own(principal, session))

    def _own(self, principal: Principal, session: Session) -> Participant | None:
        own = None if principal.participant_id is None else self.participants.get(principal.participant_id)
        return own if own is not None and own.session_id == session.id else None


async def act_by_claims(tx: Transaction, asking: Asking) -> Actor:
    """Locks the session and says who it is that asks. To strangers it does not exist."""
    await tx.lock_all([asking.session_id])
    actor = (await load_crowd(tx.db, [asking], tx.now)).actor(asking, tx.now)
    await tx.lock(asking.session_id)
    tx.acts_for(actor.id, actor.user_id, actor.who)
    return actor


async def load_crowd(db: AsyncSession, asking: Sequence[Asking], now: datetime) -> Crowd:
    """The rows of everybody who asks, as they are now: in one statement for one, in two to four for many.

    The sessions have to be locked.
    """
    if len(asking) == 1:
        return await _load_one(db, asking[0], now)
    crowd = Crowd()
    session_ids = few({one.session_id for one in asking})
    sessions = await db.exec(_SESSIONS, params={"session_ids": session_ids})
    crowd.sessions.update((session.id, session) for session in sessions)
    claims = [one.claims for one in asking]
    accounts = [one for one in claims if isinstance(one, AccessClaims)]
    await _load_accounts(db, crowd, session_ids, accounts, now)
    await _load_participants(db, crowd, [one for one in claims if isinstance(one, ParticipantClaims)])
    return crowd


async def _load_one(db: AsyncSession, asking: Asking, now: datetime) -> Crowd:
    crowd, claims = Crowd(), asking.claims
    asked = {"session_id": asking.session_id, "sign_in_id": claims.sign_in_id}
    if isinstance(claims, ParticipantClaims):
        here = await db.exec(_PARTICIPANT_HERE, params={**asked, "participant_id": claims.participant_id})
        for sign_in, user, participant, session in here:
            crowd.keep(sign_in, user, participant, session)
        return crowd
    for sign_in, user, participant, session, standing in await db.exec(
        _ACCOUNT_HERE, params={**asked, "now": now}
    ):
        crowd.keep(sign_in, user, participant, session)
        crowd.standings[user.id] = standing
    return crowd


async def _load_accounts(
    db: AsyncSession, crowd: Crowd, session_ids: list[UUID], claims: list[AccessClaims], now: datetime
) -> None:
    if not claims:
        return
    sign_in_ids = few({one.sign_in_id for one in claims})
    asked = {"session_ids": session_ids, "sign_in_ids": sign_in_ids, "now": now}
    for sign_in, user, participant, standing in await db.exec(_ACCOUNTS, params=asked):
        crowd.keep(sign_in, user, participant)
        crowd.standings[user.id] = standing


async def _load_participants(db: AsyncSession, crowd: Crowd, claims: list[ParticipantClaims]) -> None:
    if not claims:
        return
    participant_ids = few({one.participant_id for one in claims})
    for participant, user in await db.exec(_PARTICIPANTS, params={"participant_ids": participant_ids}):
        crowd.keep(None, user, participant)
    sign_in_ids = {one.sign_in_id for one in claims if one.sign_in_id is not None}
    if sign_in_ids:
        sign_ins = await db.exec(_SIGN_INS, params={"sign_in_ids": few(sign_in_ids)})
        crowd.sign_ins.update((sign_in.id, sign_in) for sign_in in sign_ins)
