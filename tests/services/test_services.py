"""The servers of the test run: they answer, survive an outage, and leave nothing behind."""

import shutil
from pathlib import Path

import asyncpg
import psutil
import pytest
from redis.asyncio import Redis

from tests.services.postgres import postgres_server
from tests.services.processes import Service, ServiceFailed
from tests.services.redis import redis_server


async def test_redis_answers_again_after_an_outage() -> None:
    with redis_server() as server:
        async with Redis.from_url(server.url) as client:
            await client.set("k", "v")
            assert await client.get("k") == b"v"
        server.service.kill()
        server.service.start()
        async with Redis.from_url(server.url) as client:
            assert await client.get("k") is None
        process = server.service.process
        assert process is not None
    assert not psutil.pid_exists(process.pid)


async def test_postgres_keeps_its_data_over_an_outage() -> None:
    with postgres_server() as server:
        async with server.database() as url:
            connection = await asyncpg.connect(url)
            await connection.execute("CREATE TABLE t AS SELECT 1 AS n")
            server.service.kill()
            server.service.start()
            await connection.close()
            connection = await asyncpg.connect(url)
            assert await connection.fetchval("SELECT n FROM t") == 1
        process = server.service.process
        assert process is not None
    assert not psutil.pid_exists(process.pid)


async def test_a_dropped_database_cuts_its_connections() -> None:
    with postgres_server() as server:
        async with server.database() as url:
            connection = await asyncpg.connect(url)
        with pytest.raises((asyncpg.InterfaceError, asyncpg.PostgresError)):
            await connection.fetchval("SELECT 1")


def test_a_server_that_ends_at_once_says_why(tmp_path: Path) -> None:
    program = shutil.which("redis-server")
    assert program is not None
    service = Service(
        name="redis-server",
        command=(program, "--no-such-option", "1"),
        is_ready=lambda: False,
        log=tmp_path / "log",
    )
    with pytest.raises(ServiceFailed, match="no-such-option"):
        service.start()
    assert service.process is None
