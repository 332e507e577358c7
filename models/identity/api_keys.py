"""Keys for programs: made once and shown once, they act for an account within their scopes, until they are revoked.

A key has a sign-in of its own (of the same id), so that everything a sign-in goes through holds for it. What it may do
is what its owner may do at that moment and its scopes name.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final, Self
from uuid import UUID

from pydantic import Field
from sqlalchemy import select as sa_select
from sqlmodel import col, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models.context import Context
from models.errors import ApiKeyNotFound, Conflict, Forbidden, Unauthenticated, ValidationFailed
from models.identity.api_key_tables import ApiKey
from models.identity.assignments import act_on_member
from models.identity.principals import Principal
from models.identity.tables import SignIn, User
from models.identity.tokens import AccessClaims, Claims
from models.ids import hash_secret, new_id, new_secret
from models.permissions import IN_TENANT, Permission
from models.text import Instant, Moment, OneLine, Payload, View
from models.transaction import Origin, Transaction

BEGINS: Final = "cvk_"
PREFIX_CHARS: Final = 12
KEY_CHARS: Final = len(BEGINS) + 43
MOST_KEYS: Final = 50
USED_EVERY: Final = timedelta(minutes=1)
FOR_EVER: Final = datetime(9990, 1, 1, tzinfo=UTC)
"""When the sign-in of a key ends that does not."""


class CreateApiKey(Payload):
    """A key for a program."""

    name: Annotated[str, OneLine(60)]
    scopes: Annotated[tuple[Permission, ...], Field(min_length=1, max_length=len(Permission))]
    expires_at: Instant | None = None


class ApiKeyOwner(View):
    """Whose key it is."""

    id: UUID
    display_name: str


class ApiKeyView(View):
    """A key, without the key."""

    id: UUID
    name: str
    prefix: str = Field(description="How the key begins, to tell it by.", examples=["cvk_q8Zt1fXa"])
    scopes: list[str]
    owner: ApiKeyOwner
    created_at: Moment
    expires_at: Moment | None
    last_used_at: Moment | None = Field(description="To the minute.")

    @classmethod
    def of(cls, key: ApiKey, sign_in: SignIn, owner: User) -> Self:
        return cls(
            id=key.id,
            name=sign_in.key_name or "",
            prefix=key.prefix,
            scopes=(sign_in.scopes or "").split(),
            owner=ApiKeyOwner(id=owner.id, display_name=owner.display_name),
            created_at=key.created_at,
            expires_at=None if sign_in.expires_at >= FOR_EVER else sign_in.expires_at,
            last_used_at=key.last_used_at,
        )


class NewApiKey(ApiKeyView):
    """A key that was just made. It is shown this once."""

    key: str


async def read_token(context: Context, token: object) -> Claims:
    """Who a token speaks of, be it one of ours that runs out or a key. Raises Unauthenticated, TokenExpired."""
    if isinstance(token, str) and token.startswith(BEGINS):
        return await _claims_of(context, token)
    return context.tokens.read(token)


async def list_own_keys(db: AsyncSession, principal: Principal) -> list[ApiKeyView]:
    """One's own keys, the newest first; also those that have run out, but not those that were revoked."""
    return await _views(db, ApiKey.user_id == principal.account().id)


async def list_keys(db: AsyncSession, principal: Principal) -> list[ApiKeyView]:
    """Everybody's keys. Raises Forbidden."""
    principal.require(Permission.ADMIN_USERS)
    return await _views(db)


async def create_key(tx: Transaction, principal: Principal, data: CreateApiKey) -> NewApiKey:
    """Makes a key of one's own. It is in the answer, and nowhere else.

    Raises Forbidden (nobody gives what they do not have), ValidationFailed, Conflict (there are enough).
    """
    user = principal.account()
    _check_scopes(principal, data.scopes)
    if data.expires_at is not None and data.expires_at <= tx.now:
        raise ValidationFailed.of("expires_at", "must lie in the future")
    alive = select(func.count()).select_from(ApiKey).join(SignIn, col(SignIn.id) == col(ApiKey.id))
    count = await tx.db.exec(alive.where(ApiKey.user_id == user.id, col(SignIn.revoked_at).is_(None)))
    if count.one() >= MOST_KEYS:
        raise Conflict(f"You have {MOST_KEYS} keys already. Revoke one that nothing uses.")
    secret = f"{BEGINS}{new_secret()}"
    sign_in, key = _rows(tx, user, data, secret)
    tx.db.add(sign_in)
    await tx.db.flush()
    tx.db.add(key)
    tx.acts_for(None, user.id, user.who)
    scopes = (sign_in.scopes or "").split()
    tx.audit(user.tenant_id, "key:created", key.id, name=data.name, scopes=scopes, expires_at=data.expires_at)
    return NewApiKey(**ApiKeyView.of(key, sign_in, user).model_dump(), key=secret)


async def revoke_own_key(tx: Transaction, principal: Principal, key_id: UUID) -> None:
    """Ends one of one's own keys, and its sockets within a second. Raises ApiKeyNotFound."""
    user = principal.account()
    tx.acts_for(None, user.id, user.who)
    await _revoke(tx, key_id, col(ApiKey.user_id) == user.id)


