"""What a transaction stores at its end: new rows, each table's in one statement, and the heads of the logs it moved.

Rows that nobody reads again before the commit need no unit of work: for these, the mapper's bookkeeping costs more than
the database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Insert, Table, bindparam, insert, select, update
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from models.log.tables import SessionLog
from models.tenancy import walled

_HEADS = (
    select(
        col(SessionLog.session_id), col(SessionLog.tenant_id), col(SessionLog.epoch), col(SessionLog.head_seq)
    )
    .where(col(SessionLog.session_id).in_(bindparam("session_ids", expanding=True)))
    # In one order, whoever asks: two that want the same logs cannot wait for each other.
    .order_by(col(SessionLog.session_id))
    .with_for_update()
)
_FREE_HEADS = _HEADS.with_for_update(skip_locked=True)
_MOVE = (
    update(SessionLog)
    .where(col(SessionLog.session_id) == bindparam("moved_id"))
    .values(head_seq=bindparam("moved_to"))
)

Key = TypeVar("Key")


@dataclass(slots=True)
class Head:
    """Where a locked log stands: what `SessionLog` stores, without a mapper looking on."""

    session_id: UUID
    tenant_id: UUID
    epoch: str
    head_seq: int


class Heads:
    """The heads of the logs that a transaction has locked."""

    def __init__(self) -> None:
        self._logs: dict[UUID, Head | SessionLog] = {}
        self._stored: dict[UUID, int] = {}

    def get(self, session_id: UUID) -> Head | SessionLog | None:
        """The head of a log that is locked."""
        return self._logs.get(session_id)

    def open(self, log: SessionLog) -> None:
        """Takes the head of a new log, which is stored by whoever made it."""
        self._logs[log.session_id] = log

    async def lock(self, db: AsyncSession, session_ids: list[UUID], *, wait: bool = True) -> None:
        """Waits for its turn at these sessions; or takes only those that are free. Some may not be there."""
        statement, named = walled(db, _HEADS if wait else _FREE_HEADS, {"session_ids": few(session_ids)})
        found = await (await db.connection()).execute(statement, named)
        for session_id, tenant_id, epoch, head_seq in found.all():
            self._logs[session_id] = Head(session_id, tenant_id, epoch, head_seq)
            self._stored[session_id] = head_seq

    async def write(self, db: AsyncSession) -> None:
        """Stores where the logs stand by now."""
        moved: list[dict[str, Any]] = [
            {"moved_id": session_id, "moved_to": self._logs[session_id].head_seq}
            for session_id, stored in self._stored.items()
            if self._logs[session_id].head_seq != stored
        ]
        if moved:
            await (await db.connection()).execute(_MOVE, moved)
            self._stored.update({one["moved_id"]: one["moved_to"] for one in moved})


class Inserts:
    """New rows, in the order of their tables' first."""

    def __init__(self) -> None:
        self.rows: dict[Table, list[Mapping[str, Any]]] = {}

    def add(self, kind: type[SQLModel], values: Mapping[str, Any]) -> None:
        """A row, by the names of its columns; every column has to be there."""
        self.rows.setdefault(_table(kind), []).append(values)

    def extend(self, others: "Inserts") -> None:
        """All rows of another's."""
        for table, rows in others.rows.items():
            self.rows.setdefault(table, []).extend(rows)

    async def write(self, db: AsyncSession) -> None:
        """Stores the rows; there are none left then."""
        rows, self.rows = self.rows, {}
        if rows:
            connection = await db.connection()
            for table, values in rows.items():
                await connection.execute(_insert(table), values)


def few(ids: Iterable[Key]) -> list[Key]:
    """What a statement is asked for with IN, repeated up to one of a few lengths.

    A statement for each length would crowd all others out of the caches of the compiled and the prepared.
    """
    found = list(ids)
    length = 1 << (len(found) - 1).bit_length()
    return found + found[-1:] * (length - len(found))


def values_of(row: SQLModel) -> dict[str, Any]:
    """A row by the names of its columns."""
    return {name: getattr(row, name) for name in _columns(type(row))}


def _table(kind: type[SQLModel]) -> Table:
    table: Table = kind.__table__  # type: ignore[attr-defined]
    return table


@cache
def _columns(kind: type[SQLModel]) -> tuple[str, ...]:
    return tuple(_table(kind).columns.keys())


@cache
def _insert(table: Table) -> Insert:
    # Made once, so that it is compiled, and its key in the cache of the compiled is made, once.
    return insert(table)
