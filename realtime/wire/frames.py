"""Finished packets: an event is encoded once, however many sockets it goes to."""

from typing import Any

import orjson
from engineio import packet as eio_packet

from realtime.wire.protocol import text_frame

MESSAGE = "4"
EVENT = "42"
ACK = "43"
DISCONNECT = "41"


class Frame(eio_packet.Packet):  # type: ignore[misc]  # engineio has no types
    """An Engine.IO packet whose encoding is known already."""

    def __init__(self, text: str) -> None:
        super().__init__(eio_packet.MESSAGE, text[1:])
        self.encode_cache = text
        self.size_bytes = len(text)
        self._on_wire: bytes | None = None

    @property
    def on_wire(self) -> bytes:
        """The whole WebSocket frame, made once for all clients."""
        if self._on_wire is None:
            self._on_wire = text_frame(self.encode_cache)
        return self._on_wire


def event_frame(name: str, body: str) -> Frame:
    """A Socket.IO event with one argument that is JSON already."""
    return Frame(f'{EVENT}["{name}",{body}]')


def ack_frame(ack_id: int, answer: dict[str, Any]) -> Frame:
    """The acknowledgement of a command."""
    return Frame(f"{ACK}{ack_id}[{orjson.dumps(answer).decode()}]")


def disconnect_frame() -> Frame:
    """Says that this client should not come back by itself."""
    return Frame(DISCONNECT)
