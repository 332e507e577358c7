"""Signs of life in the database, for the time in which a worker cannot reach Redis.

Ordinarily workers beat in Redis and this table is empty. One that cannot reach Redis is *cut off* and beats here; the
others see that and beat here, too. So nobody takes a worker for dead that lives, and one that is cut off knows whether
it is alone.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.context import Context
from models.transaction import Origin
from models.workers.tables import WorkerBeat

FRESH_FOR = timedelta(seconds=10)
"""How long a beat counts: several beats, and what the clocks of two machines may differ."""


@dataclass(frozen=True, slots=True)
class Others:
    """The other workers that beat in the database, and those among them that are cut off from Redis."""

    living: int
    cut_off: frozenset[str]


async def beat(context: Context, worker_id: str, *, is_cut_off: bool) -> None:
    """Says that a worker lives. Raises Unavailable."""
    async with context.transaction(Origin("worker:beat")) as tx:
        row = WorkerBeat(worker_id=worker_id, is_cut_off=is_cut_off, beaten_at=tx.now)
        tx.db.add(await tx.db.merge(row))


async def stop_beating(context: Context, worker_id: str) -> None:
    """Takes a worker's beat back, and those of workers long gone. Raises Unavailable."""
    async with context.transaction(Origin("worker:beat")) as tx:
        old = col(WorkerBeat.beaten_at) < tx.now - 6 * FRESH_FOR
        await tx.db.exec(delete(WorkerBeat).where((col(WorkerBeat.worker_id) == worker_id) | old))


async def others_beating(db: AsyncSession, context: Context, worker_id: str) -> Others:
    """Which other workers have beaten here of late."""
    query = select(WorkerBeat).where(col(WorkerBeat.worker_id) != worker_id)
    query = query.where(col(WorkerBeat.beaten_at) > context.clock.now() - FRESH_FOR)
    rows = (await db.exec(query)).all()
    return Others(len(rows), frozenset(row.worker_id for row in rows if row.is_cut_off))
