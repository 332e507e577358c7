"""SQLite through aiosqlite, one step per statement.

SQLAlchemy's adapter takes four steps for a statement (cursor, execute, fetch, close), and each is a message to the
connection's thread and one back: with short statements, that is most of what they cost. Here the thread does all four
at once. What is relied on inside the two libraries: the adapter's classes and their attributes, and `_execute` and
`_conn` of aiosqlite's connection. `tests/log/test_sqlite.py` fails when a new version changes them.
"""

import random
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import EMPTY_DICT
from sqlalchemy.util.concurrency import await_

RETRY_BETWEEN_S = (0.001, 0.004)


class Done:
    """What is known of a statement once it is carried out; of none yet, to begin with."""

    __slots__ = ("arraysize", "description", "lastrowid", "rowcount", "rows")

    def __init__(self) -> None:
        self.description: Any = None
        self.rows: Sequence[Any] = ()
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    @classmethod
    def by(cls, cursor: sqlite3.Cursor) -> "Done":
        """What the thread's own cursor knows, which is then closed."""
        done = cls()
        done.description = cursor.description
        done.rows = cursor.fetchall() if cursor.description else ()
        done.rowcount = cursor.rowcount
        done.lastrowid = cursor.lastrowid
        cursor.close()
        return done


class OneStepCursor(AsyncAdapt_aiosqlite_cursor):
    """Carries out a statement, fetches what it gives and closes, all in one step of the connection's thread."""

    __slots__ = ()

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        # Not the adapter's own: it would make a cursor in the thread, and wait for it.
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection  # noqa: SLF001
        self._cursor: Any = Done()
        self._soft_closed_memoized = EMPTY_DICT
        self._rows = deque()

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        return self._step("execute", operation, () if parameters is None else parameters)

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        return self._step("executemany", operation, seq_of_parameters)

    async def _async_soft_close(self) -> None:
        """Nothing is open."""

    def close(self) -> None:
        self._rows.clear()

    def _step(self, how: str, operation: Any, parameters: Any) -> None:
        connection: Any = self._connection
        try:
            done = await_(connection._execute(_carry_out, connection, how, operation, parameters))  # noqa: SLF001
        except Exception as error:  # noqa: BLE001 - as the adapter does, which knows what it means
            self._adapt_connection._handle_exception(error)  # noqa: SLF001
        self._cursor = done
        self._rows = deque(done.rows)


def _carry_out(connection: Any, how: str, operation: Any, parameters: Any) -> Done:
    cursor = connection._conn.cursor()  # noqa: SLF001
    getattr(cursor, how)(operation, parameters)
    return Done.by(cursor)


class OneStepConnection(AsyncAdapt_aiosqlite_connection):
    """A connection of such cursors."""

    __slots__ = ()

    _cursor_cls: type[AsyncAdapt_aiosqlite_cursor] = OneStepCursor


class OneStepDriver(AsyncAdapt_aiosqlite_dbapi):
    """The driver as SQLAlchemy sees it: `create_async_engine(url, module=one_step_driver())`."""

    def connect(self, *arg: Any, **kw: Any) -> OneStepConnection:
        return OneStepConnection(self, super().connect(*arg, **kw)._connection)  # noqa: SLF001


def begin_writing(connection: Any, within_s: float) -> None:
    """Takes the turn to write, trying again and again for so long. Raises `sqlite3.OperationalError`.

    SQLite's own waiting sleeps longer each time, up to a tenth of a second: beside a process that writes without pause
    one may miss every gap for seconds. Here the thread looks every few milliseconds.
    """
    given_up = threading.Event()
    try:
        await_(connection._execute(_begin_writing, connection, within_s, given_up))  # noqa: SLF001
    except BaseException:
        # Whoever asked is gone, and the thread must not go on trying for nobody.
        given_up.set()
        raise


def _begin_writing(connection: Any, within_s: float, given_up: threading.Event) -> None:
    until, database = time.monotonic() + within_s, connection._conn  # noqa: SLF001
    (usual_ms,) = database.execute("PRAGMA busy_timeout").fetchone()
    database.execute("PRAGMA busy_timeout=0")
    try:
        while not given_up.is_set() and not _is_begun(database, until):
            time.sleep(random.uniform(*RETRY_BETWEEN_S))  # noqa: S311 - so that two do not try in step
    finally:
        database.execute(f"PRAGMA busy_timeout={usual_ms}")


def _is_begun(database: sqlite3.Connection, until: float) -> bool:
    try:
        database.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
            raise
        return False
    return True


def one_step_driver() -> OneStepDriver:
    """SQLite's driver with cursors of one step."""
    return OneStepDriver(aiosqlite, sqlite3)
