"""Signing in, staying signed in, signing out."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, or_, select

from models.addresses import counted_as
from models.audit.keeping import note_attempt
from models.context import Context
from models.errors import AccountExists, InvalidCredentials, RefreshTokenReused, Unauthenticated, WrongCode
from models.identity.payloads import LogIn, SecondStep
from models.identity.principals import Principal
from models.identity.second_factor import check_tries, count_try, require_second_step, take_code
from models.identity.sign_ins import end_sign_in
from models.identity.standing import Standing, standing_of
from models.identity.tables import SignIn, User
from models.ids import hash_secret, new_id
from models.tenancy import narrow
from models.transaction import Origin, Transaction


@dataclass(frozen=True, slots=True)
class SignedInAccount:
    """A sign-in with its fresh tokens."""

    user: User
    standing: Standing
    access_token: str
    access_expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody signs in from."""

    address: str
    user_agent: str
    language: str | None = None


async def add_account(tx: Transaction, user: User) -> None:
    """Stores a new account. Raises AccountExists."""
    try:
        async with tx.db.begin_nested():
            tx.db.add(user)
    except IntegrityError as error:
        raise AccountExists from error


async def log_in(context: Context, origin: Origin, data: LogIn, device: Device) -> SignedInAccount:
    """Signs in with an account of the context's tenant.

    Failures are counted per address and per account, whether or not it exists; and per account, how often at all.

    Raises InvalidCredentials, in the same words and time for a wrong name and a wrong password, and RateLimited.
    """
    name = data.email.strip().lower()
    await _check_failures(context, device, name)
    # After that: an address that only guesses must not fill the memory with names.
    await context.limits.hit("sign_in", name, context.settings.passwords_per_minute)
    async with context.database.read() as db:
        query = select(User).where(or_(User.email == name, User.username == name))
        known = (await db.exec(query)).first()
    is_right = await _is_right(context, data, device, known)
    if known is None or not is_right:
        refusal = InvalidCredentials()
        target = ("user", None if known is None else known.id)
        note_attempt(context, origin, None, refusal, target=target, action="account:login_failed")
        raise refusal
    async with context.transaction(origin) as tx:
        user = (await tx.db.exec(select(User).where(User.id == known.id))).one()
        await require_second_step(context, tx.db, user)
        tx.acts_for(None, user.id, user.who)
        tx.audit(user.tenant_id, "account:logged_in", user.id)
        return await enter(context, tx, user, device)


async def take_second_step(
    context: Context, origin: Origin, data: SecondStep, device: Device
) -> SignedInAccount:
    """Signs in who has shown their password, by a code of their second factor. Raises Unauthenticated, WrongCode."""
    challenge = context.tokens.read_challenge(data.challenge)
    context = context.within(challenge.tenant_id)
    async with context.limits.at_most(1, "wrong_code", str(challenge.user_id)):
        await check_tries(context, origin, challenge.user_id)
        async with context.transaction(origin) as tx:
            user = (await tx.db.exec(select(User).where(User.id == challenge.user_id))).first()
            if user is None or not user.is_active or not challenge.is_about(user.password_hash):
                raise Unauthenticated("Begin with your password again.")
            if await take_code(context, tx, user, data.code):
                tx.acts_for(None, user.id, user.who)
                tx.audit(user.tenant_id, "account:logged_in", user.id, second_factor=True)
                return await enter(context, tx, user, device)
        await count_try(context, origin, challenge.user_id)
    refusal = WrongCode()
    note_attempt(
        context, origin, None, refusal, target=("user", challenge.user_id), action="account:login_failed"
    )
    raise refusal


async def _is_right(context: Context, data: LogIn, device: Device, known: User | None) -> bool:
    name = data.email.strip().lower()
    async with context.passwords.turn():
        # Looked at again in turn: of a thousand guesses at once, each would else find that none has failed yet.
        await _check_failures(context, device, name)
        password_hash = None if known is None else known.password_hash
        matches = await context.passwords.matches(data.password.get_secret_value(), password_hash)
        if known is not None and matches and known.is_active:
            return True
        for who in (counted_as(device.address), name):
            await context.limits.hit("failed_sign_in", who, context.settings.failed_sign_ins_per_minute)
    return False


async def _check_failures(context: Context, device: Device, name: str) -> None:
    for who in (counted_as(device.address), name):
        await context.limits.check("failed_sign_in", who, context.settings.failed_sign_ins_per_minute)


