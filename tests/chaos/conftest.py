"""Stages to break things on. What they stand on, PostgreSQL and Redis, is started anew where a test stops it."""

import asyncio
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
    async def building(workers: int = 2, **options: Any) -> AsyncIterator[Stage]:
        async with chaos_postgres.database(chaos_template) as url:
            plot = Plot(
                url, tmp_path, chaos_postgres, chaos_redis, workers, is_migrated=True, options=options
            )
            async with staging(plot) as stage:
                yield stage

    return building
