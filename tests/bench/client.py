"""A Socket.IO client that weighs next to nothing, so that thousands of them do not become what is measured.

It speaks just enough of WebSocket, Engine.IO and Socket.IO to join, to say something, to note when it hears something,
and whether anything is missing or comes twice. What it cannot understand ends it with a reason.
"""

import asyncio
import json
import random
import time
import zlib
from array import array
from collections.abc import Callable
from typing import Any, Final

TEXT, DEFLATED_TEXT, CLOSE = 0x81, 0xC1, 0x88
FLUSHED: Final = b"\0\0\xff\xff"
SHORT, MEDIUM = 126, 127
MARK: Final = b"@"
"""Stands around the number of a text and the microsecond at which it was sent."""
FIRST: Final = 1_000_000
UNAWAITED: Final = "0"
OPENING: Final = 12
"""Within so many bytes an acknowledgement says whether it is one."""
HANDSHAKE: Final = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
    b"Host: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: MDEyMzQ1Njc4OTAxMjM0NQ==\r\nSec-WebSocket-Version: 13\r\n"
)
OFFER: Final = b"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
"""As browsers do."""

Json = dict[str, Any]

VOWELS, CONSONANTS = "aeiou", "bdfglmnprstv"


def _words(size_bytes: int) -> str:
    """The same words each time, of a language with some hundreds of them, which compresses much as ours do."""
    chance = random.Random(1)
    syllables = [one + other for one in CONSONANTS for other in VOWELS]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(300)]
    return " ".join(chance.choices(words, k=size_bytes))[:size_bytes]


FILLING: Final = _words(65_536)
STEP: Final = 4_099


def marked(number: int, size_bytes: int = 0) -> str:
    """A text that says which one it is and when it was made, filled up with words to a size of some kilobytes."""
    text = f"@{FIRST + number}@{time.monotonic_ns() // 1_000:015}@"
    start = number * STEP % (len(FILLING) - STEP)
    return text + FILLING[start : start + max(0, size_bytes - len(text))]


def number_of(text: str) -> int:
    """Which one a marked text is."""
    return int(text.split("@", 2)[1]) - FIRST


def framed(packet: bytes) -> bytes:
    """A text frame as a client sends it."""
    # Clients must mask; a mask of zeros costs nothing here, and the server does its work all the same.
    length = len(packet)
    size = bytes((0x80 | length,)) if length < SHORT else bytes((0x80 | SHORT,)) + length.to_bytes(2, "big")
    return bytes((TEXT,)) + size + b"\0\0\0\0" + packet


class Ear:
    """What all clients of a measurement have heard: how long each message was on its way, and what went wrong."""

    def __init__(self) -> None:
        self.delays_us = array("q")
        self.faults = 0
        self.refusals: list[bytes] = []
        self.received_bytes = 0
        self._target = 0
        self._reached = asyncio.Event()

    def note(self) -> None:
        """Called after something was heard."""
        if len(self.delays_us) >= self._target:
            self._reached.set()

    def expect(self, more: int) -> None:
        """Says before it is sent how much is to be heard in addition."""
        self._target += more
        self._reached.clear()

    async def heard(self, within_s: float) -> None:
        """Returns when all that is expected was heard. Raises TimeoutError, saying how much is missing."""
        if len(self.delays_us) >= self._target:
            return
        try:
            await asyncio.wait_for(self._reached.wait(), within_s)
        except TimeoutError:
            missing = self._target - len(self.delays_us)
            refused = f"; refused: {self.refusals[:3]!r}" if self.refusals else ""
            raise TimeoutError(f"{missing} of {self._target} messages are missing{refused}") from None

    def forget(self) -> None:
        """Begins anew with the delays."""
        self.delays_us = array("q")
        self.received_bytes = 0
        self._target = 0


class Inflater:
    """What a server has compressed for one connection, as both agreed."""

    def __init__(self) -> None:
        self.is_agreed = False
        self._takes_over = True
        self._context = zlib.decompressobj(-zlib.MAX_WBITS)

    def agree(self, head: bytes) -> None:
        """Takes what the server chose of what was offered."""
        self.is_agreed = b"permessage-deflate" in head
        self._takes_over = b"server_no_context_takeover" not in head

    def inflate(self, payload: bytes) -> bytes:
        """A message as it was before."""
        if not self._takes_over:
            self._context = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._context.decompress(payload + FLUSHED)


