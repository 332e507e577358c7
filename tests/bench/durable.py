"""Durable chat: how many messages a second are stored, acknowledged and heard, and how long one waits at half of that.

`python -m tests.bench.durable` measures SQLite and PostgreSQL, each with messages committed in groups and with a
transaction for every message (CONVENE_CHAT_GROUP_LIMIT=1).
"""

import argparse
import asyncio
import itertools
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil
import uvloop
from rich.console import Console
from rich.table import Table

from tests.bench.client import Client, Ear
from tests.realtime.site import serving
from tests.services.ports import LOOPBACK
from tests.services.postgres import postgres_server

WORDS = "So that is how long a sentence in a chat may be, give or take a few words."
UNHEARD = b"nothing begins like this"
ONE_BY_ONE = 1
GROUPED = 256


@dataclass(frozen=True, slots=True)
class Load:
    """Who talks, who only listens, and for how long. `in_flight` messages of each sender wait for their answer."""

    senders: int = 8
    listeners: int = 2
    in_flight: int = 16
    warm_up_s: float = 1.0
    seconds: float = 6.0
    pace_per_s: float | None = None
    """The rate at which waiting is measured; half of what was reached if unset."""


@dataclass(frozen=True, slots=True)
class Durable:
    """What one server reached: stored and acknowledged messages a second, and the wait for the answer at `pace`."""

    per_s: float
    cpu_us_per_message: float
    pace_per_s: float
    p50_ms: float
    p99_ms: float


async def measure_durable(
    database_url: str, *, group_limit: int = GROUPED, load: Load | None = None
) -> Durable:
    """Serves an empty database on the first processor and has people talk in one room as fast as it takes them.

    Raises RuntimeError when a message is refused, or an acknowledged one is not in the log.
    """
    load = load or Load()
    # Starting it blocks; the loop has nothing else to do meanwhile.
    with serving(
        database_url, presence_grace_s=60, log_format="console", chat_group_limit=group_limit
    ) as site:
        process = site.service.process
        if process is None:
            raise RuntimeError("the server does not run")
        _pin(process.pid)
        port = site.settings.port
        room = await _open_room(port, load.senders + load.listeners)
        async with _people(port, room) as people:
            talk = Talk(room.session_id, people[: load.senders])
            await talk.flat_out(load.in_flight, load.warm_up_s)
            before_s, before = _cpu_s(process.pid), len(talk.acknowledged)
            per_s = await talk.flat_out(load.in_flight, load.seconds)
            cpu_us = (_cpu_s(process.pid) - before_s) / (len(talk.acknowledged) - before) * 1e6
            pace = load.pace_per_s or per_s / 2
            waits = sorted(await talk.paced(pace, load.seconds))
        if await _stored(port, room) < len(talk.acknowledged):
            raise RuntimeError("a message was acknowledged and not stored")
    return Durable(per_s, cpu_us, pace, _part(waits, 0.50), _part(waits, 0.99))


@dataclass(frozen=True, slots=True)
class Room:
    """A room, and what each of its people shows to come in."""

    session_id: str
    tokens: list[str]


class Talk:
    """People who talk in one room."""

    def __init__(self, session_id: str, senders: list[Client]) -> None:
        self._session_id = session_id
        self._senders = senders
        self.acknowledged: set[int] = set()

    async def flat_out(self, in_flight: int, seconds: float) -> float:
        """Everybody says the next thing as soon as one of their last `in_flight` is answered. Messages a second."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        until, before = began + seconds, len(self.acknowledged)

        async def go_on(sender: Client) -> None:
            while loop.time() < until:
                await self._say(sender)

        await asyncio.gather(*(go_on(one) for one in self._senders for _ in range(in_flight)))
        return (len(self.acknowledged) - before) / (loop.time() - began)

    async def paced(self, per_s: float, seconds: float) -> list[float]:
        """So many a second, whatever the answers. Returns how long each waited for its answer, in ms."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        turns = itertools.cycle(self._senders)
        said = []
        for number in range(int(per_s * seconds)):
            due = began + number / per_s
            if due > loop.time():
                await asyncio.sleep(due - loop.time())
            said.append(asyncio.create_task(self._timed(next(turns), due)))
        return list(await asyncio.gather(*said))

    async def _timed(self, sender: Client, due: float) -> float:
        await self._say(sender)
        return (asyncio.get_running_loop().time() - due) * 1e3

    async def _say(self, sender: Client) -> None:
        ack = await sender.command("chat:send", {"session_id": self._session_id, "text": WORDS})
        if not ack["ok"]:
            raise RuntimeError(f"a message was refused: {ack['error']}")
        self.acknowledged.add(ack["seq"])


