"""The gate before the Socket.IO server: which origins, and how many sockets from where."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.addresses import client_address, counted_as
from models.errors import ConveneError, OriginNotAllowed, PayloadTooLarge, RateLimited
from models.settings import Settings

SOCKET_PATH = "/socket.io"


class Gate:
    """ASGI application: sockets that may come in go to `sockets`, all that is not about sockets to `other`.

    `open_from` counts the sockets that are open from each address, on whatever transport.
    """

    def __init__(
        self, sockets: ASGIApp, other: ASGIApp, open_from: Mapping[str, int], settings: Settings
    ) -> None:
        self._sockets = sockets
        self._other = other
        self._settings = settings
        self._open_from = open_from

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not _is_socket_path(scope["path"]):
            await (_refuse_websocket if scope["type"] == "websocket" else self._other)(scope, receive, send)
            return
        address = address_of(scope, self._settings)
        try:
            self._check(scope, address)
        except ConveneError as error:
            await _refuse(scope, receive, send, error)
            return
        scope["convene.address"] = address
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self._sockets(scope, receive, send)

    def _check(self, scope: Scope, address: str) -> None:
        connection = HTTPConnection(scope)
        origin = connection.headers.get("origin")
        if origin is not None and not self._is_allowed(origin, connection.headers.get("host", "")):
            raise OriginNotAllowed
        is_new = "sid" not in connection.query_params
        if is_new and self._open_from.get(counted_as(address), 0) >= self._settings.max_sockets_per_address:
            raise RateLimited(30, "There are too many connections from this address.")
        length = connection.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._settings.max_message_bytes:
            raise PayloadTooLarge
        if "chunked" in connection.headers.get("transfer-encoding", "").lower():
            raise PayloadTooLarge("Send the length of the body.")

    def _is_allowed(self, origin: str, host: str) -> bool:
        # X-Forwarded-Host is not asked: anyone can send it.
        own = self._settings.public_url
        allowed = {*self._settings.allowed_origins, *([own.rstrip("/")] if own else [])}
        return origin.lower().partition("://")[2] == host.lower() != "" or origin in allowed

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = HTTPConnection(scope).headers.get("origin")

        async def send_with_origin(message: Message) -> None:
            if message["type"] == "http.response.start" and origin is not None:
                message["headers"] = [
                    *message.get("headers", []),
                    (b"access-control-allow-origin", origin.encode("latin-1")),
                    (b"vary", b"Origin"),
                ]
            await send(message)

        await self._sockets(scope, receive, send_with_origin)


def address_of(scope: Scope, settings: Settings) -> str:
    """The client's address: the peer's, or the one a trusted proxy names."""
    peer = scope.get("client")
    # Some proxies add a header of their own below what the client wrote: all of them are one list.
    forwarded = ",".join(HTTPConnection(scope).headers.getlist("x-forwarded-for"))
    return client_address(peer[0] if peer else "", forwarded, settings.trusted_proxies)


def _is_socket_path(path: str) -> bool:
    return path == SOCKET_PATH or path.startswith(SOCKET_PATH + "/")


async def _refuse(scope: Scope, receive: Receive, send: Send, error: ConveneError) -> None:
    if scope["type"] == "websocket":
        await _refuse_websocket(scope, receive, send, error.code)
        return
    body: dict[str, Any] = {"success": False, **error.body()}
    await JSONResponse(body, error.status)(scope, receive, send)


async def _refuse_websocket(_scope: Scope, receive: Receive, send: Send, reason: str = "") -> None:
    await receive()
    await send({"type": "websocket.close", "code": 1008, "reason": reason})
