"""Socket.IO: python-socketio's server over connections of our own, made fast where it counts and strict throughout.

What is malformed is cut, what is refused is told, and no client reaches a handler of the connection's own by naming it.
"""

import re
from typing import Any

import socketio
from socketio import packet as packets

from realtime.wire import codec
from realtime.wire.binary import Partial
from realtime.wire.coming import Coming
from realtime.wire.conversation import Conversation
from realtime.wire.engine import MAX_QUEUED_BYTES, EngineServer
from realtime.wire.frames import Frame
from realtime.wire.handling import Handling
from realtime.wire.rooms import RoomManager
from realtime.wire.socket import EngineSocket

CONNECT_WITHIN_S = 45.0
MAX_ATTACHMENTS = 64

RESERVED = frozenset(
    {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"}
)
"""Names that only the connection itself may use."""

_EVENT = re.compile(r"42(?:(/[^,?]*)[^,]*,)?([0-9]{0,16})(?=\[)")
_PACKET = re.compile(r"4(?:[0-4]|[56][0-9]{1,10}-)(?:/[^,]*(?:,|$))?[0-9]{0,100}(?=[\[{\"tfn]|$)")


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
        self.eio.owner, self.eio.take = self, self.take
        # With a codec or a packet class of one's own, everything goes by them.
        self._is_plain = self.packet_class is packets.Packet and json is codec
        self._handling = Handling(self)
        self._coming = Coming(self, connect_within_s)

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
        self._coming.stop()
        await self._handling.settle(self.eio.ping_timeout)
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
                namespace = namespace or "/"
                sid = self._check_event(socket, namespace, data)
                self.take_event(socket, sid, namespace, int(ack_id) if ack_id else None, data)
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
            self.check_auth(packet.data)
            self._coming.take_connect(socket, namespace, packet.data)
        elif kind == packets.DISCONNECT:
            self._coming.take_leave(socket, namespace)
        elif kind in (packets.BINARY_EVENT, packets.BINARY_ACK) and packet.attachment_count:
            self._check_connected(socket, namespace)
            socket.state.partial = Partial(packet, self.max_attachments, self.eio.max_http_buffer_size)
        elif kind in (packets.EVENT, packets.BINARY_EVENT, packets.ACK, packets.BINARY_ACK):
            self._take_whole(socket, packet)
        else:
            raise ValueError("a packet that servers send")

    def _take_whole(self, socket: EngineSocket, packet: Any) -> None:
        namespace = packet.namespace or "/"
        if packet.packet_type in (packets.EVENT, packets.BINARY_EVENT):
            sid = self._check_event(socket, namespace, packet.data)
            is_binary = packet.packet_type == packets.BINARY_EVENT
            take = self.take_binary_event if is_binary else self.take_event
            take(socket, sid, namespace, packet.id, packet.data)
            return
        if packet.id is None or not isinstance(packet.data, list):
            raise ValueError("an ack without id or data")
        self._check_connected(socket, namespace)
        self.take_ack(socket, namespace, packet.id, packet.data)

    def _check_event(self, socket: EngineSocket, namespace: str, data: Any) -> str:
        if type(data) is not list or not data:
            raise TypeError("an event without a name")
        name = data[0]
        if type(name) is not str or name in RESERVED:
            self.check_name(name)
        known: str | None = socket.state.places.get(namespace)
        return known or self._check_connected(socket, namespace)

    def was_cut(self, why: str) -> None:
        """A client is cut, for a reason in a few words. For whoever wants to count."""

    def check_name(self, name: Any) -> None:
        """Raises ValueError or TypeError if no client may call an event so. Asked for what is no usual name."""
        if type(name) not in (str, int) or name in RESERVED:
            raise ValueError("an event's name")

    def _check_connected(self, socket: EngineSocket, namespace: str) -> str:
        sid: str | None = self.manager.sid_from_eio_sid(socket.sid, namespace)
        if sid is None or not self.manager.is_connected(sid, namespace):
            raise ValueError("not connected to the namespace")
        if isinstance(self.manager, RoomManager):
            # Which takes it out again.
            socket.state.places[namespace] = sid
        return sid

    def take_ack(self, socket: EngineSocket, namespace: str, ack_id: int, data: list[Any]) -> None:
        """A client acknowledges something."""
        self.eio.start_soon(self._handle_ack(socket.sid, namespace, ack_id, data))

    def on(self, event: str, handler: Any = None, namespace: str | None = None) -> Any:
        self._handling.forget()
        return super().on(event, handler, namespace)

    def take_event(
        self, socket: EngineSocket, sid: str, namespace: str, ack_id: int | None, data: list[Any]
    ) -> None:
        """A client sends an event: its handler is called."""
        self._handling.handle(socket, sid, namespace, ack_id, data)

    def take_binary_event(
        self, socket: EngineSocket, sid: str, namespace: str, ack_id: int | None, data: list[Any]
    ) -> None:
        """The same for an event with attachments, which stand in `data` as bytes."""
        self.take_event(socket, sid, namespace, ack_id, data)

    def acknowledge(self, socket: EngineSocket, namespace: str, ack_id: int, result: Any) -> None:
        """Sends what a handler returned: a tuple as several values, None as none."""
        data = [] if result is None else list(result) if isinstance(result, tuple) else [result]
        if namespace == "/" and self._is_plain:
            try:
                socket.send_text(b"43%d%b" % (ack_id, codec.encode(data)))
            except TypeError:
                pass  # There are attachments in it, or what is no JSON at all.
            else:
                return
        for frame in self.frames_of(packets.ACK, namespace, ack_id, data):
            socket.send(frame)

    # Coming and going.

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> Any:
        verdict = await super()._handle_eio_connect(eio_sid, environ)
        self.eio.sockets[eio_sid].state = Conversation()
        self._coming.expect(eio_sid)
        return verdict

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        raise RuntimeError("messages come in by `take`")

    def check_auth(self, auth: Any) -> None:
        """Raises ValueError for what no client may show when it connects."""
        if auth is not None and not isinstance(auth, dict):
            raise ValueError("auth must be an object")

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


def _encoded(packet: Any) -> list[Frame]:
    encoded = packet.encode()
    parts = encoded if isinstance(encoded, list) else [encoded]
    return [Frame(f"4{part}" if isinstance(part, str) else bytes(part)) for part in parts]
