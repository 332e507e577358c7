"""What use cases and doors are given: the parts of the running site, passed in, never imported."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from models.clock import Clock
from models.database import Database
from models.identity.passwords import Passwords
from models.identity.tokens import Tokens
from models.limits import Limits
from models.log.lane import POSTGRESQL_GROUPS, Lane
from models.log.logged import LoggedEvent
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
    lane: Lane = field(init=False)

    def __post_init__(self) -> None:
        lane = Lane(
            self.transaction,
            groups_at_once=1 if self.database.is_sqlite else POSTGRESQL_GROUPS,
            group_limit=self.settings.chat_group_limit,
            queue_limit=self.settings.chat_queue_limit,
        )
        object.__setattr__(self, "lane", lane)

    @asynccontextmanager
    async def transaction(self, origin: Origin) -> AsyncIterator[Transaction]:
        """A unit of change: commits at the end of the block, then publishes what was recorded, session by session."""
        async with self.database.write() as db:
            tx = Transaction(db, self.clock.now(), origin)
            tx.roster_limit = self.settings.roster_limit
            yield tx
            await tx.write_out()
        by_session: dict[UUID, list[LoggedEvent]] = {}
        for event in tx.recorded:
            by_session.setdefault(event.session_id, []).append(event)
        for events in by_session.values():
            self.publisher.publish(events)
