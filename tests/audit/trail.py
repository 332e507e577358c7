"""The trail as a test looks at it."""

import asyncio
import time
from typing import Any

from sqlmodel import col, select

from models.audit.tables import AuditEntry
from models.context import Context

WITHIN_S = 8.0


async def until_noted(context: Context, *conditions: Any, count: int = 1) -> list[AuditEntry]:
    """Waits until there are so many rows of which the conditions are true; the oldest first."""
    until = time.monotonic() + WITHIN_S
    query = select(AuditEntry).where(*conditions).order_by(col(AuditEntry.id))
    while True:
        async with context.database.read() as db:
            found = list((await db.exec(query)).all())
        if len(found) >= count:
            return found
        assert time.monotonic() < until, f"only {found} of {count}"
        await asyncio.sleep(0.05)
