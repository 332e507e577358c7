"""The long run, for a few seconds: `make chaos` does it for minutes, with other seeds."""

import os
from collections.abc import Sequence

import pytest

from tests.chaos.conftest import Build
from tests.chaos.drama import play
from tests.chaos.faults import Fault
from tests.chaos.schedule import Setting, draw
from tests.chaos.stage import Stage
from tests.realtime.fixtures import open_house

LASTS_S = 10.0
SEEDS = [int(seed) for seed in os.environ.get("CHAOS_SEEDS", "7").split(",")]


@pytest.mark.parametrize("seed", SEEDS)
async def test_everything_goes_wrong_with_three_workers(build: Build, seed: int) -> None:
    async with build(3) as stage:
        await play_short(stage, seed, draw(seed, LASTS_S, Setting(3, has_redis=True, has_database=True)))


@pytest.mark.parametrize("seed", SEEDS)
async def test_everything_goes_wrong_with_one_worker_on_sqlite(build_small: Build, seed: int) -> None:
    async with build_small() as stage:
        await play_short(stage, seed, draw(seed, LASTS_S, Setting(1, has_redis=False, has_database=False)))


async def play_short(stage: Stage, seed: int, faults: Sequence[Fault]) -> None:
    told = [f"seed {seed}:", *map(str, faults)]
    try:
        async with open_house(stage.site) as house:
            await play(stage, house, seed, faults, residents=6, visitors=1, tell=told.append)
    except BaseException as error:
        error.add_note("\n".join(told))
        raise


def test_a_seed_makes_the_same_faults_every_time() -> None:
    setting = Setting(3, has_redis=True, has_database=True)
    assert draw(1, 300, setting) == draw(1, 300, setting) != draw(2, 300, setting)
    assert len({fault.kind for fault in draw(1, 3_000, setting)}) > 25
