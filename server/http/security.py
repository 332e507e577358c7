"""What every answer tells the browser not to do."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.http.raw import RawHeader, add_headers

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'{style}; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CONTENT_SECURITY_POLICY = _CSP.format(style="")
DOCS_POLICY = _CSP.format(style=" 'unsafe-inline'")
"""Swagger UI writes style attributes."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _raw(policy: str) -> tuple[RawHeader, ...]:
    headers = {**HEADERS, "Content-Security-Policy": policy}
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


_PAGES, _DOCS = _raw(CONTENT_SECURITY_POLICY), _raw(DOCS_POLICY)


class SecurityHeaders:
    """Adds the headers above to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_docs = scope["path"] == "/docs" or scope["path"].startswith("/docs/")
        headers = _DOCS if is_docs else _PAGES

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(message, headers)
            await send(message)

        await self._app(scope, receive, guarded)
