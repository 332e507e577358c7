"""What one server costs: for a delivery, in bursts, for a command, for a connection, and beside a client that stalls.

Each measurement has a fresh server to itself, warms it up, and subtracts what the server uses in silence.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from tests.bench.client import Client
from tests.bench.crowd import PATIENCE_S, Crowd, Questions, crowd
from tests.bench.gauge import Gauge
from tests.bench.plan import Plan
from tests.bench.results import Figures
from tests.bench.subjects import Subject

STALL_MEMBERS: Final = 20
FLOOD: Final = 50
CUT_WITHIN_S: Final = 2.0
PROBE: Final = 200
ASKED_FOR_S: Final = 2.0
WARM_PART: Final = 5
"""What part of a measurement is done once before it, so that caches and compilers have settled."""


async def deliver(subject: Subject, plan: Plan) -> Figures:
    """One event to everybody in a room, at a steady pace."""
    async with crowd(subject) as people:
        await people.come(await subject.seats(1, plan.members))
        (room,) = people.rooms
        # Workers that hear of a room by Redis subscribe to it behind the client's back.
        await asyncio.sleep(plan.idle_s)
        await ticks(people, room, plan.ticks // WARM_PART, plan.ticks_per_s)
        load = await Load.begin(subject.gauge(), plan.idle_s)
        people.ear.forget()
        await ticks(people, room, plan.ticks, plan.ticks_per_s)
        figures = load.end("delivery", plan.ticks * plan.members)
        return {**figures, **_delays(people), "faults": people.ear.faults}


async def compress(subject: Subject, plan: Plan) -> Figures:
    """Events of two kilobytes to clients that take them as they are, and to clients that take them compressed."""
    subject.dialect = subject.dialect.large()
    figures: Figures = {}
    for name, inflates in (("large", False), ("deflated", True)):
        async with crowd(subject, inflates=inflates) as people:
            await people.come(await subject.seats(1, plan.members))
            (room,) = people.rooms
            await ticks(people, room, plan.ticks // WARM_PART, plan.ticks_per_s)
            load = await Load.begin(subject.gauge(), plan.idle_s)
            people.ear.forget()
            deliveries = plan.ticks * plan.members
            await ticks(people, room, plan.ticks, plan.ticks_per_s)
            figures.update(load.end(name, deliveries))
            figures[f"{name}_bytes"] = people.ear.received_bytes / deliveries
            figures["faults"] = figures.get("faults", 0) + people.ear.faults
    return figures


async def burst(subject: Subject, plan: Plan) -> Figures:
    """Several events to everybody in a room within one turn of the server's loop."""
    async with crowd(subject) as people:
        await people.come(await subject.seats(1, plan.members))
        (room,) = people.rooms
        for _ in range(plan.bursts // WARM_PART):
            await people.burst(room, plan.burst)
        load = await Load.begin(subject.gauge(), plan.idle_s)
        for _ in range(plan.bursts):
            await people.burst(room, plan.burst)
            await asyncio.sleep(1 / plan.ticks_per_s)
        figures = load.end("burst_delivery", plan.bursts * plan.burst * plan.members)
        return {**figures, "faults": people.ear.faults}


async def ask(subject: Subject, plan: Plan) -> Figures:
    """Commands that are only acknowledged: from one client and from many, one or several of each at a time."""
    figures: Figures = {}
    async with crowd(subject) as people:
        clients = await people.come(await subject.seats(1, plan.askers))
        (room,) = people.rooms
        questions = [(client, await subject.dialect.question(client, room)) for client in clients]
        per_s = PROBE / await Questions(questions, 1).ask(PROBE)
        await Questions(questions, 1).ask(_within(per_s, plan.asked // 2))
        for askers, in_flight in ((1, 1), (plan.askers, 1), (plan.askers, 10)):
            count = _within(per_s, plan.asked // 4 if askers == 1 else plan.asked)
            load = await Load.begin(subject.gauge(), plan.idle_s)
            took_s = await Questions(questions[:askers], in_flight).ask(count)
            name = "ask_1x1" if askers == 1 else f"ask_many_x{in_flight}"
            figures.update(load.end(name, count))
            figures[f"{name}_per_s"] = count / took_s
    return figures


async def connect(subject: Subject, plan: Plan) -> Figures:
    """Connections opened and accepted by the server, without taking part in a room."""
    async with crowd(subject) as people:
        seats = await subject.seats(1, plan.connects + plan.connects // WARM_PART)
        warming, measured = seats[plan.connects :], seats[: plan.connects]
        await people.come(warming, enter=False)
        load = await Load.begin(subject.gauge(), plan.idle_s)
        began = time.monotonic()
        await people.come(measured, enter=False)
        per_s = plan.connects / (time.monotonic() - began)
        return {**load.end("connect", plan.connects), "connects_per_s": per_s}


async def memory(subject: Subject, plan: Plan) -> Figures:
    """How much a server grows by connections that are accepted and then silent."""
    async with crowd(subject) as people:
        seats = await subject.seats(1, plan.idlers + plan.idlers // WARM_PART)
        warming, measured = seats[plan.idlers :], seats[: plan.idlers]
        await people.come(warming, enter=False)
        gauge = subject.gauge()
        await asyncio.sleep(plan.idle_s)
        before_kib = gauge.rss_kib()
        await people.come(measured, enter=False)
        await asyncio.sleep(plan.idle_s)
        return {"idle_kib": (gauge.rss_kib() - before_kib) / plan.idlers}


async def stall(subject: Subject, plan: Plan) -> Figures:
    """How long the others wait when one client never reads, until more waits for it than any buffer takes."""
    subject.dialect = subject.dialect.large()
    async with crowd(subject) as people:
        *seats, stalled = await subject.seats(1, STALL_MEMBERS + 1)
        await people.come(seats)
        (room,) = people.rooms
        await _flood(people, room, plan.ticks)
        without = _delays(people)
        (client,) = await people.come([stalled])
        people.rooms[room].remove(client)
        client.transport.pause_reading()
        people.ear.forget()
        await _flood(people, room, plan.ticks)
        with_it = _delays(people)
        return {
            "p99_alone_ms": without["p99_ms"],
            "p99_beside_stalled_ms": with_it["p99_ms"],
            "faults": people.ear.faults,
            "cut": await _is_cut(client),
        }


MEASURES: Final[dict[str, Callable[[Subject, Plan], Awaitable[Figures]]]] = {
    "deliver": deliver,
    "burst": burst,
    "ask": ask,
    "connect": connect,
    "memory": memory,
    "stall": stall,
}


class Load:
    """Between its beginning and its end, what the servers and this process use."""

    def __init__(self, gauge: Gauge, idle: float) -> None:
        self._gauge = gauge
        self.idle = idle
        self._cpu_s, self._own_s, self._began = gauge.cpu_s(), time.process_time(), time.monotonic()

    @classmethod
    async def begin(cls, gauge: Gauge, idle_s: float) -> "Load":
        """First looks on in silence."""
        before = gauge.cpu_s()
        await asyncio.sleep(idle_s)
        return cls(gauge, (gauge.cpu_s() - before) / idle_s)

    def end(self, name: str, count: int) -> Figures:
        """Microseconds of the servers' processor time for each of so many, and how busy both sides were."""
        within_s = time.monotonic() - self._began
        cpu_s = self._gauge.cpu_s() - self._cpu_s
        return {
            f"{name}_us": (cpu_s - self.idle * within_s) / count * 1e6,
            f"{name}_busy_percent": cpu_s / within_s * 100,
            f"{name}_client_percent": (time.process_time() - self._own_s) / within_s * 100,
        }


async def ticks(people: Crowd, room: str, count: int, per_s: float) -> None:
    """Says something at a steady pace, or as soon as everybody has heard the last."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    for _ in range(count):
        await people.say(room)
        due = max(due + 1 / per_s, loop.time())
        await asyncio.sleep(due - loop.time())


async def _flood(people: Crowd, room: str, times: int) -> None:
    """Says many large things at once, again and again."""
    for _ in range(times):
        for _ in range(FLOOD):
            people.speak(room)
        await people.ear.heard(PATIENCE_S)
        await asyncio.sleep(0.01)


async def _is_cut(client: Client) -> bool:
    """Whether a client that begins to read again finds the end, and not all that was said."""
    gone = asyncio.Event()
    client.gone = gone.set
    client.transport.resume_reading()
    with suppress(TimeoutError):
        await asyncio.wait_for(gone.wait(), CUT_WITHIN_S)
    return gone.is_set()


def _within(per_s: float, count: int) -> int:
    """So many, or as many as there is time for."""
    return max(PROBE, min(count, int(per_s * ASKED_FOR_S)))


def _delays(people: Crowd) -> Figures:
    ordered = sorted(people.ear.delays_us)
    return {
        "p50_ms": ordered[len(ordered) // 2] / 1e3,
        "p99_ms": ordered[int(0.99 * (len(ordered) - 1))] / 1e3,
    }
