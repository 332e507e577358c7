"""What a read over REST costs the server, beside a bare Starlette handler that sends the same statements.

`python -m tests.bench.rest` prints processor time per request: of Convene as `convene serve` runs it, and of a bare
application (`rest_bare.py`) with and without looking at the token. All three answer from one database file, in turns.
What a server uses while nobody asks (Convene looks into its log twice a second) is measured before and taken off.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import httpx
import uvloop

from tests.bench.builds import ROOT
from tests.bench.gauge import CLIENT_CORE, SERVER_CORE, Gauge, on_core
from tests.bench.house import Convene
from tests.bench.results import Figures, Table, middle
from tests.bench.subjects import SITE
from tests.realtime.site import serving
from tests.services.ports import LOOPBACK, free_port
from tests.services.processes import Service

SESSIONS: Final = 30
PEOPLE: Final = 50
CONVENE: Final = "convene"
BARE: Final = "bare"
KNOWN: Final = "bare with token"
ANSWER_WITHIN_S: Final = 30.0
QUIET_WITHIN_S: Final = 90.0
QUIET_SHARE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Load:
    """How much is asked: `requests` of each read in each round, over so many connections that stay open."""

    requests: int = 600
    warm_up: int = 100
    connections: int = 8
    rounds: int = 3
    idle_s: float = 1.5


@dataclass(frozen=True, slots=True)
class Server:
    """One that answers, and what its paths begin with."""

    port: int
    prefix: str
    gauge: Gauge


async def measure_rest(load: Load | None = None) -> Table:
    """Microseconds of processor time per request, by server and read. Raises RuntimeError when answers differ."""
    load = load or Load()
    with tempfile.TemporaryDirectory(prefix="convene-bench-") as folder, on_core(CLIENT_CORE):
        database_url = f"sqlite:///{Path(folder) / 'convene.db'}"
        with on_core(SERVER_CORE):
            site = serving(database_url, **SITE)
            running = site.__enter__()
        try:
            house = Convene(running.settings.port, 0)
            await house.open_rooms(SESSIONS - 1, 0)
            room = await house.open_room(PEOPLE)
            reads = _reads(room.session_id)
            own = _server(running.service, "", running.settings.port)
            with _bare_server(running.settings.database, house.account["user"]["id"], Path(folder)) as bare:
                servers = {CONVENE: own, KNOWN: _with(bare, "/known"), BARE: _with(bare, "/bare")}
                token = house.account["access_token"]
                await _check_alike(servers, reads, token)
                await _wait_for_quiet(own)
                return await _measure(servers, reads, token, load)
        finally:
            site.__exit__(None, None, None)


def ratios(table: Table) -> Table:
    """How many times the bare application's cost Convene's is."""
    return {
        other: {name: cost / table[other][name] for name, cost in table[CONVENE].items()}
        for other in (KNOWN, BARE)
    }


def _reads(session_id: str) -> dict[str, str]:
    one = f"/api/v1/sessions/{session_id}"
    return {
        "me": "/api/v1/users/me",
        "session": one,
        "sessions_20": "/api/v1/sessions",
        "events_50": f"{one}/events?limit=50",
    }


async def _measure(servers: dict[str, Server], reads: dict[str, str], token: str, load: Load) -> Table:
    found: dict[str, list[Figures]] = {name: [] for name in servers}
    for _ in range(load.rounds):
        figures: dict[str, Figures] = {name: {} for name in servers}
        for read, path in reads.items():
            for name, server in servers.items():
                figures[name][f"{read}_us"] = await _cost_us(server, path, token, load)
        for name, one in figures.items():
            found[name].append(one)
    return {name: middle(rounds) for name, rounds in found.items()}


async def _cost_us(server: Server, path: str, token: str, load: Load) -> float:
    await _ask(server, path, token, load.connections, load.warm_up)
    idle_share = await _idle_share(server, load.idle_s)
    before_s, began_s = server.gauge.cpu_s(), time.monotonic()
    await _ask(server, path, token, load.connections, load.requests)
    idle_s = idle_share * (time.monotonic() - began_s)
    return (server.gauge.cpu_s() - before_s - idle_s) / load.requests * 1e6


async def _wait_for_quiet(server: Server) -> None:
    """Waits until the guests who came without a socket have been let go, and nothing else is left to do."""
    async with asyncio.timeout(QUIET_WITHIN_S):
        while await _idle_share(server, 1.0) > QUIET_SHARE:
            continue


async def _idle_share(server: Server, for_s: float) -> float:
    """The part of a processor that a server uses while nobody asks."""
    before_s, began_s = server.gauge.cpu_s(), time.monotonic()
    await asyncio.sleep(for_s)
    return (server.gauge.cpu_s() - before_s) / (time.monotonic() - began_s)


async def _ask(server: Server, path: str, token: str, connections: int, requests: int) -> None:
    head = (
        f"GET {server.prefix}{path} HTTP/1.1\r\nHost: {LOOPBACK}:{server.port}\r\nAccept: */*\r\n"
        f"Accept-Encoding: gzip, deflate\r\nUser-Agent: bench\r\nAuthorization: Bearer {token}\r\n\r\n"
    )
    times = -(-requests // connections)
    async with asyncio.timeout(ANSWER_WITHIN_S + requests / 100):
        await asyncio.gather(*(_keep_asking(server.port, head.encode(), times) for _ in range(connections)))


async def _keep_asking(port: int, request: bytes, times: int) -> None:
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    try:
        for _ in range(times):
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            if not head.startswith(b"http/1.1 200"):
                raise RuntimeError(head[:200].decode("latin-1"))
            await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
    finally:
        writer.close()


async def _check_alike(servers: dict[str, Server], reads: dict[str, str], token: str) -> None:
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as http:
        for read, path in reads.items():
            answers: dict[str, Any] = {}
            for name, server in servers.items():
                answer = await http.get(f"http://{LOOPBACK}:{server.port}{server.prefix}{path}")
                answers[name] = answer.json()
            if not all(one == answers[BARE] for one in answers.values()):
                raise RuntimeError(f"the answers to {read} are not the same: {answers}"[:2_000])


@contextmanager
def _bare_server(database_url: str, user_id: str, folder: Path) -> Iterator[Server]:
    port = free_port()
    path = f"PYTHONPATH={ROOT}{os.pathsep}"
    program = ("/usr/bin/env", path, sys.executable, "-m", "tests.bench.rest_bare")
    command = (*program, database_url, user_id, str(port))
    service = Service("bare Starlette", command, lambda: _answers(port), folder / "bare.log")
    with on_core(SERVER_CORE):
        service.start()
    try:
        yield _server(service, "", port)
    finally:
        service.kill()


def _server(service: Service, prefix: str, port: int) -> Server:
    if service.process is None:
        raise RuntimeError(f"{service.name} does not run")
    return Server(port, prefix, Gauge([service.process.pid]))


def _with(server: Server, prefix: str) -> Server:
    return Server(server.port, prefix, server.gauge)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://{LOOPBACK}:{port}/", timeout=2):
            return True
    except HTTPError:
        return True
    except (URLError, ConnectionError, TimeoutError):
        return False


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rest", description=__doc__)
    parser.add_argument("--requests", type=int, default=Load().requests)
    parser.add_argument("--rounds", type=int, default=Load().rounds)
    chosen = parser.parse_args()
    table = uvloop.run(measure_rest(Load(requests=chosen.requests, rounds=chosen.rounds)))
    for name, figures in table.items():
        print(f"{name:>16}  " + "  ".join(f"{read} {cost:8.1f}" for read, cost in figures.items()))  # noqa: T201
    for name, times in ratios(table).items():
        print(f"x {name:>14}  " + "  ".join(f"{read} {one:8.2f}" for read, one in times.items()))  # noqa: T201


if __name__ == "__main__":
    main()
