"""How the cost grows: of a delivery with the members of a room, of a message with the number of rooms."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from tests.bench.crowd import Crowd, crowd
from tests.bench.plan import Plan
from tests.bench.results import Figures
from tests.bench.subjects import Subject
from tests.bench.wire_measures import Load, ticks

MEMBERS: Final = (10, 30, 100, 300, 1_000, 3_000, 10_000)
ROOMS: Final = (1, 10, 100, 1_000, 5_000)
DELIVERIES: Final = 20_000
MIN_TICKS: Final = 5
TICKS_PER_S: Final = 100.0
PAIR: Final = 2


async def by_members(subject: Subject, plan: Plan) -> Figures:
    """Microseconds of CPU for a delivery, by the number of members of the one room, as far as time allows."""
    figures: Figures = {}
    async with crowd(subject) as people:

        async def measure(count: int) -> None:
            await people.come(await subject.more_seats(count - len(people.clients), MEMBERS[-1]))
            (room,) = people.rooms
            times = max(MIN_TICKS, min(plan.ticks, DELIVERIES // count))
            await ticks(people, room, MIN_TICKS, TICKS_PER_S)
            load = await Load.begin(subject.gauge(), plan.idle_s)
            await ticks(people, room, times, TICKS_PER_S)
            figures[str(count)] = load.end("", times * count)["_us"]

        await _grow(MEMBERS, measure, plan)
    return figures


async def by_rooms(subject: Subject, plan: Plan) -> Figures:
    """Microseconds of CPU for a message that two people hear, by the number of such rooms, as far as time allows.

    Also, as `idle <rooms>`, the percentage of a core that so many rooms take in silence.
    """
    figures: Figures = {}
    async with crowd(subject) as people:

        async def measure(count: int) -> None:
            await people.come(await subject.seats(count - len(people.rooms), PAIR))
            rooms = list(people.rooms)
            await _messages(people, rooms, plan.messages // 5, plan.messages_within_s / 5)
            load = await Load.begin(subject.gauge(), plan.idle_s * 2)
            said = await _messages(people, rooms, plan.messages, plan.messages_within_s)
            figures[str(count)] = load.end("", said)["_us"]
            figures[f"idle {count}"] = load.idle * 100

        await _grow(ROOMS, measure, plan)
    return figures


async def _grow(counts: Sequence[int], measure: Callable[[int], Awaitable[None]], plan: Plan) -> None:
    """Measures with more and more, until there is no time left."""
    time_limit = asyncio.timeout(plan.growth_s)
    try:
        async with time_limit:
            for count in counts:
                if count <= plan.growth_to:
                    await measure(count)
    except TimeoutError:
        if not time_limit.expired():
            raise


async def _messages(people: Crowd, rooms: Sequence[str], count: int, within_s: float) -> int:
    """Says something in one room after the other, as soon as the last was heard; returns how often there was time."""
    until = time.monotonic() + within_s
    for said in range(count):
        if time.monotonic() > until:
            return said
        # A step that has no divisor in common with the number of rooms leads to all of them, far apart.
        await people.say(rooms[said * 7_919 % len(rooms)])
    return count