class Client(asyncio.Protocol):
    """One connection. `token` goes with its CONNECT; frames that begin with `heard` are noted by `ear`."""

    def __init__(
        self, ear: Ear, heard: bytes, auth: Json | None = None, inflater: Inflater | None = None
    ) -> None:
        self.connected: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.next = 0
        self.hears = 0
        self.last_heard = b""
        self.epoch = ""
        self.gone: Callable[[], None] | None = None
        self.acked: Callable[[Client], None] | None = None
        self.transport: Any = None
        self._ear = ear
        self._heard = heard
        self._auth = auth
        self._inflater = inflater
        self._rest = b""
        self._is_upgraded = False
        self._ended: Exception | None = None
        self._acks: dict[int, asyncio.Future[Json]] = {}
        self._ids = 0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(HANDSHAKE + (OFFER if self._inflater else b"") + b"\r\n")

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        if not self._is_upgraded:
            head, blank, rest = data.partition(b"\r\n\r\n")
            if not blank:
                self._rest = data
                return
            if b" 101 " not in head[:20]:
                self.end(f"no WebSocket: {head[:60]!r}")
                return
            if self._inflater is not None:
                self._inflater.agree(head)
            self._is_upgraded, data = True, rest
        self._ear.received_bytes += len(data)
        before = self.hears
        self._rest = self._frames(data)
        if self.hears != before:
            self._ear.note()

    def connection_lost(self, exc: Exception | None) -> None:
        self.end("the server closed the connection")
        if self.gone is not None:
            self.gone()

    async def command(self, name: str, payload: Json) -> Json:
        """Sends a command and returns its acknowledgement. Raises ConnectionError."""
        if self._ended is not None:
            raise self._ended
        self._ids += 1
        key = self._ids
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._acks[key] = ack
        self._send(f"42{key}{json.dumps([name, payload], separators=(',', ':'))}")
        return await ack

    def tell(self, name: str, payload: Json, *, acked: bool = False) -> None:
        """Sends a command that nobody waits for; where it is acknowledged all the same, a refusal is noted."""
        self._send(f"42{UNAWAITED if acked else ''}{json.dumps([name, payload], separators=(',', ':'))}")

    def leave(self) -> None:
        """Drops the connection."""
        self.gone = None
        self.transport.abort()

    def end(self, why: str) -> None:
        """Drops the connection for a reason, which everybody who waits for it is told."""
        self._ended = self._ended or ConnectionError(why)
        waiting: list[asyncio.Future[Any]] = [self.connected, *self._acks.values()]
        for future in waiting:
            if not future.done():
                future.set_exception(self._ended)
        self._acks.clear()
        self.transport.abort()

    def _frames(self, data: bytes) -> bytes:
        """Takes all whole frames; returns what is left."""
        at, size = 0, len(data)
        while size >= at + 2:
            kind, length, start = data[at], data[at + 1], at + 2
            if length == SHORT:
                length, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif length == MEDIUM:
                length, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if size < start + length:
                break
            at = start + length
            if kind == DEFLATED_TEXT and self._inflater is not None:
                self._take(TEXT, self._inflater.inflate(data[start:at]))
            else:
                self._take(kind, data[start:at])
        return data[at:]

    def _take(self, kind: int, packet: bytes) -> None:
        if kind != TEXT:
            self.end("closed" if kind == CLOSE else f"a frame of an unexpected kind: {kind}")
        elif packet.startswith(self._heard):
            self.hear(packet)
        elif packet.startswith(b"43"):
            self._acknowledge(packet)
        elif packet == b"2":
            self._send("3")
        elif packet.startswith(b"0"):
            self._send("40" if self._auth is None else f"40{json.dumps(self._auth)}")
        elif packet.startswith(b"40"):
            self._accept()
        elif packet.startswith(b"44"):
            self.end(f"refused: {packet[2:300]!r}")

    def _accept(self) -> None:
        # Who waits for it may have given up.
        if not self.connected.done():
            self.connected.set_result(None)

    def hear(self, packet: bytes) -> None:
        """Takes note of a marked text."""
        _, number, sent_us, _ = packet.split(MARK, 3)
        ear = self._ear
        if int(number) - FIRST != self.next:
            ear.faults += 1
        self.next = int(number) - FIRST + 1
        self.hears += 1
        self.last_heard = packet
        ear.delays_us.append(time.monotonic_ns() // 1_000 - int(sent_us))

    def _acknowledge(self, packet: bytes) -> None:
        if self.acked is not None:
            self.acked(self)
            return
        key, bracket, rest = packet[2:].partition(b"[")
        ack = self._acks.pop(int(key), None)
        if ack is None and b'"ok":true' not in rest[:OPENING]:
            self._ear.refusals.append(packet)
        if ack is not None and not ack.done():
            ack.set_result(json.loads(bracket + rest)[0])

    def _send(self, text: str) -> None:
        self.transport.write(framed(text.encode()))
