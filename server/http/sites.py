"""Which tenant is meant by who is not signed in: as the request says, else by the host name, else the first one."""

import re
from typing import Final
from urllib.parse import urlsplit

from models.context import Context
from models.identity.tables import Tenant
from models.identity.tenants import find_tenant
from server.http.call import Call

_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")


async def meant_tenant(call: Call, slug: str | None) -> Tenant:
    """The tenant of this slug, or of this host name. Raises TenantNotFound."""
    host = call.request.headers.get("host", "")
    return await find_tenant(call.context, slug or host_slug(host, call.context.settings.public_url))


async def at(call: Call, slug: str | None) -> Context:
    """The site within the tenant that is meant. Raises TenantNotFound."""
    return call.context.within((await meant_tenant(call, slug)).id)


def host_slug(host: str, public_url: str | None) -> str | None:
    """The `acme` of acme.convene.example, where the site itself is at convene.example."""
    site = urlsplit(public_url or "").hostname
    name, dot, rest = host.partition(":")[0].lower().partition(".")
    is_below = site is not None and dot == "." and rest == site.lower()
    return name if is_below and _LABEL.fullmatch(name) else None
