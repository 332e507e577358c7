"""Asking for the current password before something that a borrowed laptop must not do, and changing it."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, SecretStr
from sqlmodel import select

from models.addresses import counted_as
from models.context import Context
from models.errors import WrongPassword
from models.identity.mailed_tokens import forget_tokens
from models.identity.passwords import Password
from models.identity.sign_ins import end_sign_ins
from models.identity.tables import User
from models.mail import Letter, Mail
from models.text import Payload
from models.transaction import Origin

CurrentPassword = Annotated[SecretStr, Field(min_length=1, max_length=200)]


class ChangePassword(Payload):
    """A new password in place of the current one."""

    current_password: CurrentPassword
    new_password: Password
    end_others: bool = Field(True, description="Sign out everywhere else.")


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
    """Changes one's own password; mailed links from before are worthless then. Raises WrongPassword, RateLimited."""
    await check_password(context, origin, user, data.current_password)
    password_hash = await context.passwords.hash(data.new_password.get_secret_value())
    async with context.transaction(origin) as tx:
        row = (await tx.db.exec(select(User).where(User.id == user.id).with_for_update())).one()
        if row.password_hash != user.password_hash:
            # Somebody else changed it meanwhile: what was checked is the password no longer.
            raise WrongPassword
        row.password_hash, row.updated_at = password_hash, tx.now
        tx.acts_for(None, row.id, row.who)
        tx.audit(row.tenant_id, "account:password_changed", row.id)
        await forget_tokens(tx, row)
        if data.end_others:
            await end_sign_ins(tx, row, "account:sign_in_ended", except_id=sign_in_id)
        tx.mail(Mail(Letter.PASSWORD_CHANGED, row.email, row.display_name, language_of(row)))


def language_of(user: User) -> str | None:
    """The language somebody has chosen, for mail."""
    chosen = user.preferences.get("language")
    return chosen if isinstance(chosen, str) else None
