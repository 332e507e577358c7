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
from models.identity.system_roles import TENANT_ADMIN
from models.identity.tables import RoleDefinition, Tenant, User
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


async def list_tenants(db: AsyncSession, query: TenantQuery) -> Page[Tenant]:
    """Every tenant that fits, by name."""
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


async def create_tenant(tx: Transaction, by: User, data: CreateTenant) -> tuple[Tenant, str | None]:
    """Makes a tenant with the system's roles, and invites who is to administer it, whose token is returned.

    Raises TenantExists.
    """
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
    tx.acts_for(None, by.id, by.who)
    tx.audit(tenant.id, "tenant:created", tenant.id, slug=tenant.slug, by_tenant=str(by.tenant_id))
    token = None
    if data.admin_email is not None:
        role_id = system_role_id(tenant.id, TENANT_ADMIN)
        _invitation, token = issue_invitation(tx, tenant, data.admin_email, role_id, by)
    return tenant, token


async def change_tenant(
    tx: Transaction, by: User, tenant_id: UUID, data: UpdateTenant, *, may_raise: bool = True
) -> Tenant:
    """Changes a tenant. Closing it cuts off everybody of it at once.

    Limits go above what they are, and the seed's, only where one `may_raise` them: the site is everybody's. Raises
    TenantNotFound, TenantExists, Forbidden.
    """
    tenant = await load_tenant(tx.db, tenant_id)
    if data.limits is not None and not may_raise:
        _check_not_raised(limits_of(tenant.limits), data.limits)
    before = facts(tenant)
    _set(tenant, data)
    if isinstance(data, UpdateAnyTenant):
        await _administer(tx, tenant, data)
    tenant.updated_at = tx.now
    after = facts(tenant)
    if before == after:
        return tenant
    tx.acts_for(None, by.id, by.who)
    tx.audit(
        tenant.id,
        "tenant:updated",
        tenant.id,
        before=before,
        after=after,
        by_tenant=str(by.tenant_id),
    )
    return tenant


def facts(tenant: Tenant) -> dict[str, Any]:
    """What is told of a tenant in the audit."""
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
