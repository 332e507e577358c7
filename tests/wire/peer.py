"""A WebSocket that speaks Engine.IO by hand, one packet after the other."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.wire.engines import WITHIN_S
from tests.wire.site import Address

PING, PONG = "2", "3"


@dataclass
class Peer:
    """One open WebSocket. Pings are answered by the way, unless it plays dead."""

    socket: ClientConnection
    plays_dead: bool = False
    handshake: dict[str, Any] = field(default_factory=dict)
    sid: str = ""

    async def send(self, *messages: str | bytes) -> None:
        """Sends messages as they are; to a socket that is closed, none."""
        for message in messages:
            try:
                await self.socket.send(message)
            except ConnectionClosed:
                return

    async def raw_packet(self) -> str | bytes:
        """The next message, pings too. Raises ConnectionClosed."""
        return await asyncio.wait_for(self.socket.recv(), WITHIN_S)

    async def packet(self) -> str | bytes:
        """The next message that is no ping. Raises ConnectionClosed."""
        while (packet := await self.raw_packet()) == PING:
            if not self.plays_dead:
                await self.send(PONG)
        return packet

    async def text(self) -> str:
        """The next message, which must be a text."""
        packet = await self.packet()
        assert isinstance(packet, str), packet
        return packet

    async def packets(self, number: int) -> list[str | bytes]:
        return [await self.packet() for _ in range(number)]

    async def event(self) -> list[Any]:
        """The next message, which must be an event of the main namespace without an ack: its name and values."""
        text = await self.text()
        assert text.startswith("42["), text
        event: list[Any] = json.loads(text[2:])
        return event

    async def echo(self, *values: Any) -> None:
        """Has the reference server send something back: nothing else may have been on its way."""
        await self.send("42" + json.dumps(["message", *values]))
        assert await self.event() == ["message-back", *values]

    async def until_closed(self) -> list[str | bytes]:
        """What still comes until the server closes the socket."""
        packets = []
        try:
            while True:
                packets.append(await self.packet())
        except ConnectionClosed:
            return packets

    async def close_code(self) -> int:
        """With which code the server closes the socket, without a further word of Socket.IO."""
        assert [p for p in await self.until_closed() if p != "1"] == []
        received = self.socket.protocol.close_rcvd
        return received.code if received is not None else 1006

    async def connect(self, namespace: str = "/", auth: Any = None) -> str:
        """CONNECTs to a namespace; the sid there. What the server sends before its answer is an error."""
        head = "40" if namespace == "/" else f"40{namespace},"
        await self.send(head + ("" if auth is None else json.dumps(auth)))
        answer = await self.text()
        assert answer.startswith(head + "{"), answer
        sid: str = json.loads(answer[len(head) :])["sid"]
        if namespace == "/":
            self.sid = sid
        return sid


@asynccontextmanager
async def websocket(at: Address, compression: str | None = None, **query: str) -> AsyncIterator[Peer]:
    """An open WebSocket, before any packet of Engine.IO."""
    async with connect(
        at.websocket(**query),
        max_size=None,
        open_timeout=WITHIN_S,
        close_timeout=WITHIN_S,
        ping_interval=None,
        compression=compression,
    ) as socket:
        yield Peer(socket)


@asynccontextmanager
async def opened(at: Address, compression: str | None = None) -> AsyncIterator[Peer]:
    """A fresh session over WebSocket."""
    async with websocket(at, compression) as peer:
        text = await peer.text()
        assert text.startswith("0{"), text
        peer.handshake = json.loads(text[1:])
        yield peer


@asynccontextmanager
async def connected(at: Address, auth: Any = None, compression: str | None = None) -> AsyncIterator[Peer]:
    """A session that is connected to the main namespace."""
    async with opened(at, compression) as peer:
        await peer.connect(auth=auth)
        yield peer


@asynccontextmanager
async def joined(at: Address, compression: str | None = None) -> AsyncIterator[Peer]:
    """A session that is connected to the reference server, whose greeting was read."""
    async with opened(at, compression) as peer:
        await peer.send("40")
        greetings = await peer.packets(2)
        assert '42["auth",{}]' in greetings
        peer.sid = next(json.loads(g[2:])["sid"] for g in greetings if isinstance(g, str) and g[1] == "0")
        yield peer


async def is_refused(at: Address, **query: str) -> bool:
    """Whether the server refuses a WebSocket, or closes it without a word."""
    try:
        async with websocket(at, **query) as peer:
            return await peer.until_closed() == []
    except InvalidStatus as refusal:
        return 400 <= refusal.response.status_code < 500


def values_of(packets: Sequence[str | bytes], head: str) -> list[Any]:
    """The JSON after the head of each of the packets that have it."""
    return [json.loads(p[len(head) :]) for p in packets if isinstance(p, str) and p.startswith(head)]
