"""One Engine.IO session: packets in, packets out, on whatever transport it has just now."""

import asyncio
from base64 import b64decode
from collections.abc import Callable
from typing import Any, Protocol

import structlog

from realtime.wire.direct import DirectWire
from realtime.wire.frames import DEFLATE_FROM_BYTES, FIN, TEXT, Frame, websocket_frame
from realtime.wire.outbox import NOTHING, Outbox, Pending
from realtime.wire.patience import Patience
from realtime.wire.polling import Polls
from realtime.wire.relay import RelayedWire
from realtime.wire.wires import Wire

log = structlog.get_logger(__name__)

OPEN, CLOSE, PING, PONG, MESSAGE, UPGRADE, NOOP = "0123456"
CLOSE_FRAME, PING_FRAME = Frame(CLOSE), Frame(PING)

MAX_PACKETS_A_POST = 16

STALL_S = 15.0
"""How long a client may take next to nothing of what waits for it."""

STALL_BYTES = 32_768
"""What a client has to take within `STALL_S` while more waits: some 2 KB a second."""

CLIENT_DISCONNECT = "client disconnect"
SERVER_DISCONNECT = "server disconnect"
PING_TIMEOUT = "ping timeout"
TRANSPORT_CLOSE = "transport close"
TRANSPORT_ERROR = "transport error"


class Sessions(Protocol):
    """The server as its sessions see it."""

    outbox: Outbox
    max_queued_bytes: int
    take: Callable[["EngineSocket", Any], None]
    """Takes a message: text with its `4` still before it, or binary. Raises ValueError, TypeError for nonsense."""

    def answered(self, socket: "EngineSocket") -> None:
        """The client has answered a ping."""
        ...

    def ended(self, socket: "EngineSocket", reason: str) -> None:
        """The session is over."""
        ...

    def was_cut(self, why: str) -> None:
        """A session is being ended at once."""
        ...


