"""The stage of a test: several workers over one database and one Redis, with a breakable link before each of them."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import psutil

from models.identity.passwords import Passwords
from models.settings import Settings
from tests.chaos.proxy import Link, link_to
from tests.realtime.site import DEFAULTS, PROGRAM, Site
from tests.services.ports import LOOPBACK, free_port
from tests.services.postgres import PostgresServer
from tests.services.processes import Service, ServiceFailed
from tests.services.redis import RedisServer

QUICK: Final[dict[str, Any]] = {
    **DEFAULTS,
    # A dead link is noticed within four seconds, and who does not come back is out after five more.
    "ping_interval_s": 2.0,
    "ping_timeout_s": 2.0,
    "presence_grace_s": 5.0,
    "waiting_grace_s": 5.0,
    "access_token_ttl_s": 86_400,
}

LAST_RESORT: Final = "serve.last_resort"

SUPERVISED_S: Final = 60.0
"""How long a worker may need to come up while faults go on around it."""


class PatientSite(Site):
    """One whose server may be started in vain, which it says in a sentence, and stopped while what it waits for is
    away.
    """

    def log_since(self, size: int) -> list[dict[str, Any]]:
        with self.service.log.open("rb") as log:
            log.seek(size)
            lines = log.read().decode().splitlines()
        entries = [json.loads(line) for line in lines if line.startswith("{")]
        return [entry for entry in entries if entry["event"] != LAST_RESORT]


@dataclass
class Worker:
    """One server process. `front` leads to it; `redis` and `database` are its own ways to what all share."""

    name: str
    site: Site
    front: Link
    redis: Link | None
    database: Link | None

    @property
    def service(self) -> Service:
        return self.site.service

    @property
    def links(self) -> list[Link]:
        return [link for link in (self.front, self.redis, self.database) if link is not None]

    async def stop(self) -> int:
        """As a deployment does it. Returns the status; a stop by force, after ten seconds, is below zero."""
        process = self.service.process
        assert process is not None
        await asyncio.to_thread(self.service.stop)
        return int(process.returncode)

    async def start(self) -> None:
        """Starts it again, as often as it takes: what it needs may be out of reach itself just now."""
        async with asyncio.timeout(SUPERVISED_S):
            while True:
                try:
                    await asyncio.to_thread(self.service.start)
                except ServiceFailed:
                    await asyncio.sleep(0.1)
                else:
                    return


def send_signal(service: Service, number: signal.Signals) -> None:
    """Sends a signal to a server and every process it has made, if it runs."""
    if service.process is None or service.process.poll() is not None:
        return
    process = psutil.Process(service.process.pid)
    for one in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            one.send_signal(number)


@dataclass
class Stage:
    """What a test plays on. `redis` and `postgres` are there unless the workers do without."""

    workers: list[Worker]
    redis: RedisServer | None
    postgres: PostgresServer | None

    @property
    def first(self) -> Worker:
        return self.workers[0]

    @property
    def fronts(self) -> list[Link]:
        return [worker.front for worker in self.workers]

    @property
    def site(self) -> Site:
        """The site as those see it who share its database and are on none of the broken links."""
        return self.first.site

    async def heal(self) -> None:
        """Mends every link."""
        for worker in self.workers:
            for link in worker.links:
                link.heal()
                await link.open()


@dataclass(frozen=True)
class Plot:
    """What to build a stage on. `options` are fields of Settings; `folder` is for logs, and for SQLite.

    `processes` are those that each worker is made of, as with `convene serve --workers`.
    """

    database_url: str
    folder: Path
    postgres: PostgresServer | None = None
    redis: RedisServer | None = None
    workers: int = 1
    processes: int = 1
    is_migrated: bool = False
    options: dict[str, Any] = field(default_factory=dict)


@asynccontextmanager
async def staging(plot: Plot) -> AsyncIterator[Stage]:
    """Brings the database up to date and starts the workers; ends everything with the block."""
    passwords = Passwords(Settings(**QUICK).password_concurrency)
    async with AsyncExitStack() as stack:
        workers = [await _prepare(plot, f"worker {n}", passwords, stack) for n in range(1, plot.workers + 1)]
        if not plot.is_migrated:
            await migrate(plot.database_url, plot.folder)
        for worker in workers:
            stack.push_async_callback(_end, worker)
        await asyncio.gather(*(asyncio.to_thread(worker.service.start) for worker in workers))
        stage = Stage(workers, plot.redis, plot.postgres)
        stack.push_async_callback(stage.heal)
        yield stage


async def _prepare(plot: Plot, name: str, passwords: Passwords, stack: AsyncExitStack) -> Worker:
    """A worker that is not started yet, and its links."""
    port = free_port()
    front = await stack.enter_async_context(link_to(port))
    database = redis = None
    given: dict[str, Any] = {**QUICK, **plot.options, "port": port, "data_dir": plot.folder}
    direct = {**given, "database_url": plot.database_url}
    by_links = dict(direct)
    if plot.postgres is not None:
        database = await stack.enter_async_context(link_to(plot.postgres.port))
        by_links["database_url"] = through(plot.database_url, database)
    if plot.redis is not None:
        redis = await stack.enter_async_context(link_to(plot.redis.port))
        by_links["redis_url"], direct["redis_url"] = through(plot.redis.url, redis), plot.redis.url
    service = Service(
        name=name,
        command=(
            "/usr/bin/env",
            *_environment(by_links),
            str(PROGRAM),
            "serve",
            "--workers",
            str(plot.processes),
        ),
        is_ready=lambda: answers(port, "/healthz"),
        log=plot.folder / f"{name.replace(' ', '-')}.log",
    )
    return Worker(name, PatientSite(service, Settings(**direct), passwords), front, redis, database)


async def migrate(database_url: str, folder: Path) -> None:
    """Brings a database up to date."""
    environment = _environment({**QUICK, "data_dir": folder, "database_url": database_url})
    migration = await asyncio.create_subprocess_exec(
        "/usr/bin/env", *environment, str(PROGRAM), "migrate", stdout=asyncio.subprocess.DEVNULL
    )
    assert await migration.wait() == 0


async def _end(worker: Worker) -> None:
    send_signal(worker.service, signal.SIGCONT)
    await asyncio.to_thread(worker.service.stop)


def through(url: str, link: Link) -> str:
    """The same URL by way of a link."""
    parts = urlsplit(url)
    assert parts.port is not None
    return parts._replace(netloc=parts.netloc.replace(f":{parts.port}", f":{link.port}")).geturl()


def _environment(options: dict[str, Any]) -> list[str]:
    return [f"CONVENE_{name.upper()}={value}" for name, value in options.items()]


def answers(port: int, path: str) -> bool:
    """Whether a server on this port answers a path with 200."""
    try:
        with urlopen(f"http://{LOOPBACK}:{port}{path}", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False
