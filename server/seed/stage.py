"""The stage: people act through the use cases, each act in its own transaction at the moment the clock shows."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from models.actors import Actor, act_in_session
from models.context import Context
from models.database import Database
from models.identity.passwords import Passwords
from models.identity.principals import Principal
from models.identity.tokens import Tokens
from models.limits import Limits
from models.log.logged import LoggedEvent
from models.rooms.joining import Entrance, join_session
from models.rooms.payloads import JoinFields
from models.rooms.presence import leave_session
from models.sessions.editing import create_session
from models.sessions.payloads import CreateSession
from models.sessions.tables import Session
from models.settings import Settings
from models.transaction import Origin, Transaction
from server.seed.clock import SteppingClock

P = ParamSpec("P")
Result = TypeVar("Result")

ORIGIN = Origin("seed")


class Tally:
    """Counts what has happened. Nobody is connected to the command line, so nothing has to be carried further."""

    def __init__(self) -> None:
        self.events = 0

    def publish(self, events: Sequence[LoggedEvent]) -> None:
        self.events += len(events)


class Stage:
    """A site whose clock is set by hand, and the people with an account by the names the plays call them."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self.now = now
        self.clock = SteppingClock(now)
        self.tally = Tally()
        self.cast: dict[str, Principal] = {}
        self.context = Context(
            # Whether strangers may make an account does not concern whoever runs this command.
            settings=settings.model_copy(update={"registration": "open"}),
            database=Database(settings.database),
            clock=self.clock,
            publisher=self.tally,
            passwords=Passwords(settings.password_concurrency),
            tokens=Tokens(
                settings.signing_key,
                self.clock,
                settings.access_token_ttl_s,
                settings.participant_token_ttl_s,
            ),
            limits=Limits(None),
        )

    async def close(self) -> None:
        await self.context.database.close()

    async def create(self, owner: str, data: CreateSession) -> Session:
        async with self.context.transaction(ORIGIN) as tx:
            return await create_session(tx, self.cast[owner], data)

    async def act(
        self,
        who: Principal,
        session_id: UUID,
        use_case: Callable[Concatenate[Transaction, Actor, P], Awaitable[Result]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        """Has somebody do something in a session."""
        async with self.context.transaction(ORIGIN) as tx:
            actor = await act_in_session(tx, who, session_id)
            return await use_case(tx, actor, *args, **kwargs)

    async def join(self, who: Principal | None, session_id: UUID, fields: JoinFields) -> Entrance:
        """Has somebody come to a session; None is a guest who has not been there yet."""
        async with self.context.transaction(ORIGIN) as tx:
            return await join_session(tx, who, fields, session_id, None)

    async def leave(self, session_id: UUID, participant_id: UUID) -> None:
        async with self.context.transaction(ORIGIN) as tx:
            await tx.lock(session_id)
            await leave_session(tx, session_id, participant_id, "left")
