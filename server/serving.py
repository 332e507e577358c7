"""Serving: the listening socket, uvicorn around the application, and an end that comes in time."""

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any, Final, Protocol

import structlog
import uvicorn

from models.settings import Settings
from server.http.heads import BoundedHeads
from server.refusals import Refusal, explain_listen_fault

log = structlog.get_logger(__name__)

GRACE_S: Final = 3
"""How long requests and sockets have to come to an end once the server has drained."""

LAST_RESORT_S: Final = 9.5
"""When the process ends whatever still hangs."""

UNACKNOWLEDGED_MS: Final = 15_000
"""A peer that has not taken what we sent for so long is gone."""

BACKLOG: Final = 2_048

KEEP_ALIVE_S: Final = 75
"""How long an idle connection stays open: longer than a proxy keeps it, which would else send into a closing one."""


class Server(uvicorn.Server):
    """Calls `announce` once it really listens, drains before it ends, and never outlives a SIGTERM by more than
    `LAST_RESORT_S`.
    """

    def __init__(self, config: uvicorn.Config, app: "Application", serving: "Serving") -> None:
        super().__init__(config)
        self._app = app
        self._serving = serving

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._serving.announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._serving.has_siblings:
            # They listen on the same socket: who comes now is theirs.
            for server in self.servers:
                server.close()
        await self._app.drain()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.should_exit:
            last_resort = threading.Timer(LAST_RESORT_S, _end_at_once)
            last_resort.daemon = True
            last_resort.start()
        super().handle_exit(sig, frame)


class Application(Protocol):
    """What is served, as ASGI has it."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None: ...

    async def drain(self) -> None:
        """Sends clients elsewhere, finishes what was begun, and answers requests that only wait for something."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """What is served: the application, and the class that speaks WebSocket for it."""

    create_app: Callable[[Settings], Application]
    websockets: type[asyncio.Protocol]


@dataclass(frozen=True, slots=True)
class Serving:
    """How one process serves. `announce` is called once it takes connections.

    `has_siblings`: other processes take connections from the same socket.
    """

    listener: socket.socket
    announce: Callable[[], None]
    has_siblings: bool = False


def serve(settings: Settings, site: Site, announce: Callable[[str], None]) -> None:
    """Serves until SIGTERM or Ctrl C; `announce` gets the address. Raises Refusal when it cannot listen or start."""
    listener = listen(settings.host, settings.port)
    address = shown_address(settings, listener)
    serve_on(settings, site, Serving(listener, lambda: announce(address)))


def serve_on(settings: Settings, site: Site, serving: Serving) -> None:
    """Serves on a socket that listens already, until SIGTERM or Ctrl C. Raises Refusal when it cannot start."""
    app = site.create_app(settings)
    server = Server(_configure(settings, site, app), app, serving)
    _exit_cleanly_on(signal.SIGTERM, signal.SIGINT)
    with serving.listener as listener:
        server.run(sockets=[listener])
    if not server.started:
        raise Refusal("Convene could not start; the lines above say why.")


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address (port 0: any free one). Raises Refusal, saying what is in the way."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise Refusal(explain_listen_fault(host, port, error)) from error
    try:
        _prepare(listener, family)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise Refusal(explain_listen_fault(host, port, error)) from error
    return listener


def shown_address(settings: Settings, listener: socket.socket) -> str:
    """Where a person opens the site."""
    if settings.public_url:
        return settings.public_url
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def _prepare(listener: socket.socket, family: int) -> None:
    if os.name == "posix":
        # A port of a server that has just ended is free again at once.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    if sys.platform == "linux":
        # Inherited by every connection: a reader that stalls is cut by the kernel, whatever waits in the buffers.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MS)


def _configure(settings: Settings, site: Site, app: Application) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        http=BoundedHeads,
        ws=site.websockets,
        ws_max_size=settings.max_message_bytes,
        # Engine.IO has its own heartbeat, and it knows which sockets it has given up.
        ws_ping_interval=None,
        # A broadcast is compressed once, and nothing is kept for a silent client: see WebSocketProtocol.
        ws_per_message_deflate=True,
        lifespan="on",
        log_config=None,
        access_log=False,
        # Whose X-Forwarded-For is believed is settled in the application, from CONVENE_TRUSTED_PROXIES.
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S,
    )


def _exit_cleanly_on(*signals: signal.Signals) -> None:
    # uvicorn restores these handlers when it has ended and raises the signal again: that is a success, not a crash.
    for one in signals:
        signal.signal(one, _exit)


def _exit(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _end_at_once() -> None:
    log.error("serve.last_resort", after_s=LAST_RESORT_S)
    os._exit(1)
