"""A site without doors, on each kind of database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.log.room import Site, open_site
from tests.services.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
async def quiet(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Site]:
    """Nothing is sealed on it unless the test does it."""
    if request.param == "sqlite":
        async with open_site(tmp_path) as site:
            yield site
        return
    server: PostgresServer = request.getfixturevalue("room_postgres")
    async with server.database() as url, open_site(tmp_path, url) as site:
        yield site
