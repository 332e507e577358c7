"""The running sites that tests of the live room share, and a house on one of them for every test."""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.realtime.house import House
from tests.realtime.site import Site, serving
from tests.services.postgres import PostgresServer, postgres_server

# Our own server speaks plain HTTP; reading the machine's certificates for every test would take as long as the test.
NO_TLS: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture(scope="session")
def room_postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('site') / 'convene.db'}"
    with serving(url) as site:
        yield site


@pytest.fixture(scope="session")
def postgresql_site(room_postgres: PostgresServer) -> Iterator[Site]:
    with serving(room_postgres.url()) as site:
        yield site


@pytest.fixture
async def house(sqlite_site: Site) -> AsyncIterator[House]:
    """People and rooms on a site over SQLite."""
    async with open_house(sqlite_site) as house:
        yield house


@pytest.fixture(params=["sqlite", "postgresql"])
def any_site(request: pytest.FixtureRequest) -> Site:
    site: Site = request.getfixturevalue(f"{request.param}_site")
    return site


@pytest.fixture
async def any_house(any_site: Site) -> AsyncIterator[House]:
    """People and rooms on a site over each kind of database, where that could make a difference."""
    async with open_house(any_site) as house:
        yield house


@pytest.fixture(params=["sqlite", "postgresql"])
async def mortal_site(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Site]:
    """A site of one's own, to be killed or to be left alone on."""
    if request.param == "sqlite":
        with serving(f"sqlite:///{tmp_path / 'convene.db'}") as site:
            yield site
        return
    server: PostgresServer = request.getfixturevalue("room_postgres")
    async with server.database() as url:
        with serving(url) as site:
            yield site


@asynccontextmanager
async def open_house(site: Site) -> AsyncIterator[House]:
    """A house on a site. At its end the server must have logged no fault."""
    async with (
        site.context() as context,
        httpx.AsyncClient(base_url=site.url, timeout=30, verify=NO_TLS) as http,
    ):
        house = House(site, context, http, log_size=site.log_size())
        try:
            yield house
        finally:
            await house.close()
    assert house.faults() == []
