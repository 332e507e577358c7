"""python-socketio, made strict: what is malformed is cut, what is refused is told, and no client reaches a handler of
the connection's own by naming it. All that is relied on inside the two libraries is in this package.
"""

import asyncio
from collections import Counter
from typing import Any, Protocol
from urllib.parse import parse_qs

import engineio
import socketio
import structlog
from socketio import packet as sio_packet
from starlette.types import Receive, Scope, Send

from models.addresses import counted_as
from models.errors import ConveneError, InternalError
from models.settings import Settings
from realtime.connection import Incoming
from realtime.wire import codec
from realtime.wire.budget import WeighedQueue
from realtime.wire.frames import Frame, ack_frame, disconnect_frame
from realtime.wire.protocol import WIRE, WebSocketProtocol

log = structlog.get_logger(__name__)

MAX_QUEUED_BYTES = 1_048_576
"""What may be on its way to one client; who reads slower than that is cut and resumes from the log."""

MAX_REFUSED_CONNECTS = 5
MAX_ATTACHMENTS = 16


class Intake(Protocol):
    """Who takes what the sockets say."""

    async def connected(self, sid: str, environ: dict[str, Any], auth: Any, link: "SocketLink") -> None:
        """A client wants in. Raises ConveneError to refuse it."""
        ...

    def received(self, sid: str, incoming: Incoming) -> None:
        """A client sent a command. Must not block."""
        ...

    def disconnected(self, sid: str) -> None:
        """A client is gone."""
        ...


class _EngineServer(engineio.AsyncServer):  # type: ignore[misc]  # engineio has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upgrades: dict[str, Scope] = {}

    def create_queue(self, *_args: Any, **_kwargs: Any) -> WeighedQueue:
        return WeighedQueue()

    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            sid = parse_qs(scope["query_string"].decode("latin-1")).get("sid", [""])[0]
            if sid in self.sockets:
                self.upgrades[sid] = scope
        await super().handle_request(scope, receive, send)

    def _log_error_once(self, message: str, _key: str) -> None:
        # A client that comes back to a socket that was closed is no fault of ours.
        self.logger.info(message)

    async def disconnect(self, sid: str | None = None) -> None:
        """Closes a transport. Does not wait for what is queued: who does not read would be waited for without end."""
        socket = self.sockets.get(sid)
        if socket is not None:
            await socket.close(wait=False, reason=self.reason.SERVER_DISCONNECT)
            self.sockets.pop(sid, None)


