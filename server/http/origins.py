"""Which web pages may use the API: ours, and those the site names. Programs send no Origin and are not concerned."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.errors import OriginNotAllowed
from models.settings import Settings
from server.http.failures import error_response
from server.http.raw import given_header

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
    "Access-Control-Allow-Headers": (
        "Authorization, Content-Type, Convene-Tenant, Idempotency-Key, X-Request-Id"
    ),
    "Access-Control-Max-Age": "600",
}
EXPOSED = (
    "X-Request-Id, Retry-After, Idempotency-Replayed, Content-Disposition, Convene-Next, "
    "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy"
)
"""What a page of another origin may read of an answer besides its body."""


class Origins:
    """Refuses what a foreign page wants to change, and lets the allowed origins read answers (CORS)."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        given = (*settings.allowed_origins, *([settings.public_url] if settings.public_url else []))
        self._allowed = frozenset(origin_of(url) for url in given)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        origin = given_header(scope, b"origin")
        if origin is None:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_foreign = origin.lower() not in self._allowed
        is_preflight = scope["method"] == "OPTIONS" and "access-control-request-method" in headers
        is_other_site = is_foreign and not _is_same(origin, headers.get("host", ""))
        if is_other_site and (scope["method"] not in SAFE or is_preflight):
            await error_response(OriginNotAllowed(), scope["state"]["request_id"])(scope, receive, send)
        elif is_preflight:
            await Response(status_code=204, headers=PREFLIGHT)(scope, receive, _opened(send, origin))
        else:
            await self._app(scope, receive, send if is_foreign else _opened(send, origin))


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL, as browsers write it."""
    scheme, _, rest = url.strip().lower().partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def _is_same(origin: str, host: str) -> bool:
    # The scheme is left out: TLS often ends at a proxy that we do not see.
    return bool(host) and origin.lower().partition("://")[2] == host.lower()


def _opened(send: Send, origin: str) -> Send:
    async def opened(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = EXPOSED
            headers.add_vary_header("Origin")
        await send(message)

    return opened
