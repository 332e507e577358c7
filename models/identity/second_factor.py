"""The second factor: turned on with a code from an authenticator, asked for after the password, turned off with it."""

import base64
import secrets
from uuid import UUID

import pyotp
import segno
from pydantic import Field
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.addresses import counted_as
from models.context import Context
from models.errors import Conflict, SecondFactorRequired, WrongCode
from models.identity.assignments import act_on_other
from models.identity.own_password import CurrentPassword, check_password
from models.identity.principals import Principal
from models.identity.second_factor_tables import RecoveryCode, SecondFactor
from models.identity.tables import User
from models.ids import hash_secret
from models.permissions import Permission
from models.sealing import Sealing
from models.text import Payload, View
from models.transaction import Origin, Transaction

STEP_S = 30
WRONG_CODES_PER_HOUR = 30
"""By one account: with the password known, a code of six digits would be found within weeks of twenty a minute."""

_WRONG = "wrong_second_factor"
RECOVERY_CODES = 10
PURPOSE = "second factor"
ISSUER = "Convene"


class Reauthenticate(Payload):
    """The password, before something that a borrowed laptop must not do."""

    password: CurrentPassword


class GivenCode(Payload):
    """A code of the authenticator, or where it is taken, a recovery code."""

    code: str = Field(min_length=6, max_length=40, examples=["123456"])


class SecondFactorView(View):
    """Whether there is a second factor, and how many recovery codes are left."""

    is_on: bool
    recovery_codes_left: int


class NewSecondFactor(View):
    """What an authenticator needs to know. It counts once a code of it was given."""

    secret: str = Field(description="For typing, where the picture cannot be read.")
    uri: str
    qr: str = Field(description="The picture of `uri`, as a data: URL of an SVG.")


class RecoveryCodes(View):
    """Each signs in once in the authenticator's place. They are shown this one time."""

    codes: list[str]


async def show_second_factor(db: AsyncSession, user: User) -> SecondFactorView:
    """Whether one has a second factor."""
    factor = await _find(db, user.id)
    left = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user.id)
    is_on = factor is not None and factor.confirmed_at is not None
    return SecondFactorView(is_on=is_on, recovery_codes_left=(await db.exec(left)).one())


async def begin_second_factor(
    context: Context, origin: Origin, user: User, data: Reauthenticate
) -> NewSecondFactor:
    """Makes a secret for an authenticator. Raises WrongPassword, RateLimited, Conflict (there is one already)."""
    await check_password(context, origin, user, data.password)
    secret = pyotp.random_base32()
    async with context.transaction(origin) as tx:
        await _lock(tx, user)
        factor = await _find(tx.db, user.id)
        if factor is not None and factor.confirmed_at is not None:
            raise Conflict("There is a second factor already. Turn it off first.")
        factor = factor or SecondFactor(
            tenant_id=user.tenant_id, user_id=user.id, secret="", created_at=tx.now, updated_at=tx.now
        )
        factor.secret, factor.updated_at = _sealing(context).seal(secret), tx.now
        tx.db.add(factor)
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)
    return NewSecondFactor(secret=secret, uri=uri, qr=segno.make(uri, error="m").svg_data_uri(scale=4))


async def confirm_second_factor(
    context: Context, origin: Origin, user: User, data: GivenCode
) -> RecoveryCodes:
    """Turns the second factor on with a first code. Raises WrongCode, RateLimited."""
    await check_tries(context, origin, user.id)
    async with context.transaction(origin) as tx:
        await _lock(tx, user)
        factor = await _find(tx.db, user.id)
        step = None if factor is None else _step_of(context, factor, data.code)
        if factor is not None and factor.confirmed_at is None and step is not None:
            factor.confirmed_at, factor.last_step, factor.updated_at = tx.now, step, tx.now
            tx.acts_for(None, user.id, user.who)
            tx.audit(user.tenant_id, "account:second_factor_on", user.id)
            return await _new_codes(tx, user)
    await count_try(context, origin, user.id)
    raise WrongCode


async def renew_recovery_codes(
    context: Context, origin: Origin, user: User, data: Reauthenticate
) -> RecoveryCodes:
    """Fresh recovery codes; those from before are good no longer. Raises WrongPassword, RateLimited, Conflict."""
    await check_password(context, origin, user, data.password)
    async with context.transaction(origin) as tx:
        await _lock(tx, user)
        factor = await _find(tx.db, user.id)
        if factor is None or factor.confirmed_at is None:
            raise Conflict("There is no second factor. Turn it on first.")
        tx.acts_for(None, user.id, user.who)
        tx.audit(user.tenant_id, "account:recovery_renewed", user.id)
        return await _new_codes(tx, user)


