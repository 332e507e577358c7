"""One server put through its paces: people come, nothing happens, people talk; and what that costs."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from statistics import median
from typing import Any

import psutil

from tests.bench.subjects import Subject

SPEAKERS = 5
CROWDS = 2
LINE_LIMIT = 2**26
PROCESSORS = tuple(sorted(os.sched_getaffinity(0)))


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything. Rates are per second."""

    rounds: int = 3
    members: int = 500
    messages: int = 200
    per_second: float = 20.0
    idle_s: float = 4.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found out about one server."""

    members: int
    deliveries: int
    lost: int
    cpu_us_per_delivery: float
    cpu_ms_per_command: float
    busy_percent: float
    idle_percent: float
    p50_ms: float
    p99_ms: float
    kib_per_member: float
    joins_per_s: float


def middle(rounds: list[Figures]) -> Figures:
    """All deliveries of several rounds together, and the median of everything else."""
    together: dict[str, Any] = {
        field.name: median(getattr(one, field.name) for one in rounds) for field in fields(Figures)
    }
    together["members"] = rounds[0].members
    for name in ("deliveries", "lost"):
        together[name] = sum(getattr(one, name) for one in rounds)
    return Figures(**together)


@dataclass(frozen=True, slots=True)
class Talk:
    """What came of some people talking."""

    cpu_s: float
    within_s: float
    delays_us: list[int]
    received: int
    complete: bool


class Gauge:
    """Reads what a server process has used so far."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        _pin(pid)

    def cpu_s(self) -> float:
        """Seconds of processor time so far, of all its threads."""
        times = self._process.cpu_times()
        return float(times.user + times.system)

    def rss_kib(self) -> float:
        """Resident memory in KiB."""
        return float(self._process.memory_info().rss) / 1024


class Crowds:
    """Several processes of members, so that no client waits for another."""

    def __init__(self, processes: list[asyncio.subprocess.Process]) -> None:
        self._processes = processes

    async def order(self, order: dict[str, Any], **different: list[Any]) -> list[dict[str, Any]]:
        """Gives an order to every crowd, `different` fields in shares; returns all answers."""
        answers = []
        for number, process in enumerate(self._processes):
            own = {name: values[number :: len(self._processes)] for name, values in different.items()}
            answers.append(_ask(process, {**order, **own}))
        return await asyncio.gather(*answers)

    async def first(self, order: dict[str, Any]) -> dict[str, Any]:
        """Gives an order to one crowd."""
        return await _ask(self._processes[0], order)


async def measure(subject: Subject, plan: Plan) -> Figures:
    """Puts a server through its paces. Raises RuntimeError when it refuses or drops anybody."""
    gauge = Gauge(subject.pid)
    command_s = await _cost_of_a_command(subject, gauge, plan)
    room = await subject.open_room(plan.members)
    async with _crowds() as crowds:
        before_kib = gauge.rss_kib()
        come = {"do": "come", "port": subject.port, "session_id": room.session_id}
        came = await crowds.order(come, auths=room.auths)
        memory_kib = gauge.rss_kib() - before_kib
        idle = await _idle(gauge, plan.idle_s)
        talk = await _talk(crowds, gauge, plan.members, plan.messages, plan.per_second)
    deliveries = plan.members * plan.messages
    if not talk.complete and talk.received == deliveries:
        raise RuntimeError("some members heard a message twice and others not at all")
    used_s = talk.cpu_s - idle * talk.within_s
    return Figures(
        members=plan.members,
        deliveries=talk.received,
        lost=deliveries - talk.received,
        cpu_us_per_delivery=used_s / deliveries * 1e6,
        cpu_ms_per_command=command_s * 1e3,
        busy_percent=talk.cpu_s / talk.within_s * 100,
        idle_percent=idle * 100,
        p50_ms=_percentile(talk.delays_us, 0.50) / 1e3,
        p99_ms=_percentile(talk.delays_us, 0.99) / 1e3,
        kib_per_member=memory_kib / plan.members,
        joins_per_s=plan.members / max(one["within_s"] for one in came),
    )


async def _cost_of_a_command(subject: Subject, gauge: Gauge, plan: Plan) -> float:
    """Processor seconds for one message with nobody but the speakers to hear it. Warms the server up as well."""
    room = await subject.open_room(SPEAKERS)
    async with _crowds(1) as crowds:
        come = {"do": "come", "port": subject.port, "session_id": room.session_id}
        await crowds.order(come, auths=room.auths)
        await _talk(crowds, gauge, SPEAKERS, plan.messages // 5, plan.per_second * 4)
        idle = await _idle(gauge, plan.idle_s / 2)
        talk = await _talk(crowds, gauge, SPEAKERS, plan.messages, plan.per_second * 4)
    return (talk.cpu_s - idle * talk.within_s) / plan.messages


async def _idle(gauge: Gauge, seconds: float) -> float:
    """Processor seconds that a second without a command takes."""
    before = gauge.cpu_s()
    await asyncio.sleep(seconds)
    return (gauge.cpu_s() - before) / seconds


async def _talk(crowds: Crowds, gauge: Gauge, members: int, messages: int, per_second: float) -> Talk:
    loop = asyncio.get_running_loop()
    before, began = gauge.cpu_s(), loop.time()
    talk = {"do": "talk", "count": messages, "per_second": per_second, "speakers": min(SPEAKERS, members)}
    said = await crowds.first(talk)
    if said["refused"]:
        raise RuntimeError(f"{said['refused']} messages were refused")
    heard = await crowds.order({"do": "tell", "expected": messages})
    cpu_s, within_s = gauge.cpu_s() - before, loop.time() - began
    delays = [delay for crowd in heard for delay in crowd["delays_us"]]
    complete = sum(crowd["complete"] for crowd in heard) == members
    return Talk(cpu_s, within_s, delays, sum(crowd["received"] for crowd in heard), complete)


@asynccontextmanager
async def _crowds(count: int = CROWDS) -> AsyncIterator[Crowds]:
    command = (sys.executable, "-m", "tests.bench.crowd")
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=LINE_LIMIT)
        for _ in range(count)
    ]
    crowds = Crowds(processes)
    try:
        yield crowds
        await crowds.order({"do": "go"})
    finally:
        for process in processes:
            if process.stdin is not None:
                process.stdin.close()
        await asyncio.gather(*(process.wait() for process in processes))


async def _ask(process: asyncio.subprocess.Process, order: dict[str, Any]) -> dict[str, Any]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a crowd without pipes")
    process.stdin.write(json.dumps(order).encode() + b"\n")
    line = await process.stdout.readline()
    if not line:
        raise RuntimeError("a crowd broke up; what is printed above says why")
    answer: dict[str, Any] = json.loads(line)
    return answer


def _percentile(values: list[int], part: float) -> float:
    ordered = sorted(values)
    return float(ordered[int(part * (len(ordered) - 1))])


def _pin(pid: int) -> None:
    """Gives the server the first processor and everything else the others, where there are several."""
    if len(PROCESSORS) > 1:
        for thread in psutil.Process(pid).threads():
            os.sched_setaffinity(thread.id, PROCESSORS[:1])
        os.sched_setaffinity(0, PROCESSORS[1:])
