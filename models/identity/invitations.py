"""Invitations to have an account in a tenant: mailed, stored as hashes, good once and for two weeks."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models.errors import InvitationNotFound, LinkNotValid, OutranksYou
from models.identity.invitation_tables import TenantInvitation
from models.identity.principals import Principal
from models.identity.roles import check_may_give, load_role
from models.identity.system_roles import LECTURER, RoleScope
from models.identity.tables import RoleDefinition, Tenant, User
from models.identity.tenant_payloads import Invite
from models.ids import hash_secret, new_id, new_secret
from models.mail import Letter, Mail
from models.paging import Page, PageQuery, load_page
from models.permissions import Permission
from models.transaction import Transaction

GOOD_FOR: Final = timedelta(days=14)


async def invite(
    tx: Transaction, principal: Principal, tenant: Tenant, data: Invite, language: str | None
) -> tuple[TenantInvitation, str]:
    """Invites somebody, in place of earlier invitations of the same address.

    Raises Forbidden (nobody gives what they do not have), RoleNotFound, OutranksYou.
    """
    by = principal.require(Permission.ADMIN_SETTINGS)
    role = await _role(tx, data.role_id)
    if role.rank >= principal.standing.rank:
        raise OutranksYou
    if data.role_id is not None:
        # That of newcomers is given by the tenant's settings, and those are theirs to change.
        check_may_give(principal, role)
    for earlier in (await tx.db.exec(_open().where(TenantInvitation.email == data.email))).all():
        await tx.db.delete(earlier)
    tx.acts_for(None, by.id, principal.who)
    return issue_invitation(tx, tenant, data.email, role.id, by, language)


def issue_invitation(
    tx: Transaction, tenant: Tenant, email: str, role_id: UUID, by: User, language: str | None = None
) -> tuple[TenantInvitation, str]:
    """A fresh invitation and its token, which is mailed."""
    token = new_secret()
    invitation = TenantInvitation(
        id=new_id(),
        tenant_id=tenant.id,
        email=email,
        role_id=role_id,
        invited_by=by.id,
        token_hash=hash_secret(token),
        expires_at=tx.now + GOOD_FOR,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.db.add(invitation)
    tx.audit(tenant.id, "invitation:created", invitation.id, role_id=str(role_id))
    name = email.partition("@")[0]
    tx.mail(Mail(Letter.INVITATION, email, name, language, token, tenant=tenant.name))
    return invitation, token


async def list_invitations(db: AsyncSession, principal: Principal, page: PageQuery) -> Page[TenantInvitation]:
    """Every invitation, the newest first. Raises Forbidden."""
    principal.require(Permission.ADMIN_SETTINGS)
    newest = select(TenantInvitation).order_by(
        col(TenantInvitation.created_at).desc(), col(TenantInvitation.id).desc()
    )
    return await load_page(db, newest, page)


async def take_back_invitation(tx: Transaction, principal: Principal, invitation_id: UUID) -> None:
    """Makes an invitation worthless. Raises Forbidden, InvitationNotFound."""
    by = principal.require(Permission.ADMIN_SETTINGS)
    found = (await tx.db.exec(_open().where(TenantInvitation.id == invitation_id))).first()
    if found is None:
        raise InvitationNotFound
    tx.acts_for(None, by.id, principal.who)
    tx.audit(principal.tenant_id, "invitation:deleted", found.id)
    await tx.db.delete(found)


async def look_at_invitation(tx: Transaction, token: str) -> TenantInvitation:
    """What a token invites to. Raises LinkNotValid."""
    query = _open().where(
        TenantInvitation.token_hash == hash_secret(token), TenantInvitation.expires_at > tx.now
    )
    found = (await tx.db.exec(query)).first()
    if found is None:
        raise LinkNotValid
    return found


async def accept_invitation(tx: Transaction, invitation: TenantInvitation, user: User) -> None:
    """Uses an invitation up: of two at once, one. Raises LinkNotValid."""
    if not await tx.compare_and_set(invitation, "accepted_at", None, tx.now, accepted_by=user.id):
        raise LinkNotValid
    tx.audit(user.tenant_id, "invitation:accepted", invitation.id)


async def _role(tx: Transaction, role_id: UUID | None) -> RoleDefinition:
    if role_id is not None:
        return await load_role(tx.db, role_id, RoleScope.TENANT)
    return (await tx.db.exec(select(RoleDefinition).where(RoleDefinition.key == LECTURER))).one()


def _open() -> SelectOfScalar[TenantInvitation]:
    return select(TenantInvitation).where(col(TenantInvitation.accepted_at).is_(None))
