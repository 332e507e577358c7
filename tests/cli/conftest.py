"""A site in a folder of its own, and databases for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cli.program import Site
from tests.services.postgres import PostgresServer


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path, {"CONVENE_DATA_DIR": str(tmp_path / "data")})


@pytest.fixture
async def postgres_url(room_postgres: PostgresServer) -> AsyncIterator[str]:
    """The URL of an empty PostgreSQL database, as a person would write it."""
    async with room_postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def site_on_either(request: pytest.FixtureRequest, site: Site) -> Site:
    """A site with an empty database of each kind."""
    if request.param == "sqlite":
        return site
    return site.configured(CONVENE_DATABASE_URL=request.getfixturevalue("postgres_url"))