async def end_second_factor(context: Context, origin: Origin, user: User, data: Reauthenticate) -> None:
    """Turns one's own second factor off. Raises WrongPassword, RateLimited."""
    await check_password(context, origin, user, data.password)
    async with context.transaction(origin) as tx:
        await end_factor(tx, user)
        tx.acts_for(None, user.id, user.who)
        tx.audit(user.tenant_id, "account:second_factor_off", user.id)


async def reset_second_factor(tx: Transaction, principal: Principal, user_id: UUID) -> None:
    """Takes somebody else's second factor away, who has lost it. Raises Forbidden, UserNotFound, OutranksYou."""
    admin = principal.require(Permission.ADMIN_USERS)
    user = await act_on_other(tx, principal, user_id)
    await end_factor(tx, user)
    tx.acts_for(None, admin.id, principal.who)
    tx.audit(user.tenant_id, "user:second_factor_reset", user.id)


async def require_second_step(context: Context, db: AsyncSession, user: User) -> None:
    """Raises SecondFactorRequired, with what the second step has to show, if the account has a second factor."""
    factor = await _find(db, user.id)
    if factor is not None and factor.confirmed_at is not None:
        challenge, expires_at = context.tokens.issue_challenge(user.tenant_id, user.id, user.password_hash)
        raise SecondFactorRequired(challenge=challenge, expires_at=expires_at.isoformat())


async def take_code(context: Context, tx: Transaction, user: User, code: str) -> bool:
    """Whether the code is one of somebody's second factor. Taken, it is good no more."""
    await _lock(tx, user)
    factor = await _find(tx.db, user.id)
    if factor is None or factor.confirmed_at is None:
        return False
    step = _step_of(context, factor, code)
    if step is not None:
        factor.last_step, factor.updated_at = step, tx.now
        return True
    used = await tx.db.exec(
        delete(RecoveryCode).where(
            col(RecoveryCode.user_id) == user.id, col(RecoveryCode.code_hash) == _hash(code)
        )
    )
    return used.rowcount == 1


async def check_tries(context: Context, origin: Origin, user_id: UUID) -> None:
    """Raises RateLimited after too many wrong codes, by the address and by the account."""
    await context.limits.check_hourly(_WRONG, str(user_id), WRONG_CODES_PER_HOUR)
    for who in (counted_as(origin.address), str(user_id)):
        await context.limits.check("wrong_code", who, context.settings.failed_sign_ins_per_minute)


async def count_try(context: Context, origin: Origin, user_id: UUID) -> None:
    """Counts a wrong code."""
    await context.limits.hit_hourly(_WRONG, str(user_id), WRONG_CODES_PER_HOUR)
    for who in (counted_as(origin.address), str(user_id)):
        await context.limits.hit("wrong_code", who, context.settings.failed_sign_ins_per_minute)


def _step_of(context: Context, factor: SecondFactor, code: str) -> int | None:
    """The time step that a code belongs to: this one or a neighbour, and none that a code was taken for before."""
    secret = _sealing(context).open(factor.secret)
    given = code.replace(" ", "")
    if secret is None or not given.isascii() or not given.isdigit():
        return None
    totp, now = pyotp.TOTP(secret, interval=STEP_S), int(context.clock.now().timestamp()) // STEP_S
    steps = [one for one in (now - 1, now, now + 1) if one > factor.last_step]
    return next((one for one in steps if secrets.compare_digest(totp.generate_otp(one), given)), None)


async def _new_codes(tx: Transaction, user: User) -> RecoveryCodes:
    await tx.db.exec(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user.id))
    codes = [_random_code() for _ in range(RECOVERY_CODES)]
    tx.db.add_all(
        RecoveryCode(
            tenant_id=user.tenant_id,
            user_id=user.id,
            code_hash=_hash(code),
            created_at=tx.now,
            updated_at=tx.now,
        )
        for code in codes
    )
    return RecoveryCodes(codes=codes)


def _random_code() -> str:
    # 80 random bits: what cannot be guessed needs no slow hash.
    letters = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _hash(code: str) -> str:
    return hash_secret("".join(ch for ch in code.lower() if ch.isalnum()))


def _sealing(context: Context) -> Sealing:
    return Sealing(context.settings.signing_key, PURPOSE)


async def _lock(tx: Transaction, user: User) -> None:
    # Of two who show one code at once, the second finds that it was taken.
    await tx.db.exec(select(User.id).where(User.id == user.id).with_for_update())


async def end_factor(tx: Transaction, user: User) -> None:
    """Takes a second factor and its recovery codes away."""
    await tx.db.exec(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user.id))
    await tx.db.exec(delete(SecondFactor).where(col(SecondFactor.user_id) == user.id))


async def _find(db: AsyncSession, user_id: UUID) -> SecondFactor | None:
    query = select(SecondFactor).where(SecondFactor.user_id == user_id)
    return (await db.exec(query, execution_options={"populate_existing": True})).first()