class SocketServer(socketio.AsyncServer):  # type: ignore[misc]  # socketio has no types
    """Socket.IO on one namespace, whose events all go to one intake, in order."""

    def __init__(self, intake: Intake, settings: Settings) -> None:
        super().__init__(
            async_mode="asgi",
            async_handlers=False,
            cors_allowed_origins=[],
            json=codec,
            max_http_buffer_size=settings.max_message_bytes,
            ping_interval=settings.ping_interval_s,
            ping_timeout=settings.ping_timeout_s,
        )
        self._intake = intake
        self._connect_within_s = settings.connect_within_s
        self._refused: dict[str, int] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._addresses: dict[str, str] = {}
        self.open_from: Counter[str] = Counter()
        self.on("connect", self._connect)
        self.on("disconnect", self._disconnect)

    def link(self, eio_sid: str) -> "SocketLink":
        return SocketLink(self, eio_sid)

    def engine_socket(self, eio_sid: str) -> Any | None:
        """The transport's socket, if it is still there."""
        return self.eio.sockets.get(eio_sid)

    def wire(self, eio_sid: str) -> WebSocketProtocol | None:
        """The WebSocket of a transport, once all that was queued for it has been written."""
        socket = self.engine_socket(eio_sid)
        if socket is None or not socket.upgraded or not socket.queue.is_idle:
            return None
        environ = self.environ.get(eio_sid, {})
        scope = self.eio.upgrades.get(eio_sid) or environ.get("asgi.scope", {})
        wire = scope.get("extensions", {}).get(WIRE)
        return wire if isinstance(wire, WebSocketProtocol) and wire.is_open and wire.is_flowing else None

    async def drop(self, eio_sid: str, why: str) -> None:
        """Closes a transport for good, with one line in the log."""
        if self.engine_socket(eio_sid) is not None:
            log.info("socket.cut", why=why)
            await self.eio.disconnect(eio_sid)

    def end_polls(self) -> None:
        """Closes every transport that is no WebSocket; what waits for something to send is answered."""
        for eio_sid, socket in list(self.eio.sockets.items()):
            if not socket.upgraded:
                self.start_background_task(self.eio.disconnect, eio_sid)

    def _engineio_server_class(self) -> type[_EngineServer]:
        return _EngineServer

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> None:
        self._addresses[eio_sid] = counted_as(environ["asgi.scope"].get("convene.address", ""))
        self.open_from[self._addresses[eio_sid]] += 1
        await super()._handle_eio_connect(eio_sid, environ)
        self._expect_connect(eio_sid)

    def _expect_connect(self, eio_sid: str) -> None:
        self._forget_timer(eio_sid)
        loop = asyncio.get_running_loop()
        self._timers[eio_sid] = loop.call_later(self._connect_within_s, self._too_late, eio_sid)

    def _forget_timer(self, eio_sid: str) -> None:
        timer = self._timers.pop(eio_sid, None)
        if timer is not None:
            timer.cancel()

    def _forget_address(self, eio_sid: str) -> None:
        address = self._addresses.pop(eio_sid, None)
        if address is not None:
            self.open_from[address] -= 1
            if not self.open_from[address]:
                del self.open_from[address]

    def _too_late(self, eio_sid: str) -> None:
        if self.manager.sid_from_eio_sid(eio_sid, "/") is None:
            self.start_background_task(self.drop, eio_sid, "never authenticated")

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        self._forget_address(eio_sid)
        self._refused.pop(eio_sid, None)
        self._binary_packet.pop(eio_sid, None)
        self.eio.upgrades.pop(eio_sid, None)
        self._forget_timer(eio_sid)
        socket = self.engine_socket(eio_sid)
        if socket is not None:
            # Ends the poll that waits for something to send, or the writer, which then closes the WebSocket.
            socket.queue.put_nowait(None)
        await super()._handle_eio_disconnect(eio_sid, reason)

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        try:
            await self._take(eio_sid, data)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
            await self.drop(eio_sid, f"malformed packet: {type(error).__name__}")

    async def _take(self, eio_sid: str, data: Any) -> None:
        if eio_sid in self._binary_packet:
            if isinstance(data, str):
                raise ValueError("text where an attachment is due")
            await super()._handle_eio_message(eio_sid, data)
            return
        if not isinstance(data, str):
            # engine.io parses the JSON of a message for us where it can; a Socket.IO packet never is bare JSON.
            raise TypeError("not a Socket.IO packet")
        kind = data[:1]
        if kind in (str(sio_packet.BINARY_EVENT), str(sio_packet.BINARY_ACK)):
            self._check_attachments(eio_sid, data)
        if kind == str(sio_packet.CONNECT) and self.manager.sid_from_eio_sid(eio_sid, "/") is not None:
            raise ValueError("CONNECT twice")
        await super()._handle_eio_message(eio_sid, data)
        if self.manager.sid_from_eio_sid(eio_sid, "/") is None:
            await self._watch_stranger(eio_sid, kind)

    async def _watch_stranger(self, eio_sid: str, kind: str) -> None:
        if kind == str(sio_packet.CONNECT):
            await self._count_refusal(eio_sid)
        elif kind == str(sio_packet.DISCONNECT):
            # Who says goodbye and stays has no more time than who never came, and cannot come and go for ever.
            self._expect_connect(eio_sid)
            await self._count_refusal(eio_sid)

    def _check_attachments(self, eio_sid: str, data: str) -> None:
        if self.manager.sid_from_eio_sid(eio_sid, "/") is None:
            raise ValueError("attachments before CONNECT")
        count, dash, _ = data[1:12].partition("-")
        if not dash or not count.isdigit() or not 0 < int(count) <= MAX_ATTACHMENTS:
            raise ValueError("attachments")

    async def _count_refusal(self, eio_sid: str) -> None:
        self._refused[eio_sid] = self._refused.get(eio_sid, 0) + 1
        if self._refused[eio_sid] >= MAX_REFUSED_CONNECTS:
            await self.drop(eio_sid, "refused too often")

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        if (namespace or "/") != "/":
            error = self.packet_class(
                sio_packet.CONNECT_ERROR, data={"message": "Invalid namespace"}, namespace=namespace
            )
            await self._send_packet(eio_sid, error)
            return
        await super()._handle_connect(eio_sid, namespace, data)

    async def _handle_ack(self, eio_sid: str, namespace: str | None, id: int | None, data: Any) -> None:  # noqa: A002
        raise ValueError("an ack that nobody asked for")

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        try:
            eio_sid = self.manager.eio_sid_from_sid(sid, "/")
            await self._intake.connected(sid, environ, auth, self.link(eio_sid))
        except ConveneError as error:
            raise _refused(error) from error
        except Exception as error:  # whatever is wrong with us, the client is told
            log.exception("socket.connect_failed")
            raise _refused(InternalError()) from error

    async def _disconnect(self, sid: str, _reason: str | None = None) -> None:
        self._intake.disconnected(sid)

    async def _handle_event(self, eio_sid: str, namespace: str | None, id: int | None, data: Any) -> None:  # noqa: A002
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace or "/")
        if sid is None or not self.manager.is_connected(sid, namespace or "/"):
            raise ValueError("an event before CONNECT")
        if not isinstance(data, list) or not data:
            raise TypeError("an event without a name")
        has_binary = any(isinstance(part, bytes) for part in _leaves(data))
        self._intake.received(sid, Incoming(data[0], data[1:], id, has_binary))


