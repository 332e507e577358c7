"""People in one room, spread over the workers: they talk while a test breaks something, and are compared at the end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random

from tests.chaos.oracle import Truth, assert_all_is_well
from tests.chaos.proxy import Link
from tests.chaos.resident import Resident
from tests.chaos.stage import Stage
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Room

SETTLES_WITHIN_S = 30.0


@dataclass
class Crew:
    """The people of a test, the host first. Each stays with one worker, unless told otherwise."""

    stage: Stage
    house: House
    room: Room
    people: list[Resident]

    @property
    def host(self) -> Resident:
        return self.people[0]

    def at(self, worker: int) -> list[Resident]:
        """Who is on a worker, counted from 0."""
        return [one for one in self.people if list(one.doors) == [self.stage.fronts[worker]]]

    async def add(self, name: str, doors: Sequence[Link]) -> Resident:
        """Somebody more, who comes in by one of these doors."""
        one = Resident(await self.house.account(name), self.room, doors, Random(len(self.people)))
        self.people.append(await one.start())
        return one

    @asynccontextmanager
    async def talking(self, people: Sequence[Resident] | None = None) -> AsyncIterator[None]:
        """Has people (or everybody) talk without a pause for the block, and have the answer to the last thing said."""
        over = asyncio.Event()

        async def talk(one: Resident) -> None:
            while not over.is_set():
                await one.say()

        async with asyncio.TaskGroup() as group:
            for one in self.people if people is None else people:
                group.create_task(talk(one))
            yield
            over.set()

    async def each_says(self, count: int) -> None:
        """Has everybody say so many things, all at once."""
        await asyncio.gather(*(one.say() for one in self.people for _ in range(count)))

    async def until_current(self, within_s: float) -> None:
        """Waits until everybody has applied the log as far as it goes now."""
        head = (await self.house.stored_log(self.room))[-1].seq
        await asyncio.gather(*(one.until_at(head, within_s) for one in self.people))

    def slowest_s(self, people: Sequence[Resident] | None = None, share: float = 0.99) -> float:
        """What `share` of the commands took no longer than."""
        took = sorted(done.took_s for one in people or self.people for done in one.done)
        return took[min(len(took) - 1, int(len(took) * share))]

    async def all_is_well(self) -> Truth:
        """Asks the oracle, once the roster has come to rest."""
        here = {one.participant_id for one in self.people}
        folded = self.host.journal.now.folded
        await self.host.until(lambda: {str(key) for key in folded().participants} == here, SETTLES_WITHIN_S)
        return await assert_all_is_well(self.stage, self.house, self.room, self.people)


@asynccontextmanager
async def crew(stage: Stage, each: int = 2) -> AsyncIterator[Crew]:
    """A running session with `each` people on every worker."""
    async with open_house(stage.site) as house:
        room = await house.room(await house.account("Host"))
        host = await Resident(room.owner, room, stage.fronts[:1], Random(0)).start()
        made = Crew(stage, house, room, [host])
        try:
            await host.do("session:start")
            for number in range(1, each * len(stage.workers)):
                await made.add(f"Person {number}", [stage.fronts[number % len(stage.workers)]])
            yield made
        finally:
            for one in made.people:
                await one.stop()
