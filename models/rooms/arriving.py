"""Somebody at the door, read in one statement: who they are, which session they mean, who they are in it already."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, null, select
from sqlmodel import and_, col
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import FRESH, Actor, actor_of
from models.errors import SessionNotFound
from models.identity.principals import Principal, account_principal, participant_principal
from models.identity.standing import STANDING
from models.identity.tables import SignIn, User
from models.identity.tokens import AccessClaims, Claims
from models.log.tables import SessionLog
from models.rooms.tables import Participant
from models.sessions.tables import Session


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who stands at the door of a session, and where its log is, at one moment."""

    principal: Principal
    session: Session
    participant: Participant | None
    epoch: str
    seq: int

    def actor(self) -> Actor:
        """Who they are inside. Raises as `models.actors.load_actor` does."""
        return actor_of(self.principal, self.session, self.participant)


async def read_arrival(
    db: AsyncSession, claims: Claims, now: datetime, session_id: UUID | None, code: str | None = None
) -> Arrival:
    """Who comes, by the session's id or code. Raises Unauthenticated, SessionNotFound."""
    named: dict[str, Any] = {"code": code} if session_id is None else {"asked_id": session_id}
    if isinstance(claims, AccessClaims):
        query = _ACCOUNT_BY_CODE if session_id is None else _ACCOUNT_BY_ID
        named |= {"user_id": claims.user_id, "sign_in_id": claims.sign_in_id, "now": now}
    else:
        query = _PARTICIPANT_BY_CODE if session_id is None else _PARTICIPANT_BY_ID
        named |= {
            "participant_id": claims.participant_id,
            "session_id": claims.session_id,
            "sign_in_id": claims.sign_in_id,
        }
    row = (await db.exec(query, params=named, execution_options=FRESH)).first()
    user, sign_in, participant, session, epoch, seq, standing = row or (None, None, None, None, "", 0, None)
    if isinstance(claims, AccessClaims):
        principal = account_principal(claims, user, sign_in, standing, now)
    else:
        principal = participant_principal(claims, participant, user, sign_in, now)
    if session is None or session.deleted_at is not None:
        raise SessionNotFound
    if principal.session_id not in (None, session.id):
        raise SessionNotFound
    return Arrival(principal, session, participant, epoch, seq)


def _account(asked: Any) -> Any:
    own = and_(col(Participant.session_id) == col(Session.id), col(Participant.user_id) == col(User.id))
    return (
        select(User, SignIn, Participant, Session, col(SessionLog.epoch), col(SessionLog.head_seq), STANDING)
        .select_from(User)
        .join(SignIn, col(SignIn.user_id) == col(User.id))
        .join(Session, asked, isouter=True)
        .join(SessionLog, col(SessionLog.session_id) == col(Session.id), isouter=True)
        .join(Participant, own, isouter=True)
        .where(col(User.id) == bindparam("user_id"), col(SignIn.id) == bindparam("sign_in_id"))
    )


def _participant(asked: Any) -> Any:
    known = and_(
        col(Participant.id) == bindparam("participant_id"),
        col(Participant.session_id) == bindparam("session_id"),
    )
    return (
        select(User, SignIn, Participant, Session, col(SessionLog.epoch), col(SessionLog.head_seq), null())
        .select_from(Participant)
        .join(User, col(User.id) == col(Participant.user_id), isouter=True)
        .join(SignIn, col(SignIn.id) == bindparam("sign_in_id"), isouter=True)
        .join(Session, asked, isouter=True)
        .join(SessionLog, col(SessionLog.session_id) == col(Session.id), isouter=True)
        .where(known)
    )


# Made once, so that they are compiled, and their keys in the cache of the compiled are made, once.
_ASKED_ID = col(Session.id) == bindparam("asked_id")
_ASKED_CODE = col(Session.code) == bindparam("code")
_ACCOUNT_BY_ID, _ACCOUNT_BY_CODE = _account(_ASKED_ID), _account(_ASKED_CODE)
_PARTICIPANT_BY_ID, _PARTICIPANT_BY_CODE = _participant(_ASKED_ID), _participant(_ASKED_CODE)
