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

DEFLATE_LEVEL = 1
"""Nearly as small as the others with the JSON of a room, at a third of their cost."""

MAX_WINDOW_BITS = 15
EMPTY_BLOCK = b"\x00\x00\xff\xff"
"""What ends a flushed block; it is left out on the wire (RFC 7692, 7.2.1)."""


class Frame:
    """One Engine.IO packet on its way out: text such as `42["chat:sent",{}]`, or the bytes of an attachment."""

    __slots__ = ("_deflated", "is_text", "plain", "size_bytes")

    def __init__(self, data: str | bytes, *, is_text: bool = False) -> None:
        payload = data.encode("utf-8", "replace") if isinstance(data, str) else data
        self.is_text = is_text = is_text or isinstance(data, str)
        self.size_bytes = len(payload)
        """How much of it there is to send."""
        self.plain = websocket_frame(FIN | (TEXT if is_text else BINARY), payload)
        """The whole WebSocket frame, uncompressed. The payload is kept in it and nowhere else."""
        self._deflated: bytes | None = None

    @classmethod
    def of_text(cls, payload: bytes) -> Self:
        """A packet whose text is encoded already."""
        return cls(payload, is_text=True)

    @property
    def payload(self) -> bytes:
        """The packet's bytes."""
        return self.plain[-self.size_bytes :] if self.size_bytes else b""

    @property
    def deflated(self) -> bytes:
        """The whole WebSocket frame for clients that take compressed ones. What is small stays as it is.

        Nothing is carried over from one message to the next, so that the same bytes do for every client.
        """
        if self._deflated is None:
            if self.size_bytes < DEFLATE_FROM_BYTES:
                self._deflated = self.plain
            else:
                head = FIN | COMPRESSED | (TEXT if self.is_text else BINARY)
                self._deflated = websocket_frame(head, deflate(self.payload))
        return self._deflated

    @property
    def data(self) -> str | bytes:
        """The packet as a message: text, or the bytes of an attachment."""
        return self.payload.decode() if self.is_text else self.payload

    @property
    def polled(self) -> str:
        """The packet as it stands in the body of a poll."""
        return self.payload.decode() if self.is_text else "b" + b64encode(self.payload).decode()


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
    compressor = zlib.compressobj(DEFLATE_LEVEL, wbits=-MAX_WINDOW_BITS)
    return (compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)).removesuffix(EMPTY_BLOCK)


def event_frame(name: str, body: str) -> Frame:
    """A Socket.IO event with one argument that is JSON already."""
    return Frame(f'{EVENT}["{name}",{body}]')


def ack_text(ack_id: int, answer: dict[str, Any]) -> bytes:
    """The packet that acknowledges a command, encoded."""
    return b"43%d[%b]" % (ack_id, orjson.dumps(answer))


def disconnect_frame() -> Frame:
    """Says that this client should not come back by itself."""
    return Frame(DISCONNECT)
