"""The servers that are measured, running: Convene with people in two of its sessions, and the stock server."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.request import urlopen
from uuid import uuid4

import httpx

from tests.realtime.site import serving
from tests.services.ports import LOOPBACK, free_port
from tests.services.processes import Service

SEATS_AT_ONCE = 8


@dataclass(frozen=True)
class Room:
    """A room and what each of its members shows to come in."""

    session_id: str
    auths: list[dict[str, Any]]


class Subject(Protocol):
    """A server under measurement."""

    name: str
    port: int
    pid: int

    async def open_room(self, members: int) -> Room:
        """A room in which everybody may talk, with seats for so many."""
        ...


@dataclass
class Stock:
    """The stock server takes whoever comes."""

    port: int
    pid: int
    name: str = "python-socketio"

    async def open_room(self, members: int) -> Room:
        return Room(str(uuid4()), [{} for _ in range(members)])


@dataclass
class Convene:
    """Convene's rooms are opened as people do: an account makes a session, guests join with its code."""

    port: int
    pid: int
    name: str = "Convene"
    account: dict[str, Any] = field(default_factory=dict)

    async def open_room(self, members: int) -> Room:
        async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{self.port}/api/v1", timeout=30) as http:
            if not self.account:
                name = f"{uuid4().hex[:12]}@example.org"
                signs_up = {"email": name, "password": uuid4().hex, "display_name": "Ada"}
                self.account = await _post(http, "/auth/register", signs_up)
            http.headers["Authorization"] = f"Bearer {self.account['access_token']}"
            about = {"title": "Benchmark", "status": "scheduled", "max_participants": members + 1}
            session = await _post(http, "/sessions", about)
            await _post(http, f"/sessions/{session['id']}/start", {})
            del http.headers["Authorization"]
            door = asyncio.Semaphore(SEATS_AT_ONCE)
            seats = [_take_seat(http, door, session["code"], number) for number in range(members)]
            return Room(session["id"], await asyncio.gather(*seats))


@asynccontextmanager
async def convene() -> AsyncIterator[Convene]:
    """Convene as `convene serve` runs it, over SQLite, without limits of rate."""
    with tempfile.TemporaryDirectory(prefix="convene-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'convene.db'}"
        with serving(url, presence_grace_s=60, log_format="console") as site:
            yield Convene(site.settings.port, _pid(site.service))


@asynccontextmanager
async def stock() -> AsyncIterator[Stock]:
    """The stock server."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="convene-bench-") as folder:
        command = (sys.executable, "-m", "tests.bench.stock", str(port))
        service = Service(
            name="the stock server",
            command=("/usr/bin/env", f"PYTHONPATH={Path.cwd()}{os.pathsep}", *command),
            is_ready=lambda: _answers(port),
            log=Path(folder) / "server.log",
        )
        service.start()
        try:
            yield Stock(port, _pid(service))
        finally:
            service.stop()


def _pid(service: Service) -> int:
    if service.process is None:
        raise RuntimeError(f"{service.name} does not run")
    return service.process.pid


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://{LOOPBACK}:{port}/socket.io/?EIO=4&transport=polling", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


async def _take_seat(
    http: httpx.AsyncClient, door: asyncio.Semaphore, code: str, number: int
) -> dict[str, Any]:
    async with door:
        joined = await _post(http, "/sessions/join", {"code": code, "display_name": f"Guest {number}"})
    return {"token": joined["token"]}


async def _post(http: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await http.post(path, json=body)
    answer.raise_for_status()
    data: dict[str, Any] = answer.json()["data"]
    return data
