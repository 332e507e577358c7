"""Signs of life in the database, for the time in which Redis is away.

Ordinarily workers beat in Redis and this table is empty: one that cannot reach Redis writes here instead, so that the
others neither take it for dead nor judge about people whom it may hold.
"""

from datetime import timedelta

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.context import Context
from models.transaction import Origin
from models.workers.tables import WorkerBeat

FRESH_FOR = timedelta(seconds=10)
"""How long a beat counts: several beats, and what the clocks of two machines may differ."""


async def beat(context: Context, worker_id: str) -> None:
    """Says that a worker lives. Raises Unavailable."""
    async with context.transaction(Origin("worker:beat")) as tx:
        tx.db.add(await tx.db.merge(WorkerBeat(worker_id=worker_id, beaten_at=tx.now)))


async def stop_beating(context: Context, worker_id: str) -> None:
    """Takes a worker's beat back, and those of workers long gone. Raises Unavailable."""
    async with context.transaction(Origin("worker:beat")) as tx:
        old = col(WorkerBeat.beaten_at) < tx.now - 6 * FRESH_FOR
        await tx.db.exec(delete(WorkerBeat).where((col(WorkerBeat.worker_id) == worker_id) | old))


async def others_beating(db: AsyncSession, context: Context, worker_id: str) -> int:
    """How many other workers live without Redis."""
    query = select(func.count()).select_from(WorkerBeat)
    query = query.where(col(WorkerBeat.worker_id) != worker_id)
    query = query.where(col(WorkerBeat.beaten_at) > context.clock.now() - FRESH_FOR)
    return (await db.exec(query)).one()