async def revoke_own_keys(tx: Transaction, user: User) -> None:
    """Ends all keys of an account, and their sockets within a second."""
    query = select(SignIn).where(
        SignIn.user_id == user.id, col(SignIn.revoked_at).is_(None), col(SignIn.scopes).is_not(None)
    )
    for sign_in in (await tx.db.exec(query.with_for_update())).all():
        _end(tx, sign_in)


async def revoke_key(tx: Transaction, principal: Principal, key_id: UUID) -> None:
    """Ends somebody's key. Raises Forbidden, OutranksYou, ApiKeyNotFound."""
    admin = principal.require(Permission.ADMIN_USERS)
    owner_id = (await tx.db.exec(select(ApiKey.user_id).where(ApiKey.id == key_id))).first()
    if owner_id is None:
        raise ApiKeyNotFound
    await act_on_member(tx, principal, owner_id)
    tx.acts_for(None, admin.id, principal.who)
    await _revoke(tx, key_id)


async def cut_keys(tx: Transaction, user: User) -> None:
    """Has the sockets closed that were opened by somebody's keys, or by what was got with one."""
    for key_id in (await tx.db.exec(select(ApiKey.id).where(ApiKey.user_id == user.id))).all():
        tx.revoke(user.tenant_id, key_id)


async def _claims_of(context: Context, token: str) -> AccessClaims:
    if len(token) != KEY_CHARS:
        raise Unauthenticated("This key is not one of ours.")
    query: Any = (
        sa_select(ApiKey, SignIn)
        .join(SignIn, col(SignIn.id) == col(ApiKey.id))
        .where(col(ApiKey.key_hash) == hash_secret(token))
    )
    now = context.clock.now()
    async with context.database.read() as db:
        found = (await db.exec(query)).first()
    if found is None or found[1].revoked_at is not None:
        raise Unauthenticated("This key is not one of ours, or was revoked.")
    key, sign_in = found
    if sign_in.expires_at <= now:
        raise Unauthenticated("This key has run out. Make a new one.")
    if key.last_used_at is None or key.last_used_at <= now - USED_EVERY:
        await _note_use(context, key.id, now)
    return AccessClaims(key.tenant_id, key.user_id, key.id, sign_in.expires_at, is_key=True)


async def _note_use(context: Context, key_id: UUID, now: datetime) -> None:
    used = col(ApiKey.last_used_at)
    is_due = or_(used.is_(None), used <= now - USED_EVERY)
    async with context.transaction(Origin("api_key")) as tx:
        await tx.db.exec(update(ApiKey).where(col(ApiKey.id) == key_id, is_due).values(last_used_at=now))


async def _views(db: AsyncSession, *conditions: Any) -> list[ApiKeyView]:
    query: Any = (
        sa_select(ApiKey, SignIn, User)
        .join(SignIn, col(SignIn.id) == col(ApiKey.id))
        .join(User, col(User.id) == col(ApiKey.user_id))
        .where(col(SignIn.revoked_at).is_(None), *conditions)
        .order_by(col(ApiKey.id).desc())
        .limit(1_000)
    )
    return [ApiKeyView.of(key, sign_in, user) for key, sign_in, user in (await db.exec(query)).all()]


async def _revoke(tx: Transaction, key_id: UUID, *conditions: Any) -> None:
    query = select(ApiKey.id, SignIn).join(SignIn, col(SignIn.id) == col(ApiKey.id))
    query = query.where(ApiKey.id == key_id, col(SignIn.revoked_at).is_(None), *conditions)
    _, sign_in = (await tx.db.exec(query.with_for_update())).first() or (None, None)
    if sign_in is None:
        raise ApiKeyNotFound
    _end(tx, sign_in)


def _end(tx: Transaction, sign_in: SignIn) -> None:
    sign_in.revoked_at = sign_in.updated_at = tx.now
    sign_in.expires_at = min(sign_in.expires_at, tx.now)
    tx.db.add(sign_in)
    tx.revoke(sign_in.tenant_id, sign_in.id)
    tx.audit(sign_in.tenant_id, "key:revoked", sign_in.id, name=sign_in.key_name)


def _check_scopes(principal: Principal, scopes: Iterable[Permission]) -> None:
    # What a host may do in a room is found out there; what the tenant's roles allow is known here.
    missing = sorted(IN_TENANT.intersection(scopes) - principal.standing.permissions)
    if missing:
        raise Forbidden(f"You cannot give what you do not have: {', '.join(missing)}.", permissions=missing)


def _rows(tx: Transaction, user: User, data: CreateApiKey, secret: str) -> tuple[SignIn, ApiKey]:
    made: dict[str, Any] = {
        "tenant_id": user.tenant_id,
        "user_id": user.id,
        "created_at": tx.now,
        "updated_at": tx.now,
    }
    sign_in = SignIn(
        id=new_id(),
        **made,
        # No refresh token leads to it.
        refresh_hash=hash_secret(new_secret()),
        refreshed_at=tx.now,
        expires_at=data.expires_at or FOR_EVER,
        address=tx.origin.address[:45],
        user_agent=tx.origin.agent,
        key_name=data.name,
        scopes=" ".join(sorted(set(data.scopes))),
    )
    key = ApiKey(id=sign_in.id, **made, prefix=secret[:PREFIX_CHARS], key_hash=hash_secret(secret))
    return sign_in, key
