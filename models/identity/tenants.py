"""Tenants: which one is meant, and for super administrators, making and changing them.

What crosses tenants is asked of a context that sees all of them (`Context.everywhere`), and audited in the tenant.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.context import Context
from models.errors import Forbidden, TenantExists, TenantNotFound, ValidationFailed
from models.identity.invitations import issue_invitation
from models.identity.planting import system_role_id, system_role_rows
from models.identity.principals import Principal
from models.identity.system_roles import TENANT_ADMIN
from models.identity.tables import RoleDefinition, Tenant
from models.identity.tenant_payloads import (
    CreateTenant,
    LimitChanges,
    TenantQuery,
    UpdateAnyTenant,
    UpdateTenant,
)
from models.identity.tenant_settings import RegistrationRules, TenantLimits, limits_of, rules_of
from models.ids import new_id
from models.paging import Page, load_page
from models.permissions import Permission
from models.tables import DEFAULT_TENANT
from models.transaction import Transaction


async def find_tenant(context: Context, slug: str | None) -> Tenant:
    """The active tenant that is called so; the site's first one if nothing is said. Raises TenantNotFound."""
    meant = Tenant.id == DEFAULT_TENANT if slug is None else Tenant.slug == slug
    async with context.everywhere().database.read() as db:
        tenant = (await db.exec(select(Tenant).where(meant, Tenant.is_active))).first()
    if tenant is None:
        raise TenantNotFound
    return tenant


async def load_tenant(db: AsyncSession, tenant_id: UUID) -> Tenant:
    """A tenant. Raises TenantNotFound."""
    found = (await db.exec(select(Tenant).where(Tenant.id == tenant_id))).first()
    if found is None:
        raise TenantNotFound
    return found


async def show_own_tenant(db: AsyncSession, principal: Principal) -> Tenant:
    """One's own tenant. Raises Forbidden."""
    principal.require(Permission.ADMIN_SETTINGS)
    return await load_tenant(db, principal.tenant_id)


async def show_any_tenant(db: AsyncSession, principal: Principal, tenant_id: UUID) -> Tenant:
    """A tenant, be it another one. Raises Forbidden, TenantNotFound."""
    principal.require(Permission.TENANT_MANAGE)
    return await load_tenant(db, tenant_id)


async def list_tenants(db: AsyncSession, principal: Principal, query: TenantQuery) -> Page[Tenant]:
    """Every tenant that fits, by name. Raises Forbidden."""
    principal.require(Permission.TENANT_MANAGE)
    wanted = select(Tenant)
    if query.q:
        part = query.q.strip().lower()
        wanted = wanted.where(
            or_(
                col(Tenant.name).icontains(part, autoescape=True),
                col(Tenant.slug).contains(part, autoescape=True),
            )
        )
    if query.active is not None:
        wanted = wanted.where(Tenant.is_active == query.active)
    return await load_page(db, wanted.order_by(col(Tenant.name), col(Tenant.id)), query)


async def create_tenant(
    tx: Transaction, principal: Principal, data: CreateTenant
) -> tuple[Tenant, str | None]:
    """Makes a tenant with the system's roles, and invites who is to administer it, whose token is returned.

    Raises Forbidden, TenantExists.
    """
    by = principal.require(Permission.TENANT_MANAGE)
    rules = RegistrationRules(registration=data.registration, domains=data.domains)
    tenant = Tenant(
        id=new_id(),
        name=data.name,
        slug=data.slug,
        settings=rules.model_dump(mode="json"),
        created_at=tx.now,
        updated_at=tx.now,
    )
    try:
        async with tx.db.begin_nested():
            tx.db.add(tenant)
    except IntegrityError as error:
        raise TenantExists from error
    await (await tx.db.connection()).execute(insert(RoleDefinition), system_role_rows(tenant.id, tx.now))
    tx.acts_for(None, by.id, principal.who)
    tx.audit(tenant.id, "tenant:created", tenant.id, slug=tenant.slug, by_tenant=str(by.tenant_id))
    token = None
    if data.admin_email is not None:
        role_id = system_role_id(tenant.id, TENANT_ADMIN)
        _invitation, token = issue_invitation(tx, tenant, data.admin_email, role_id, by)
    return tenant, token


