"""Finished packets: encoded once, framed once and compressed at most once, however many sockets they go to."""

import zlib
from base64 import b64encode
from typing import Any, Self

import orjson

MESSAGE = "4"
EVENT = "42"
DISCONNECT = "41"

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
FIN, COMPRESSED = 0x80, 0x40
SHORT, MEDIUM = 126, 65_536

DEFLATE_FROM_BYTES = 1_024
"""Smaller messages are sent as they are: the compressor would cost more than the network."""

MAX_WINDOW_BITS = 15
EMPTY_BLOCK = b"\x00\x00\xff\xff"
"""What ends a flushed block; it is left out on the wire (RFC 7692, 7.2.1)."""


class Frame:
    """One Engine.IO packet on its way out: text such as `42["chat:sent",{}]`, or the bytes of an attachment."""

    __slots__ = ("_deflated", "_plain", "is_text", "payload")

    def __init__(self, data: str | bytes) -> None:
        self.is_text = isinstance(data, str)
        self.payload: bytes = data.encode("utf-8", "replace") if isinstance(data, str) else data
        self._plain: bytes | None = None
        self._deflated: bytes | None = None

    @classmethod
    def of_text(cls, payload: bytes) -> Self:
        """A packet whose text is encoded already."""
        frame = cls(payload)
        frame.is_text = True
        return frame

    @property
    def plain(self) -> bytes:
        """The whole WebSocket frame, uncompressed."""
        if self._plain is None:
            self._plain = websocket_frame(FIN | self._opcode, self.payload)
        return self._plain

    @property
    def deflated(self) -> bytes:
        """The whole WebSocket frame for clients that take compressed ones. What is small stays as it is.

        Nothing is carried over from one message to the next, so that the same bytes do for every client.
        """
        if self._deflated is None:
            if self.size_bytes < DEFLATE_FROM_BYTES:
                self._deflated = self.plain
            else:
                self._deflated = websocket_frame(FIN | COMPRESSED | self._opcode, deflate(self.payload))
        return self._deflated

    @property
    def data(self) -> str | bytes:
        """The packet as a message: text, or the bytes of an attachment."""
        return self.payload.decode() if self.is_text else self.payload

    @property
    def polled(self) -> str:
        """The packet as it stands in the body of a poll."""
        return self.payload.decode() if self.is_text else "b" + b64encode(self.payload).decode()

    @property
    def size_bytes(self) -> int:
        """How much of it there is to send."""
        return len(self.payload)

    @property
    def _opcode(self) -> int:
        return TEXT if self.is_text else BINARY


def websocket_frame(head: int, payload: bytes) -> bytes:
    """An unmasked frame, as a server sends it (RFC 6455, 5.2). `head` is its first byte: flags and opcode."""
    length = len(payload)
    if length < SHORT:
        return bytes((head, length)) + payload
    if length < MEDIUM:
        return bytes((head, SHORT)) + length.to_bytes(2, "big") + payload
    return bytes((head, SHORT + 1)) + length.to_bytes(8, "big") + payload


def deflate(payload: bytes) -> bytes:
    """A message of its own, compressed (RFC 7692)."""
    compressor = zlib.compressobj(wbits=-MAX_WINDOW_BITS)
    return (compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)).removesuffix(EMPTY_BLOCK)


def event_frame(name: str, body: str) -> Frame:
    """A Socket.IO event with one argument that is JSON already."""
    return Frame(f'{EVENT}["{name}",{body}]')


def ack_frame(ack_id: int, answer: dict[str, Any]) -> Frame:
    """The acknowledgement of a command."""
    return Frame.of_text(b"43%d[%b]" % (ack_id, orjson.dumps(answer)))


def disconnect_frame() -> Frame:
    """Says that this client should not come back by itself."""
    return Frame(DISCONNECT)
