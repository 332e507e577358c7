"""One's own e-mail address: verifying it, and changing it to one that has been verified."""

from pydantic import Field
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.context import Context
from models.errors import LinkNotValid, MailNotConfigured
from models.identity.mailed_tables import Purpose
from models.identity.mailed_tokens import forget_tokens, issue_token, redeem_token
from models.identity.own_password import CurrentPassword, check_password, language_of
from models.identity.payloads import Email
from models.identity.tables import User
from models.mail import Letter, Mail
from models.text import Payload, View
from models.transaction import Origin, Transaction


class ChangeEmail(Payload):
    """The new address, and the password: whoever has the address can reset it."""

    email: Email
    password: CurrentPassword


class ConfirmEmail(Payload):
    """The token from the mail."""

    token: str = Field(min_length=1, max_length=100)


class ConfirmedEmail(View):
    """An address that is verified now."""

    email: str


def mail_verification(tx: Transaction, user: User, token: str, language: str | None) -> None:
    """Has the link mailed by which somebody shows that an address is theirs."""
    spoken = language_of(user) or language
    tx.mail(Mail(Letter.VERIFY_EMAIL, user.email, user.display_name, spoken, token))


async def request_verification(context: Context, origin: Origin, user: User, language: str | None) -> None:
    """Mails a link to one's own address; none if it is verified already. Raises MailNotConfigured, RateLimited."""
    await _may_mail(context, user.email)
    async with context.transaction(origin) as tx:
        row = (await tx.db.exec(select(User).where(User.id == user.id))).one()
        if row.verified_at is not None:
            return
        tx.acts_for(None, row.id, row.who)
        tx.audit(row.tenant_id, "account:verification_requested", row.id)
        mail_verification(
            tx, row, await issue_token(tx, Purpose.VERIFY_EMAIL, row, row.email, row.tenant_id), language
        )


async def request_email_change(
    context: Context, origin: Origin, user: User, data: ChangeEmail, language: str | None
) -> None:
    """Mails a link to the new address; the old one stays until it is opened.

    If somebody else has the address, nothing is mailed, and the answer is the same. Raises MailNotConfigured,
    WrongPassword, RateLimited.
    """
    await _may_mail(context, str(user.id))
    await check_password(context, origin, user, data.password)
    await _may_mail(context, data.email)
    async with context.transaction(origin) as tx:
        row = (await tx.db.exec(select(User).where(User.id == user.id))).one()
        query = select(User.id).where(User.email == data.email)
        is_taken = (await tx.db.exec(query)).first() is not None
        token = await issue_token(tx, Purpose.CHANGE_EMAIL, row, data.email, row.tenant_id)
        tx.acts_for(None, row.id, row.who)
        tx.audit(row.tenant_id, "account:email_change_requested", row.id)
        if not is_taken:
            spoken = language_of(row) or language
            tx.mail(Mail(Letter.CHANGE_EMAIL, data.email, row.display_name, spoken, token))


async def confirm_email(tx: Transaction, data: ConfirmEmail) -> ConfirmedEmail:
    """Verifies the address that the token was mailed to; one that it was to be changed to is the address from now on.

    Whoever had the old address is told. Raises LinkNotValid.
    """
    mailed, user = await redeem_token(tx, data.token, Purpose.VERIFY_EMAIL, Purpose.CHANGE_EMAIL)
    if mailed.purpose is Purpose.VERIFY_EMAIL:
        if mailed.email != user.email:
            raise LinkNotValid
        tx.audit(user.tenant_id, "account:email_verified", user.id)
    else:
        await _change(tx, user, mailed.email)
    user.verified_at = user.updated_at = tx.now
    return ConfirmedEmail(email=user.email)


async def _change(tx: Transaction, user: User, email: str) -> None:
    old = Mail(Letter.EMAIL_CHANGED, user.email, user.display_name, language_of(user), new_email=email)
    before = {"email": user.email}
    try:
        async with tx.db.begin_nested():
            user.email = email
    except IntegrityError as error:
        raise LinkNotValid("Somebody else has this address by now.") from error
    tx.audit(user.tenant_id, "account:email_changed", user.id, before=before, after={"email": email})
    # A link to reset the password that went to the old address must not outlive it.
    await forget_tokens(tx, user)
    tx.mail(old)


async def _may_mail(context: Context, who: str) -> None:
    if not context.mailer.is_on:
        raise MailNotConfigured
    await context.limits.hit_hourly("account_mail", who, context.settings.account_mails_per_hour)
