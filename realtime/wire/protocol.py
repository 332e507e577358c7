"""uvicorn's WebSocket protocol, which hands an accepted connection over to whoever wants to serve it directly.

Through ASGI every message costs a task switch or two, a queue and a framing per client. An application that finds the
extension `convene.wire` in its scope takes the transport instead; all others see uvicorn's own protocol.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.http11 import Request

from realtime.wire.direct import DirectWire
from realtime.wire.frames import MAX_WINDOW_BITS
from realtime.wire.outbox import Outbox

WIRE = "convene.wire"
"""The ASGI extension by which an application finds the protocol of its socket."""


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """A WebSocket that can be served directly. For `uvicorn.run(..., ws=WebSocketProtocol)`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.conn.available_extensions:
            # Without context from message to message a broadcast is compressed once for all, and a silent client
            # holds no compressor's memory.
            self.conn.available_extensions = [
                ServerPerMessageDeflateFactory(
                    server_no_context_takeover=True, client_no_context_takeover=True
                )
            ]

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        scope: Any = getattr(self, "scope", None)
        if scope is not None:
            scope["extensions"][WIRE] = self

    def hand_over(self, outbox: Outbox, max_bytes: int) -> DirectWire | None:
        """Gives the accepted connection away; messages may have `max_bytes`. None if something is under way here."""
        if not self._is_untouched:
            return None
        transport = self.transport
        deflate = next((one for one in self.conn.extensions if isinstance(one, PerMessageDeflate)), None)
        wire = DirectWire(
            transport,
            cast(set[object], self.connections),
            outbox,
            min(max_bytes, self.config.ws_max_size),
            takes_deflate=deflate is not None and deflate.local_max_window_bits == MAX_WINDOW_BITS,
            inflates=deflate is not None,
        )
        self.connections.discard(self)
        self.connections.add(wire)  # type: ignore[arg-type]  # uvicorn asks of it no more than `shutdown`
        self.scope["extensions"].pop(WIRE, None)
        self.transport = cast(asyncio.Transport, _Gone())
        transport.set_protocol(wire)
        return wire

    @property
    def _is_untouched(self) -> bool:
        return (
            self.handshake_complete
            and not self.close_sent
            and not self.disconnected
            and not self.transport.is_closing()
            and not self.conn.reader.buffer
            and self.queue.empty()
        )


class _Gone:
    """What is left in the place of a transport that was given away: uvicorn closes it when the application returns."""

    def close(self) -> None:
        return None

    def is_closing(self) -> bool:
        return True
