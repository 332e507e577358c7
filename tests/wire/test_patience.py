"""What says nothing, and costs nearly as much as what does: pings, fragments, packets that stand for nothing."""

import asyncio
import socket as sockets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.types import Message

from realtime.wire.direct import CLOSE_WITHIN_S, DirectWire
from realtime.wire.outbox import Outbox
from realtime.wire.patience import IDLE_FRAMES
from realtime.wire.requests import Request
from tests.wire import peer, raw
from tests.wire.engines import IS_STOCK, WITHIN_S
from tests.wire.raw import Opcode, frame, text
from tests.wire.site import Address

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.skipif(IS_STOCK, reason="the stock servers take as much of it as comes"),
]

NOTHINGS = {
    "pings": frame(Opcode.PING),
    "pongs": frame(Opcode.PONG),
    "fragments": frame(Opcode.CONTINUATION, is_final=False),
    "packets that stand for nothing": text("6"),
    "answers to no question": text("3"),
}


@pytest.mark.parametrize("nothing", NOTHINGS)
async def test_who_says_nothing_without_end_is_cut(at: Address, nothing: str) -> None:
    async with raw.raw_socket(at) as idle, peer.joined(at) as busy:
        await idle.join()
        if nothing == "fragments":
            idle.send(frame(Opcode.TEXT, b"42", is_final=False))
        idle.send(NOTHINGS[nothing] * (IDLE_FRAMES + 1))
        await until_closed(idle)
        await busy.echo("unharmed")


@pytest.mark.parametrize("nothing", NOTHINGS)
async def test_a_little_of_it_is_borne(at: Address, nothing: str) -> None:
    async with raw.raw_socket(at) as client:
        await client.join()
        if nothing == "fragments":
            client.send(frame(Opcode.TEXT, b"42", is_final=False), NOTHINGS[nothing] * 100)
            client.send(frame(Opcode.CONTINUATION, b'["message",1]'))
        else:
            client.send(NOTHINGS[nothing] * 100, text('42["message",1]'))
        while (got := await client.frame()).opcode != Opcode.TEXT:
            continue
        assert got.payload == b'42["message-back",1]'


async def until_closed(client: raw.RawSocket) -> None:
    """Reads to the goodbye, which may come after any number of answers to pings."""
    while (await client.frame()).opcode != Opcode.CLOSE:
        continue


class Connections(set[object]):
    """A set that says when somebody has left it."""

    def __init__(self) -> None:
        super().__init__()
        self.left = asyncio.Event()

    def discard(self, one: object) -> None:
        super().discard(one)
        self.left.set()


@asynccontextmanager
async def direct_wire(connections: Connections) -> AsyncIterator[tuple[DirectWire, sockets.socket]]:
    """A wire to a client that reads nothing, and the client's end of it."""
    near, far = sockets.socketpair()
    transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=near)
    wire = DirectWire(transport, connections, Outbox(), 1_000, takes_deflate=False, inflates=False)
    transport.set_protocol(wire)
    far.setblocking(False)
    try:
        yield wire, far
    finally:
        transport.abort()
        far.close()


async def test_who_says_goodbye_and_takes_nothing_is_dropped() -> None:
    connections = Connections()
    async with direct_wire(connections) as (wire, far):
        wire.write(bytes(10_000_000))
        far.send(frame(Opcode.CLOSE, b"\x03\xe8"))
        await asyncio.wait_for(connections.left.wait(), CLOSE_WITHIN_S + WITHIN_S)


async def test_who_talks_on_after_the_goodbye_is_listened_to_no_more() -> None:
    connections, loop = Connections(), asyncio.get_running_loop()
    async with direct_wire(connections) as (wire, far):
        wire.close()
        with pytest.raises(ConnectionError):
            async with asyncio.timeout(CLOSE_WITHIN_S + WITHIN_S):
                # No socket's buffers hold so much.
                await loop.sock_sendall(far, text("6") * 1_000_000)
        await asyncio.wait_for(connections.left.wait(), WITHIN_S)


async def test_a_body_that_never_ends_is_not_waited_for() -> None:
    scope = {"type": "http", "path": "/", "query_string": b"", "headers": [(b"content-length", b"1000")]}

    async def receive() -> Message:
        # A byte whenever somebody listens, and always one more.
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"", "more_body": True}

    async def send(_message: Message) -> None:
        raise AssertionError("nothing is answered yet")

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(Request(scope, receive, send).body(1_000, 0.05), WITHIN_S)
