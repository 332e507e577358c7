"""A running uvicorn of this process. Each test's server is found under a path of its own."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode

import httpx
import socketio
import uvicorn

from tests.services.ports import LOOPBACK
from tests.wire.engines import WITHIN_S

EIO: Final = {"EIO": "4"}


@dataclass(frozen=True)
class Address:
    """Where one server is. `http` is a client that is shared by all tests."""

    port: int
    path: str
    http: httpx.AsyncClient

    @property
    def url(self) -> str:
        """For stock clients, which are told the path apart from it."""
        return f"http://{LOOPBACK}:{self.port}"

    def target(self, **query: str) -> str:
        """The path and query of a request, of this version of the protocol unless `EIO` says otherwise."""
        named = {name: value for name, value in {**EIO, **query}.items() if value}
        return f"{self.path}?{urlencode(named)}"

    def websocket(self, **query: str) -> str:
        """The URL of a WebSocket."""
        return f"ws://{LOOPBACK}:{self.port}{self.target(**{'transport': 'websocket', **query})}"


@dataclass
class Site:
    """One uvicorn and the servers behind it."""

    port: int
    http: httpx.AsyncClient
    _apps: dict[str, Any] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._apps[scope["path"].split("/")[1]](scope, receive, send)

    @contextmanager
    def serving(self, server: Any) -> Iterator[Address]:
        """Makes a Socket.IO server reachable until the end of the block."""
        with self.applying(lambda name: socketio.ASGIApp(server, socketio_path=f"{name}/socket.io")) as at:
            yield at

    @contextmanager
    def applying(self, make: Callable[[str], Any]) -> Iterator[Address]:
        """Makes an ASGI application reachable until the end of the block; `make` is told where."""
        name = f"app{next(self._numbers)}"
        self._apps[name] = make(name)
        try:
            yield Address(self.port, f"/{name}/socket.io/", self.http)
        finally:
            del self._apps[name]


@asynccontextmanager
async def running_site(protocol: Any) -> AsyncIterator[Site]:
    """A uvicorn on a free port until the end of the block; `protocol` is its option `ws`."""
    listener = socket.create_server((LOOPBACK, 0))
    async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{listener.getsockname()[1]}") as http:
        http.timeout = httpx.Timeout(WITHIN_S)
        site = Site(listener.getsockname()[1], http)
        config = uvicorn.Config(
            site, ws=protocol, lifespan="off", log_config=None, timeout_graceful_shutdown=2
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listener]))
        try:
            yield site
        finally:
            server.should_exit = True
            await serving
