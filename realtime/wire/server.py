"""Socket.IO: python-socketio's server over connections of our own, made fast where it counts and strict throughout.

What is malformed is cut, what is refused is told, and no client reaches a handler of the connection's own by naming it.
"""

import asyncio
import inspect
import re
from collections import deque
from typing import Any

import socketio
from socketio import packet as packets

from realtime.wire import codec
from realtime.wire import socket as reasons
from realtime.wire.binary import Partial
from realtime.wire.deadlines import Deadlines
from realtime.wire.eager import Eager
from realtime.wire.engine import MAX_QUEUED_BYTES, EngineServer
from realtime.wire.frames import Frame
from realtime.wire.rooms import RoomManager
from realtime.wire.socket import EngineSocket

MAX_REFUSED_CONNECTS = 5
CONNECT_WITHIN_S = 45.0
MAX_ATTACHMENTS = 64
MAX_NAMESPACES = 64
MAX_RUNNING = 256
"""Handlers of one client that may be at work; beyond that it is not read until half of them are done."""

RESERVED = frozenset(
    {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"}
)
"""Names that only the connection itself may use."""

_EVENT = re.compile(r"42(?:(/[^,?]*)[^,]*,)?([0-9]{0,16})(?=\[)")
_PACKET = re.compile(r"4(?:[0-4]|[56][0-9]{1,10}-)(?:/[^,]*(?:,|$))?[0-9]{0,100}(?=[\[{\"tfn]|$)")


class Conversation:
    """What the server remembers of one client's packets."""

    __slots__ = ("entering", "lane", "partial", "places", "refused", "running", "turns")

    def __init__(self) -> None:
        self.places: dict[str, str] = {}
        self.entering: dict[str, list[Frame]] = {}
        self.turns: dict[str, asyncio.Task[None]] = {}
        self.partial: Partial | None = None
        self.refused = 0
        self.running = 0
        self.lane: deque[Any] | None = None


class SocketServer(socketio.AsyncServer):  # type: ignore[misc]  # socketio has no types
    """A drop-in for `socketio.AsyncServer(async_mode="asgi", ...)`, best with `uvicorn.run(..., ws=WebSocketProtocol)`.

    Takes its arguments, and `max_queued_bytes` (what may wait for a client before it is cut) and `connect_within_s`
    (how long a connection may go without being in a namespace).
    """

    max_attachments = MAX_ATTACHMENTS

    def __init__(
        self,
        client_manager: Any = None,
        *args: Any,
        json: Any = codec,
        max_queued_bytes: int = MAX_QUEUED_BYTES,
        connect_within_s: float = CONNECT_WITHIN_S,
        **options: Any,
    ) -> None:
        options = {"async_mode": "asgi", **options, "max_queued_bytes": max_queued_bytes, "json": json}
        super().__init__(client_manager or RoomManager(), *args, **options)
        self.eio.owner = self
        # With a codec or a packet class of one's own, everything goes by them.
        self._is_plain = self.packet_class is packets.Packet and json is codec
        self._handlers = Eager()
        self._known: dict[tuple[str, Any], tuple[Any, bool]] = {}
        self._strangers: Deadlines[str] = Deadlines(connect_within_s, self._check_came_in)

    def _engineio_server_class(self) -> type[EngineServer]:
        return EngineServer

    # Out.

    def event_frames(self, event: str, data: Any, namespace: str) -> list[Frame]:
        """An event, ready to be sent: more than one frame if it has attachments."""
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        return self.frames_of(packets.EVENT, namespace, None, [event, *arguments])

    def frames_of(self, kind: int, namespace: str | None, ack_id: int | None, data: Any) -> list[Frame]:
        """A packet, ready to be sent."""
        if self._is_plain:
            try:
                body = codec.encode(data)
            except TypeError:
                pass  # There are attachments in it, or what is no JSON at all.
            else:
                head = "" if namespace in (None, "/") else f"{namespace},"
                return [Frame.of_text(f"4{kind}{head}{'' if ack_id is None else ack_id}".encode() + body)]
        return _encoded(self.packet_class(kind, data=data, namespace=namespace, id=ack_id))

    async def _send_packet(self, eio_sid: str, pkt: Any) -> None:
        socket = self.eio.sockets.get(eio_sid)
        if socket is None:
            return
        held = socket.state.entering.get(pkt.namespace or "/")
        if held is not None and pkt.packet_type in (packets.EVENT, packets.BINARY_EVENT):
            held.extend(_encoded(pkt))
            return
        for frame in _encoded(pkt):
            socket.send(frame)

    async def shutdown(self) -> None:
        """Stops the timers and waits for the handlers at work."""
        self._strangers.stop()
        await self._handlers.settle(self.eio.ping_timeout)
        await super().shutdown()

    # In.

    def take(self, socket: EngineSocket, message: str | bytes) -> None:
        """One message of a client. Raises ValueError and the like for what is no packet."""
        partial: Partial | None = socket.state.partial
        if isinstance(message, str):
            if partial is not None:
                raise ValueError("text where an attachment is due")
            found = _EVENT.match(message) if self._is_plain else None
            if found is not None:
                namespace, ack_id = found.groups()
                data = codec.loads(message[found.end() :])
                self._take_event(socket, namespace or "/", int(ack_id) if ack_id else None, data)
            elif self._is_plain and _PACKET.match(message) is None:
                raise ValueError("a packet's head")
            else:
                self._take_packet(socket, self.packet_class(encoded_packet=message[1:]))
        elif partial is not None:
            if partial.add(message):
                socket.state.partial = None
                self._take_whole(socket, partial.packet)
        elif self._is_plain:
            raise ValueError("an attachment of nothing")
        else:
            self._take_packet(socket, self.packet_class(encoded_packet=message))

    def _take_packet(self, socket: EngineSocket, packet: Any) -> None:
        kind, namespace = packet.packet_type, packet.namespace or "/"
        if kind == packets.CONNECT:
            self._take_connect(socket, namespace, packet.data)
        elif kind == packets.DISCONNECT:
            self._take_leave(socket, namespace)
        elif kind in (packets.BINARY_EVENT, packets.BINARY_ACK) and packet.attachment_count:
            self._check_connected(socket, namespace)
            socket.state.partial = Partial(packet, self.max_attachments, self.eio.max_http_buffer_size)
        elif kind in (packets.EVENT, packets.BINARY_EVENT, packets.ACK, packets.BINARY_ACK):
            self._take_whole(socket, packet)
        else:
            raise ValueError("a packet that servers send")

    def _take_whole(self, socket: EngineSocket, packet: Any) -> None:
        namespace = packet.namespace or "/"
        if packet.packet_type == packets.EVENT:
            self._take_event(socket, namespace, packet.id, packet.data)
            return
        if packet.packet_type == packets.BINARY_EVENT:
            sid = self._check_event(socket, namespace, packet.data)
            self.take_binary_event(socket, sid, namespace, packet.id, packet.data)
            return
        if packet.id is None or not isinstance(packet.data, list):
            raise ValueError("an ack without id or data")
        self._check_connected(socket, namespace)
        self.take_ack(socket, namespace, packet.id, packet.data)

    def _take_event(self, socket: EngineSocket, namespace: str, ack_id: int | None, data: Any) -> None:
        self.take_event(socket, self._check_event(socket, namespace, data), namespace, ack_id, data)

    def _check_event(self, socket: EngineSocket, namespace: str, data: Any) -> str:
        if type(data) is not list or not data:
            raise TypeError("an event without a name")
        self.check_name(data[0])
        return self._check_connected(socket, namespace)

    def was_cut(self, why: str) -> None:
        """A client is cut, for a reason in a few words. For whoever wants to count."""

    def check_name(self, name: Any) -> None:
        """Raises ValueError or TypeError for what no client may call an event."""
        if type(name) not in (str, int) or name in RESERVED:
            raise ValueError("an event's name")

    def _check_connected(self, socket: EngineSocket, namespace: str) -> str:
        places: dict[str, str] = socket.state.places
        known = places.get(namespace)
        if known is not None:
            return known
        sid: str | None = self.manager.sid_from_eio_sid(socket.sid, namespace)
        if sid is None or not self.manager.is_connected(sid, namespace):
            raise ValueError("not connected to the namespace")
        if isinstance(self.manager, RoomManager):
            # Which takes it out again.
            places[namespace] = sid
        return sid

    def take_ack(self, socket: EngineSocket, namespace: str, ack_id: int, data: list[Any]) -> None:
        """A client acknowledges something."""
        self.eio.start_soon(self._handle_ack(socket.sid, namespace, ack_id, data))

    def on(self, event: str, handler: Any = None, namespace: str | None = None) -> Any:
        self._known.clear()
        return super().on(event, handler, namespace)

    def _handler_of(self, event: Any, namespace: str, arguments: tuple[Any, ...]) -> tuple[Any, bool, Any]:
        known = self._known.get((namespace, event))
        if known is not None:
            return *known, arguments
        if event == "*":
            # Not the handler's own name: an event called so.
            handler = self.handlers.get(namespace, {}).get("*")
            return handler, inspect.iscoroutinefunction(handler), (event, *arguments)
        handler, arguments = self._get_event_handler(event, namespace, arguments)
        is_async = inspect.iscoroutinefunction(handler)
        if handler is not None and handler is self.handlers.get(namespace, {}).get(event):
            self._known[namespace, event] = handler, is_async
        return handler, is_async, arguments

    def take_event(
        self, socket: EngineSocket, sid: str, namespace: str, ack_id: int | None, data: list[Any]
    ) -> None:
        """Calls the handler of an event: at once if it is a plain function, else in a task, or after the one before."""
        talk: Conversation = socket.state
        handler, is_async, arguments = self._handler_of(data[0], namespace, (sid, *data[1:]))
        if self.async_handlers and handler is not None and not is_async:
            try:
                self._acknowledge(socket, namespace, ack_id, handler(*arguments))
            except Exception:
                self.logger.exception("handler error")
            return
        if handler is None or not is_async:
            call = self._trigger_event(data[0], namespace, sid, *data[1:])
        else:
            call = handler(*arguments)
        if self.async_handlers:
            self._begin(socket, namespace, ack_id, call)
            return
        work = self._carry_out(socket, namespace, ack_id, call)
        if talk.lane is None:
            talk.lane = deque((work,))
            self.eio.start_soon(self._follow(socket, talk.lane))
        else:
            talk.lane.append(work)
            self._hold_back(socket, len(talk.lane))

    def take_binary_event(
        self, socket: EngineSocket, sid: str, namespace: str, ack_id: int | None, data: list[Any]
    ) -> None:
        """The same for an event with attachments, which stand in `data` as bytes."""
        self.take_event(socket, sid, namespace, ack_id, data)

    def _begin(self, socket: EngineSocket, namespace: str, ack_id: int | None, call: Any) -> None:
        try:
            is_done, result = self._handlers.begin(call)
            if is_done and ack_id is not None and result is not self.not_handled:
                self._acknowledge(socket, namespace, ack_id, result)
        except Exception:
            self.logger.exception("handler error")
            return
        if not is_done:
            self._handlers.carry_on(result, self._carry_out(socket, namespace, ack_id, result))

    def _hold_back(self, socket: EngineSocket, at_work: int) -> None:
        if at_work == MAX_RUNNING and socket.wire is not None:
            socket.wire.pause()

    def _let_on(self, socket: EngineSocket, at_work: int) -> None:
        if at_work == MAX_RUNNING // 2 and socket.wire is not None:
            socket.wire.resume()

    async def _follow(self, socket: EngineSocket, lane: deque[Any]) -> None:
        while lane:
            await lane[0]
            lane.popleft()
            self._let_on(socket, len(lane))
        socket.state.lane = None

    async def _carry_out(self, socket: EngineSocket, namespace: str, ack_id: int | None, call: Any) -> None:
        talk: Conversation = socket.state
        talk.running += 1
        self._hold_back(socket, talk.running)
        try:
            result = await call
            if ack_id is not None and result is not self.not_handled:
                self._acknowledge(socket, namespace, ack_id, result)
        except asyncio.CancelledError:
            self._acknowledge(socket, namespace, ack_id, None)
        except Exception:
            self.logger.exception("handler error")
        finally:
            talk.running -= 1
            self._let_on(socket, talk.running)

    def _acknowledge(self, socket: EngineSocket, namespace: str, ack_id: int | None, result: Any) -> None:
        if ack_id is None:
            return
        data = [] if result is None else list(result) if isinstance(result, tuple) else [result]
        for frame in self.frames_of(packets.ACK, namespace, ack_id, data):
            socket.send(frame)

    # Coming and going.

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> Any:
        verdict = await super()._handle_eio_connect(eio_sid, environ)
        self.eio.sockets[eio_sid].state = Conversation()
        self._strangers.add(eio_sid)
        return verdict

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        raise RuntimeError("messages come in by `take`")

    def is_anywhere(self, eio_sid: str) -> bool:
        """Whether a client is in a namespace, or on its way into one."""
        return any(self.manager.sid_from_eio_sid(eio_sid, one) for one in self.manager.get_namespaces())

    def _check_came_in(self, eio_sid: str) -> None:
        socket = self.eio.sockets.get(eio_sid)
        if socket is not None and not self.is_anywhere(eio_sid):
            socket.cut("never authenticated")

    def check_auth(self, auth: Any) -> None:
        """Raises ValueError for what no client may show when it connects."""
        if auth is not None and not isinstance(auth, dict):
            raise ValueError("auth must be an object")

    def _take_connect(self, socket: EngineSocket, namespace: str, auth: Any) -> None:
        self.check_auth(auth)
        talk: Conversation = socket.state
        self._count_turn(talk)
        before = talk.turns.get(namespace)
        if before is None and self.manager.sid_from_eio_sid(socket.sid, namespace) is not None:
            raise ValueError("CONNECT twice")
        talk.turns[namespace] = self.eio.start_soon(self._come(socket, namespace, auth, before))

    def _take_leave(self, socket: EngineSocket, namespace: str) -> None:
        talk: Conversation = socket.state
        self._count_turn(talk)
        sid = self.manager.sid_from_eio_sid(socket.sid, namespace)
        if sid is not None and self.manager.is_connected(sid, namespace):
            # At once: what the client sends from here on comes from outside.
            self.manager.pre_disconnect(sid, namespace)
            talk.places.pop(namespace, None)
            talk.turns[namespace] = self.eio.start_soon(self._go(socket, namespace, sid))

    def _count_turn(self, talk: Conversation) -> None:
        if len(talk.turns) >= MAX_NAMESPACES or talk.running >= MAX_RUNNING:
            raise ValueError("too many at once")

    async def _come(
        self, socket: EngineSocket, namespace: str, auth: Any, before: asyncio.Task[None] | None
    ) -> None:
        talk: Conversation = socket.state
        talk.running += 1
        try:
            if before is not None:
                await asyncio.wait((before,))
            if self.manager.sid_from_eio_sid(socket.sid, namespace) is not None:
                socket.cut("malformed packet: CONNECT twice")
            elif not socket.closing:
                await self._let_in(socket, namespace, auth)
        finally:
            talk.running -= 1
            self._end_turn(talk, namespace)

    async def _go(self, socket: EngineSocket, namespace: str, sid: str) -> None:
        try:
            await self._trigger_event("disconnect", namespace, sid, reasons.CLIENT_DISCONNECT)
        finally:
            await self.manager.disconnect(sid, namespace, ignore_queue=True)
            self._end_turn(socket.state, namespace)
        if not self.is_anywhere(socket.sid):
            # Who says goodbye and stays has no more time than who never came, and cannot come and go for ever.
            self._strangers.add(socket.sid)
            self._count_refusal(socket)

    def _end_turn(self, talk: Conversation, namespace: str) -> None:
        if talk.turns.get(namespace) is asyncio.current_task():
            del talk.turns[namespace]

    async def _let_in(self, socket: EngineSocket, namespace: str, auth: Any) -> None:
        talk: Conversation = socket.state
        if not self.always_connect:
            talk.entering[namespace] = []
        try:
            await self._handle_connect(socket.sid, namespace, auth)
        except Exception:
            self.logger.exception("connect handler error")
            await self._refuse(socket, namespace, "Connection refused by server")
        held = talk.entering.pop(namespace, [])
        sid = self.manager.sid_from_eio_sid(socket.sid, namespace)
        if sid is None:
            self._count_refusal(socket)
        elif socket.closed:
            # Gone while its handler was at work: nobody else would take it out of its rooms.
            await self._handle_disconnect(socket.sid, namespace, reasons.TRANSPORT_CLOSE)
        else:
            for frame in held:
                socket.send(frame)

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        if not self._is_served(namespace or "/"):
            error = self.packet_class(
                packets.CONNECT_ERROR, data={"message": "Invalid namespace"}, namespace=namespace
            )
            await self._send_packet(eio_sid, error)
            return
        await super()._handle_connect(eio_sid, namespace, data)

    def _is_served(self, namespace: str) -> bool:
        return (
            namespace in self.handlers
            or namespace in self.namespace_handlers
            or self.namespaces == "*"
            or namespace in self.namespaces
        )

    async def _refuse(self, socket: EngineSocket, namespace: str, why: str) -> None:
        sid = self.manager.sid_from_eio_sid(socket.sid, namespace)
        if sid is not None:
            await self.manager.disconnect(sid, namespace, ignore_queue=True)
        error = self.packet_class(packets.CONNECT_ERROR, data={"message": why}, namespace=namespace)
        await self._send_packet(socket.sid, error)

    def _count_refusal(self, socket: EngineSocket) -> None:
        socket.state.refused += 1
        if socket.state.refused >= MAX_REFUSED_CONNECTS:
            socket.cut("refused too often")


def _encoded(packet: Any) -> list[Frame]:
    encoded = packet.encode()
    parts = encoded if isinstance(encoded, list) else [encoded]
    return [Frame(f"4{part}" if isinstance(part, str) else bytes(part)) for part in parts]
