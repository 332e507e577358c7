"""An empty database of each kind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.services.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The SQLAlchemy URL of a database without a table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'new' / 'convene.db'}"
        return
    server: PostgresServer = request.getfixturevalue("room_postgres")
    async with server.database() as url:
        yield url.replace("postgresql://", "postgresql+asyncpg://")
