"""Frames by hand (RFC 6455, 5.2): for what no WebSocket library would send, and for seeing each bit that comes."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from tests.services.ports import LOOPBACK
from tests.wire.engines import WITHIN_S
from tests.wire.site import Address


class Opcode(IntEnum):
    CONTINUATION = 0x0
    TEXT = 0x1
    BINARY = 0x2
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA


FIN: Final = 0x80
MASKED: Final = 0x80
COMPRESSED: Final = 0x40
"""RSV1, as permessage-deflate uses it."""


@dataclass(frozen=True)
class RawFrame:
    """One frame as it came."""

    opcode: int
    payload: bytes
    is_final: bool = True
    is_compressed: bool = False

    @property
    def code(self) -> int:
        """With what code a CLOSE closes."""
        assert self.opcode == Opcode.CLOSE, self
        return int.from_bytes(self.payload[:2], "big")


def frame(
    opcode: int, payload: bytes = b"", *, is_final: bool = True, is_masked: bool = True, rsv: int = 0
) -> bytes:
    """A frame as a client sends it; `rsv` is the reserved bits in their place."""
    head = bytes([(FIN if is_final else 0) | rsv | opcode])
    size, mask_bit = len(payload), MASKED if is_masked else 0
    if size < 126:
        head += bytes([mask_bit | size])
    elif size < 65_536:
        head += bytes([mask_bit | 126]) + size.to_bytes(2, "big")
    else:
        head += bytes([mask_bit | 127]) + size.to_bytes(8, "big")
    if not is_masked:
        return head + payload
    key = os.urandom(4)
    return head + key + masked(payload, key)


def masked(payload: bytes, key: bytes) -> bytes:
    """A payload under a mask."""
    pad = (key * (len(payload) // 4 + 1))[: len(payload)]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(pad, "big")).to_bytes(len(payload), "big")


def text(message: str) -> bytes:
    """A whole text message in one frame."""
    return frame(Opcode.TEXT, message.encode())


@dataclass
class RawSocket:
    """One WebSocket, frame by frame."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    headers: dict[str, str]

    def send(self, *frames: bytes) -> None:
        """Sends bytes, all in one piece."""
        self.writer.write(b"".join(frames))

    async def frame(self) -> RawFrame:
        """The next frame. Raises IncompleteReadError where the connection ends."""
        async with asyncio.timeout(WITHIN_S):
            first, second = await self.reader.readexactly(2)
            assert not second & MASKED, "a server does not mask"
            size = second & 0x7F
            if size == 126:
                size = int.from_bytes(await self.reader.readexactly(2), "big")
            elif size == 127:
                size = int.from_bytes(await self.reader.readexactly(8), "big")
            payload = await self.reader.readexactly(size)
            return RawFrame(first & 0x0F, payload, bool(first & FIN), bool(first & COMPRESSED))

    async def message(self) -> str:
        """The next frame, which must be a whole text."""
        got = await self.frame()
        assert (got.opcode, got.is_final) == (Opcode.TEXT, True), got
        return got.payload.decode()

    async def join(self) -> None:
        """Reads the handshake and CONNECTs to the reference server."""
        assert (await self.message()).startswith("0{")
        self.send(text("40"))
        assert {(await self.message())[:3] for _ in range(2)} == {"40{", "42["}

    async def close_code(self) -> int:
        """With what code the server closes; after its CLOSE nothing may come but the end."""
        while (got := await self.frame()).opcode != Opcode.CLOSE:
            continue
        self.send(frame(Opcode.CLOSE, got.payload[:2]))
        async with asyncio.timeout(WITHIN_S):
            assert await self.reader.read() == b""
        return got.code

    async def until_cut(self) -> None:
        """Reads until the connection ends, however it does."""
        async with asyncio.timeout(WITHIN_S):
            try:
                while await self.reader.read(65_536):
                    continue
            except ConnectionError:
                return


@asynccontextmanager
async def raw_socket(at: Address, extensions: str = "") -> AsyncIterator[RawSocket]:
    """An open WebSocket, before any packet of Engine.IO; `extensions` is what it offers."""
    reader, writer = await asyncio.open_connection(LOOPBACK, at.port, limit=2**24)
    try:
        writer.write(upgrade_request(at, extensions))
        async with asyncio.timeout(WITHIN_S):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        assert head.startswith("HTTP/1.1 101"), head
        lines = [line.partition(":") for line in head.split("\r\n")[1:] if line]
        yield RawSocket(reader, writer, {name.lower(): value.strip() for name, _, value in lines})
    finally:
        writer.close()


def upgrade_request(at: Address, extensions: str = "") -> bytes:
    """The request that asks for a WebSocket."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {at.target(transport='websocket')} HTTP/1.1",
        f"Host: {LOOPBACK}:{at.port}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        *([f"Sec-WebSocket-Extensions: {extensions}"] if extensions else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode()
