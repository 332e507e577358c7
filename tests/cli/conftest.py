"""A site in a folder of its own, and databases for it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.cli.program import Site
from tests.services.postgres import PostgresServer, postgres_server


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path, {"CONVENE_DATA_DIR": str(tmp_path / "data")})


@pytest.fixture(scope="package")
def postgres_for_cli() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture
async def postgres_url(postgres_for_cli: PostgresServer) -> AsyncIterator[str]:
    """The URL of an empty PostgreSQL database, as a person would write it."""
    async with postgres_for_cli.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def any_site(request: pytest.FixtureRequest, site: Site) -> Site:
    """A site with an empty database of each kind."""
    if request.param == "sqlite":
        return site
    return site.configured(CONVENE_DATABASE_URL=request.getfixturevalue("postgres_url"))
