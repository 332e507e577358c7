"""One request, as handlers see it: validated, with somebody behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from models.actors import Actor, act_in_session, load_actor
from models.addresses import counted_as
from models.context import Context
from models.errors import Unauthenticated
from models.identity.principals import Principal, load_principal
from models.identity.tokens import Claims
from models.rooms.arriving import Arrival
from models.transaction import Origin, Transaction


@dataclass(frozen=True, slots=True)
class Call:
    """A request whose body, query and path are valid.

    `claims` are what its token says, `principal` whom the database knows by it; both are unset for strangers. For
    reading in a session, `arrival` was read along with them.
    """

    context: Context
    request: Request
    origin: Origin
    ids: Mapping[str, UUID]
    query: Any
    body: Any
    claims: Claims | None = None
    principal: Principal | None = None
    arrival: Arrival | None = None

    @property
    def address(self) -> str:
        """The client's address, as far as trusted proxies tell."""
        return self.origin.address

    def who(self) -> Principal:
        """Who is asking. Raises Unauthenticated."""
        if self.principal is None:
            raise Unauthenticated
        return self.principal

    async def identify(self) -> Principal:
        """Who is asking, for a handler that opens its own transactions. Raises Unauthenticated."""
        if self.principal is not None:
            # Known already: a super administrator in another tenant, where no account of theirs is.
            return self.principal
        if self.claims is None:
            raise Unauthenticated
        async with self.context.database.read() as db:
            return await load_principal(db, self.claims, self.context.clock.now())

    async def actor(self, tx: Transaction) -> Actor:
        """Who is asking, within the session of the path, which is locked from here on."""
        return await act_in_session(tx, self.who(), self.ids["session_id"])

    async def reader(self, db: AsyncSession) -> Actor:
        """Who is asking, within the session of the path, for reading."""
        if self.arrival is not None:
            return self.arrival.actor()
        return await load_actor(db, self.who(), self.ids["session_id"])

    async def limit(self, what: str, per_minute: int) -> None:
        """Counts one attempt of this address. Raises RateLimited."""
        await self.context.limits.hit(what, counted_as(self.address), per_minute)
