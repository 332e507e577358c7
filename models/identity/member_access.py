"""How somebody else gets into their account: where they are signed in, and a new password."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from models.clock import Clock
from models.context import Context
from models.errors import AccountInactive, MailNotConfigured
from models.identity.assignments import act_on_member, load_member
from models.identity.mailed_tables import Purpose
from models.identity.mailed_tokens import issue_token
from models.identity.own_password import language_of
from models.identity.principals import Principal
from models.identity.sign_ins import (
    EndedSignIns,
    SignInView,
    end_one_sign_in,
    end_sign_ins,
    list_sign_ins,
)
from models.mail import Letter, Mail
from models.permissions import Permission
from models.rooms.payloads import Done
from models.transaction import Transaction


async def list_sign_ins_of(
    db: AsyncSession, principal: Principal, user_id: UUID, clock: Clock
) -> list[SignInView]:
    """Where somebody is signed in. Raises Forbidden, UserNotFound."""
    principal.require(Permission.ADMIN_USERS)
    return await list_sign_ins(db, principal, clock, await load_member(db, user_id))


async def end_sign_in_of(tx: Transaction, principal: Principal, user_id: UUID, sign_in_id: UUID) -> None:
    """Signs somebody out on one device. Raises Forbidden, UserNotFound, OutranksYou, SignInNotFound."""
    principal.require(Permission.ADMIN_USERS)
    await end_one_sign_in(tx, await act_on_member(tx, principal, user_id), sign_in_id, by=principal)


async def end_sign_ins_of(tx: Transaction, principal: Principal, user_id: UUID) -> EndedSignIns:
    """Signs somebody out everywhere; oneself everywhere else. Raises Forbidden, UserNotFound, OutranksYou."""
    principal.require(Permission.ADMIN_USERS)
    user = await act_on_member(tx, principal, user_id)
    return await end_sign_ins(tx, user, "account:sign_in_ended", except_id=principal.sign_in_id, by=principal)


async def mail_reset_to(context: Context, tx: Transaction, principal: Principal, user_id: UUID) -> Done:
    """Mails somebody a link to choose a new password. The old one is good until then.

    Raises Forbidden, UserNotFound, OutranksYou, AccountInactive, MailNotConfigured, RateLimited.
    """
    admin = principal.require(Permission.ADMIN_USERS)
    user = await act_on_member(tx, principal, user_id)
    if not user.is_active:
        raise AccountInactive
    if not context.mailer.is_on:
        raise MailNotConfigured
    await context.limits.hit_hourly("account_mail", user.email, context.settings.account_mails_per_hour)
    token = await issue_token(tx, Purpose.RESET_PASSWORD, user, user.email, user.tenant_id)
    tx.acts_for(None, admin.id, principal.who)
    tx.audit(principal.tenant_id, "account:reset_requested", user.id)
    tx.mail(Mail(Letter.RESET_PASSWORD, user.email, user.display_name, language_of(user), token))
    return Done()
