"""Stages to break things on. What they stand on, PostgreSQL and Redis, is started anew where a test stops it."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Final

import asyncpg
import pytest

from tests.chaos.stage import Plot, Stage, migrate, staging
from tests.services.postgres import PostgresServer, postgres_server
from tests.services.redis import RedisServer, redis_server

TEMPLATE: Final = "chaos_template"

Build = Callable[..., AbstractAsyncContextManager[Stage]]


LEFT_BY_THE_STOCK_CLIENT: Final = "ignore:.*Connection.__del__:pytest.PytestUnraisableExceptionWarning"
"""Where it gives up a connection half-way it closes nothing; the session that it was lent is closed right after."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder may have connections given up half-way, and more to do than other tests."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings(LEFT_BY_THE_STOCK_CLIENT))
            item.add_marker(pytest.mark.timeout(240))


@pytest.fixture(autouse=True)
def _left_nothing() -> Iterator[None]:
    """What the stock client left is found in the test that it belongs to."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def chaos_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL that tests may stop, so long as they start it again."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def chaos_redis() -> Iterator[RedisServer]:
    """A Redis that tests may stop, so long as they start it again."""
    with redis_server() as server:
        yield server


@pytest.fixture(scope="session")
def chaos_template(chaos_postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database that is up to date, to make copies of."""

    async def make() -> None:
        connection = await asyncpg.connect(chaos_postgres.url())
        await connection.execute(f"CREATE DATABASE {TEMPLATE}")
        await connection.close()
        await migrate(chaos_postgres.url(TEMPLATE), tmp_path_factory.mktemp("template"))

    asyncio.run(make())
    return TEMPLATE


@pytest.fixture
def build(
    chaos_postgres: PostgresServer, chaos_redis: RedisServer, chaos_template: str, tmp_path: Path
) -> Build:
    """Makes a stage of several workers over PostgreSQL and Redis; keywords are fields of Settings."""

    @asynccontextmanager
    async def building(workers: int = 2, processes: int = 1, **options: Any) -> AsyncIterator[Stage]:
        async with chaos_postgres.database(chaos_template) as url:
            plot = Plot(
                url,
                tmp_path,
                chaos_postgres,
                chaos_redis,
                workers,
                processes,
                is_migrated=True,
                options=options,
            )
            async with staging(plot) as stage:
                yield stage

    return building


@pytest.fixture
def build_small(tmp_path: Path) -> Build:
    """Makes a stage of one worker over SQLite, as on a laptop: no PostgreSQL, no Redis."""

    @asynccontextmanager
    async def building(**options: Any) -> AsyncIterator[Stage]:
        plot = Plot(f"sqlite:///{tmp_path / 'convene.db'}", tmp_path, options=options)
        async with staging(plot) as stage:
            yield stage

    return building
