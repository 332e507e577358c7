"""Who is asking: the rows behind a token, read anew for every request and command."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.errors import Forbidden, Unauthenticated
from models.identity.tables import SignIn, User
from models.identity.tokens import AccessClaims, Claims
from models.permissions import ACCOUNT_PERMISSIONS, AccountRole, Permission
from models.rooms.tables import Participant


@dataclass(frozen=True, slots=True)
class Principal:
    """An account (`user`), or a participant who shows a participant token (`participant_id`, for `session_id` only)."""

    tenant_id: UUID
    user: User | None = None
    sign_in_id: UUID | None = None
    participant_id: UUID | None = None
    session_id: UUID | None = None

    @property
    def id(self) -> UUID:
        """The account's or participant's id: whose commands are told apart by it."""
        found = self.participant_id if self.user is None else self.user.id
        if found is None:
            raise Unauthenticated
        return found

    @property
    def is_admin(self) -> bool:
        return self.user is not None and self.user.role is AccountRole.ADMIN

    def account(self) -> User:
        """The account. Raises Unauthenticated for a participant token."""
        if self.user is None:
            raise Unauthenticated("Sign in with an account to do that.")
        return self.user

    def require(self, permission: Permission) -> User:
        """The account, if its role in the tenant allows this. Raises Unauthenticated or Forbidden."""
        user = self.account()
        if permission not in ACCOUNT_PERMISSIONS[user.role]:
            raise Forbidden
        return user


_ENDED = "This sign-in has ended. Sign in again."


async def load_principal(db: AsyncSession, claims: Claims, now: datetime) -> Principal:
    """Whom the claims speak of, as the database knows them now. Raises Unauthenticated when they are gone."""
    if isinstance(claims, AccessClaims):
        return await _account(db, claims, now)
    query = (
        select(Participant, User)
        .join(User, col(User.id) == col(Participant.user_id), isouter=True)
        .where(Participant.id == claims.participant_id, Participant.session_id == claims.session_id)
    )
    row = (await db.exec(query)).first()
    if row is None:
        raise Unauthenticated
    participant: Participant = row[0]
    account: User | None = row[1]
    if account is not None and not account.is_active:
        raise Unauthenticated
    if claims.sign_in_id is not None:
        sign_in = (await db.exec(select(SignIn).where(SignIn.id == claims.sign_in_id))).first()
        if sign_in is None or not _is_alive(sign_in, now):
            raise Unauthenticated(_ENDED)
    return Principal(participant.tenant_id, participant_id=participant.id, session_id=participant.session_id)


async def _account(db: AsyncSession, claims: AccessClaims, now: datetime) -> Principal:
    query = (
        select(User, SignIn)
        .join(SignIn, col(SignIn.user_id) == col(User.id))
        .where(User.id == claims.user_id, SignIn.id == claims.sign_in_id, User.tenant_id == claims.tenant_id)
    )
    row = (await db.exec(query)).first()
    if row is None:
        raise Unauthenticated
    user, sign_in = row
    if not user.is_active or not _is_alive(sign_in, now):
        raise Unauthenticated(_ENDED)
    return Principal(user.tenant_id, user=user, sign_in_id=sign_in.id)


def _is_alive(sign_in: SignIn, now: datetime) -> bool:
    return sign_in.revoked_at is None and sign_in.expires_at > now