@asynccontextmanager
async def _people(port: int, room: Room) -> AsyncIterator[list[Client]]:
    people = [await _enter(port, room.session_id, token) for token in room.tokens]
    try:
        yield people
    finally:
        for one in people:
            one.leave()


async def _enter(port: int, session_id: str, token: str) -> Client:
    loop = asyncio.get_running_loop()
    # What they hear costs the server what it costs; nobody looks at it here.
    _, person = await loop.create_connection(lambda: Client(Ear(), UNHEARD, {"token": token}), LOOPBACK, port)
    await person.connected
    ack = await person.command("session:join", {"session_id": session_id})
    if not ack["ok"]:
        raise RuntimeError(f"not let in: {ack}")
    return person


async def _open_room(port: int, people: int) -> Room:
    """A running session with a place for so many guests."""
    async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{port}/api/v1", timeout=60) as http:
        who = {"email": f"{uuid4().hex}@example.org", "password": uuid4().hex, "display_name": "Ada"}
        owner = {"Authorization": f"Bearer {(await _post(http, '/auth/register', who))['access_token']}"}
        about = {"title": "Benchmark", "status": "scheduled", "max_participants": people + 1}
        session = await _post(http, "/sessions", about, owner)
        await _post(http, f"/sessions/{session['id']}/start", {}, owner)
        guests = [{"code": session["code"], "display_name": f"Guest {number}"} for number in range(people)]
        return Room(session["id"], [(await _post(http, "/sessions/join", one))["token"] for one in guests])


async def _post(
    http: httpx.AsyncClient, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
) -> dict[str, Any]:
    answer = await http.post(path, json=body, headers=headers)
    answer.raise_for_status()
    data: dict[str, Any] = answer.json()["data"]
    return data


async def _stored(port: int, room: Room) -> int:
    """How many events the log holds, by the place of one more message."""
    async with _people(port, Room(room.session_id, room.tokens[:1])) as people:
        ack = await people[0].command("chat:send", {"session_id": room.session_id, "text": WORDS})
    return int(ack["seq"])


def _cpu_s(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _part(ordered: list[float], part: float) -> float:
    return ordered[int(part * (len(ordered) - 1))]


def _pin(pid: int) -> None:
    processors = sorted(os.sched_getaffinity(0))
    if len(processors) > 1:
        for thread in psutil.Process(pid).threads():
            os.sched_setaffinity(thread.id, processors[:1])


async def measure_all(load: Load) -> dict[str, Durable]:
    """SQLite and PostgreSQL, in groups and one by one."""
    found: dict[str, Durable] = {}
    limits = {"groups": GROUPED, "one by one": ONE_BY_ONE}
    with tempfile.TemporaryDirectory(prefix="convene-durable-") as folder:
        for name, limit in limits.items():
            url = f"sqlite:///{Path(folder) / f'{limit}.db'}"
            found[f"SQLite, {name}"] = await measure_durable(url, group_limit=limit, load=load)
    with postgres_server(durable=True) as server:
        for name, limit in limits.items():
            async with server.database() as url:
                found[f"PostgreSQL, {name}"] = await measure_durable(url, group_limit=limit, load=load)
    return found


def _table(found: dict[str, Durable]) -> Table:
    table = Table(title="Durable chat, acknowledged after the commit")
    for name in ("", "messages/s", "CPU µs each", "at messages/s", "p50 ms", "p99 ms"):
        table.add_column(name, justify="right" if name else "left")
    for name, one in found.items():
        numbers = (one.per_s, one.cpu_us_per_message, one.pace_per_s, one.p50_ms, one.p99_ms)
        table.add_row(name, *(f"{number:.1f}" for number in numbers))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.durable", description=__doc__)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--pace", type=float, help="messages a second while waits are measured")
    chosen = parser.parse_args()
    load = Load(seconds=chosen.seconds, pace_per_s=chosen.pace)
    Console().print(_table(uvloop.run(measure_all(load))))


if __name__ == "__main__":
    main()
