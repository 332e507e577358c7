"""The reads of the API as one would write them by hand: a bare Starlette application, one function for each.

What makes up the answer is the same: the same transaction, statements, rows and JSON, with the same driver. `/bare/...`
has nothing else: who asks is settled when it starts. `/known/...` also verifies the token and reads whom it names, as
every real API has to.
"""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import orjson
import uvicorn
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from models.actors import load_actor
from models.clock import SystemClock
from models.database import Database
from models.identity.assignments import as_principal
from models.identity.payloads import UserView
from models.identity.principals import Principal, load_principal
from models.identity.tables import User
from models.identity.tokens import Tokens
from models.log.history import EventQuery, list_events
from models.sessions.listing import search_sessions, view_of
from models.sessions.payloads import SessionQuery
from server.http.reply import Pagination
from tests.realtime.site import SECRET
from tests.services.ports import LOOPBACK

Handler = Callable[[Request, AsyncSession, Principal], Awaitable[dict[str, Any]]]

_CLOCK = SystemClock()


async def assumed_me(_request: Request, db: AsyncSession, principal: Principal) -> dict[str, Any]:
    """The account, read anew."""
    user = (await db.exec(select(User).where(User.id == principal.id))).one()
    return {"data": UserView.of(user, principal.standing).model_dump(mode="json")}


async def me(_request: Request, _db: AsyncSession, principal: Principal) -> dict[str, Any]:
    """The account, which was read to know who asks."""
    return {"data": UserView.of(principal.account(), principal.standing).model_dump(mode="json")}


async def session(request: Request, db: AsyncSession, principal: Principal) -> dict[str, Any]:
    """A session by its id."""
    actor = await load_actor(db, principal, UUID(request.path_params["session_id"]))
    return {"data": (await view_of(db, principal, actor.session)).model_dump(mode="json")}


async def sessions(_request: Request, db: AsyncSession, principal: Principal) -> dict[str, Any]:
    """A page of sessions."""
    found = await search_sessions(db, principal, SessionQuery())
    return {
        "data": [one.model_dump(mode="json") for one in found.items],
        "pagination": Pagination.of(1, 20, found.total).model_dump(by_alias=True),
    }


async def events(request: Request, db: AsyncSession, principal: Principal) -> dict[str, Any]:
    """A page of a session's log."""
    actor = await load_actor(db, principal, UUID(request.path_params["session_id"]))
    found = await list_events(db, actor, EventQuery(limit=int(request.query_params["limit"])))
    return {"data": [orjson.Fragment(one.typed_body()) for one in found]}


def create_bare_app(database_url: str, user_id: UUID) -> Starlette:
    """The application over a database; without a token it acts for one account."""
    database = Database(database_url)
    tokens = Tokens(SECRET.encode(), _CLOCK, 900, 900)
    kept: list[Principal] = []

    async def assumed(_request: Request, _db: AsyncSession) -> Principal:
        return kept[0]

    async def shown(request: Request, db: AsyncSession) -> Principal:
        claims = tokens.read(request.headers["authorization"].removeprefix("Bearer "))
        return await load_principal(db, claims, _CLOCK.now())

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with database.read() as db:
            user = (await db.exec(select(User).where(User.id == user_id))).one()
            kept.append(await as_principal(db, user, _CLOCK.now()))
        yield
        await database.close()

    return Starlette(
        routes=[
            Route(f"/{name}{path}", _bare(database, who, handler))
            for name, who, own in (("bare", assumed, assumed_me), ("known", shown, me))
            for path, handler in (
                ("/api/v1/users/me", own),
                ("/api/v1/sessions", sessions),
                ("/api/v1/sessions/{session_id}", session),
                ("/api/v1/sessions/{session_id}/events", events),
            )
        ],
        lifespan=lifespan,
    )


def _bare(
    database: Database, who: Callable[[Request, AsyncSession], Awaitable[Principal]], handler: Handler
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        async with database.read() as db:
            found = await handler(request, db, await who(request, db))
        return Response(orjson.dumps({"success": True, **found}), media_type="application/json")

    return answer


if __name__ == "__main__":
    _url, _user_id, _port = sys.argv[1:]
    uvicorn.run(
        create_bare_app(_url, UUID(_user_id)),
        host=LOOPBACK,
        port=int(_port),
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
    )
