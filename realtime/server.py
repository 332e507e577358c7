"""The Socket.IO floor as a whole: takes sockets in, hands their commands on, and keeps time."""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID

import structlog
from socketio import ASGIApp as SocketApp
from sqlmodel import col, func, select
from starlette.types import ASGIApp

from models.context import Context
from models.errors import ConveneError, InternalError, Unauthenticated
from models.identity.principals import load_principal
from models.identity.tables import Revocation
from models.settings import Settings
from models.transaction import Publisher
from models.upkeep import sweep
from realtime.bus import Bus
from realtime.connection import Connection, Incoming
from realtime.dispatcher import Dispatcher, too_fast
from realtime.entrance import Doors
from realtime.fanout import HEARTBEAT_EVERY_S, Fanout
from realtime.flow import Flow
from realtime.presence import Presence
from realtime.sockets import RoomSockets, SocketLink
from realtime.wire.gate import Gate

log = structlog.get_logger(__name__)

UPKEEP_EVERY_S = 600.0
MAX_REVOCATIONS_AT_ONCE = 500

LATE_REVOCATIONS = 200
"""PostgreSQL gives out ids before it commits: one that is this much below the last may still come to light."""


class Realtime:
    """One worker's sockets. `publisher` carries committed events to them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._presence = Presence(settings)
        self._fanout = Fanout(self._presence.observe)
        self._sockets = RoomSockets(self, settings)
        self._connections: dict[str, Connection] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._last_revocation = 0
        self._seen_revocations: set[int] = set()
        self._context: Context | None = None
        self._doors: Doors | None = None
        self._dispatcher: Dispatcher | None = None
        self._bus: Bus | None = None

    @property
    def publisher(self) -> Publisher:
        """Who is told of every commit."""
        return self._fanout

    def asgi(self, other: ASGIApp) -> ASGIApp:
        """The application that answers /socket.io/ itself and passes everything else on to `other`."""
        return Gate(SocketApp(self._sockets, other), other, self._sockets.open_from, self._settings)

    async def start(self, context: Context) -> None:
        """Begins to serve sockets."""
        self._context = context
        self._bus = self._open_bus()
        self._fanout.start(context, self._bus)
        await self._presence.start(context)
        self._doors = Doors(context, self._fanout, self._presence, self._settings.replay_limit)
        self._dispatcher = Dispatcher(context, self._doors)
        async with context.database.read() as db:
            self._last_revocation = (await db.exec(select(func.max(Revocation.id)))).one() or 0
            known = select(Revocation.id).where(col(Revocation.id) > self._last_revocation - LATE_REVOCATIONS)
            self._seen_revocations = {one for one in (await db.exec(known)).all() if one is not None}
        poll = self._settings.log_poll_s
        self._every(poll, "look into the log", self._fanout.look_into_log)
        self._every(poll, "presence", lambda: self._presence.settle(context))
        self._every(poll, "revocations", self._cut_revoked)
        self._every(HEARTBEAT_EVERY_S, "heartbeat", self._beat)
        self._every(UPKEEP_EVERY_S, "upkeep", lambda: sweep(context))

    def end_polls(self) -> None:
        """Closes the transports that poll, before the end of the server waits for them; they come back and resume."""
        self._sockets.end_polls()

    async def stop(self) -> None:
        """Ends all background work and says goodbye to every client; they come back and resume."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._fanout.stop()
        if self._bus is not None:
            await self._bus.stop()
        for connection in list(self._connections.values()):
            connection.link.cut("server stops")
        await self._sockets.shutdown()

    async def connected(self, sid: str, environ: dict[str, Any], auth: Any, link: SocketLink) -> None:
        """Lets a client in that shows a good token. Raises Unauthenticated, TokenExpired, Unavailable."""
        if self._context is None or self._dispatcher is None:
            raise InternalError
        token = auth.get("token") if isinstance(auth, dict) else None
        if token is None:
            raise Unauthenticated('Connect with auth: {"token": ...}.')
        claims = self._context.tokens.read(token)
        async with self._context.database.read() as db:
            await load_principal(db, claims, self._context.clock.now())
        address = environ["asgi.scope"].get("convene.address", "")
        flow = Flow.starting(self._settings.commands_per_second, asyncio.get_running_loop().time())
        connection = Connection(sid, claims, address, link, flow)
        self._connections[sid] = connection
        connection.start(self._dispatcher.carry_out)

    def received(self, sid: str, incoming: Incoming) -> None:
        """Puts a command in line, or refuses it when it came too fast."""
        connection = self._connections.get(sid)
        if connection is None:
            return
        wait_s = connection.flow.wait_s(asyncio.get_running_loop().time())
        if wait_s > 0 or not connection.has_room_for(incoming):
            connection.answer(incoming.ack_id, too_fast(max(wait_s, 0.1)))
            if connection.flow.is_flood:
                connection.link.cut("floods")
            return
        connection.inbox.put_nowait(incoming)

    def disconnected(self, sid: str) -> None:
        """Forgets a socket; whom it belonged to has the grace period to come back."""
        connection = self._connections.pop(sid, None)
        if connection is None:
            return
        connection.stop()
        for session_id in list(connection.places):
            if self._doors is not None:
                self._doors.forget(connection, session_id)

    async def _cut_revoked(self) -> None:
        if self._context is None:
            return
        now = self._context.clock.now()
        for connection in list(self._connections.values()):
            if connection.claims.expires_at <= now:
                connection.link.close()
        subjects = await self._newly_revoked(self._context)
        revoked = [one for one in self._connections.values() if one.claims.subject_ids & subjects]
        if revoked:
            # Told why first: the same commit says so in the log, and nobody may have handed that over yet.
            with suppress(ConveneError):
                await self._fanout.catch_up()
        for connection in revoked:
            connection.link.close()

    async def _newly_revoked(self, context: Context) -> set[UUID]:
        query = select(Revocation).where(col(Revocation.id) > self._last_revocation - LATE_REVOCATIONS)
        async with context.database.read() as db:
            rows = (await db.exec(query.order_by(col(Revocation.id)).limit(MAX_REVOCATIONS_AT_ONCE))).all()
        subjects = {row.subject_id for row in rows if row.id not in self._seen_revocations}
        ids = {row.id for row in rows if row.id is not None}
        self._last_revocation = max([self._last_revocation, *ids])
        self._seen_revocations = {one for one in ids if one > self._last_revocation - LATE_REVOCATIONS}
        return subjects

    def _open_bus(self) -> Bus | None:
        if self._settings.redis_url is None:
            return None
        bus = Bus(self._settings.redis_url, self._settings.signing_key, self._fanout.hear)
        bus.start()
        return bus

    async def _beat(self) -> None:
        self._fanout.beat()

    def _every(self, seconds: float, name: str, work: Any) -> None:
        self._tasks.append(asyncio.create_task(_repeat(seconds, name, work), name=name))


async def _repeat(seconds: float, name: str, work: Any) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except ConveneError as error:
            log.warning("background.failed", work=name, error=error.code)
        except Exception:  # one bad round must not end the rounds
            log.exception("background.failed", work=name)
