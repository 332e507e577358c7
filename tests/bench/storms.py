"""Storms: everybody comes in at once, and everybody comes back at once after their server was killed."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import orjson

from tests.bench import dialects
from tests.bench.client import Client
from tests.bench.crowd import PATIENCE_S, PUT_OFF, Crowd, crowd
from tests.bench.dialects import Seat
from tests.bench.plan import Plan
from tests.bench.results import Figures
from tests.bench.subjects import Subject

RETRY_S: Final = 0.05
BACK_WITHIN_S: Final = 60.0
MISSED: Final = 5
"""What is said in each room while the others are away."""


async def joins(subject: Subject, plan: Plan) -> Figures:
    """Everybody connects and takes part in one room, all at once."""
    async with crowd(subject) as people:
        gauge = subject.gauge()
        before_s = gauge.cpu_s()
        seats = await subject.seats(1, plan.members)
        seated_s, began = gauge.cpu_s(), time.monotonic()
        await people.come(seats, at_once=plan.members)
        within_s = time.monotonic() - began
        await asyncio.sleep(plan.idle_s)
        return {
            "seat_us": (seated_s - before_s) / plan.members * 1e6,
            "join_us": (gauge.cpu_s() - seated_s) / plan.members * 1e6,
            "joined_within_s": within_s,
            "put_off": people.put_off,
        }


async def _opened(people: Crowd, seat: Seat) -> Client:
    while True:
        try:
            return await people.open(seat)
        except OSError as refusal:
            if PUT_OFF in str(refusal):
                raise
            await asyncio.sleep(RETRY_S)


@dataclass(frozen=True)
class Traveller:
    """Somebody who loses the server and comes back to another place."""

    seat: Seat
    client: Client

    async def return_to(self, people: Crowd, dialect: dialects.Convene, worker: int) -> bool:
        """Comes back as soon as the server lets them; says whether they were told what they missed."""
        return await people.patiently(partial(self._return_to, people, dialect, worker))

    async def _return_to(self, people: Crowd, dialect: dialects.Convene, worker: int) -> bool:
        client = await _opened(people, replace(self.seat, worker=worker))
        client.epoch, client.next = self.client.epoch, self.client.next
        try:
            told = await dialect.resume(client, self.seat.room, self._seq())
        except ConnectionError:
            client.leave()
            raise
        people.put_in_place(self.client, client, self.seat.room)
        return told

    def _seq(self) -> int:
        """How far in the log they have heard."""
        return int(orjson.loads(self.client.last_heard[2:])[1]["seq"])


async def resumes(subject: Subject, plan: Plan) -> Figures:
    """A server is killed while people talk; all its clients come back at once, and must have missed nothing.

    They come back to the other worker; or to the same one when it is up again, if there is no other.
    """
    if not isinstance(subject.dialect, dialects.Convene):
        raise TypeError("only Convene has a log to resume from")
    async with crowd(subject) as people:
        speakers, others = await _settle(people, plan)
        began = time.monotonic()
        subject.services[0].kill()
        alone = len(subject.services) == 1
        if alone:
            await asyncio.to_thread(subject.services[0].start)
        up_s, gauge = time.monotonic() - began, subject.gauge()
        before_s = gauge.cpu_s()
        if alone:
            await _return(people, subject.dialect, speakers, 0)
        for _ in range(MISSED):
            for room in people.rooms:
                people.speak(room)
        told = await _return(people, subject.dialect, others, len(subject.services) - 1)
        await people.ear.heard(PATIENCE_S)
        current_s = time.monotonic() - began
        used_s = gauge.cpu_s() - before_s
        await _round(people)
        return {
            "down_s": up_s,
            "current_s": current_s,
            "resume_us": used_s / len(others) * 1e6,
            "put_off": people.put_off,
            "given_state": told.count(False),
            "faults": people.ear.faults,
        }


async def _settle(people: Crowd, plan: Plan) -> tuple[list[Traveller], list[Traveller]]:
    """Fills the rooms: who speaks comes first, on the worker that lives; all others on the one that will not."""
    last = len(people.subject.services) - 1
    seats = await people.subject.seats(plan.storm_rooms, plan.storm_members + 1)
    first = [replace(seat, worker=last) for seat in seats[:: plan.storm_members + 1]]
    rest = [replace(seat, worker=0) for number, seat in enumerate(seats) if number % (plan.storm_members + 1)]
    speakers, others = await people.come(first), await people.come(rest)
    await _round(people)
    return (
        [Traveller(*pair) for pair in zip(first, speakers, strict=True)],
        [Traveller(*pair) for pair in zip(rest, others, strict=True)],
    )


async def _round(people: Crowd) -> None:
    """Something is said in every room, and everybody hears it."""
    for room in people.rooms:
        await people.say(room)


async def _return(
    people: Crowd, dialect: dialects.Convene, travellers: Sequence[Traveller], worker: int
) -> list[bool]:
    returns = [one.return_to(people, dialect, worker) for one in travellers]
    return await asyncio.wait_for(asyncio.gather(*returns), BACK_WITHIN_S)
