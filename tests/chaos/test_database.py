"""The database goes, or the way to it: nothing half done, and on with it as soon as it is back."""

import asyncio

import pytest

from models.clock import SystemClock
from models.database import Database
from models.errors import Unavailable
from models.transaction import Origin, Transaction
from tests.chaos.conftest import Build
from tests.chaos.crew import Crew, crew
from tests.chaos.proxy import Link, link_to
from tests.chaos.stage import through

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
