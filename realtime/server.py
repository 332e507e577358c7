"""The Socket.IO floor as a whole: takes sockets in, hands their commands on, and keeps time."""

import asyncio
from contextlib import suppress
from typing import Any

import structlog
from prometheus_client import CollectorRegistry
from socketio import ASGIApp as SocketApp
from starlette.types import ASGIApp

from models.audit.agents import agent_of
from models.audit.chain import HeadsInLog
from models.audit.keeping import keep, note_refusal
from models.context import Context
from models.errors import ConveneError, InternalError, RateLimited, Unauthenticated
from models.identity.api_keys import read_token
from models.identity.assignments import end_expired_roles
from models.identity.principals import load_principal
from models.identity.tokens import Claims
from models.settings import Settings
from models.transaction import Origin, Publisher
from models.upkeep import sweep
from realtime.bus import Bus
from realtime.connection import Connection, Incoming
from realtime.dispatcher import Dispatcher, refusal, too_fast
from realtime.draining import drain, leaving_soon
from realtime.entrance import Doors
from realtime.fanout import BEAT_PARTS, HEARTBEAT_EVERY_S, Fanout
from realtime.flow import Flow
from realtime.gauges import Gauges, Standings
from realtime.leaving import Leaving
from realtime.metrics import Meters
from realtime.presence import Presence
from realtime.revocations import Revocations
from realtime.roll import Duties, Roll
from realtime.sockets import RoomSockets, SocketLink
from realtime.turnstile import Turnstile
from realtime.wire.gate import Gate

log = structlog.get_logger(__name__)

UPKEEP_EVERY_S = 600.0
ROLES_EVERY_S = 5.0
AUDIT_EVERY_S = 0.5
LAST_WORD_S = 2.0
CONNECTS_AT_ONCE = 2
CONNECTS_IN_LINE = 4_000
CONNECT_WITHIN_S = 10.0
"""When everybody connects at once they take turns, and leave connections of the database to those who are in."""


