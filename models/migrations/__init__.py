"""The schema of the database: where it stands, where it should stand, and the way there and back.

Revisions are the files in `versions/`. A run is one transaction: it happens whole or not at all. Two processes that
migrate at the same time take turns, and the second finds nothing left to do.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from models.identity.planting import plant_system_roles

LOCK_WAIT_S = 120
"""How long a process waits for another one that is migrating."""

# Any number will do, as long as no other use of advisory locks in the database has the same.
_LOCK_KEY = 0x434F_4E56_454E_4500

BASE = "base"
"""The revision before the first: an empty database."""


class UnknownRevision(Exception):
    """The database is at a revision that this version of Convene does not have."""


class BrokenReferences(Exception):
    """A migration would leave rows that refer to nothing. It was undone."""


def head() -> str:
    """The newest revision that this version knows."""
    found = _scripts().get_current_head()
    if found is None:
        raise RuntimeError("the migrations are missing from this installation")
    return found


def is_known(revision: str) -> bool:
    """Whether this version knows a revision."""
    return any(script.revision == revision for script in _scripts().walk_revisions())


async def current(database_url: str) -> str | None:
    """The revision the database is at; None when it is empty or, for SQLite, not there yet. Creates nothing."""
    url = make_url(database_url)
    if _is_missing_file(url):
        return None
    engine = _engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_revision)
    finally:
        await engine.dispose()


async def upgrade(database_url: str, revision: str = "head") -> None:
    """Brings the schema to a revision, creating the SQLite file where there is none. Raises UnknownRevision."""
    url = make_url(database_url)
    if _is_missing_file(url):
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    await _run(url, partial(command.upgrade, revision=revision))


async def downgrade(database_url: str, revision: str) -> None:
    """Takes the schema back to a revision, `BASE` for none at all. What later revisions stored is lost."""
    await _run(make_url(database_url), partial(command.downgrade, revision=revision))


async def _run(url: URL, step: Callable[[Config], None]) -> None:
    engine = _engine(url)
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    try:
        async with _locked(engine) as connection:
            await connection.run_sync(_migrate, step)
    finally:
        await engine.dispose()


def _migrate(connection: Connection, step: Callable[[Config], None]) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    revision = _revision(connection)
    if revision is not None and revision not in known:
        raise UnknownRevision(revision)
    config = _config()
    config.attributes["connection"] = connection
    step(config)
    if _revision(connection) == head():
        plant_system_roles(connection, datetime.now(UTC))
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise BrokenReferences


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@asynccontextmanager
async def _locked(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_WAIT_S}s'")
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")
        yield connection


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, poolclass=NullPool, connect_args={"timeout": 5})
    engine = create_async_engine(url, poolclass=NullPool, connect_args={"timeout": LOCK_WAIT_S})
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    # A table that is made anew is dropped in between, and what refers to it must not go with it. Checked at the end.
    connection.execute("PRAGMA foreign_keys=OFF")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_missing_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    # A percent sign in the path would be read as the beginning of a variable.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
