"""Signing in by what a provider says of somebody; seeing and unlinking the identities of one's account.

An identity that is known signs in. One that is not is linked to an account only where both sites have verified the
same address: the provider alone would let whoever registered there first walk in, and an address that was only typed in
here may be anybody's.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import Field, TypeAdapter, ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit.keeping import note_attempt
from models.context import Context
from models.errors import (
    AccountExists,
    AccountLocked,
    AccountNotLinked,
    AddressNotVerified,
    ConveneError,
    IdentityNotFound,
    LastWayIn,
    ProviderRefused,
    RegistrationClosed,
    SecondFactorRequired,
)
from models.identity.accounts import Device, SignedInAccount, enter
from models.identity.linked_tables import LinkedIdentity
from models.identity.payloads import Email
from models.identity.principals import Principal
from models.identity.providers import ShownIdentity
from models.identity.registering import make_account
from models.identity.second_factor import require_second_step
from models.identity.tables import Tenant, User
from models.identity.tenant_settings import Registration as Rule
from models.identity.tenant_settings import rules_of
from models.rooms.payloads import DisplayName
from models.text import Moment, View
from models.transaction import Origin, Transaction

_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_NAME: TypeAdapter[str] = TypeAdapter(DisplayName)
MAX_NAME_CHARS = 80


class IdentityView(View):
    """An identity at another site that signs in to one's account."""

    id: UUID
    issuer: str = Field(description="Which site.")
    email: str | None = Field(description="What it calls one there.")
    linked_at: Moment
    last_used_at: Moment
    is_last_way_in: bool = Field(description="Whether without it nothing would sign in any more.")


async def sign_in_by(
    context: Context, origin: Origin, shown: ShownIdentity, device: Device
) -> SignedInAccount:
    """Signs in to the account that the identity belongs to, in the context's tenant; links it, or makes the account.

    Raises SecondFactorRequired, AddressNotVerified, AccountNotLinked, AccountLocked, RegistrationClosed,
    ProviderRefused.
    """
    try:
        return await _enter_by(context, origin, shown, device)
    except SecondFactorRequired:
        raise
    except ConveneError as refusal:
        note_refused_identity(context, origin, refusal)
        raise


def note_refused_identity(context: Context, origin: Origin, refusal: ConveneError) -> None:
    """Notes in the audit that somebody came from the provider and was not let in."""
    note_attempt(context, origin, None, refusal, action="account:identity_refused")


async def list_identities(db: AsyncSession, user: User) -> list[IdentityView]:
    """The identities that sign in to an account."""
    found = await _identities(db, user)
    is_last = not user.password_hash and len(found) == 1
    return [
        IdentityView(
            id=one.id,
            issuer=one.issuer,
            email=one.email,
            linked_at=one.created_at,
            last_used_at=one.last_used_at,
            is_last_way_in=is_last,
        )
        for one in found
    ]


async def unlink_identity(tx: Transaction, principal: Principal, identity_id: UUID) -> None:
    """Takes an identity off one's account; it signs in no more. Raises IdentityNotFound, LastWayIn."""
    query = select(User).where(User.id == principal.account().id).with_for_update()
    user = (await tx.db.exec(query, execution_options={"populate_existing": True})).one()
    identities = await _identities(tx.db, user)
    found = next((one for one in identities if one.id == identity_id), None)
    if found is None:
        raise IdentityNotFound
    if not user.password_hash and len(identities) == 1:
        raise LastWayIn
    await tx.db.delete(found)
    tx.audit(user.tenant_id, "account:identity_unlinked", user.id, issuer=found.issuer)


async def end_identities(tx: Transaction, user: User) -> None:
    """Takes every identity off an account."""
    await tx.db.exec(delete(LinkedIdentity).where(col(LinkedIdentity.user_id) == user.id))


