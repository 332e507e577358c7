"""What `models/sqlite.py` relies on inside SQLAlchemy and aiosqlite. A new version that changes it fails here."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from models.sqlite import OneStepCursor, begin_writing, one_step_driver


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}", module=one_step_driver())
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
    yield engine
    await engine.dispose()


class Counting:
    """A queue that counts what is put in it."""

    def __init__(self, queue: Any) -> None:
        self.queue = queue
        self.asked = 0

    def put_nowait(self, item: object) -> None:
        self.asked += 1
        self.queue.put_nowait(item)


async def test_a_statement_is_one_step(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        driver._tx = counting = Counting(driver._tx)
        for number, statement in enumerate(("INSERT INTO things (name) VALUES ('a')", "SELECT 1"), 1):
            await connection.execute(text(statement))
            assert counting.asked == number
        driver._tx = counting.queue
        cursors: list[object] = []
        event.listen(
            engine.sync_engine,
            "before_cursor_execute",
            lambda _connection, cursor, *_rest: cursors.append(cursor),
        )
        await connection.execute(text("SELECT 1"))
        assert [type(one) for one in cursors] == [OneStepCursor]


async def test_rows_counts_and_keys_are_told(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        one = await connection.execute(text("INSERT INTO things (name) VALUES ('a')"))
        assert (one.rowcount, one.lastrowid) == (1, 1)
        names = [{"name": name} for name in "bcd"]
        await connection.execute(text("INSERT INTO things (name) VALUES (:name)"), names)
        changed = await connection.execute(text("UPDATE things SET name = name || '!' WHERE id > 2"))
        assert changed.rowcount == 2
        found = await connection.execute(text("SELECT id, name FROM things ORDER BY id"))
        assert list(found.keys()) == ["id", "name"]
        assert found.first() == (1, "a")
        given = await connection.execute(text("INSERT INTO things (name) VALUES ('e') RETURNING id"))
        assert given.scalars().all() == [5]
        none = await connection.execute(text("SELECT id FROM things WHERE id > 9"))
        assert none.all() == []


async def test_errors_are_what_they_were(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("INSERT INTO things (name) VALUES ('a')"))
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO things (name) VALUES ('a')"))
        with pytest.raises(OperationalError):
            await connection.execute(text("SELECT * FROM nothing"))
        await connection.rollback()
        left = await connection.execute(text("SELECT count(*) FROM things"))
        assert left.scalar_one() == 0


async def test_who_waits_for_its_turn_gets_it_or_is_told(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "a.db", isolation_level=None, check_same_thread=False)
    holder.execute("PRAGMA journal_mode=WAL")
    holder.execute("BEGIN IMMEDIATE")
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}", module=one_step_driver())
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await connection.run_sync(lambda _: begin_writing(driver, 0.05))
        asyncio.get_running_loop().call_later(0.05, holder.rollback)
        await connection.run_sync(lambda _: begin_writing(driver, 10.0))
        holder.execute("PRAGMA busy_timeout=0")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            holder.execute("BEGIN IMMEDIATE")
    await engine.dispose()
    holder.close()
