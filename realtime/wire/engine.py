"""Engine.IO: sessions over long polling and WebSocket, their heartbeat, and the change from one to the other."""

import asyncio
import gzip
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import engineio
import orjson
from starlette.types import Receive, Scope, Send

from realtime.wire import socket as reasons
from realtime.wire.deadlines import Deadlines
from realtime.wire.direct import DirectWire
from realtime.wire.frames import Frame
from realtime.wire.outbox import Outbox
from realtime.wire.polling import SEPARATOR, Overlap, Polls, payload_of
from realtime.wire.protocol import WIRE, WebSocketProtocol
from realtime.wire.relay import RelayedWire
from realtime.wire.requests import (
    BAD_METHOD,
    BAD_REQUEST,
    FORBIDDEN,
    UNKNOWN_SESSION,
    UNKNOWN_TRANSPORT,
    UNSUPPORTED_VERSION,
    Headers,
    Request,
    TooLarge,
)
from realtime.wire.socket import MAX_PACKETS_A_POST, EngineSocket
from realtime.wire.upgrade import Probe

MAX_QUEUED_BYTES = 1_048_576
"""What may be on its way to one client; who reads slower than that is cut and resumes from the log."""

FAREWELL_S = 10.0
"""How long the last packets to a client that polls are kept for its next poll."""


