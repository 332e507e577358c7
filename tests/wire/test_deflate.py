"""permessage-deflate (RFC 7692): agreed on per client, and right for each where some have it and some have not."""

import zlib
from contextlib import AsyncExitStack

import pytest

from tests.wire import peer, raw
from tests.wire.conftest import Serve
from tests.wire.engines import socket_server
from tests.wire.raw import COMPRESSED, Opcode, RawFrame, RawSocket, frame
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")

TAIL = b"\x00\x00\xff\xff"
"""What every compressed message ends with, and what is left out on the wire (RFC 7692, 7.2.1)."""

LONG = "the same words again and again, " * 200

OFFERS = [
    "permessage-deflate",
    "permessage-deflate; client_max_window_bits",
    "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
    "permessage-deflate; server_max_window_bits=10; client_max_window_bits=12",
    "permessage-deflate; server_max_window_bits=15",
    "permessage-deflate; client_max_window_bits, permessage-deflate",
]


class Inflating:
    """Reads what a server compresses, with the context over all its messages where that was agreed on."""

    def __init__(self, socket: RawSocket) -> None:
        self._socket = socket
        self._agreed = socket.headers["sec-websocket-extensions"]
        self._inflater = zlib.decompressobj(-15)

    async def frame(self) -> tuple[str, RawFrame]:
        """The next message, and the frame it came in."""
        got = await self._socket.frame()
        assert (got.opcode, got.is_final) == (Opcode.TEXT, True)
        if not got.is_compressed:
            return got.payload.decode(), got
        if "server_no_context_takeover" in self._agreed:
            self._inflater = zlib.decompressobj(-15)
        return self._inflater.decompress(got.payload + TAIL).decode(), got

    async def message(self) -> str:
        return (await self.frame())[0]


def deflated(message: bytes) -> bytes:
    """A compressed message that needs no context."""
    deflater = zlib.compressobj(wbits=-12)
    return (deflater.compress(message) + deflater.flush(zlib.Z_SYNC_FLUSH)).removesuffix(TAIL)


@pytest.mark.parametrize("offer", OFFERS)
async def test_what_is_offered_is_agreed_on(serve: Serve, offer: str) -> None:
    server = reference_server(socket_server())
    async with raw.raw_socket(serve(server), offer) as socket:
        assert socket.headers["sec-websocket-extensions"].startswith("permessage-deflate")
        inflating = Inflating(socket)
        assert (await inflating.message()).startswith("0{")
        socket.send(frame(Opcode.TEXT, deflated(b"40"), rsv=COMPRESSED))
        assert {(await inflating.message())[:3] for _ in range(2)} == {"40{", "42["}
        for number in range(3):
            await server.emit("news", (number, LONG))
            message, got = await inflating.frame()
            assert message == f'42["news",{number},"{LONG}"]'
            # Who asks for a window that is not everybody's may be sent all of it as it is.
            assert got.is_compressed or "server_max_window_bits=10" in offer
            assert not got.is_compressed or len(got.payload) < len(message) / 5
        socket.send(frame(Opcode.TEXT, b'42["message","uncompressed"]'))
        assert await inflating.message() == '42["message-back","uncompressed"]'


@pytest.mark.parametrize(
    "offer", ["", "x-webkit-deflate-frame", "permessage-deflate; server_max_window_bits=99"]
)
async def test_what_is_not_agreed_on_is_not_used(serve: Serve, offer: str) -> None:
    server = reference_server(socket_server())
    async with raw.raw_socket(serve(server), offer) as socket:
        assert "sec-websocket-extensions" not in socket.headers
        await socket.join()
        await server.emit("news", LONG)
        got = await socket.frame()
        assert not got.is_compressed
        assert got.payload.decode() == f'42["news","{LONG}"]'


async def test_a_broadcast_to_those_with_and_those_without(serve: Serve) -> None:
    """Clients come, hear something of their own, and hear what all hear: each context is right for each."""
    server = reference_server(socket_server())
    at = serve(server)
    async with AsyncExitStack() as stack:
        clients = []
        for number, compression in enumerate(["deflate", None, "deflate", None, "deflate"]):
            client = await stack.enter_async_context(peer.joined(at, compression))
            clients.append(client)
            await server.emit("own", f"only for number {number}", to=client.sid)
            await server.emit("news", LONG[:number])
        for number, client in enumerate(clients):
            assert await client.event() == ["own", f"only for number {number}"]
            for later in range(number, len(clients)):
                assert await client.event() == ["news", LONG[:later]]
        for size in (0, 1, 10, 100, 1_000, 5_000):
            await server.emit("news", LONG[:size])
            await server.emit("own", LONG[:size], to=clients[0].sid)
            for client in clients:
                assert await client.event() == ["news", LONG[:size]]
            assert await clients[0].event() == ["own", LONG[:size]]
            await clients[2].echo(LONG[:size])


async def test_bytes_and_acks_between_broadcasts(serve: Serve) -> None:
    server = reference_server(socket_server())
    at = serve(server)
    async with peer.joined(at, "deflate") as socket, peer.joined(at) as other:
        for number in range(10):
            await server.emit("file", (number, LONG.encode()))
            await socket.send(f'42{number}["message-with-ack","{LONG}"]')
            await server.emit("news", number)
            packets = await socket.packets(4)
            assert LONG.encode() in packets
            assert f'43{number}["{LONG}"]' in packets
            assert packets.index(f'42["news",{number}]') > packets.index(LONG.encode())
            assert (await other.packets(3))[1:] == [LONG.encode(), f'42["news",{number}]']


async def test_ten_broadcasts_of_one_tick(serve: Serve) -> None:
    server = reference_server(socket_server())
    at = serve(server)
    async with peer.joined(at, "deflate") as one, peer.joined(at, "deflate") as other:
        for number in range(10):
            await server.emit("news", (number, LONG))
        for socket in (one, other):
            assert [await socket.event() for _ in range(10)] == [
                ["news", number, LONG] for number in range(10)
            ]


async def test_what_inflates_beyond_the_limit_closes(at: Address) -> None:
    async with raw.raw_socket(at, "permessage-deflate") as socket:
        inflating = Inflating(socket)
        await inflating.message()
        bomb = deflated(b'42["message","' + b"x" * 50_000_000 + b'"]')
        assert len(bomb) < 100_000
        socket.send(frame(Opcode.TEXT, bomb, rsv=COMPRESSED))
        assert await socket.close_code() == 1009


@pytest.mark.parametrize("payload", [b"\xff\xff\xff", b"\x07"])
async def test_what_is_not_compressed_as_it_says_closes(at: Address, payload: bytes) -> None:
    async with raw.raw_socket(at, "permessage-deflate") as socket:
        await Inflating(socket).message()
        socket.send(frame(Opcode.TEXT, payload, rsv=COMPRESSED))
        assert await socket.close_code() in (1002, 1007)


async def test_a_compressed_message_in_fragments(at: Address) -> None:
    async with raw.raw_socket(at, "permessage-deflate") as socket:
        inflating = Inflating(socket)
        await inflating.message()
        socket.send(frame(Opcode.TEXT, b"40"))
        await inflating.message()
        await inflating.message()
        body = deflated(f'42["message","{LONG}"]'.encode())
        half = len(body) // 2
        socket.send(
            frame(Opcode.TEXT, body[:half], rsv=COMPRESSED, is_final=False),
            frame(Opcode.PING, b"between"),
            frame(Opcode.CONTINUATION, body[half:]),
        )
        assert (await socket.frame()).opcode == Opcode.PONG
        assert await inflating.message() == f'42["message-back","{LONG}"]'
