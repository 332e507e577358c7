"""Workers die, freeze and are replaced under load: the others go on, and who comes back has everything."""

import asyncio
import signal

import psutil

from tests.chaos.conftest import Build
from tests.chaos.crew import crew
from tests.chaos.proxy import link_to
from tests.chaos.stage import send_signal

CURRENT_WITHIN_S = 2.0
TAKEN_FOR_DEAD_S = 20.0
"""Five seconds until a silent worker is struck off, five of grace, and time to tell."""


async def test_a_worker_is_killed_under_traffic(build: Build) -> None:
    async with build(3) as stage, crew(stage) as people:
        dying, others = stage.workers[2], [*people.at(0), *people.at(1)]
        async with people.talking():
            await people.each_says(3)
            await asyncio.to_thread(dying.service.kill)
            await asyncio.gather(*(one.say() for one in others))
            assert people.slowest_s(others) < 1.0
            for one in people.at(2):
                one.doors = stage.fronts[:2]
            await asyncio.gather(*(one.say() for one in people.people))
            await people.until_current(CURRENT_WITHIN_S)
        await dying.start()
        truth = await people.all_is_well()
        assert [event.seq for event in truth.log if event.type == "participant:left"] == []


async def test_a_worker_is_frozen_until_it_is_taken_for_dead(build: Build) -> None:
    """Its people leave the roster, once; when it wakes it sends them to come in anew, and nobody is there twice."""
    async with build() as stage, crew(stage) as people:
        frozen, gone = stage.workers[1], {one.participant_id for one in people.at(1)}
        folded = people.host.journal.now.folded
        send_signal(frozen.service, signal.SIGSTOP)
        try:
            async with people.talking(people.at(0)):
                async with asyncio.timeout(TAKEN_FOR_DEAD_S):
                    await people.host.until(lambda: not gone & {str(key) for key in folded().participants})
        finally:
            send_signal(frozen.service, signal.SIGCONT)
        truth = await people.all_is_well()
        left = [event.data for event in truth.log if event.type == "participant:left"]
        assert len(left) == len(gone)


async def test_all_workers_are_replaced_under_load(build: Build) -> None:
    """Each ends in good order within its ten seconds."""
    async with build() as stage, crew(stage) as people:
        for one in people.people:
            one.doors = stage.fronts
        async with people.talking():
            for worker in stage.workers:
                assert await worker.stop() == 0
                await worker.start()
        truth = await people.all_is_well()
        assert [event.seq for event in truth.log if event.type == "participant:left"] == []


async def test_two_workers_make_one_order(build: Build) -> None:
    async with build() as stage, crew(stage, each=3) as people:
        await people.each_says(100)
        truth = await people.all_is_well()
        assert sum(event.type == "chat:sent" for event in truth.log) == 600
        orders = [[event["seq"] for event in one.journal.now.events][-500:] for one in people.people]
        assert all(order == orders[0] for order in orders)


async def test_a_worker_stops_in_time_though_a_client_does_not_hear_of_it(build: Build) -> None:
    async with build() as stage, crew(stage) as people:
        async with link_to(stage.fronts[1].target_port) as dead:
            deaf = await people.add("Deaf", [dead])
            people.people.remove(deaf)
            dead.lose("up")
            dead.lose("down")
            async with people.talking(people.at(0)):
                assert await stage.workers[1].stop() == 0
            await deaf.stop()
        await stage.workers[1].start()
        await people.all_is_well()


async def test_one_of_several_processes_of_a_server_is_killed(build: Build) -> None:
    """`convene serve --workers 3`: another takes its place, and whoever was on it comes back and misses nothing."""
    async with build(1, processes=3) as stage, crew(stage, each=6) as people:
        process = stage.first.service.process
        assert process is not None
        parent = psutil.Process(process.pid)
        children = parent.children()
        async with people.talking():
            await people.each_says(2)
            children[0].kill()
            await people.each_says(2)
            await people.until_current(CURRENT_WITHIN_S)
        await people.all_is_well()
        assert len(parent.children()) == len(children)
