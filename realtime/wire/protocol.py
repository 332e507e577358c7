"""uvicorn's WebSocket protocol, which also takes finished frames straight to the transport.

The way through ASGI costs a task switch and a framing for each client and message. A broadcast is framed once and
written to each transport instead, which is nearly all that a delivery then costs.
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

WIRE = "convene.wire"
"""The ASGI extension by which an application finds the protocol of its socket."""

_TEXT = 0x81
_SHORT, _MEDIUM = 126, 65_536


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """A WebSocket that can be written to directly. For `uvicorn.run(..., ws=WebSocketProtocol)`."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        scope: Any = getattr(self, "scope", None)
        if scope is not None:
            scope["extensions"][WIRE] = self

    @property
    def is_open(self) -> bool:
        """Whether frames may be written."""
        return (
            self.handshake_complete
            and not self.close_sent
            and not self.disconnected
            and not self.transport.is_closing()
        )

    @property
    def is_flowing(self) -> bool:
        """Whether nothing written through ASGI may still be on its way to the transport."""
        return self.writable.is_set()

    @property
    def queued_bytes(self) -> int:
        """What the client has not taken yet."""
        return int(self.transport.get_write_buffer_size())

    def write(self, frame: bytes) -> None:
        """Writes a finished frame; several within one tick leave in one system call."""
        self.transport.write(frame)

    def abort(self) -> None:
        """Drops the connection and all that waits in it, at once."""
        self.transport.abort()


def text_frame(text: str) -> bytes:
    """An unmasked, uncompressed text frame, as a server sends it (RFC 6455, 5.2)."""
    payload = text.encode()
    length = len(payload)
    if length < _SHORT:
        return bytes((_TEXT, length)) + payload
    if length < _MEDIUM:
        return bytes((_TEXT, 126)) + length.to_bytes(2, "big") + payload
    return bytes((_TEXT, 127)) + length.to_bytes(8, "big") + payload
