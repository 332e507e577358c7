"""A site without doors, for the tests of this area."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.log.room import Site, open_site
from tests.services.postgres import PostgresServer


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with open_site(tmp_path) as site:
        yield site


@pytest.fixture(params=["sqlite", "postgresql"])
async def any_site(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Site]:
    """The same over each kind of database."""
    if request.param == "sqlite":
        async with open_site(tmp_path) as site:
            yield site
        return
    server: PostgresServer = request.getfixturevalue("room_postgres")
    async with server.database() as url, open_site(tmp_path, url) as site:
        yield site
