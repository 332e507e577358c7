"""The servers that are measured, running: small programs that only pass events on, and Convene as it is."""

import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.bench import dialects
from tests.bench.builds import HERE, ROOT, compiled_loop, node_packages
from tests.bench.dialects import Seat
from tests.bench.gauge import SERVER_CORE, Gauge, on_core
from tests.bench.house import Convene
from tests.realtime.site import serving
from tests.services.ports import LOOPBACK, free_port
from tests.services.processes import Service

MANY: Final = 1_000_000

SITE: Final[dict[str, Any]] = {
    "presence_grace_s": 60,
    "log_format": "console",
    "log_level": "warning",
    "hourly_limits": "off",
    "commands_per_second": MANY,
    "guest_joins_per_minute": MANY,
    "wrong_codes_per_minute": MANY,
    "max_sockets_per_address": MANY,
}
"""Limits of pace and number are lifted: what is measured is what stands behind them."""


@dataclass
class Subject:
    """One or more server processes that are one site to their clients."""

    services: list[Service]
    ports: list[int]
    dialect: dialects.Dialect = field(default_factory=dialects.Plain)

    def gauge(self) -> Gauge:
        """Reads what the processes use."""
        return Gauge([service.process.pid for service in self.services if service.process is not None])

    async def seats(self, rooms: int, members: int) -> list[Seat]:
        """Places for so many members in each of so many rooms, taken in turns from all workers."""
        return [
            Seat(f"r{room}", worker=(room + member) % len(self.ports))
            for room in range(rooms)
            for member in range(members)
        ]

    async def more_seats(self, members: int, at_most: int) -> list[Seat]:
        """So many more places in one room, which is to have so many at most."""
        return [Seat("growing") for _ in range(members)]


@dataclass
class Site(Subject):
    """Convene, of which the first worker opens the rooms."""

    dialect: dialects.Dialect = field(default_factory=dialects.Convene)
    house: Convene | None = None

    async def seats(self, rooms: int, members: int) -> list[Seat]:
        self.house = self.house or Convene(self.ports[0], 0)
        opened = await self.house.open_rooms(rooms, members)
        return [
            Seat(room.session_id, auth, (number + member) % len(self.ports))
            for number, room in enumerate(opened)
            for member, auth in enumerate(room.auths)
        ]

    async def more_seats(self, members: int, at_most: int) -> list[Seat]:
        self.house = self.house or Convene(self.ports[0], 0)
        room = await self.house.more_seats(members, at_most)
        return [Seat(room.session_id, auth) for auth in room.auths]


def stock(
    workers: int = 1, redis_url: str | None = None, *, deflates: bool = False
) -> AbstractAsyncContextManager[Subject]:
    """python-socketio."""
    return _programs("python-socketio", _python("stock", deflates=deflates), workers, redis_url)


def wire(*, deflates: bool = False) -> AbstractAsyncContextManager[Subject]:
    """Convene's wire alone."""
    return _programs("Convene's wire", _python("wire", deflates=deflates), 1, None)


def node(
    workers: int = 1, redis_url: str | None = None, *, deflates: bool = False
) -> AbstractAsyncContextManager[Subject]:
    """Node's socket.io. Raises Unavailable without Node or its packages."""
    program, packages = node_packages()
    script = str(HERE / "node" / "server.cjs")
    settings = (f"NODE_PATH={packages}", "NODE_ENV=production", *_deflating(deflates=deflates))
    command = ("/usr/bin/env", *settings, str(program), script)
    return _programs("socket.io", command, workers, redis_url)


def loop() -> AbstractAsyncContextManager[Subject]:
    """The C loop. Raises Unavailable without a compiler."""
    return _programs("the C loop", (str(compiled_loop()),), 1, None)


@asynccontextmanager
async def convene(workers: int = 1, redis_url: str | None = None) -> AsyncIterator[Subject]:
    """Convene as `convene serve` runs it, over SQLite; several workers have one database."""
    with tempfile.TemporaryDirectory(prefix="convene-bench-") as folder, ExitStack() as ending:
        subject = Site([], [])
        database = f"sqlite:///{Path(folder) / 'convene.db'}"
        options = SITE if redis_url is None else {**SITE, "redis_url": redis_url}
        for _ in range(workers):
            with on_core(SERVER_CORE):
                site = ending.enter_context(serving(database, **options))
            subject.services.append(site.service)
            subject.ports.append(site.settings.port)
        yield subject


SUBJECTS: Final[dict[str, Callable[[], AbstractAsyncContextManager[Subject]]]] = {
    "stock": stock,
    "node": node,
    "loop": loop,
    "wire": wire,
    "convene": convene,
}
LABELS: Final = {
    "stock": "python-socketio",
    "node": "Node socket.io",
    "loop": "C loop",
    "wire": "Convene's wire",
    "convene": "Convene",
}


@asynccontextmanager
async def _programs(
    name: str, command: Sequence[str], workers: int, redis_url: str | None
) -> AsyncIterator[Subject]:
    with tempfile.TemporaryDirectory(prefix="convene-bench-") as folder, ExitStack() as ending:
        subject = Subject([], [])
        for number in range(workers):
            port = free_port()
            service = Service(
                name=name,
                command=(*command, str(port), *([redis_url] if redis_url else [])),
                is_ready=lambda port=port: _listens(port),  # type: ignore[misc]
                log=Path(folder) / f"server-{number}.log",
            )
            with on_core(SERVER_CORE):
                service.start()
            ending.callback(service.kill)
            subject.services.append(service)
            subject.ports.append(port)
        yield subject


def _python(kind: str, *, deflates: bool) -> tuple[str, ...]:
    settings = (f"PYTHONPATH={ROOT}{os.pathsep}", *_deflating(deflates=deflates))
    return ("/usr/bin/env", *settings, sys.executable, "-m", "tests.bench.python_server", kind)


def _deflating(*, deflates: bool) -> tuple[str, ...]:
    return ("BENCH_DEFLATES=1",) if deflates else ()


def _listens(port: int) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False
