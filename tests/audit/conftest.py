"""Sites of the trail's own, for the rows of refused attempts are few a minute; and one without doors."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.log.room import Site, open_site
from tests.realtime import site as running
from tests.services.postgres import PostgresServer, postgres_server


@pytest.fixture(scope="package")
def sqlite_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[running.Site]:
    """In the place of the one that all tests share: nobody else spends what may be noted here."""
    with running.serving(f"sqlite:///{tmp_path_factory.mktemp('site') / 'convene.db'}") as site:
        yield site


@pytest.fixture(scope="package")
def postgresql_site() -> Iterator[running.Site]:
    with postgres_server() as server, running.serving(server.url()) as site:
        yield site


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
