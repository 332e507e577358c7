"""A Socket.IO client that weighs next to nothing, so that hundreds of them do not become what is measured.

It speaks just enough of WebSocket, Engine.IO and Socket.IO to join, to say something and to note when it hears it.
What it cannot understand ends it with a reason.
"""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

TEXT, CLOSE = 0x81, 0x88
SHORT, MEDIUM = 126, 127
HEARD = b'42["chat:sent"'
MARK = b"@"
"""Stands on both sides of the nanosecond at which a text was sent."""


class Member(asyncio.Protocol):
    """One connected member. `hear` is called with the nanoseconds that each message was on its way."""

    def __init__(self, auth: dict[str, Any], hear: Callable[[int], None]) -> None:
        self.connected = asyncio.get_running_loop().create_future()
        self.heard = 0
        self._auth = auth
        self._hear = hear
        self._rest = b""
        self._is_upgraded = False
        self._acks: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        transport.write(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
            b"Host: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: MDEyMzQ1Njc4OTAxMjM0NQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        if not self._is_upgraded:
            head, blank, data = data.partition(b"\r\n\r\n")
            if not blank:
                self._rest = head
                return
            if b" 101 " not in head[:20]:
                self._end(f"no WebSocket: {head[:60]!r}")
                return
            self._is_upgraded = True
        self._rest = self._frames(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end("the server closed the connection")

    async def command(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Sends a command and returns its acknowledgement."""
        key = len(self._acks)
        self._acks[key] = asyncio.get_running_loop().create_future()
        self._send(f"42{key}{json.dumps([name, payload])}")
        return await self._acks[key]

    async def say(self, session_id: str, words: str) -> dict[str, Any]:
        """Sends a line of chat that carries the time; returns the acknowledgement."""
        text = f"@{time.monotonic_ns()}@ {words}"
        return await self.command("chat:send", {"session_id": session_id, "text": text})

    def leave(self) -> None:
        """Drops the connection."""
        self._transport.abort()

    def _frames(self, data: bytes) -> bytes:
        """Takes all whole frames; returns what is left."""
        at = 0
        while len(data) >= at + 2:
            kind, length, start = data[at], data[at + 1], at + 2
            if length == SHORT:
                length, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif length == MEDIUM:
                length, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if len(data) < start + length:
                break
            at = start + length
            self._take(kind, data[start:at])
        return data[at:]

    def _take(self, kind: int, packet: bytes) -> None:
        if kind != TEXT:
            self._end("closed" if kind == CLOSE else f"a frame of an unexpected kind: {kind}")
        elif packet.startswith(HEARD):
            self.heard += 1
            self._hear(time.monotonic_ns() - int(packet.split(MARK, 2)[1]))
        elif packet == b"2":
            self._send("3")
        elif packet[:1] == b"0":
            self._send(f"40{json.dumps(self._auth)}")
        elif packet[:2] == b"40":
            self.connected.set_result(None)
        elif packet[:2] == b"43":
            self._acknowledge(packet[2:])
        elif packet[:2] == b"44":
            self._end(f"refused: {packet[2:200]!r}")

    def _acknowledge(self, ack: bytes) -> None:
        key, bracket, rest = ack.partition(b"[")
        self._acks[int(key)].set_result(json.loads(bracket + rest)[0])

    def _send(self, text: str) -> None:
        data = text.encode()
        # Clients must mask; a mask of zeros is as good as any and costs nothing.
        if len(data) < SHORT:
            head = bytes((TEXT, 0x80 | len(data)))
        else:
            head = bytes((TEXT, 0x80 | SHORT)) + len(data).to_bytes(2, "big")
        self._transport.write(head + b"\0\0\0\0" + data)

    def _end(self, why: str) -> None:
        error = ConnectionError(why)
        for future in (self.connected, *self._acks.values()):
            if not future.done():
                future.set_exception(error)
        self._transport.abort()
