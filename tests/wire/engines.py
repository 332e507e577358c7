"""The classes under test: a Socket.IO server and uvicorn's WebSocket protocol.

`WIRE_ENGINE=stock` runs the same tests against python-socketio and uvicorn alone, to see which of them those fail.
"""

import os
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

IS_STOCK: Final = os.environ.get("WIRE_ENGINE") == "stock"

WITHIN_S: Final = 1.0 if IS_STOCK else 10.0
"""How long anything may take on a busy machine before a test gives up on it."""


Handler = TypeVar("Handler", bound=Callable[..., Any])


class Server(Protocol):
    """What a Socket.IO server is to its application. python-socketio carries no types of its own."""

    namespaces: Any

    def event(self, handler: Handler) -> Handler:
        """Registers a handler under its own name."""
        ...

    def on(
        self, event: str, handler: Any = None, namespace: str | None = None
    ) -> Callable[[Handler], Handler]:
        """Registers a handler, or is the decorator that does."""
        ...

    def __getattr__(self, name: str) -> Any: ...


def socket_server(**options: Any) -> Server:
    """A server without handlers, made as code written for python-socketio makes it."""
    given = {"async_mode": "asgi", "cors_allowed_origins": "*", **options}
    if IS_STOCK:
        from socketio import AsyncServer  # noqa: PLC0415  # only the one under test is loaded

        given.pop("connect_within_s", None)
        # Otherwise what its connect handler emits overtakes the answer to CONNECT, and no other test gets far.
        given.setdefault("always_connect", True)
        stock: Server = AsyncServer(**given)
        return stock
    from realtime.wire import SocketServer  # noqa: PLC0415

    ours: Server = SocketServer(**given)
    return ours


def websocket_protocol() -> Any:
    """What uvicorn is given as `ws`."""
    if IS_STOCK:
        return "websockets-sansio"
    from realtime.wire import WebSocketProtocol  # noqa: PLC0415

    return WebSocketProtocol
