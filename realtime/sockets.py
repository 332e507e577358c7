"""Convene's use of the wire: one namespace, every command to one intake, in order, and a way back to each client."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Protocol

import structlog
from socketio.exceptions import ConnectionRefusedError as Refused

from models.addresses import counted_as
from models.errors import ConveneError, InternalError
from models.settings import Settings
from realtime.connection import Incoming
from realtime.metrics import Meters
from realtime.wire import SocketServer
from realtime.wire.frames import Frame, ack_text, disconnect_frame
from realtime.wire.socket import SERVER_DISCONNECT, TRANSPORT_CLOSE, EngineSocket

log = structlog.get_logger(__name__)

NAMESPACE = "/"


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


class RoomSockets(SocketServer):
    """Socket.IO on one namespace, whose events all go to one intake, in order."""

    max_attachments = 16

    def __init__(self, intake: Intake, settings: Settings, meters: Meters) -> None:
        super().__init__(
            # Which origins may come is settled by the gate before.
            cors_allowed_origins=[],
            max_http_buffer_size=settings.max_message_bytes,
            ping_interval=settings.ping_interval_s,
            ping_timeout=settings.ping_timeout_s,
            connect_within_s=settings.connect_within_s,
        )
        self._intake = intake
        self._meters = meters
        self._addresses: dict[str, str] = {}
        self.open_from: Counter[str] = Counter()
        """How many sockets are open from each address, on whatever transport."""
        self.on("connect", self._connect)
        self.on("disconnect", self._disconnect)

    def end_polls(self) -> None:
        """Ends every session that is on no WebSocket; what waits for something to send is answered. They come back."""
        for socket in list(self.eio.sockets.values()):
            if not socket.upgraded:
                socket.end(TRANSPORT_CLOSE)

    def broadcast(self, links: Iterable["SocketLink"], frame: Frame) -> None:
        """Sends one frame to many clients."""
        self.eio.outbox.broadcast([link.socket for link in links], frame)

    def queued_bytes(self) -> tuple[int, ...]:
        """What each client has not taken yet."""
        return tuple(socket.queued_bytes for socket in self.eio.sockets.values())

    def was_cut(self, why: str) -> None:
        self._meters.cut(why)

    def check_name(self, name: Any) -> None:
        """Any name will do: none leads to a handler of the connection's own, and the intake answers what it is not."""

    def check_auth(self, auth: Any) -> None:
        """Anything will do: the intake says what is wrong with it."""

    def take_event(
        self, socket: EngineSocket, sid: str, namespace: str, ack_id: int | None, data: list[Any]
    ) -> None:
        self._intake.received(sid, Incoming(data[0], data[1:], ack_id, has_binary=False))

    def take_binary_event(
        self, socket: EngineSocket, sid: str, namespace: str, ack_id: int | None, data: list[Any]
    ) -> None:
        self._intake.received(sid, Incoming(data[0], data[1:], ack_id, has_binary=True))

    def take_ack(self, socket: EngineSocket, namespace: str, ack_id: int, data: list[Any]) -> None:
        raise ValueError("an ack that nobody asked for")

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        try:
            socket = self.eio.sockets[self.manager.eio_sid_from_sid(sid, NAMESPACE)]
            await self._intake.connected(sid, environ, auth, SocketLink(socket))
        except ConveneError as error:
            raise Refused(error.text, error.body()) from error
        except Exception as error:  # whatever is wrong with us, the client is told
            log.exception("socket.connect_failed")
            fault = InternalError()
            raise Refused(fault.text, fault.body()) from error

    async def _disconnect(self, sid: str, _reason: str | None = None) -> None:
        self._intake.disconnected(sid)

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> Any:
        self._addresses[eio_sid] = counted_as(environ["asgi.scope"].get("convene.address", ""))
        self.open_from[self._addresses[eio_sid]] += 1
        return await super()._handle_eio_connect(eio_sid, environ)

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        address = self._addresses.pop(eio_sid, None)
        if address is not None:
            self.open_from[address] -= 1
            if not self.open_from[address]:
                del self.open_from[address]
        await super()._handle_eio_disconnect(eio_sid, reason)


class SocketLink:
    """The way to one client."""

    __slots__ = ("socket",)

    def __init__(self, socket: EngineSocket) -> None:
        self.socket = socket

    def send(self, frame: Frame) -> None:
        """Sends a frame, in order, at the end of this turn of the loop. Who does not read is cut off."""
        self.socket.send(frame)

    def answer(self, ack_id: int | None, answer: dict[str, Any]) -> None:
        """Acknowledges a command, if the client asked for that."""
        if ack_id is not None:
            self.socket.send_text(ack_text(ack_id, answer))

    def close(self) -> None:
        """Says goodbye and closes the transport."""
        self.socket.send(disconnect_frame())
        self.socket.end(SERVER_DISCONNECT)

    def cut(self, why: str) -> None:
        """Closes the transport at once; what was queued is dropped."""
        self.socket.cut(why)