async def refresh(context: Context, origin: Origin, token: str | None) -> SignedInAccount:
    """Exchanges a refresh token for new tokens. A token used twice ends the sign-in: one of its two users stole it.

    Raises Unauthenticated or RefreshTokenReused.
    """
    async with context.transaction(origin) as tx:
        sign_in = await _sign_in_of(tx, token)
        if sign_in is None or sign_in.revoked_at is not None or sign_in.expires_at <= tx.now:
            raise Unauthenticated("Your sign-in has ended. Sign in again.")
        narrow(tx.db, sign_in.tenant_id)
        user = (await tx.db.exec(select(User).where(User.id == sign_in.user_id))).first()
        if user is None or not user.is_active:
            raise Unauthenticated
        if secrets.compare_digest(sign_in.refresh_hash, hash_secret(token or "")):
            return await _rotate(context, tx, user, sign_in)
        if not context.tokens.has_issued(token or ""):
            # Whoever only knows which sign-in it is must not be able to end it.
            raise Unauthenticated("Your sign-in has ended. Sign in again.")
        end_sign_in(tx, user, sign_in, "account:refresh_token_reused")
    raise RefreshTokenReused


async def log_out(tx: Transaction, principal: Principal) -> None:
    """Ends this sign-in: its tokens and sockets are dead within a second."""
    user = principal.account()
    sign_in = (await tx.db.exec(select(SignIn).where(SignIn.id == principal.sign_in_id))).one()
    end_sign_in(tx, user, sign_in, "account:logged_out")


async def log_out_by_refresh_token(tx: Transaction, token: str) -> None:
    """Ends the sign-in a refresh token belongs to, if there is one."""
    sign_in = await _sign_in_of(tx, token)
    if sign_in is None or sign_in.revoked_at is not None or sign_in.refresh_hash != hash_secret(token):
        return
    user = (await tx.db.exec(select(User).where(User.id == sign_in.user_id))).one()
    end_sign_in(tx, user, sign_in, "account:logged_out")


async def enter(context: Context, tx: Transaction, user: User, device: Device) -> SignedInAccount:
    """Signs in whoever has shown who they are."""
    user.last_login_at = tx.now
    sign_in_id = new_id()
    token = context.tokens.issue_refresh(sign_in_id)
    sign_in = SignIn(
        id=sign_in_id,
        tenant_id=user.tenant_id,
        user_id=user.id,
        refresh_hash=hash_secret(token),
        refreshed_at=tx.now,
        expires_at=tx.now + timedelta(seconds=context.settings.refresh_token_ttl_s),
        address=device.address[:45],
        user_agent=device.user_agent[:255],
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.db.add(sign_in)
    return await _signed_in(context, tx, user, sign_in, token)


async def _rotate(context: Context, tx: Transaction, user: User, sign_in: SignIn) -> SignedInAccount:
    token = context.tokens.issue_refresh(sign_in.id)
    sign_in.refresh_hash = hash_secret(token)
    sign_in.refreshed_at = sign_in.updated_at = tx.now
    sign_in.expires_at = tx.now + timedelta(seconds=context.settings.refresh_token_ttl_s)
    return await _signed_in(context, tx, user, sign_in, token)


async def _signed_in(
    context: Context, tx: Transaction, user: User, sign_in: SignIn, refresh_token: str
) -> SignedInAccount:
    access, expires_at = context.tokens.issue_access(user.tenant_id, user.id, sign_in.id)
    standing = await standing_of(tx.db, user.id, tx.now)
    return SignedInAccount(user, standing, access, expires_at, refresh_token, sign_in.expires_at)


async def _sign_in_of(tx: Transaction, token: str | None) -> SignIn | None:
    try:
        sign_in_id = UUID((token or "").partition(".")[0])
    except ValueError:
        return None
    return (await tx.db.exec(select(SignIn).where(SignIn.id == sign_in_id).with_for_update())).first()


MIN_USERNAME_CHARS = 3


async def free_username(tx: Transaction, wanted: str) -> str:
    """The username, or one like it where it is taken: a refusal would tell a stranger who is here."""
    kept = "".join(ch for ch in wanted.lower() if ch.isascii() and (ch.isalnum() or ch in "._-"))
    base = kept.strip("._-")[:36]
    base = base if len(base) >= MIN_USERNAME_CHARS else f"user{base}"
    taken = set((await tx.db.exec(select(User.username).where(col(User.username).startswith(base)))).all())
    if base not in taken:
        return base
    return next(name for n in range(2, len(taken) + 3) if (name := f"{base}{n}") not in taken)
