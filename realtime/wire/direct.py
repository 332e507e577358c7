"""An open WebSocket without a server framework between: frames go straight to the transport, messages straight in."""

import asyncio
from collections.abc import Callable

from realtime.wire.frames import CLOSE, FIN, Frame, websocket_frame
from realtime.wire.outbox import Outbox
from realtime.wire.reading import Closed, Reader
from realtime.wire.wires import Listener

CLOSE_WITHIN_S = 5.0
"""How long a client has to answer our goodbye before the connection is dropped."""

SHUT_DOWN_WITHIN_S = 2.0
"""The same where the whole server ends and waits for it."""

GOING_AWAY = 1012

MAX_LATE_BYTES = 65_536
"""What may still come from a client after our goodbye: what was on its way already."""


class DirectWire(asyncio.Protocol):
    """Reads and writes one WebSocket after its handshake. In uvicorn's set of connections it stands for itself."""

    __slots__ = (
        "_connections",
        "_is_over",
        "_late_bytes",
        "_listener",
        "_outbox",
        "_reader",
        "_timer",
        "takes_deflate",
        "transport",
        "write",
    )

    def __init__(
        self,
        transport: asyncio.Transport,
        connections: set[object],
        outbox: Outbox,
        max_bytes: int,
        *,
        takes_deflate: bool,
        inflates: bool,
    ) -> None:
        self.transport = transport
        self.takes_deflate = takes_deflate
        self.write: Callable[[bytes], None] = transport.write
        self._connections = connections
        self._outbox = outbox
        self._listener: Listener | None = None
        self._reader = Reader(_ignore, transport.write, max_bytes, inflates=inflates)
        self._timer: asyncio.TimerHandle | None = None
        self._is_over = False
        self._late_bytes = 0

    def listen(self, listener: Listener) -> None:
        """From here on somebody hears."""
        self._listener = listener
        self._reader.take = listener.message

    @property
    def queued_bytes(self) -> int:
        """What the client has not taken yet."""
        return int(self.transport.get_write_buffer_size())

    def send(self, frame: Frame) -> None:
        """Writes one frame, now."""
        self.write(frame.deflated if self.takes_deflate else frame.plain)

    def close(self, code: int = 1000, reason: str = "") -> None:
        """Says goodbye, after all that was written; the connection ends when the client has answered or in time."""
        if self._is_over or self.transport.is_closing():
            return
        self.write(websocket_frame(FIN | CLOSE, code.to_bytes(2, "big") + reason.encode()))
        self._end()
        self._drop_after(CLOSE_WITHIN_S)

    def abort(self) -> None:
        """Drops the connection and all that waits in it, at once."""
        self._end()
        self.transport.abort()

    def pause(self) -> None:
        """Takes nothing from the client until `resume`."""
        self.transport.pause_reading()

    def resume(self) -> None:
        if not self.transport.is_closing():
            self.transport.resume_reading()

    def shutdown(self) -> None:
        """The server ends (called by uvicorn)."""
        self.close(GOING_AWAY)
        self._drop_after(SHUT_DOWN_WITHIN_S)

    def data_received(self, data: bytes) -> None:
        if self._is_over and not self._may_be_late(len(data)):
            # Not dropped at once: it would lose what it was told last.
            self.transport.pause_reading()
            return
        # What comes of all that came at once leaves at once.
        self._outbox.hold()
        try:
            self._reader.feed(data)
        except Closed as closed:
            if self._is_over:
                self.transport.close()
                return
            if closed.answer:
                self.write(closed.answer)
            self._end()
            self.transport.close()
            # It closes once all is written, which is never if the client takes nothing.
            self._drop_after(CLOSE_WITHIN_S)
        finally:
            self._outbox.release()

    def eof_received(self) -> None:
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.discard(self)
        if self._timer is not None:
            self._timer.cancel()
        self._end()

    def pause_writing(self) -> None:
        if self._listener is not None:
            self._listener.slow(True)

    def resume_writing(self) -> None:
        if self._listener is not None:
            self._listener.slow(False)

    def _may_be_late(self, size_bytes: int) -> bool:
        self._late_bytes += size_bytes
        return self._late_bytes <= MAX_LATE_BYTES

    def _drop_after(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self.transport.abort)

    def _end(self) -> None:
        self._is_over = True
        # After our goodbye only the client's is waited for.
        self._reader.take = _ignore
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.lost()


def _ignore(_message: str | bytes) -> None:
    """Nobody hears."""
