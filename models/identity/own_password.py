"""Asking for the current password before something that a borrowed laptop must not do, and changing it."""

from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field, SecretStr
from sqlmodel import col, select

from models.addresses import counted_as
from models.context import Context
from models.errors import SignInAgain, ValidationFailed, WrongPassword
from models.identity.api_keys import revoke_own_keys
from models.identity.mailed_tokens import forget_tokens
from models.identity.passwords import Password
from models.identity.sign_ins import end_sign_ins
from models.identity.tables import SignIn, User
from models.mail import Letter, Mail
from models.text import Payload
from models.transaction import Origin, Transaction

FRESH_FOR: Final = timedelta(minutes=10)
"""How long after a sign-in began somebody may set a first password."""

CurrentPassword = Annotated[SecretStr, Field(min_length=1, max_length=200)]


class ChangePassword(Payload):
    """A new password in place of the current one, or the first one of an account that has none."""

    current_password: CurrentPassword | None = Field(
        None, description="Left out where there is none yet, within ten minutes after signing in."
    )
    new_password: Password
    end_others: bool = Field(True, description="Sign out everywhere else.")
    revoke_api_keys: bool = Field(False, description="Revoke one's own keys for programs as well.")


async def check_password(context: Context, origin: Origin, user: User, password: SecretStr) -> None:
    """Raises WrongPassword, and RateLimited after too many wrong ones, which count like failed sign-ins."""
    per_minute = context.settings.failed_sign_ins_per_minute
    who = (counted_as(origin.address), user.email)
    await context.limits.hit("sign_in", user.email, context.settings.passwords_per_minute)
    async with context.passwords.turn():
        for one in who:
            await context.limits.check("failed_sign_in", one, per_minute)
        if await context.passwords.matches(password.get_secret_value(), user.password_hash):
            return
        for one in who:
            await context.limits.hit("failed_sign_in", one, per_minute)
    async with context.transaction(origin) as tx:
        tx.acts_for(None, user.id, user.who)
        tx.audit(user.tenant_id, "account:password_refused", user.id, outcome="WRONG_PASSWORD")
    raise WrongPassword


async def change_password(
    context: Context, origin: Origin, user: User, sign_in_id: UUID | None, data: ChangePassword
) -> None:
    """Changes one's own password, or sets the first; mailed links from before are worthless then.

    Raises WrongPassword, RateLimited, SignInAgain, ValidationFailed (there is a current one, which was not given).
    """
    if user.password_hash:
        if data.current_password is None:
            raise ValidationFailed.of("current_password", "is required")
        await check_password(context, origin, user, data.current_password)
    password_hash = await context.passwords.hash(data.new_password.get_secret_value())
    async with context.transaction(origin) as tx:
        row = (await tx.db.exec(select(User).where(User.id == user.id).with_for_update())).one()
        if row.password_hash != user.password_hash:
            # Somebody else changed it meanwhile: what was checked is the password no longer.
            raise WrongPassword
        if not row.password_hash:
            await _require_fresh(tx, sign_in_id)
        action = "account:password_changed" if row.password_hash else "account:password_set"
        row.password_hash, row.updated_at = password_hash, tx.now
        tx.acts_for(None, row.id, row.who)
        tx.audit(row.tenant_id, action, row.id)
        await forget_tokens(tx, row)
        if data.end_others:
            await end_sign_ins(tx, row, "account:sign_in_ended", except_id=sign_in_id)
        if data.revoke_api_keys:
            await revoke_own_keys(tx, row)
        tx.mail(Mail(Letter.PASSWORD_CHANGED, row.email, row.display_name, language_of(row)))


async def _require_fresh(tx: Transaction, sign_in_id: UUID | None) -> None:
    """Raises SignInAgain: who finds an open browser must not be able to make the account theirs."""
    began = select(SignIn.id).where(SignIn.id == sign_in_id, col(SignIn.created_at) > tx.now - FRESH_FOR)
    if (await tx.db.exec(began)).first() is None:
        raise SignInAgain


def language_of(user: User) -> str | None:
    """The language somebody has chosen, for mail."""
    chosen = user.preferences.get("language")
    return chosen if isinstance(chosen, str) else None
