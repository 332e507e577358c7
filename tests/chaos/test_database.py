"""The database goes, or the way to it: nothing half done, and on with it as soon as it is back."""

import asyncio
import signal
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest

from models.clock import SystemClock
from models.database import POOL_WAIT_S, POSTGRESQL_CONNECTIONS, Database
from models.errors import Unavailable
from models.settings import Settings
from models.transaction import Origin, Transaction
from tests.chaos.conftest import Build
from tests.chaos.crew import Crew, crew
from tests.chaos.proxy import Link, link_to
from tests.chaos.stage import through
from tests.realtime.client import assert_error
from tests.services.postgres import PostgresServer
from tests.services.processes import Service

REFUSED_WITHIN_S = 2.0
BACK_WITHIN_S = 5.0
LOCKED_AT_MOST_S = 10.0
"""A worker that is gone and nobody knows may hold up one room for so long."""


async def test_who_is_not_heard_of_again_holds_no_room(build: Build) -> None:
    """A worker locks a room and vanishes behind a dead link; the database is not told that it is gone."""
    async with build(1) as stage, crew(stage) as people:
        assert stage.postgres is not None
        async with link_to(stage.postgres.port) as link:
            gone = Database(through(people.house.context.settings.database, link))
            with pytest.raises(Unavailable):
                await lock_and_vanish(gone, link, people)
            await gone.close()
        await people.all_is_well()


async def lock_and_vanish(gone: Database, link: Link, people: Crew) -> None:
    async with gone.write() as db:
        await Transaction(db, SystemClock().now(), Origin()).lock(people.room.id)
        link.lose("up")
        async with asyncio.timeout(LOCKED_AT_MOST_S):
            await people.each_says(3)
        link.cut()


async def test_an_immediate_stop_of_the_database(build: Build) -> None:
    """Commands are refused soon and may be tried again; nothing is half done; all goes on when it is back."""
    async with build() as stage, crew(stage) as people:
        assert stage.postgres is not None
        async with people.talking():
            await people.each_says(2)
            await stop_at_once(stage.postgres.service)
            await assert_refused_soon(people)
            await asyncio.to_thread(stage.postgres.service.start)
            async with asyncio.timeout(BACK_WITHIN_S):
                await people.each_says(1)
        await people.all_is_well()


async def stop_at_once(service: Service) -> None:
    assert service.process is not None
    service.process.send_signal(signal.SIGQUIT)
    await asyncio.to_thread(service.process.wait, 10)


async def assert_refused_soon(people: Crew) -> None:
    for one in people.people:
        assert one.socket is not None
        command = {"session_id": str(people.room.id), "text": "Refused.", "command_id": str(uuid4())}
        async with asyncio.timeout(REFUSED_WITHIN_S):
            ack = await one.socket.command("chat:send", command)
        assert_error(ack, "UNAVAILABLE")


async def test_who_finds_no_connection_free_is_refused_soon(chaos_postgres: PostgresServer) -> None:
    """And may try again: as soon as one is free, it is theirs."""
    database = Database(Settings(database_url=chaos_postgres.url()).database)
    async with AsyncExitStack() as holding:
        for _ in range(POSTGRESQL_CONNECTIONS):
            _ = await (await holding.enter_async_context(database.read())).connection()
        async with asyncio.timeout(POOL_WAIT_S + 1):
            with pytest.raises(Unavailable):
                await read_something(database)
    await read_something(database)
    await database.close()


async def read_something(database: Database) -> None:
    async with database.read() as db:
        _ = await db.connection()