async def _enter_by(
    context: Context, origin: Origin, shown: ShownIdentity, device: Device
) -> SignedInAccount:
    async with context.transaction(origin) as tx:
        user = await _account_of(context, tx, shown)
        try:
            await require_second_step(context, tx.db, user)
        except SecondFactorRequired as asked:
            # Kept all the same: the link stands for the first step alone.
            refusal = asked
        else:
            tx.acts_for(None, user.id, user.who)
            tx.audit(user.tenant_id, "account:logged_in", user.id, issuer=shown.issuer)
            return await enter(context, tx, user, device)
    raise refusal


async def _account_of(context: Context, tx: Transaction, shown: ShownIdentity) -> User:
    known = select(LinkedIdentity).where(
        LinkedIdentity.issuer == shown.issuer, LinkedIdentity.subject == shown.subject
    )
    identity = (await tx.db.exec(known)).first()
    if identity is not None:
        identity.last_used_at = identity.updated_at = tx.now
        identity.email = _address(shown) or identity.email
        user = (await tx.db.exec(select(User).where(User.id == identity.user_id))).first()
    else:
        user = await _account_at(context, tx, shown)
        await _link(tx, user, shown)
    if user is None or not user.is_active:
        raise AccountLocked
    return user


async def _account_at(context: Context, tx: Transaction, shown: ShownIdentity) -> User:
    address = _address(shown)
    if address is None or not shown.is_email_verified:
        raise AddressNotVerified
    user = (await tx.db.exec(select(User).where(User.email == address).with_for_update())).first()
    if user is None:
        return await _new_account(context, tx, shown, address)
    has_other = select(func.count()).where(
        LinkedIdentity.user_id == user.id, LinkedIdentity.issuer == shown.issuer
    )
    if not user.is_verified or (await tx.db.exec(has_other)).one():
        raise AccountNotLinked
    return user


async def _new_account(context: Context, tx: Transaction, shown: ShownIdentity, address: str) -> User:
    if context.settings.registration == "closed":
        raise RegistrationClosed
    rules = rules_of((await tx.db.exec(select(Tenant))).one().settings)
    is_of_theirs = rules.registration is Rule.DOMAINS and address.rpartition("@")[2] in rules.domains
    if rules.registration is not Rule.OPEN and not is_of_theirs:
        raise RegistrationClosed
    name = _name(shown, address)
    try:
        user = await make_account(tx, context.tenant_id, address, None, name, password_hash="")
    except AccountExists as error:
        # Made by somebody else this very moment.
        raise ProviderRefused from error
    user.verified_at = tx.now
    return user


async def _link(tx: Transaction, user: User, shown: ShownIdentity) -> None:
    if not user.is_active:
        return
    identity = LinkedIdentity(
        tenant_id=user.tenant_id,
        user_id=user.id,
        issuer=shown.issuer,
        subject=shown.subject,
        email=_address(shown),
        last_used_at=tx.now,
        created_at=tx.now,
        updated_at=tx.now,
    )
    try:
        async with tx.db.begin_nested():
            tx.db.add(identity)
    except IntegrityError as error:
        # Two of one person's tabs came back at once.
        raise ProviderRefused from error
    tx.acts_for(None, user.id, user.who)
    tx.audit(user.tenant_id, "account:identity_linked", user.id, issuer=shown.issuer)


async def _identities(db: AsyncSession, user: User) -> Sequence[LinkedIdentity]:
    query = select(LinkedIdentity).where(LinkedIdentity.user_id == user.id)
    return (await db.exec(query.order_by(col(LinkedIdentity.id)))).all()


def _address(shown: ShownIdentity) -> str | None:
    return _valid(_EMAIL, shown.email)


def _name(shown: ShownIdentity, address: str) -> str:
    given = (shown.name or "").strip()[:MAX_NAME_CHARS]
    return _valid(_NAME, given) or address.partition("@")[0][:MAX_NAME_CHARS]


def _valid(form: TypeAdapter[str], value: Any) -> str | None:
    try:
        return form.validate_python(value)
    except ValidationError:
        return None
