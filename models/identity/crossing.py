"""Super administrators in another tenant, whose audit says each time who came and what for."""

from dataclasses import replace
from uuid import UUID

from models.context import Context
from models.errors import TenantNotFound
from models.identity.principals import Principal
from models.identity.tenants import load_tenant
from models.permissions import Permission
from models.transaction import Origin


async def cross(context: Context, origin: Origin, principal: Principal, tenant_id: UUID) -> Principal:
    """Who they are there: themselves, with what they may do at home. Raises TenantNotFound: to others there is none."""
    if principal.user is None or not principal.may(Permission.TENANT_MANAGE):
        raise TenantNotFound
    async with context.everywhere().transaction(origin) as tx:
        tenant = await load_tenant(tx.db, tenant_id)
        tx.acts_for(None, principal.user.id, principal.who)
        by_tenant = str(principal.tenant_id)
        tx.audit(tenant.id, "tenant:crossed", tenant.id, by_tenant=by_tenant, request=origin.action)
    return replace(principal, tenant_id=tenant.id)