def _refused(error: ConveneError) -> Exception:
    refusal: Exception = socketio.exceptions.ConnectionRefusedError(error.text, error.body())
    return refusal


def _leaves(data: list[Any]) -> list[Any]:
    """Everything within some JSON, without recursion: a stranger decides how deep it goes."""
    found: list[Any] = []
    rest: list[Any] = list(data)
    while rest:
        one = rest.pop()
        if isinstance(one, dict):
            rest.extend(one.values())
        elif isinstance(one, list):
            rest.extend(one)
        else:
            found.append(one)
    return found


class SocketLink:
    """The way to one client."""

    def __init__(self, server: SocketServer, eio_sid: str) -> None:
        self._server = server
        self._eio_sid = eio_sid
        self._wire: WebSocketProtocol | None = None

    def send(self, frame: Frame) -> None:
        """Sends a frame, at once and in order: to the WebSocket, or to who polls. Who does not read is cut off."""
        socket = self._server.engine_socket(self._eio_sid)
        if socket is None or socket.closed or socket.closing:
            return
        wire = self._wire or self._find_wire()
        if wire is None:
            socket.queue.put_nowait(frame)
            queued_bytes = socket.queue.size_bytes
        elif wire.is_open:
            wire.write(frame.on_wire)
            queued_bytes = wire.queued_bytes
        else:
            return
        if queued_bytes > MAX_QUEUED_BYTES:
            self.cut("does not read")

    def _find_wire(self) -> WebSocketProtocol | None:
        # From here on every frame takes this way, so that none overtakes another.
        self._wire = self._server.wire(self._eio_sid)
        return self._wire

    def answer(self, ack_id: int | None, answer: dict[str, Any]) -> None:
        """Acknowledges a command, if the client asked for that."""
        if ack_id is not None:
            self.send(ack_frame(ack_id, answer))

    def close(self) -> None:
        """Says goodbye and closes the transport."""
        socket = self._server.engine_socket(self._eio_sid)
        if socket is not None and not socket.closed:
            socket.queue.put_nowait(disconnect_frame())
            self._server.start_background_task(self._server.eio.disconnect, self._eio_sid)

    def cut(self, why: str) -> None:
        """Closes the transport at once; what was queued is dropped."""
        socket = self._server.engine_socket(self._eio_sid)
        if socket is None:
            return
        socket.queue.drop_all()
        self._server.start_background_task(self._server.drop, self._eio_sid, why)
        if self._wire is not None and self._wire.queued_bytes > 0:
            # It would wait for the client to read before it closes.
            self._wire.abort()
