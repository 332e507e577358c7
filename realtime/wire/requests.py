"""A request to the Socket.IO server, as it came through ASGI, and the answers to it."""

import asyncio
import sys
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import orjson
from starlette.types import Receive, Scope, Send

Headers = list[tuple[str, str]]

UNKNOWN_TRANSPORT = (0, "Transport unknown")
UNKNOWN_SESSION = (1, "Session ID unknown")
BAD_METHOD = (2, "Bad handshake method")
BAD_REQUEST = (3, "Bad request")
FORBIDDEN = (4, "Forbidden")
UNSUPPORTED_VERSION = (5, "Unsupported protocol version")


BODY_WITHIN_S = 15.0
"""How long a body may take to arrive: a trickle must not hold a connection for ever."""


class TooLarge(Exception):
    """The body is larger than is taken."""


@dataclass(slots=True)
class Request:
    """What is asked, and the way to answer."""

    scope: Scope
    receive: Receive
    send: Send
    query: dict[str, str] = field(init=False)
    environ: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        text = self.scope["query_string"].decode("latin-1")
        self.query = {name: values[0] for name, values in parse_qs(text).items()}
        self.environ = environ_of(self.scope, text)

    @property
    def is_websocket(self) -> bool:
        return bool(self.scope["type"] == "websocket")

    async def body(self, max_bytes: int, within_s: float = BODY_WITHIN_S) -> bytes:
        """The body, collected no further and no longer than it is taken. Raises TooLarge, TimeoutError."""
        if int(self.environ.get("CONTENT_LENGTH") or 0) > max_bytes:
            raise TooLarge
        async with asyncio.timeout(within_s):
            return await self._collect(max_bytes)

    async def _collect(self, max_bytes: int) -> bytes:
        parts, size_bytes = [], 0
        while True:
            message = await self.receive()
            if message["type"] != "http.request":
                return b""
            parts.append(message.get("body", b""))
            size_bytes += len(parts[-1])
            if size_bytes > max_bytes:
                raise TooLarge
            if not message.get("more_body", False):
                return b"".join(parts)

    async def refuse(self, fault: tuple[int, str], headers: Headers, status: int = 400) -> None:
        """Says what is wrong, as Socket.IO servers do: `{"code", "message"}`."""
        code, message = fault
        await self.answer(
            status, orjson.dumps({"code": code, "message": message}), headers, "application/json"
        )

    async def answer(
        self, status: int, body: bytes, headers: Headers, kind: str = "text/plain; charset=UTF-8"
    ) -> None:
        """Answers a request, or refuses a WebSocket before it is opened."""
        all_headers = [("Content-Type", kind), ("Content-Length", str(len(body))), *headers]
        encoded = [(name.lower().encode(), value.encode("latin-1")) for name, value in all_headers]
        prefix = "http.response"
        if self.is_websocket:
            if "websocket.http.response" not in self.scope.get("extensions", {}):
                await self.send({"type": "websocket.close", "code": 1008})
                return
            prefix = "websocket.http.response"
        await self.send({"type": f"{prefix}.start", "status": status, "headers": encoded})
        await self.send({"type": f"{prefix}.body", "body": body})


def environ_of(scope: Scope, query_string: str) -> dict[str, Any]:
    """The request in the form that handlers of `connect` get."""
    path = scope["path"]
    client = scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.get("method", "GET"),
        "PATH_INFO": path,
        "QUERY_STRING": query_string,
        "RAW_URI": f"{path}?{query_string}" if query_string else path,
        "SCRIPT_NAME": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "asgi",
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.url_scheme": "https" if scope.get("scheme") in ("https", "wss") else "http",
        "asgi.scope": scope,
    }
    for raw_name, raw_value in scope["headers"]:
        # Interned, as every connection has the same names.
        name = sys.intern("HTTP_" + raw_name.decode("latin-1").upper().replace("-", "_"))
        value = raw_value.decode("latin-1")
        environ[name] = f"{environ[name]},{value}" if name in environ else value
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if f"HTTP_{name}" in environ:
            environ[name] = environ.pop(f"HTTP_{name}")
    return environ
