"""The database: one pool, writing and reading transactions, and the faults of a database turned into ours.

SQLite needs care that PostgreSQL does not: a deferred BEGIN that later writes fails with "database is locked", and the
driver's own mode loses updates. So transactions are begun by hand, IMMEDIATE where they write.
"""

import asyncio
import copy
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from models.errors import Unavailable
from models.sqlite import begin_writing, one_step_driver
from models.tenancy import BoundSession, Statements, session_info

WRITER_WAIT_S = 10.0
"""How long a writer waits for its turn before the caller is told to try again."""

POOL_WAIT_S = 2.0
"""How long a reader waits for a connection."""

POSTGRESQL_CONNECTIONS = 15
POSTGRESQL_WRITERS = 10
"""How many write at once in this process. Many who want to change one room wait here and not in the database, where
each would hold a connection and the readers, and all other rooms, would find none left."""

POSTGRESQL_LIMITS = {"idle_in_transaction_session_timeout": "5s", "lock_timeout": "5s"}
"""What the server ends by itself: a worker that froze, or that it can no longer reach, may hold the lock of a room, and
its other commands may stand in line for it."""


class Database:
    """Hands out transactions. `write` commits when its block ends and rolls back when it raises.

    `committed` is told how many seconds each writing transaction took, from its beginning to the end of its commit.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.committed: Callable[[float], None] = _uncounted
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        self._writing = self._engine.execution_options(convene_writes=True)
        self._reading = (
            self._engine
            if self.is_sqlite
            else self._engine.execution_options(isolation_level="REPEATABLE READ")
        )
        # SQLite has one writer at a time and its own waiting is a lottery; within this process we queue fairly.
        self._turns = asyncio.Semaphore(1 if self.is_sqlite else POSTGRESQL_WRITERS)
        self._statements = Statements()
        self.tenant_id: UUID | None = None

    def within(self, tenant_id: UUID) -> "Database":
        """The same database with nothing in it but what belongs to the tenant."""
        within = copy.copy(self)
        within.tenant_id = tenant_id
        return within

    def everywhere(self) -> "Database":
        """The same database with every tenant in it."""
        everywhere = copy.copy(self)
        everywhere.tenant_id = None
        return everywhere

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction that may change things. Raises Unavailable, with nothing done, when the database is away."""
        async with (
            _faults_as_unavailable(),
            _in_turn(self._turns),
            self._session(self._writing, autoflush=True) as db,
            db.begin(),
        ):
            began_s = time.perf_counter()
            yield db
        self.committed(time.perf_counter() - began_s)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A transaction that sees one consistent moment."""
        async with (
            _faults_as_unavailable(),
            self._session(self._reading, autoflush=False) as db,
            db.begin(),
        ):
            yield db

    def _session(self, engine: AsyncEngine, *, autoflush: bool) -> AsyncSession:
        return AsyncSession(
            engine,
            sync_session_class=BoundSession,
            expire_on_commit=False,
            autoflush=autoflush,
            info=session_info(self.tenant_id, self._statements),
        )

    @property
    def engine(self) -> AsyncEngine:
        """For migrations and the doctor."""
        return self._engine

    async def close(self) -> None:
        await self._engine.dispose()


def _uncounted(_took_s: float) -> None:
    """For whoever counts nothing."""


@asynccontextmanager
async def _in_turn(turns: asyncio.Semaphore) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(WRITER_WAIT_S):
            await turns.acquire()
    except TimeoutError as error:
        raise Unavailable from error
    try:
        yield
    finally:
        turns.release()


@asynccontextmanager
async def _faults_as_unavailable() -> AsyncIterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except (OperationalError, PoolTimeout, ConnectionError, TimeoutError) as error:
        raise Unavailable from error
    except DBAPIError as error:
        if error.connection_invalidated or _is_outage(error):
            raise Unavailable from error
        raise


# SQLSTATE classes of PostgreSQL that mean "not now": connection, resources, operator intervention, rollback; and its
# limits above.
_OUTAGE_CLASSES = {"08", "53", "57", "40"}
_OUTAGES = {"25P03", "55P03"}


def _is_outage(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    return isinstance(state, str) and (state[:2] in _OUTAGE_CLASSES or state in _OUTAGES)


def _sqlite_engine(url: str) -> AsyncEngine:
    engine = create_async_engine(
        url,
        module=one_step_driver(),
        pool_size=8,
        max_overflow=0,
        pool_timeout=POOL_WAIT_S,
        connect_args={"timeout": WRITER_WAIT_S},
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={int(WRITER_WAIT_S * 1000)}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get("convene_writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    try:
        begin_writing(connection.connection.driver_connection, WRITER_WAIT_S)
    except sqlite3.OperationalError as error:
        raise Unavailable from error


def _postgresql_engine(url: str) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=POSTGRESQL_CONNECTIONS,
        max_overflow=0,
        pool_timeout=POOL_WAIT_S,
        pool_pre_ping=True,
        connect_args={"timeout": 5, "command_timeout": 10, "server_settings": POSTGRESQL_LIMITS},
    )
