"""Redis goes, comes back, freezes, forgets: nobody waits for it, and nothing is lost."""

import asyncio
import signal

import pytest

from tests.chaos.conftest import Build
from tests.chaos.crew import Crew, crew
from tests.chaos.faults import Fault, deafen, flush_redis, kill_redis
from tests.chaos.proxy import Direction
from tests.chaos.stage import send_signal

CURRENT_WITHIN_S = 1.0
"""How soon after Redis is back everybody has everything."""

NEVER_S = 10.0
AT_ONCE_S = 0.3
FOUND_WITHIN_S = 10.0
"""How soon a subscription that hears nothing is found out."""


async def test_redis_is_killed_for_two_seconds(build: Build) -> None:
    async with build() as stage, crew(stage) as people:
        async with people.talking():
            await kill_redis(stage, Fault(0, 2.0, "redis killed"))
            await people.until_current(CURRENT_WITHIN_S)
        await people.all_is_well()
        assert people.slowest_s() < 1.0


async def test_no_command_waits_for_a_frozen_redis(build: Build) -> None:
    async with build() as stage, crew(stage) as people:
        assert stage.redis is not None
        send_signal(stage.redis.service, signal.SIGSTOP)
        try:
            for _ in range(5):
                await people.each_says(10)
            assert people.slowest_s() < 1.0
        finally:
            send_signal(stage.redis.service, signal.SIGCONT)
        await people.all_is_well()


async def test_subscriptions_are_killed_again_and_again(build: Build) -> None:
    async with build() as stage, crew(stage) as people:
        async with people.talking():
            for _ in range(5):
                await deafen(stage, Fault(0, 0, "subscriptions killed"))
                await people.until_current(2.0)
        await people.all_is_well()


@pytest.mark.parametrize("direction", ["up", "down"])
async def test_a_worker_whose_link_to_redis_loses_one_direction(build: Build, direction: Direction) -> None:
    """Neither end is told. The worker finds out, and then hears as soon as anybody."""
    async with build(log_poll_s=NEVER_S) as stage, crew(stage) as people:
        link = stage.workers[1].redis
        assert link is not None
        link.lose(direction)
        await people.each_says(5)
        link.heal()
        async with asyncio.timeout(FOUND_WITHIN_S):
            while not await is_heard_at_once(people):
                continue
        await people.all_is_well()


async def is_heard_at_once(people: Crew) -> bool:
    said = await people.host.say()
    try:
        await people.at(1)[0].until_at(said["seq"], AT_ONCE_S)
    except TimeoutError:
        return False
    return True


async def test_redis_forgets_everything(build: Build) -> None:
    """Nobody is sent away: `all_is_well` finds everybody in, and nobody ever left."""
    async with build() as stage, crew(stage) as people:
        async with people.talking():
            await flush_redis(stage, Fault(0, 0, "redis flushed"))
            await people.until_current(2.0)
        truth = await people.all_is_well()
        assert [event.seq for event in truth.log if event.type == "participant:left"] == []


async def test_a_worker_dies_between_commit_and_publication(build: Build) -> None:
    async with build() as stage, crew(stage) as people:
        dying, link = stage.workers[1], stage.workers[1].redis
        assert link is not None
        link.refuse()
        link.cut()
        said = await people.at(1)[0].say()
        await asyncio.to_thread(dying.service.kill)
        await asyncio.gather(*(one.until_at(said["seq"], CURRENT_WITHIN_S) for one in people.at(0)))
        await link.open()
        await dying.start()
        await people.all_is_well()
