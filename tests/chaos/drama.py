"""A run: people talk and come and go, faults happen as the schedule has it, and in the end the oracle is asked."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Final

from tests.chaos.faults import KINDS, Fault, befallen
from tests.chaos.oracle import Truth, assert_all_is_well, assert_heard
from tests.chaos.resident import Resident
from tests.chaos.sockets import Lost
from tests.chaos.stage import Stage
from tests.realtime.house import House, Person, Room

THINKS_S: Final = (0.02, 0.3)
"""Between two things that somebody does."""

VISITS_S: Final = (0.5, 6.0)
SETTLES_WITHIN_S: Final = 45.0
"""When everything is mended: how long until everybody is in, has an answer to everything, and the roster is right."""

TRANSPORTS: Final = (("websocket",), ("websocket",), ("websocket", "polling"))

Tell = Callable[[str], None]


@dataclass
class Result:
    """What a run did."""

    faults: Counter[str]
    commands: int = 0
    events: int = 0
    reconnects: int = 0
    settled_s: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.faults.total()} faults, {self.commands} commands acknowledged, {self.events} events, "
            f"{self.reconnects} sockets; settled in {self.settled_s:.1f} s"
        )


@dataclass
class Drama:
    """The people of one run."""

    stage: Stage
    house: House
    room: Room
    random: Random
    residents: list[Resident] = field(default_factory=list)
    visits: list[Resident] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def cast(self, residents: int, visitors: int) -> list[Person]:
        """Brings the residents in, the host first, and returns those who will visit."""
        names = [f"Resident {n}" for n in range(1, residents)]
        people = [self.room.owner, *[await self.house.account(name) for name in names]]
        for number, person in enumerate(people):
            one = self.person(person, TRANSPORTS[number % len(TRANSPORTS)])
            self.residents.append(await one.start())
            if number == 0:
                await one.do("session:start")
        return [await self.house.account(f"Visitor {n}") for n in range(visitors)]

    def person(self, person: Person, transports: Sequence[str] = ("websocket",)) -> Resident:
        """Somebody with dice of their own, so that who does what does not depend on who is faster."""
        dice = Random(self.random.random())
        return Resident(person, self.room, self.stage.fronts, dice, transports)

    async def talk(self, one: Resident) -> None:
        """Says and does things until it is over, one after the other."""
        said: list[str] = []
        while not self.over.is_set():
            choice = one.random.random()
            if choice < 0.8:
                ack = await one.do("chat:send", text=f"{one.person.name}: {len(one.done)}")
                said.append(ack["data"]["id"])
            elif choice < 0.9 and said:
                await one.do(
                    "chat:edit", message_id=said[-1], text=f"{one.person.name}, again: {len(one.done)}"
                )
            else:
                await one.do(
                    "participant:raise_hand" if one.random.random() < 0.5 else "participant:lower_hand"
                )
            await asyncio.sleep(one.random.uniform(*THINKS_S))

    async def visit(self, person: Person) -> None:
        """Comes, says something, and goes, with or without a word; and comes again until it is over."""
        while not self.over.is_set():
            one = self.person(person)
            self.visits.append(await one.start())
            for number in range(3):
                await one.do("chat:send", text=f"{person.name}, visit {len(self.visits)}: {number}")
            if one.socket is not None and one.random.random() < 0.5:
                try:
                    await one.socket.command("session:leave", {"session_id": str(self.room.id)})
                except Lost as error:
                    one.lost.append(str(error))
            await one.stop()
            await asyncio.sleep(one.random.uniform(*VISITS_S))

    async def settle(self) -> None:
        """Waits until who stays is in, and nobody else."""
        host = self.residents[0]
        here = {one.participant_id for one in self.residents}
        await host.until(lambda: {str(key) for key in host.journal.now.folded().participants} == here)

    def result(self, truth: Truth, faults: Sequence[Fault], settled_s: float) -> Result:
        people = [*self.residents, *self.visits]
        return Result(
            Counter(fault.kind for fault in faults),
            sum(len(one.done) for one in people),
            truth.head.head_seq,
            sum(len(one.heard) for one in people),
            settled_s,
        )


async def play(
    stage: Stage,
    house: House,
    seed: int,
    faults: Sequence[Fault],
    *,
    residents: int,
    visitors: int,
    tell: Tell,
) -> Result:
    """A whole run. Raises AssertionError for whatever the oracle finds."""
    room = await house.room(await house.account("Host"))
    drama = Drama(stage, house, room, Random(seed))
    loop = asyncio.get_running_loop()
    try:
        visiting = await drama.cast(residents, visitors)
        async with asyncio.timeout(None) as limit:
            async with asyncio.TaskGroup() as acting:
                for one in drama.residents:
                    acting.create_task(drama.talk(one), name=f"talk {one.person.name}")
                for person in visiting:
                    acting.create_task(drama.visit(person), name=f"talk {person.name}")
                await befall(stage, faults, tell)
                await stage.heal()
                mended_at = loop.time()
                limit.reschedule(mended_at + SETTLES_WITHIN_S)
                drama.over.set()
            await drama.settle()
        settled_s = loop.time() - mended_at
        truth = await assert_all_is_well(stage, house, room, drama.residents)
        for one in drama.visits:
            assert_heard(truth, one)
        return drama.result(truth, faults, settled_s)
    except BaseException:
        for one in [*drama.residents, *drama.visits]:
            tell(str(one))
        raise
    finally:
        for one in [*drama.residents, *drama.visits]:
            await one.stop()


async def befall(stage: Stage, faults: Sequence[Fault], tell: Tell) -> None:
    """Has every fault happen at its time; returns when the last one is over."""
    loop = asyncio.get_running_loop()
    began_at = loop.time()
    turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
    async with asyncio.TaskGroup() as going_on:
        for fault in faults:
            await asyncio.sleep(began_at + fault.at_s - loop.time())
            going_on.create_task(_befall_one(stage, fault, turns, tell))


async def _befall_one(stage: Stage, fault: Fault, turns: defaultdict[str, asyncio.Lock], tell: Tell) -> None:
    """Waits where an earlier fault still holds what this one would befall: a worker may be long in coming up."""
    async with AsyncExitStack() as held:
        for name in befallen(fault, len(stage.workers)):
            await held.enter_async_context(turns[name])
        tell(str(fault))
        await KINDS[fault.kind].act(stage, fault)
