"""A tenant's logo: kept as a picture of our own making, like the pictures of people."""

import hashlib
from typing import Final

from models.context import Context
from models.identity.principals import Principal
from models.identity.tables import Tenant
from models.identity.tenants import load_tenant
from models.permissions import Permission
from models.transaction import Origin

MAX_LOGO_BYTES: Final = 2 * 1024 * 1024
UPLOADS_PER_MINUTE: Final = 10


def logo_key(logo: str) -> str:
    """Where a logo is kept."""
    return f"logos/{logo}.webp"


async def set_logo(context: Context, origin: Origin, principal: Principal, content: bytes) -> Tenant:
    """Takes a picture for the logo of one's tenant.

    Raises Forbidden, PictureNotReadable, RateLimited, Unavailable.
    """
    principal.require(Permission.ADMIN_SETTINGS)
    await context.limits.hit("logo", str(principal.id), UPLOADS_PER_MINUTE)
    picture = await context.pictures.logo(content)
    # Named by whose it is as well: taking it away takes nobody else's.
    logo = hashlib.sha256(context.tenant_id.bytes + picture).hexdigest()[:32]
    await context.storage.write(logo_key(logo), picture)
    return await _change(context, origin, principal, logo)


async def remove_logo(context: Context, origin: Origin, principal: Principal) -> Tenant:
    """Takes the logo away; the name stands in its place. Raises Forbidden."""
    principal.require(Permission.ADMIN_SETTINGS)
    return await _change(context, origin, principal, None)


async def _change(context: Context, origin: Origin, principal: Principal, logo: str | None) -> Tenant:
    async with context.transaction(origin) as tx:
        tenant = await load_tenant(tx.db, context.tenant_id)
        old, tenant.logo, tenant.updated_at = tenant.logo, logo, tx.now
        tx.acts_for(None, principal.id, principal.who)
        tx.audit(tenant.id, "tenant:logo_changed", tenant.id)
    if old is not None and old != logo:
        await context.storage.remove(logo_key(old))
    return tenant