async def change_own_tenant(tx: Transaction, principal: Principal, data: UpdateTenant) -> Tenant:
    """Changes one's own tenant. Only super administrators raise limits above what they are, and the default.

    Raises Forbidden, ValidationFailed.
    """
    principal.require(Permission.ADMIN_SETTINGS)
    return await _change(tx, principal, principal.tenant_id, data)


async def change_any_tenant(
    tx: Transaction, principal: Principal, tenant_id: UUID, data: UpdateAnyTenant
) -> Tenant:
    """Changes a tenant, be it another one. Closing it cuts off everybody of it at once.

    Raises Forbidden, TenantNotFound, TenantExists, ValidationFailed.
    """
    principal.require(Permission.TENANT_MANAGE)
    return await _change(tx, principal, tenant_id, data)


async def _change(tx: Transaction, principal: Principal, tenant_id: UUID, data: UpdateTenant) -> Tenant:
    tenant = await load_tenant(tx.db, tenant_id)
    if data.limits is not None and not principal.may(Permission.TENANT_MANAGE):
        _check_not_raised(limits_of(tenant.limits), data.limits)
    before = _facts(tenant)
    _set(tenant, data)
    if isinstance(data, UpdateAnyTenant):
        await _administer(tx, tenant, data)
    tenant.updated_at = tx.now
    after = _facts(tenant)
    if before == after:
        return tenant
    tx.acts_for(None, principal.id, principal.who)
    tx.audit(
        tenant.id,
        "tenant:updated",
        tenant.id,
        before=before,
        after=after,
        by_tenant=str(principal.account().tenant_id),
    )
    return tenant


def _facts(tenant: Tenant) -> dict[str, Any]:
    return {
        "name": tenant.name,
        "slug": tenant.slug,
        "is_active": tenant.is_active,
        "accent": tenant.accent,
        "logo": tenant.logo,
        **rules_of(tenant.settings).model_dump(mode="json"),
        **limits_of(tenant.limits).model_dump(),
    }


def _check_not_raised(now: TenantLimits, wanted: LimitChanges) -> None:
    default = TenantLimits()
    for name, value in wanted.model_dump(exclude_none=True).items():
        most = max(getattr(now, name), getattr(default, name))
        if value > most:
            raise Forbidden(f"Only a super administrator sets {name} above {most}.", field=name, most=most)


def _set(tenant: Tenant, data: UpdateTenant) -> None:
    if data.name is not None:
        tenant.name = data.name
    if "accent" in data.model_fields_set:
        tenant.accent = data.accent
    if data.registration is not None or data.domains is not None:
        try:
            tenant.settings = data.rules(rules_of(tenant.settings)).model_dump(mode="json")
        except ValueError as error:
            raise ValidationFailed.of("domains", "name at least one domain") from error
    if data.limits is not None:
        given = data.limits.model_dump(exclude_unset=True)
        limits = {**tenant.limits, **given}
        tenant.limits = {key: value for key, value in limits.items() if value is not None}


async def _administer(tx: Transaction, tenant: Tenant, data: UpdateAnyTenant) -> None:
    if data.slug is not None and data.slug != tenant.slug:
        try:
            async with tx.db.begin_nested():
                tenant.slug = data.slug
        except IntegrityError as error:
            raise TenantExists from error
    if data.is_active is not None and data.is_active != tenant.is_active:
        if tenant.id == DEFAULT_TENANT:
            raise ValidationFailed.of("is_active", "the site's first tenant stays open")
        tenant.is_active = data.is_active
        if not tenant.is_active:
            tx.revoke(tenant.id, tenant.id)