class EngineSocket:
    """A client's session. Has the attributes that python-engineio's own sockets have, as far as anyone asks for them.

    Everything sent goes through one line per client, so that no frame overtakes another: `pending` while a WebSocket
    of our own is open, else `put_off`.
    """

    __slots__ = (
        "_patience",
        "_sent_bytes",
        "_server",
        "_stall",
        "closed",
        "closing",
        "connected",
        "is_posting",
        "is_slow",
        "pending",
        "pings",
        "polls",
        "session",
        "sid",
        "state",
        "takes_deflate",
        "upgraded",
        "upgrading",
        "wire",
        "write",
    )

    def __init__(self, server: Sessions, sid: str) -> None:
        self._server = server
        self.sid = sid
        self.session: dict[str, Any] = {}
        self.connected = self.upgrading = self.upgraded = self.closing = self.closed = False
        self.pending: Pending | None = None
        self.takes_deflate = False
        self.write: Callable[[bytes], None] = _write_nowhere
        self.wire: Wire | None = None
        self.polls: Polls | None = None
        self.pings = 0
        self.is_posting = False
        self.state: Any = None
        self.is_slow = False
        self._patience: Patience | None = None
        self._sent_bytes = 0
        self._stall: asyncio.TimerHandle | None = None

    def open_polling(self) -> None:
        """The session begins on long polling."""
        self.polls = Polls()
        self.connected = True

    def open_on(self, wire: Wire) -> None:
        """The session begins on a WebSocket, or moves to it; what waited for a poll goes first."""
        waiting = self.polls.drain() if self.polls is not None else []
        self.wire = wire
        self.connected = self.upgraded = True
        self.upgrading = False
        if isinstance(wire, DirectWire):
            self.takes_deflate = wire.takes_deflate
            self.write = wire.write
            self.pending = NOTHING
        wire.listen(self)
        for frame in waiting:
            self.send(frame)

    def send(self, frame: Frame) -> None:
        """Sends a packet, in order, at the end of this turn. Who does not read is cut off."""
        self._server.outbox.add(self, frame)

    def send_text(self, payload: bytes) -> None:
        """Sends a packet to this client alone, its text encoded."""
        pending = self.pending
        if pending is None or len(payload) >= DEFLATE_FROM_BYTES:
            self.send(Frame.of_text(payload))
        else:
            self._server.outbox.push(self, pending, websocket_frame(FIN | TEXT, payload))

    def put_off(self, frame: Frame) -> None:
        """Takes a frame that no WebSocket of ours is open for."""
        if self.closed:
            return
        if isinstance(self.wire, RelayedWire):
            self.wire.send(frame)
            queued_bytes = self.wire.queued_bytes - frame.size_bytes
        elif self.polls is not None:
            self.polls.put(frame)
            queued_bytes = self.polls.size_bytes - frame.size_bytes
        else:
            return
        if queued_bytes > self._server.max_queued_bytes:
            self.cut("does not read")

    @property
    def queued_bytes(self) -> int:
        """What the client has not taken yet."""
        pending = len(self.pending) if isinstance(self.pending, bytes) else sum(map(len, self.pending or ()))
        polled = 0 if self.polls is None else self.polls.size_bytes
        return pending + polled + (0 if self.wire is None else self.wire.queued_bytes)

    def flush(self) -> None:
        """Writes what is pending, without waiting for the end of the turn."""
        pending = self.pending
        if pending:
            self.pending = NOTHING
            self.write(pending if isinstance(pending, bytes) else b"".join(pending))

    def may_grow(self, size_bytes: int) -> bool:
        """Whether so much more may be written to a client that is slow; if not, it is cut."""
        self._sent_bytes += size_bytes
        if self.wire is None or self.wire.queued_bytes <= self._server.max_queued_bytes:
            return True
        self.cut("does not read")
        return False

    def message(self, data: str | bytes) -> None:
        """A packet of the client, from its WebSocket."""
        kind = data[:1]
        if kind == MESSAGE or isinstance(data, bytes):
            self._take(data)
        elif kind == PONG and self.is_pinged:
            self._server.answered(self)
        elif kind == CLOSE:
            self.end(CLIENT_DISCONNECT)
        elif kind in (NOOP, PONG):
            self._bear_with()
        else:
            self.cut("not a packet")

    def polled_messages(self, packets: list[str]) -> None:
        """Packets of the client, from the body of a request. Raises ValueError."""
        if self.closed or len(packets) > MAX_PACKETS_A_POST:
            raise ValueError("too many packets")
        for packet in packets:
            self._polled_message(packet)

    def _polled_message(self, packet: str) -> None:
        if packet[:1] == "b":
            self._take(b64decode(packet[1:], validate=True))
        elif packet[:1] in (MESSAGE, PONG, CLOSE, NOOP):
            self.message(packet)
        else:
            raise ValueError("not a packet")

    @property
    def is_pinged(self) -> bool:
        """Whether an answer to a ping is awaited."""
        return self.pings % 2 == 1

    def ping(self) -> None:
        """Asks whether the client is still there."""
        self.pings += 1
        self.send(PING_FRAME)

    def lost(self) -> None:
        """The WebSocket is over."""
        self.pending = None
        self._forget_stall()
        self.end(TRANSPORT_CLOSE)

    def slow(self, is_slow: bool) -> None:  # noqa: FBT001
        """The client takes less than it is sent, or does so no longer."""
        self.is_slow = is_slow
        self._forget_stall()
        if is_slow and self.wire is not None:
            self._sent_bytes = 0
            self._expect_progress(self.wire.queued_bytes)

    async def close(self, wait: bool = False, abort: bool = False, reason: str | None = None) -> None:  # noqa: FBT001, FBT002
        """Ends the session, as python-engineio's sockets have it; never waits for the client."""
        self.end(reason or SERVER_DISCONNECT)

    def end(self, reason: str, *, is_told: bool = False) -> None:
        """Ends the session, after all that was sent. Who is told so does not come back by itself."""
        if self.closing:
            return
        self.closing = True
        if is_told or reason == SERVER_DISCONNECT:
            self.send(CLOSE_FRAME)
        if self.wire is not None:
            self.flush()
            self.pending = None
            self.wire.close()
        self.closed = True
        self._forget_stall()
        self._server.ended(self, reason)
        if self.polls is not None:
            # A request that waits is answered with what there is.
            self.polls.hold(is_held=True)

    def cut(self, why: str) -> None:
        """Ends the session at once; what a client does not take is dropped."""
        if self.closed:
            return
        log.info("socket.cut", why=why)
        self._server.was_cut(why)
        if not self.is_slow:
            self.flush()
        self.pending = None
        if self.polls is not None:
            self.polls.drain()
        wire, self.wire = self.wire, None
        self.end(TRANSPORT_ERROR)
        if wire is not None:
            if wire.queued_bytes:
                wire.abort()
            else:
                wire.close()

    def _bear_with(self) -> None:
        self._patience = self._patience or Patience()
        if not self._patience.try_once_more():
            self.cut("says nothing, too often")

    def _take(self, data: str | bytes) -> None:
        if self.closing:
            return
        try:
            self._server.take(self, data)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
            self.cut(f"malformed packet: {type(error).__name__}")

    def _expect_progress(self, queued_bytes: int) -> None:
        loop = asyncio.get_running_loop()
        self._stall = loop.call_later(STALL_S, self._check_progress, queued_bytes)

    def _check_progress(self, before_bytes: int) -> None:
        if self.wire is None:
            return
        now_bytes = self.wire.queued_bytes
        taken_bytes = before_bytes + self._sent_bytes - now_bytes
        if taken_bytes < STALL_BYTES:
            self.cut("does not read")
            return
        self._sent_bytes = 0
        self._expect_progress(now_bytes)

    def _forget_stall(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None


def _write_nowhere(_data: bytes) -> None:
    """For sessions without a WebSocket, whose `pending` is None."""
