"""What use cases and doors are given: the parts of the running site, passed in, never imported."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from models.clock import Clock
from models.database import Database
from models.identity.passwords import Passwords
from models.identity.tokens import Tokens
from models.limits import Limits
from models.settings import Settings
from models.transaction import Origin, Publisher, Transaction


@dataclass(frozen=True, slots=True)
class Context:
    """One running site."""

    settings: Settings
    database: Database
    clock: Clock
    publisher: Publisher
    passwords: Passwords
    tokens: Tokens
    limits: Limits

    @asynccontextmanager
    async def transaction(self, origin: Origin) -> AsyncIterator[Transaction]:
        """A unit of change: commits at the end of the block, then publishes what was recorded."""
        async with self.database.write() as db:
            tx = Transaction(db, self.clock.now(), origin)
            yield tx
            await tx.write_out()
        if tx.recorded:
            self.publisher.publish(tx.recorded)
