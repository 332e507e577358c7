"""Super administrators in another tenant: the request names it in a header."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from models.errors import TenantNotFound
from models.identity.crossing import cross
from server.http.call import Call
from server.http.endpoint import Auth, Endpoint

HEADER: Final = "Convene-Tenant"
_ADMINISTRATION: Final = (
    "/api/v1/tenant",
    "/api/v1/users",
    "/api/v1/roles",
    "/api/v1/audit",
    "/api/v1/api-keys",
)
_NEVER: Final = ("/api/v1/tenants", "/api/v1/users/me")
_OF_SESSIONS: Final = "/api/v1/sessions"


async def crossed(endpoint: Endpoint, call: Call) -> Call:
    """The call, in the tenant that it names, if it names one. Raises TenantNotFound: to others there is none."""
    named = call.request.headers.get(HEADER)
    if named is None or call.claims is None:
        return call
    if not may_cross(endpoint):
        raise TenantNotFound
    there = await cross(call.context, call.origin, await call.identify(), _id(named))
    return replace(call, context=call.context.everywhere().within(there.tenant_id), principal=there)


def may_cross(endpoint: Endpoint) -> bool:
    """Whether an endpoint is for administration: where one acts as oneself, in one's own name, nobody crosses."""
    if endpoint.auth is not Auth.USER or endpoint.grouped is not None:
        return False
    path = endpoint.path
    if any(path == one or path.startswith(f"{one}/") for one in _NEVER):
        return False
    if any(path == one or path.startswith(f"{one}/") for one in _ADMINISTRATION):
        return True
    is_session = path.startswith(_OF_SESSIONS)
    return is_session and (endpoint.method == "GET" or path.endswith(("/end", "/cancel")))


def _id(named: str) -> UUID:
    try:
        return UUID(named)
    except ValueError as error:
        raise TenantNotFound from error