class Realtime:
    """One worker's sockets. `publisher` carries committed events to them."""

    def __init__(self, settings: Settings, registry: CollectorRegistry) -> None:
        self._settings = settings
        self._meters = Meters(registry)
        self._gate = Turnstile(CONNECTS_AT_ONCE, CONNECTS_IN_LINE, CONNECT_WITHIN_S)
        self._presence = Presence(settings)
        self._sockets = RoomSockets(self, settings, self._meters)
        self._fanout = Fanout(self._presence.observe, self._sockets.broadcast, self._meters)
        self._connections: dict[str, Connection] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._context: Context | None = None
        self._dispatcher: Dispatcher | None = None
        self._doors: Doors | None = None
        self._bus: Bus | None = None
        self._roll: Roll | None = None
        self.is_draining = False
        self._beats = 0
        self._audit_heads = HeadsInLog()
        Gauges(registry, self._standings)

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
        leaving = self._meet_others(context)
        await leaving.start()
        context.lane.grouping = self._meters.groups
        context.database.committed = self._meters.committed
        self._doors = Doors(context, self._fanout, self._presence, self._settings.replay_limit, self._meters)
        self._dispatcher = Dispatcher(context, self._doors, self._meters)
        revocations = Revocations(context, self._fanout)
        await revocations.start()
        poll = self._settings.log_poll_s
        self._every(poll, "look into the log", self._fanout.look_into_log)
        self._every(poll, "presence", leaving.settle)
        self._every(poll, "revocations", lambda: revocations.close_revoked(self._connections.values()))
        self._every(HEARTBEAT_EVERY_S / BEAT_PARTS, "heartbeat", self._beat)
        self._every(ROLES_EVERY_S, "roles", lambda: end_expired_roles(context))
        self._every(AUDIT_EVERY_S, "audit", lambda: self._keep_audit(context))
        self._every(UPKEEP_EVERY_S, "upkeep", lambda: sweep(context))

    async def drain(self) -> None:
        """Takes nobody in any more, sends everybody elsewhere, and finishes what was begun.

        Whoever polls is let go first, before the end of the server waits for them.
        """
        self.is_draining = True
        if self._dispatcher is not None:
            dispatcher = self._dispatcher
            await drain(self._connections.values(), lambda: dispatcher.is_idle)
        self._sockets.end_polls()

    async def stop(self) -> None:
        """Ends all background work and says goodbye to every client; they come back and resume."""
        self.is_draining = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._context is not None:
            with suppress(ConveneError, TimeoutError):
                async with asyncio.timeout(LAST_WORD_S):
                    await keep(self._context, everything=True)
        await self._fanout.stop()
        if self._roll is not None:
            await self._roll.stop()
        if self._bus is not None:
            await self._bus.stop()
        for connection in list(self._connections.values()):
            connection.abandon()
            connection.link.cut("server stops")
        await self._sockets.shutdown()

    async def connected(self, sid: str, environ: dict[str, Any], auth: Any, link: SocketLink) -> None:
        """Lets a client in that shows a good token. Raises Unauthenticated, TokenExpired, Unavailable."""
        if self._context is None or self._dispatcher is None:
            raise InternalError
        if self.is_draining:
            raise leaving_soon()
        address = environ["asgi.scope"].get("convene.address", "")
        agent = agent_of(environ.get("HTTP_USER_AGENT"))
        claims: Claims | None = None
        try:
            claims = await read_token(self._context, _token_in(auth))
            database = self._context.database.within(claims.tenant_id)
            async with self._gate.turn(), database.read() as db:
                await load_principal(db, claims, self._context.clock.now())
        except ConveneError as error:
            origin = Origin("socket:connect", address, sid, agent, is_asked=True)
            note_refusal(self._context, origin, claims, error)
            raise
        flow = Flow.starting(self._settings.commands_per_second, asyncio.get_running_loop().time())
        carry_out = self._dispatcher.carry_out
        self._connections[sid] = Connection(sid, claims, address, link, flow, carry_out, agent)

    def received(self, sid: str, incoming: Incoming) -> None:
        """Puts a command in line, or refuses it when it came too fast or too late."""
        connection = self._connections.get(sid)
        if connection is None:
            return
        if self.is_draining:
            connection.answer(incoming.ack_id, refusal(leaving_soon()))
            return
        wait_s = connection.flow.wait_s(asyncio.get_running_loop().time())
        if wait_s > 0 or not connection.has_room_for(incoming):
            self._meters.refused_unread(RateLimited.code)
            connection.answer(incoming.ack_id, too_fast(max(wait_s, 0.1)))
            if connection.flow.is_flood:
                connection.link.cut("floods")
            return
        connection.take(incoming)

    def disconnected(self, sid: str) -> None:
        """Forgets a socket; whom it belonged to has the grace period to come back."""
        connection = self._connections.pop(sid, None)
        if connection is None:
            return
        connection.stop()
        for session_id in list(connection.places):
            if self._doors is not None:
                self._doors.forget(connection, session_id)

    def _meet_others(self, context: Context) -> Leaving:
        """Begins to hear and be heard by other workers, if there may be any."""
        url = self._settings.redis_url
        if url is None:
            self._fanout.start(context, None)
            return Leaving(context, self._presence, None)
        self._bus = Bus(url, self._settings.signing_key, self._fanout.hear)
        self._bus.start()
        self._fanout.start(context, self._bus)
        self._roll = Roll(url, context)
        leaving = Leaving(context, self._presence, self._roll)
        self._presence.share(self._roll)
        self._roll.start(Duties(self._presence, leaving.take, self._come_in_anew))
        return leaving

    def _come_in_anew(self) -> None:
        # Others have let our people go, or are about to: they resume from the log, and nobody is a ghost.
        self._cut_all("was taken for dead")

    def _cut_all(self, why: str) -> None:
        for connection in list(self._connections.values()):
            connection.link.cut(why)

    def _standings(self) -> Standings:
        rooms = self._fanout.rooms
        return Standings(
            connections=len(self._connections),
            rooms=len(rooms),
            members=sum(len(room.members) for room in rooms),
            waiting=sum(len(room.waiting) for room in rooms),
            queued_bytes=self._sockets.queued_bytes(),
            commands_waiting=0 if self._context is None else self._context.lane.waiting,
            bus=None if self._bus is None else self._bus.counts,
        )

    async def _keep_audit(self, context: Context) -> None:
        await keep(context)
        await self._audit_heads.tell(context)

    async def _beat(self) -> None:
        self._beats += 1
        self._fanout.beat(self._beats % BEAT_PARTS)

    def _every(self, seconds: float, name: str, work: Any) -> None:
        self._tasks.append(asyncio.create_task(_repeat(seconds, name, work), name=name))


def _token_in(auth: Any) -> Any:
    token = auth.get("token") if isinstance(auth, dict) else None
    if token is None:
        raise Unauthenticated('Connect with auth: {"token": ...}.')
    return token


async def _repeat(seconds: float, name: str, work: Any) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except ConveneError as error:
            log.warning("background.failed", work=name, error=error.code)
        except Exception:  # one bad round must not end the rounds
            log.exception("background.failed", work=name)