class EngineServer(engineio.AsyncServer):  # type: ignore[misc]  # engineio has no types
    """python-engineio's server, with sessions of our own. `owner` takes what they say."""

    def __init__(self, *, max_queued_bytes: int = MAX_QUEUED_BYTES, **options: Any) -> None:
        super().__init__(**{**options, "monitor_clients": False})
        if self.async_mode != "asgi":
            raise ValueError('the only async_mode is "asgi"')
        self.sockets: dict[str, EngineSocket] = {}
        self.max_queued_bytes = max_queued_bytes
        self.outbox = Outbox()
        self.owner: Any = None
        self.take: Callable[[EngineSocket, Any], None] = _to_nobody
        self._tasks: set[asyncio.Task[Any]] = set()
        self._pings: Deadlines[str] = Deadlines(self.ping_interval, self._ping)
        self._pongs: Deadlines[tuple[str, int]] = Deadlines(self.ping_timeout, self._expect_pong)
        self._farewells: Deadlines[str] = Deadlines(FAREWELL_S, self._forget)

    def start_soon(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Runs something beside; its task is kept until it is done."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # What sessions ask of their server.

    def answered(self, socket: EngineSocket) -> None:
        """The client has answered a ping; the next is due an interval from now."""
        if socket.is_pinged:
            socket.pings += 1
            self._pings.add(socket.sid)

    def ended(self, socket: EngineSocket, reason: str) -> None:
        """The session is over: its handlers are told, and it is forgotten."""
        _ = self.start_soon(self._say_goodbye(socket, reason))

    def was_cut(self, why: str) -> None:
        """Hands on why a session is ended at once."""
        self.owner.was_cut(why)

    async def _say_goodbye(self, socket: EngineSocket, reason: str) -> None:
        await self._trigger_event("disconnect", socket.sid, reason, run_async=False)
        if socket.polls is not None and socket.polls.size_bytes:
            self._farewells.add(socket.sid)
        else:
            self._forget(socket.sid)

    def _forget(self, sid: str) -> None:
        self.sockets.pop(sid, None)

    # What python-socketio asks of its engine.

    def _get_socket(self, sid: str) -> EngineSocket:
        # One that is ending counts until its handlers are through: they may still look into its session.
        return self.sockets[sid]

    async def send_packet(self, sid: str, pkt: Any) -> None:
        """Sends one of python-engineio's packets."""
        socket = self.sockets.get(sid)
        if socket is not None:
            socket.send(Frame(pkt.encode()))

    async def disconnect(self, sid: str | None = None) -> None:
        """Ends a session, or all. Does not wait for what is queued: who does not read would be waited for for ever."""
        ending = list(self.sockets) if sid is None else [sid]
        for one in ending:
            socket = self.sockets.get(one)
            if socket is not None:
                socket.end(reasons.SERVER_DISCONNECT)

    async def shutdown(self) -> None:
        """Ends the timers and waits for the handlers that are at work."""
        for deadlines in (self._pings, self._pongs, self._farewells):
            deadlines.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self.ping_timeout)

    # Requests.

    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or serves a WebSocket."""
        request = Request(scope, receive, send)
        if request.is_websocket:
            await receive()
        headers = self._cors_headers(request.environ)
        if not self._may_come(request.environ):
            await request.refuse(FORBIDDEN, headers)
            return
        fault = self._fault_of(request)
        if fault is not None:
            await request.refuse(fault, headers)
        elif request.is_websocket:
            await self._websocket(request, headers)
        elif scope["method"] == "OPTIONS":
            await request.answer(200, b"OK", headers)
        elif scope["method"] == "POST":
            await self._post(request, headers)
        else:
            await self._get(request, headers)

    def _may_come(self, environ: dict[str, Any]) -> bool:
        origin = environ.get("HTTP_ORIGIN")
        if origin is None or self.cors_allowed_origins == []:
            return True
        allowed = self._cors_allowed_origins(environ)
        return allowed is None or origin in allowed

    def _fault_of(self, request: Request) -> tuple[int, str] | None:
        query, method = request.query, request.environ["REQUEST_METHOD"]
        transport = query.get("transport", "")
        if transport not in self.transports or (transport == "websocket") != request.is_websocket:
            return UNKNOWN_TRANSPORT if transport not in self.transports else BAD_REQUEST
        if method not in ("GET", "POST", "OPTIONS"):
            return BAD_METHOD
        if method == "OPTIONS":
            return None
        if "sid" not in query:
            is_version_4 = query.get("EIO") == "4"
            return UNSUPPORTED_VERSION if not is_version_4 else None if method == "GET" else BAD_METHOD
        return self._fault_with(request, self.sockets.get(query["sid"]))

    def _fault_with(self, request: Request, socket: EngineSocket | None) -> tuple[int, str] | None:
        if socket is None or not socket.connected:
            return UNKNOWN_SESSION
        is_upgrading = request.is_websocket and (socket.upgrading or not self.allow_upgrades or socket.closed)
        return BAD_REQUEST if socket.upgraded or is_upgrading else None

    async def _websocket(self, request: Request, headers: Headers) -> None:
        sid = request.query.get("sid")
        socket = await self._open(request, headers) if sid is None else self.sockets[sid]
        if socket is None:
            return
        await request.send({"type": "websocket.accept"})
        protocol = request.scope.get("extensions", {}).get(WIRE)
        max_bytes = self.max_http_buffer_size
        wire: DirectWire | RelayedWire | None = None
        if isinstance(protocol, WebSocketProtocol):
            wire = protocol.hand_over(self.outbox, max_bytes)
        wire = wire or RelayedWire(request.receive, request.send, max_bytes)
        if sid is None:
            socket.open_on(wire)
            socket.send(self._open_frame(socket.sid, []))
            self._pings.add(socket.sid)
        elif socket.polls is not None:
            Probe(socket, socket.polls, wire)
        if isinstance(wire, RelayedWire):
            await wire.run()

    async def _open(self, request: Request, headers: Headers) -> EngineSocket | None:
        sid = self.generate_id()
        socket = self.sockets[sid] = EngineSocket(self, sid)
        verdict = await self._trigger_event("connect", sid, request.environ, run_async=False)
        if verdict is None or verdict is True:
            return socket
        del self.sockets[sid]
        await request.answer(401, orjson.dumps(verdict or "Unauthorized"), headers, "application/json")
        return None

    def _open_frame(self, sid: str, upgrades: list[str]) -> Frame:
        interval_s = self.ping_interval + self.ping_interval_grace_period
        handshake = {
            "sid": sid,
            "upgrades": upgrades,
            "pingInterval": round(interval_s * 1_000),
            "pingTimeout": round(self.ping_timeout * 1_000),
            "maxPayload": self.max_http_buffer_size,
        }
        return Frame(f"0{orjson.dumps(handshake).decode()}")

    async def _get(self, request: Request, headers: Headers) -> None:
        sid = request.query.get("sid")
        if sid is not None:
            await self._poll(request, self.sockets[sid], headers)
            return
        socket = await self._open(request, headers)
        if socket is None:
            return
        socket.open_polling()
        is_upgradable = self.allow_upgrades and "websocket" in self.transports
        socket.send(self._open_frame(socket.sid, ["websocket"] if is_upgradable else []))
        self._pings.add(socket.sid)
        await self._poll(request, socket, [*headers, *self._cookies(socket.sid)])

    def _cookies(self, sid: str) -> Headers:
        if not self.cookie:
            return []
        own = (
            self.cookie
            if isinstance(self.cookie, dict)
            else {"name": self.cookie, "path": "/", "SameSite": "Lax"}
        )
        return [("Set-Cookie", self._generate_sid_cookie(sid, own))]

    async def _poll(self, request: Request, socket: EngineSocket, headers: Headers) -> None:
        if socket.polls is None:
            await request.refuse(BAD_REQUEST, headers)
            return
        try:
            frames = await self._next(request, socket.polls)
        except (Overlap, TimeoutError):
            socket.end(reasons.TRANSPORT_ERROR, is_told=True)
            await request.refuse(BAD_REQUEST, headers)
            return
        if frames is None:
            socket.end(reasons.TRANSPORT_CLOSE)
            return
        if socket.closed and not socket.polls.size_bytes:
            self._forget(socket.sid)
        body = payload_of(frames)
        if self._should_compress(request, body):
            body = gzip.compress(body)
            headers = [*headers, ("Content-Encoding", "gzip")]
        await request.answer(200, body, headers)

    async def _next(self, request: Request, polls: Polls) -> list[Frame] | None:
        """What the poll is answered with; None if the client hung up meanwhile, and would never get it."""
        if polls.size_bytes:
            return await polls.next(0)
        gone = asyncio.ensure_future(_until_gone(request))
        coming = asyncio.ensure_future(polls.next(self.ping_interval + self.ping_timeout))
        try:
            await asyncio.wait((gone, coming), return_when=asyncio.FIRST_COMPLETED)
            return await coming if coming.done() else None
        finally:
            for task in (gone, coming):
                task.cancel()
                with suppress(asyncio.CancelledError, Overlap, TimeoutError):
                    await task

    def _should_compress(self, request: Request, body: bytes) -> bool:
        accepted = request.environ.get("HTTP_ACCEPT_ENCODING", "")
        return bool(self.http_compression) and len(body) >= self.compression_threshold and "gzip" in accepted

    async def _post(self, request: Request, headers: Headers) -> None:
        socket = self.sockets[request.query["sid"]]
        try:
            packets = (await self._body(request, socket)).decode().split(SEPARATOR)
            socket.polled_messages(packets[: MAX_PACKETS_A_POST + 1])
        except TooLarge:
            socket.cut("a body too large")
            await request.answer(413, b"", headers)
        except TimeoutError:
            socket.cut("a body too slow")
            await request.answer(408, b"", [*headers, ("Connection", "close")])
        except ValueError:
            socket.cut("not a packet")
            await request.refuse(BAD_REQUEST, headers)
        else:
            await request.answer(200, b"ok", headers)

    async def _body(self, request: Request, socket: EngineSocket) -> bytes:
        if socket.is_posting:
            raise ValueError("two at once")
        socket.is_posting = True
        try:
            return await request.body(self.max_http_buffer_size)
        finally:
            socket.is_posting = False

    # The heartbeat.

    def _ping(self, sid: str) -> None:
        socket = self.sockets.get(sid)
        if socket is not None and not socket.closed:
            socket.ping()
            self._pongs.add((sid, socket.pings))

    def _expect_pong(self, ping: tuple[str, int]) -> None:
        socket = self.sockets.get(ping[0])
        if socket is not None and socket.pings == ping[1]:
            socket.end(reasons.PING_TIMEOUT)


def _to_nobody(_socket: EngineSocket, _message: Any) -> None:
    raise ValueError("nobody takes messages")


async def _until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue
