"""What use cases and doors are given: the parts of the running site, passed in, never imported."""

import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from models.audit.refusals import Refusals
from models.clock import Clock
from models.database import Database
from models.identity.allowances import Allowances
from models.identity.passwords import Passwords
from models.identity.pictures import Pictures
from models.identity.providers import NoProvider, Provider
from models.identity.tokens import Tokens
from models.limits import Limits
from models.log.lane import POSTGRESQL_GROUPS, Lane
from models.log.logged import LoggedEvent
from models.mail import Mailer, NoMailer
from models.settings import Settings
from models.storage import NoStorage, Storage
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
    mailer: Mailer = field(default_factory=NoMailer)
    storage: Storage = field(default_factory=NoStorage)
    pictures: Pictures = field(default_factory=Pictures)
    provider: Provider = field(default_factory=NoProvider)
    refusals: Refusals = field(default_factory=Refusals)
    lane: Lane = field(init=False)
    allowances: Allowances = field(init=False)

    def __post_init__(self) -> None:
        lane = Lane(
            lambda tenant_id, origin: self.within(tenant_id).transaction(origin),
            groups_at_once=1 if self.database.is_sqlite else POSTGRESQL_GROUPS,
            group_limit=self.settings.chat_group_limit,
            queue_limit=self.settings.chat_queue_limit,
        )
        object.__setattr__(self, "lane", lane)
        are_on = self.settings.hourly_limits == "on"
        allowances = Allowances(self.database, self.limits, is_on=are_on)
        object.__setattr__(self, "allowances", allowances)

    def within(self, tenant_id: UUID) -> "Context":
        """The same site with nothing in its database but what belongs to the tenant."""
        within = copy.copy(self)
        object.__setattr__(within, "database", self.database.within(tenant_id))
        return within

    def everywhere(self) -> "Context":
        """The same site with every tenant in its database: for jobs, and for super administrators, who are audited."""
        everywhere = copy.copy(self)
        object.__setattr__(everywhere, "database", self.database.everywhere())
        return everywhere

    @property
    def tenant_id(self) -> UUID:
        """The tenant that this is within. Raises RuntimeError for the site as a whole."""
        if self.database.tenant_id is None:
            raise RuntimeError("say within which tenant")
        return self.database.tenant_id

    @asynccontextmanager
    async def transaction(self, origin: Origin) -> AsyncIterator[Transaction]:
        """A unit of change: commits at the end of the block, then publishes what was recorded and sends the mail."""
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
        for mail in tx.mails:
            self.mailer.send(mail)
