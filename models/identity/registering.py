"""Making an account at the front door, without telling strangers who has one.

Where the site sends mail, every address gets the same answer and a letter: a link to go on, or word that it has an
account already. Where it does not, the account is made at once, and an address that is taken can only be refused; so
refusals are counted, and after some of them nothing is told for an hour.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from pydantic import Field
from sqlmodel import col, delete, select

from models.addresses import counted_as
from models.context import Context
from models.errors import AccountExists, Forbidden, LinkNotValid, RegistrationClosed, WrongPassword
from models.identity.accounts import Device, SignedInAccount, add_account, enter, free_username
from models.identity.assignments import give_role
from models.identity.invitations import accept_invitation, look_at_invitation
from models.identity.own_password import CurrentPassword, language_of
from models.identity.payloads import Register
from models.identity.registration_tables import Registration
from models.identity.roles import load_role
from models.identity.system_roles import LECTURER
from models.identity.tables import Tenant, User
from models.identity.tenant_settings import Registration as Rule
from models.identity.tenant_settings import rules_of
from models.ids import hash_secret, new_secret
from models.mail import Letter, Mail
from models.tenancy import narrow
from models.text import Payload, View
from models.transaction import Origin, Transaction

GOOD_FOR: Final = timedelta(hours=24)
_TAKEN: Final = "taken_address"


class ConfirmRegistration(Payload):
    """The token from the mail, and the password: whoever asked for the account has to be who has the address."""

    token: str = Field(min_length=1, max_length=100)
    password: CurrentPassword


class MailSent(View):
    """Mail is on its way; what it says depends on whether there is an account with that address."""

    mailed: bool = True


async def register(
    context: Context, origin: Origin, data: Register, device: Device
) -> SignedInAccount | MailSent:
    """Makes an account and signs it in; where the site sends mail, only once the address has answered.

    Raises Forbidden (registration is closed), RateLimited, and without mail AccountExists.
    """
    if data.invitation is not None:
        return await register_invited(context, origin, data, data.invitation, device)
    if context.settings.registration == "closed":
        raise Forbidden("This site does not take new accounts. Ask its administrator for one.")
    await _check_rules(context, data.email)
    if not context.mailer.is_on:
        return await register_at_once(context, origin, data, device)
    await context.limits.hit_hourly("account_mail", data.email, context.settings.account_mails_per_hour)
    password_hash = await context.passwords.hash(data.password.get_secret_value())
    async with context.transaction(origin) as tx:
        await _ask_by_mail(tx, context.tenant_id, data, password_hash, device.language)
    return MailSent()


async def confirm_registration(
    context: Context, origin: Origin, data: ConfirmRegistration, device: Device
) -> SignedInAccount:
    """Makes the account that the mail was about, verified, and signs it in. Raises LinkNotValid, WrongPassword."""
    async with context.database.read() as db:
        wanted = select(Registration).where(
            Registration.token_hash == hash_secret(data.token),
            col(Registration.expires_at) > context.clock.now(),
        )
        asked = (await db.exec(wanted)).first()
        if asked is not None:
            context = context.within(asked.tenant_id)
    async with context.passwords.turn():
        password_hash = None if asked is None else asked.password_hash
        is_right = await context.passwords.matches(data.password.get_secret_value(), password_hash)
    if asked is None:
        raise LinkNotValid
    if not is_right:
        raise WrongPassword
    async with context.transaction(origin) as tx:
        # Whoever deletes the row has used it: of two at once, one. Other requests for the address go with it.
        used = await tx.db.exec(delete(Registration).where(col(Registration.email) == asked.email))
        if not used.rowcount:
            raise LinkNotValid
        try:
            user = await make_account(
                tx, asked.tenant_id, asked.email, asked.username, asked.display_name, asked.password_hash
            )
        except AccountExists as error:
            raise LinkNotValid from error
        user.verified_at = tx.now
        return await enter(context, tx, user, device)


async def register_at_once(
    context: Context, origin: Origin, data: Register, device: Device
) -> SignedInAccount:
    """Makes an account whose address nobody has checked, and signs it in. Raises AccountExists, RateLimited."""
    who, per_hour = counted_as(device.address), context.settings.taken_addresses_per_hour
    async with context.limits.at_most(per_hour, _TAKEN, who):
        await context.limits.check_hourly(_TAKEN, who, per_hour)
        password_hash = await context.passwords.hash(data.password.get_secret_value())
        try:
            async with context.transaction(origin) as tx:
                user = await make_account(
                    tx, context.tenant_id, data.email, data.username, data.display_name, password_hash
                )
                return await enter(context, tx, user, device)
        except AccountExists:
            await context.limits.hit_hourly(_TAKEN, who, per_hour)
            raise


async def register_invited(
    context: Context, origin: Origin, data: Register, token: str, device: Device
) -> SignedInAccount:
    """Makes the account that somebody was invited to have, and signs it in.

    The token was mailed, so the address is theirs. Raises LinkNotValid.
    """
    password_hash = await context.passwords.hash(data.password.get_secret_value())
    async with context.transaction(origin) as tx:
        invitation = await look_at_invitation(tx, token)
        narrow(tx.db, invitation.tenant_id)
        role = await load_role(tx.db, invitation.role_id)
        try:
            user = await make_account(
                tx,
                invitation.tenant_id,
                invitation.email,
                data.username,
                data.display_name,
                password_hash,
                role=role.key,
            )
        except AccountExists as error:
            raise LinkNotValid("There is an account with this address already. Sign in.") from error
        if context.mailer.is_on:
            user.verified_at = tx.now
        await accept_invitation(tx, invitation, user)
        return await enter(context, tx, user, device)


async def _check_rules(context: Context, email: str) -> None:
    async with context.database.read() as db:
        rules = rules_of((await db.exec(select(Tenant))).one().settings)
    if rules.registration is Rule.OPEN:
        return
    # What stands behind the @ says something only if the address answers.
    is_of_theirs = email.rpartition("@")[2] in rules.domains and context.mailer.is_on
    if rules.registration is Rule.INVITATION or not is_of_theirs:
        raise RegistrationClosed


async def _ask_by_mail(
    tx: Transaction, tenant_id: UUID, data: Register, password_hash: str, language: str | None
) -> None:
    known = (await tx.db.exec(select(User).where(User.email == data.email))).first()
    token = new_secret()
    # Stored for a known address as well, where nobody is sent the token: who asks must not be able to tell by the time.
    tx.db.add(
        Registration(
            tenant_id=tenant_id,
            email=data.email,
            username=data.username,
            display_name=data.display_name,
            password_hash=password_hash,
            token_hash=hash_secret(token),
            expires_at=tx.now + GOOD_FOR,
            created_at=tx.now,
            updated_at=tx.now,
        )
    )
    tx.audit(tenant_id, "account:registration_requested", None if known is None else known.id)
    if known is None:
        tx.mail(Mail(Letter.REGISTER, data.email, data.display_name, language, token))
    else:
        spoken = language_of(known) or language
        tx.mail(Mail(Letter.ALREADY_REGISTERED, known.email, known.display_name, spoken))


async def make_account(
    tx: Transaction,
    tenant_id: UUID,
    email: str,
    username: str | None,
    display_name: str,
    password_hash: str,
    *,
    role: str = LECTURER,
) -> User:
    """A new account with its role. Raises AccountExists."""
    user = User(
        tenant_id=tenant_id,
        email=email,
        username=await free_username(tx, username or email.partition("@")[0]),
        display_name=display_name,
        password_hash=password_hash,
        created_at=tx.now,
        updated_at=tx.now,
    )
    await add_account(tx, user)
    await give_role(tx, user, role)
    tx.acts_for(None, user.id, user.who)
    tx.audit(user.tenant_id, "account:registered", user.id)
    return user
