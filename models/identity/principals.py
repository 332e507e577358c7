"""Who is asking: the rows behind a token, read anew for every request and command."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit.who import ActorKind, Who
from models.errors import Forbidden, Unauthenticated
from models.identity.standing import NOTHING, STANDING, Standing
from models.identity.tables import SignIn, User
from models.identity.tokens import AccessClaims, Claims, ParticipantClaims
from models.permissions import Permission
from models.rooms.tables import Participant


@dataclass(frozen=True, slots=True)
class Principal:
    """An account (`user`), or a participant who shows a participant token (`participant_id`, for `session_id` only)."""

    tenant_id: UUID
    user: User | None = None
    sign_in_id: UUID | None = None
    participant_id: UUID | None = None
    session_id: UUID | None = None
    standing: Standing = NOTHING
    key_name: str | None = None
    scopes: frozenset[Permission] | None = None

    @property
    def id(self) -> UUID:
        """The account's or participant's id: whose commands are told apart by it."""
        found = self.participant_id if self.user is None else self.user.id
        if found is None:
            raise Unauthenticated
        return found

    @property
    def who(self) -> Who:
        """They, as the audit calls them; a guest's name is in their row."""
        if self.user is None:
            return Who(ActorKind.GUEST, self.participant_id)
        if self.key_name is None:
            return self.user.who
        return self.as_key(self.user.display_name)

    def as_key(self, owner_name: str) -> Who:
        """The key that they come with, or by which they got their token, as the audit calls it."""
        return Who(ActorKind.API_KEY, self.sign_in_id, f"{self.key_name} ({owner_name})")

    def limited(self, permissions: frozenset[Permission]) -> frozenset[Permission]:
        """Of these permissions those that the key, if they come with one, has as its scopes."""
        return permissions if self.scopes is None else permissions & self.scopes

    @property
    def hears_hosts(self) -> bool:
        """Whether they hear what only hosts hear, where they are one: not by a key that lacks the scope."""
        return self.scopes is None or Permission.WAITING_ROOM_VIEW in self.scopes

    def check_scope(self, permission: Permission) -> None:
        """Raises Forbidden for a key without this scope; for what everybody may do who has an account or a place."""
        if self.scopes is not None and permission not in self.scopes:
            raise Forbidden(f"This key lacks the scope {permission}.")

    def may(self, permission: Permission) -> bool:
        """Whether their roles in the tenant allow this."""
        return permission in self.standing.permissions

    @property
    def runs_all_sessions(self) -> bool:
        """Whether they stand above the hosts in every session of the tenant."""
        return self.may(Permission.ADMIN_SESSIONS)

    def account(self) -> User:
        """The account. Raises Unauthenticated for a participant token."""
        if self.user is None:
            raise Unauthenticated("Sign in with an account to do that.")
        return self.user

    def require(self, permission: Permission) -> User:
        """The account, if its roles in the tenant allow this. Raises Unauthenticated or Forbidden."""
        user = self.account()
        if not self.may(permission):
            raise Forbidden("Your roles do not allow that.")
        return user


_ENDED = "This sign-in has ended. Sign in again."

# Asked for every command of everybody: made once, so that the key in the cache of compiled statements is made once.
_ACCOUNT = (
    select(User, SignIn, STANDING)
    .join(SignIn, col(SignIn.user_id) == col(User.id))
    .where(col(User.id) == bindparam("user_id"), col(SignIn.id) == bindparam("sign_in_id"))
)
_PARTICIPANT = (
    select(Participant, User, SignIn)
    .join(User, col(User.id) == col(Participant.user_id), isouter=True)
    .join(SignIn, col(SignIn.id) == bindparam("sign_in_id"), isouter=True)
    .where(
        and_(
            col(Participant.id) == bindparam("participant_id"),
            col(Participant.session_id) == bindparam("session_id"),
        )
    )
)


async def load_principal(db: AsyncSession, claims: Claims, now: datetime) -> Principal:
    """Whom the claims speak of, as the database knows them now. Raises Unauthenticated when they are gone."""
    if isinstance(claims, AccessClaims):
        named = {"user_id": claims.user_id, "sign_in_id": claims.sign_in_id, "now": now}
        user, sign_in, told = (await db.exec(_ACCOUNT, params=named)).first() or (None, None, None)
        return account_principal(claims, user, sign_in, told, now)
    known = {
        "participant_id": claims.participant_id,
        "session_id": claims.session_id,
        "sign_in_id": claims.sign_in_id,
    }
    rows = (await db.exec(_PARTICIPANT, params=known)).first() or (None, None, None)
    participant, account, signed_in = rows
    return participant_principal(claims, participant, account, signed_in, now)


def account_principal(
    claims: AccessClaims, user: User | None, sign_in: SignIn | None, standing: str | None, now: datetime
) -> Principal:
    """The account that the claims name, judged by its rows as they are now. Raises Unauthenticated.

    `standing` is what the column STANDING says of it.
    """
    if user is None or sign_in is None or sign_in.user_id != user.id:
        raise Unauthenticated
    if user.id != claims.user_id or user.tenant_id != claims.tenant_id:
        raise Unauthenticated
    if not user.is_active or not _is_alive(sign_in, now):
        raise Unauthenticated(_ENDED)
    scopes = _scopes_of(sign_in)
    told = Standing.of(standing)
    if scopes is not None:
        told = replace(told, permissions=told.permissions & scopes)
    return Principal(
        user.tenant_id,
        user=user,
        sign_in_id=sign_in.id,
        standing=told,
        key_name=sign_in.key_name,
        scopes=scopes,
    )


def participant_principal(
    claims: ParticipantClaims,
    participant: Participant | None,
    account: User | None,
    sign_in: SignIn | None,
    now: datetime,
) -> Principal:
    """The participant that the claims name, judged by the rows as they are now. Raises Unauthenticated."""
    if participant is None or participant.session_id != claims.session_id:
        raise Unauthenticated
    if account is not None and not account.is_active:
        raise Unauthenticated
    if claims.sign_in_id is not None and (sign_in is None or not _is_alive(sign_in, now)):
        raise Unauthenticated(_ENDED)
    return Principal(
        participant.tenant_id,
        sign_in_id=None if sign_in is None else sign_in.id,
        participant_id=participant.id,
        session_id=participant.session_id,
        key_name=None if sign_in is None else sign_in.key_name,
        scopes=None if sign_in is None else _scopes_of(sign_in),
    )


def _scopes_of(sign_in: SignIn) -> frozenset[Permission] | None:
    if sign_in.scopes is None:
        return None
    # A later version may have stored permissions that this one does not know.
    return frozenset(one for one in Permission if one in sign_in.scopes.split())


def _is_alive(sign_in: SignIn, now: datetime) -> bool:
    return sign_in.revoked_at is None and sign_in.expires_at > now
