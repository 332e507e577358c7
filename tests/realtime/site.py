"""A running site for tests of the live room: the real server in a process of its own, over a real database."""

import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.request import urlopen

from models.clock import SystemClock
from models.context import Context
from models.database import Database
from models.identity.passwords import Passwords
from models.identity.tokens import Tokens
from models.limits import Limits
from models.log.logged import LoggedEvent
from models.settings import Settings
from tests.services.ports import LOOPBACK, free_port
from tests.services.processes import START_TIMEOUT_S, Service

BY_THE_CLOCK: Final = {"audit.sealed"}
SECRET: Final = "for tests only, and long enough to sign with"
PROGRAM: Final = Path(sys.executable).with_name("convene")

# Tests of limits bring their own; nobody else is to run into one.
DEFAULTS: Final[dict[str, Any]] = {
    "host": LOOPBACK,
    "secret_key": SECRET,
    "log_format": "json",
    "commands_per_second": 10_000,
    "hourly_limits": "off",
    "guest_joins_per_minute": 100_000,
    "wrong_codes_per_minute": 100_000,
    "registrations_per_minute": 100_000,
    "failed_sign_ins_per_minute": 100_000,
    "passwords_per_minute": 100_000,
    "presence_grace_s": 2.0,
    # Who got a place over REST alone keeps it for as long as the slowest test takes.
    "waiting_grace_s": 3_600.0,
}


class Unheard:
    """Publishes nothing: what is committed through it reaches the sockets only by way of the log."""

    def publish(self, events: Sequence[LoggedEvent]) -> None:
        """Lets the events be."""


@dataclass(frozen=True)
class Site:
    """One server process and where to find it. Killing and starting `service` keeps the address and the data."""

    service: Service
    settings: Settings
    passwords: Passwords

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.settings.port}"

    @asynccontextmanager
    async def context(self) -> AsyncIterator[Context]:
        """The same site as another process sees it: one database and one key, and no way to the server's sockets."""
        # The passwords are the site's, not each context's: to make them takes a quarter of a second.
        clock, settings = SystemClock(), self.settings
        tokens = Tokens(
            settings.signing_key, clock, settings.access_token_ttl_s, settings.participant_token_ttl_s
        )
        database = Database(settings.database)
        context = Context(settings, database, clock, Unheard(), self.passwords, tokens, Limits(None))
        try:
            yield context
        finally:
            await context.database.close()

    def log_size(self) -> int:
        """How far the server's log goes by now, in bytes."""
        return self.service.log.stat().st_size

    def log_since(self, size: int) -> list[dict[str, Any]]:
        """The lines of the server's log after a place in it, but for those it writes by the clock.

        Raises ValueError for a line that is not JSON.
        """
        with self.service.log.open("rb") as log:
            log.seek(size)
            lines = log.read().decode().splitlines()
        entries = [json.loads(line) for line in lines if not line.startswith("Convene is at ")]
        return [entry for entry in entries if entry["event"] not in BY_THE_CLOCK]


@contextmanager
def serving(
    database_url: str, *, workers: int = 1, port: int | None = None, **options: Any
) -> Iterator[Site]:
    """Brings a database up to date and serves it until the end of the block; `options` are fields of Settings."""
    with tempfile.TemporaryDirectory(prefix="convene-site-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        port = port or free_port()
        given = {**DEFAULTS, **options, "port": port, "database_url": database_url, "data_dir": folder}
        program = ("/usr/bin/env", *_environment(given), str(PROGRAM))
        if not database_url.startswith("sqlite"):
            # A file that is not there yet the server makes by itself.
            subprocess.run((*program, "migrate"), check=True, capture_output=True, timeout=START_TIMEOUT_S)
        service = Service(
            name="Convene",
            command=(*program, "serve", "--workers", str(workers)),
            is_ready=lambda: _answers(port),
            log=folder / "server.log",
        )
        service.start()
        try:
            settings = Settings(**given)
            yield Site(service, settings, Passwords(settings.password_concurrency))
        finally:
            service.stop()


def _environment(options: dict[str, Any]) -> list[str]:
    return [f"CONVENE_{name.upper()}={value}" for name, value in options.items()]


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://{LOOPBACK}:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False
