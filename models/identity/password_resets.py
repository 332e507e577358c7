"""A forgotten password: a link by mail, and a new password for it."""

from pydantic import Field
from sqlmodel import select

from models.context import Context
from models.errors import LinkNotValid, MailNotConfigured
from models.identity.mailed_tables import Purpose
from models.identity.mailed_tokens import forget_tokens, issue_token, redeem_token
from models.identity.own_password import language_of
from models.identity.passwords import Password
from models.identity.payloads import Email, Slug
from models.identity.sign_ins import end_sign_ins
from models.identity.tables import User
from models.mail import Letter, Mail
from models.text import Payload
from models.transaction import Origin


class RequestReset(Payload):
    """Whose password is forgotten."""

    email: Email
    tenant: Slug | None = None


class ResetPassword(Payload):
    """A new password, and the token from the mail."""

    token: str = Field(min_length=1, max_length=100)
    password: Password


async def request_reset(context: Context, origin: Origin, data: RequestReset, language: str | None) -> None:
    """Mails a link to the address, if somebody has it. Answer and work are the same if nobody does.

    Raises MailNotConfigured, and RateLimited by the address that was typed, whether or not it is known.
    """
    if not context.mailer.is_on:
        raise MailNotConfigured
    await context.limits.hit_hourly("account_mail", data.email, context.settings.account_mails_per_hour)
    async with context.transaction(origin) as tx:
        query = select(User).where(User.email == data.email)
        user = (await tx.db.exec(query)).first()
        if user is not None and not user.is_active:
            user = None
        token = await issue_token(tx, Purpose.RESET_PASSWORD, user, data.email, context.tenant_id)
        tx.audit(context.tenant_id, "account:reset_requested", None if user is None else user.id)
        if user is not None:
            spoken = language_of(user) or language
            tx.mail(Mail(Letter.RESET_PASSWORD, user.email, user.display_name, spoken, token))


async def reset_password(context: Context, origin: Origin, data: ResetPassword) -> None:
    """Sets a new password and ends every sign-in. The address is verified by it. Raises LinkNotValid."""
    password_hash = await context.passwords.hash(data.password.get_secret_value())
    async with context.transaction(origin) as tx:
        mailed, user = await redeem_token(tx, data.token, Purpose.RESET_PASSWORD)
        if mailed.email != user.email:
            raise LinkNotValid
        user.password_hash, user.updated_at = password_hash, tx.now
        user.verified_at = user.verified_at or tx.now
        tx.audit(user.tenant_id, "account:password_reset", user.id)
        await forget_tokens(tx, user)
        await end_sign_ins(tx, user, "account:sign_in_ended")
        tx.mail(Mail(Letter.PASSWORD_CHANGED, user.email, user.display_name, language_of(user)))
