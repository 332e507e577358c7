"""The application: REST, sockets, documents and the browser client, put together."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Final

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from starlette.responses import Response
from starlette.routing import Mount, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from models.clock import SystemClock
from models.context import Context
from models.database import Database
from models.identity.passwords import Passwords
from models.identity.tokens import Tokens
from models.limits import Limits
from models.settings import Settings
from models.transaction import Publisher
from realtime.server import Realtime
from server.api import ENDPOINTS
from server.api.avatars import show_avatar
from server.api.tenants import show_logo
from server.contracts.asyncapi import asyncapi_document
from server.contracts.openapi import openapi_document
from server.docs import docs_routes
from server.http.failures import Failures
from server.http.metrics import Measured
from server.http.origins import Origins
from server.http.pages import DIST, FOR_EVER, ClientPage, Files, design_routes
from server.http.reply import as_json
from server.http.request_ids import RequestIds
from server.http.routing import Named, endpoint_routes, page
from server.http.security import SecurityHeaders
from server.mail.choosing import choose_mailer
from server.oidc.provider import choose_provider
from server.siblings import Siblings
from server.storage.folder import FolderStorage

log = structlog.get_logger(__name__)

END_WITHIN_S: Final = 1.5
"""How long the parts have to end, all together, once nobody is connected any more."""

END_EACH_WITHIN_S: Final = 0.4
"""What each has in any case, whatever those before it took."""

Lifespan = Callable[[Any], AbstractAsyncContextManager[dict[str, Any]]]


class App:
    """The ASGI application. Implements `server.serving.Application`."""

    def __init__(self, asgi: ASGIApp, realtime: Realtime) -> None:
        self._asgi = asgi
        self._realtime = realtime

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._asgi(scope, receive, send)

    async def drain(self) -> None:
        """Sends everybody elsewhere and finishes what was begun; answers requests that only wait for something."""
        await self._realtime.drain()


def create_app(settings: Settings | None = None, siblings_folder: Path | None = None) -> App:
    """The whole site as one ASGI application, configured by `settings` or the environment.

    The database is opened when the server starts the application, and closed when it stops. In `siblings_folder` it
    meets the other workers, if there are any.
    """
    settings = settings or Settings()
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    realtime = Realtime(settings, registry)
    siblings = Siblings(siblings_folder, lambda: generate_latest(registry))
    router = _router(siblings, _lifespan(settings, realtime, siblings))
    web = Measured(Origins(Failures(router), settings), registry)
    return App(RequestIds(SecurityHeaders(realtime.asgi(web))), realtime)


def open_context(settings: Settings, publisher: Publisher) -> Context:
    """What use cases are given. Whoever opens it closes its database."""
    clock = SystemClock()
    return Context(
        settings=settings,
        database=Database(settings.database),
        clock=clock,
        publisher=publisher,
        passwords=Passwords(settings.password_concurrency),
        tokens=Tokens(
            settings.signing_key, clock, settings.access_token_ttl_s, settings.participant_token_ttl_s
        ),
        limits=Limits(settings.redis_url),
        mailer=choose_mailer(settings, clock),
        storage=FolderStorage(settings.data_dir / "files"),
        provider=choose_provider(settings, clock),
    )


def _lifespan(settings: Settings, realtime: Realtime, siblings: Siblings) -> Lifespan:
    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
        context = open_context(settings, realtime.publisher)
        try:
            await realtime.start(context)
            await siblings.open()
            yield {"context": context, "is_draining": lambda: realtime.is_draining}
        finally:
            await _end(
                siblings.close,
                realtime.stop,
                context.lane.stop,
                context.mailer.stop,
                context.provider.stop,
                context.database.close,
            )

    return lifespan


async def _end(*ends: Callable[[], Awaitable[None]]) -> None:
    """Ends the parts one after the other, in all within some seconds: one that hangs must not hold up the rest."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + END_WITHIN_S
    for end in ends:
        try:
            async with asyncio.timeout_at(max(deadline, loop.time() + END_EACH_WITHIN_S)):
                await end()
        except TimeoutError:
            log.warning("app.end_unfinished", part=getattr(end, "__qualname__", ""))


def _router(siblings: Siblings, lifespan: Lifespan) -> Router:
    openapi, asyncapi = openapi_document(), asyncapi_document()
    return Router(
        [
            *endpoint_routes(ENDPOINTS),
            page("/openapi.json", lambda _request: as_json(200, openapi)),
            page("/asyncapi.json", lambda _request: as_json(200, asyncapi)),
            page("/avatars/{avatar}/{file}", show_avatar),
            page("/logos/{file}", show_logo),
            page("/metrics", lambda _request: _metrics(siblings)),
            *docs_routes(),
            *design_routes(),
            Mount("/assets", Named("/assets", Files(DIST / "assets", FOR_EVER))),
        ],
        redirect_slashes=False,
        default=Named("/*", ClientPage()),
        lifespan=lifespan,
    )


async def _metrics(siblings: Siblings) -> Response:
    numbers = await siblings.numbers()
    return Response(numbers, headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE_LATEST)
