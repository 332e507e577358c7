"""A room to act in: use cases called by people with names, on a real database, with a clock turned by hand."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from models.actors import act_in_session
from models.context import Context
from models.database import Database
from models.errors import Unauthenticated
from models.identity.assignments import give_role
from models.identity.passwords import Passwords
from models.identity.principals import Principal
from models.identity.standing import Standing
from models.identity.system_roles import LECTURER, SYSTEM_ROLES, TENANT_ADMIN
from models.identity.tables import User
from models.identity.tokens import Tokens
from models.limits import Limits
from models.log.logged import LoggedEvent
from models.migrations import upgrade
from models.rooms.joining import join_session
from models.rooms.payloads import JoinFields
from models.rooms.presence import Why, leave_session
from models.sessions.editing import create_session, restore_session
from models.sessions.payloads import CreateSession
from models.settings import Settings
from models.tables import DEFAULT_TENANT
from models.transaction import Origin, Transaction
from tests.log.clock import HandClock

OWNER, ADMIN = "ada", "root"
ACCOUNTS = (OWNER, ADMIN, "cora", "milo", "petra", "abel", "ben", "stan")
GUESTS = ("gus", "gia", "gil")
ROLES = {ADMIN: TENANT_ADMIN}
"""Of the accounts; who is not named is a lecturer."""

T = TypeVar("T")


class Heard:
    """A publisher that keeps what it is told."""

    def __init__(self) -> None:
        self.events: list[LoggedEvent] = []

    def publish(self, events: Sequence[LoggedEvent]) -> None:
        self.events.extend(events)


class Site:
    """A site without doors. Its accounts are named `ACCOUNTS`; `ADMIN` is an administrator."""

    def __init__(self, settings: Settings) -> None:
        self.clock = HandClock()
        self.heard = Heard()
        self.accounts: dict[str, User] = {}
        self.context = Context(
            settings,
            Database(settings.database),
            self.clock,
            self.heard,
            Passwords(1),
            Tokens(settings.signing_key, self.clock, 900, 900),
            Limits(None),
        )

    async def add_accounts(self) -> None:
        async with self.context.transaction(Origin()) as tx:
            for name in ACCOUNTS:
                self.accounts[name] = User(
                    tenant_id=DEFAULT_TENANT,
                    email=f"{name}@example.org",
                    username=name,
                    display_name=name.capitalize(),
                    password_hash="-",
                    created_at=tx.now,
                    updated_at=tx.now,
                )
            tx.db.add_all(self.accounts.values())
            await tx.db.flush()
            for name, user in self.accounts.items():
                await give_role(tx, user, ROLES.get(name, LECTURER))


def _standing(key: str) -> Standing:
    role = next(one for one in SYSTEM_ROLES if one.key == key)
    return Standing((key,), role.permissions, role.rank)


@asynccontextmanager
async def open_site(folder: Path, database_url: str | None = None) -> AsyncIterator[Site]:
    """A site with an empty database: the one that is named, or an SQLite file in `folder`."""
    settings = Settings(data_dir=folder, database_url=database_url)
    await upgrade(settings.database)
    site = Site(settings)
    try:
        await site.add_accounts()
        yield site
    finally:
        await site.context.database.close()


class Room:
    """One session of `OWNER`. People act by name: an account's, or any other, which is a guest's."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.roster_limit = site.context.settings.roster_limit
        self.session_id = UUID(int=0)
        self.ids: dict[str, UUID] = {}
        self.messages: list[UUID] = []
        self.polls: list[UUID] = []
        self.recordings: list[UUID] = []

    async def create(self, data: CreateSession) -> None:
        """Makes the session. Everything else follows."""
        async with self.site.context.transaction(Origin()) as tx:
            session = await create_session(tx, self.principal(OWNER), data)
        self.session_id = session.id

    def principal(self, who: str) -> Principal:
        """Whom the name stands for. Raises Unauthenticated for a guest who has not joined yet."""
        account = self.site.accounts.get(who)
        if account is not None:
            return Principal(DEFAULT_TENANT, user=account, standing=_standing(ROLES.get(who, LECTURER)))
        if who not in self.ids:
            raise Unauthenticated
        return Principal(DEFAULT_TENANT, participant_id=self.ids[who], session_id=self.session_id)

    async def join(self, who: str, **fields: Any) -> None:
        """Comes in, or knocks; as a new guest if the name is not known."""
        known = who in self.ids or who in self.site.accounts
        principal = self.principal(who) if known else None
        named = fields if known else {"display_name": who.capitalize(), **fields}
        about = JoinFields.model_validate(named)

        async def join(tx: Transaction) -> UUID:
            return (await join_session(tx, principal, about, self.session_id, None)).participant.id

        self.ids[who] = await self.change(join)

    async def leave(self, who: str, why: Why = "left") -> None:
        """Goes, or is lost. Raises Unauthenticated for somebody who never came."""
        if who not in self.ids:
            raise Unauthenticated

        async def leave(tx: Transaction) -> None:
            await tx.lock(self.session_id)
            await leave_session(tx, self.session_id, self.ids[who], why)

        await self.change(leave)

    async def act(self, who: str, use_case: Callable[..., Awaitable[T]], *args: Any, **options: Any) -> T:
        """Carries out a use case as a door would."""
        principal = self.principal(who)

        async def act(tx: Transaction) -> T:
            actor = await act_in_session(tx, principal, self.session_id)
            return await use_case(tx, actor, *args, **options)

        return await self.change(act)

    async def restore(self, who: str) -> None:
        """Brings the deleted session back."""
        principal = self.principal(who)

        async def restore(tx: Transaction) -> None:
            await restore_session(tx, await act_in_session(tx, principal, self.session_id, deleted=True))

        await self.change(restore)

    async def change(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Every change of the room goes through here, one transaction each."""
        async with self.site.context.transaction(Origin("test")) as tx:
            tx.roster_limit = self.roster_limit
            return await work(tx)
