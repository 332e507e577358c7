"""`convene serve --workers`: one address, several workers; who dies is replaced, all are in turn, nothing is lost."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from tests.cli.program import Site as Program
from tests.realtime.client import together
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import Site, serving
from tests.services.redis import RedisServer
from tests.workers.chatter import Chatter, assert_nothing_lost, chatter

WITHIN_S = 40.0
CHATTERS = 6


@pytest.fixture(scope="module")
def crew(redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of two workers behind one address."""
    url = f"sqlite:///{tmp_path_factory.mktemp('crew') / 'convene.db'}"
    with serving(url, workers=2, redis_url=redis.url) as site:
        yield site


@pytest.fixture
async def house(crew: Site) -> AsyncIterator[House]:
    async with open_house(crew) as house:
        yield house


def workers(site: Site) -> set[int]:
    """The processes that serve."""
    assert site.service.process is not None
    return {child.pid for child in psutil.Process(site.service.process.pid).children()}


async def until(is_so: Callable[[], bool]) -> None:
    """Waits for processes to come and go, with a bound."""
    async with asyncio.timeout(WITHIN_S):
        while not is_so():  # noqa: ASYNC110  processes are no events
            await asyncio.sleep(0.05)


@asynccontextmanager
async def conversation(house: House) -> AsyncIterator[list[Chatter]]:
    """People who talk without pause for the block; at its end nothing must be lost."""
    room, host = await house.live()
    await host.close()
    chatters = [await chatter(house, room, f"Person {n}") for n in range(CHATTERS)]
    over = asyncio.Event()
    talking = [asyncio.create_task(one.talk(over)) for one in chatters]
    await until(lambda: all(len(one.acknowledged) > 3 for one in chatters))
    yield chatters
    before = [len(one.acknowledged) for one in chatters]
    await until(lambda: all(len(c.acknowledged) > n for c, n in zip(chatters, before, strict=True)))
    over.set()
    await together(*talking)
    await assert_nothing_lost(house, room, chatters)


async def test_a_rolling_restart_under_load_loses_nothing(crew: Site, house: House) -> None:
    before = workers(crew)
    assert len(before) == 2
    async with conversation(house) as chatters:
        assert crew.service.process is not None
        crew.service.process.send_signal(signal.SIGHUP)
        await until(lambda: len(workers(crew)) == 2 and not workers(crew) & before)
        await until(lambda: all(one.resumed > 0 for one in chatters))


async def test_a_killed_worker_is_replaced_and_nothing_is_lost(crew: Site, house: House) -> None:
    before = workers(crew)
    victim = min(before)
    async with conversation(house):
        psutil.Process(victim).kill()
        await until(lambda: len(workers(crew) - {victim}) == 2)
    assert len(workers(crew) & before) == 1


async def test_workers_end_with_their_supervisor(redis: RedisServer, tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path}/convene.db", workers=2, redis_url=redis.url) as site:
        orphans = [psutil.Process(pid) for pid in workers(site)]
        assert site.service.process is not None
        psutil.Process(site.service.process.pid).kill()
        await until(lambda: not any(one.is_running() for one in orphans))


async def test_all_workers_end_in_time(redis: RedisServer, tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path}/convene.db", workers=2, redis_url=redis.url) as site:
        async with open_house(site) as house:
            room, host = await house.live()
            process = site.service.process
            assert process is not None
            await asyncio.to_thread(site.service.stop)
            assert process.returncode == 0
            await host.event("server:draining", lambda _: True)
            await host.until_closed()
            assert len(await house.assert_gapless(room)) > 0


def test_several_workers_without_redis_are_refused(tmp_path: Path) -> None:
    program = Program(tmp_path, {"CONVENE_DATA_DIR": str(tmp_path / "data")})
    ended = program.run("serve", "--workers", "2")
    assert ended.code == 1
    assert ended.err.startswith("convene: Several workers need Redis")
