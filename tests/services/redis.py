"""A real Redis for a test run, without a trace on disk."""

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services.ports import LOOPBACK, free_port
from tests.services.processes import Service, ServiceFailed


@dataclass(frozen=True)
class RedisServer:
    """A running Redis. Stopping `service` and starting it again keeps the address and loses the data."""

    service: Service
    port: int

    @property
    def url(self) -> str:
        return f"redis://{LOOPBACK}:{self.port}/0"


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """Run Redis on a free port until the end of the block. Raises ServiceFailed."""
    program = shutil.which("redis-server")
    if program is None:
        raise ServiceFailed("There is no redis-server on the path; scripts/system-packages installs one.")
    with tempfile.TemporaryDirectory(prefix="convene-redis-", ignore_cleanup_errors=True) as folder:
        port = free_port()
        service = Service(
            name="redis-server",
            command=(
                program,
                *("--bind", LOOPBACK),
                *("--port", str(port)),
                *("--save", ""),
                *("--dir", folder),
            ),
            is_ready=lambda: answers_ping(port),
            log=Path(folder) / "redis.log",
        )
        service.start()
        try:
            yield RedisServer(service, port)
        finally:
            service.stop()


def answers_ping(port: int) -> bool:
    """Whether a Redis on `port` takes commands; one that still loads its data does not."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
