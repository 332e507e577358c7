"""Who does not read: costs the others nothing, and is cut or caught up with, never given a torn stream."""

import asyncio
import json
import socket as sockets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.services.ports import LOOPBACK
from tests.wire import peer, polling, raw
from tests.wire.conftest import Serve
from tests.wire.engines import WITHIN_S, socket_server
from tests.wire.raw import RawSocket
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")

CHUNK = "x" * 50_000


@asynccontextmanager
async def narrow(at: Address) -> AsyncIterator[RawSocket]:
    """A client behind a small window, which reads nothing that it is not asked to."""
    connection = sockets.socket()
    connection.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4_096)
    connection.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(connection, (LOOPBACK, at.port))
    reader, writer = await asyncio.open_connection(sock=connection, limit=4_096)
    try:
        writer.write(raw.upgrade_request(at))
        await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), WITHIN_S)
        socket = RawSocket(reader, writer, {})
        await socket.join()
        yield socket
    finally:
        writer.transport.abort()


async def test_a_client_that_stalls_a_little_gets_everything_in_order(serve: Serve) -> None:
    server = reference_server(socket_server())
    at = serve(server)
    async with narrow(at) as slow, peer.joined(at) as quick:
        for number in range(10):
            await server.emit("tick", (number, CHUNK))
        for number in range(10):
            assert (await quick.event())[1] == number
        for number in range(10):
            assert json.loads((await slow.message())[2:])[1] == number


async def test_emits_do_not_wait_for_who_does_not_read(serve: Serve) -> None:
    server = reference_server(socket_server())
    at = serve(server)
    async with narrow(at), peer.joined(at) as quick:
        async with asyncio.timeout(WITHIN_S):
            for number in range(200):
                await server.emit("tick", (number, CHUNK))
                assert (await quick.event())[1] == number


async def test_who_never_reads_is_cut_and_was_told_no_half_truths(serve: Serve) -> None:
    server = reference_server(socket_server())
    gone = asyncio.Event()

    @server.event
    def disconnect(_sid: str, _reason: str) -> None:
        gone.set()

    at = serve(server)
    async with narrow(at) as slow:
        async with asyncio.timeout(WITHIN_S):
            number = 0
            while not gone.is_set():
                await server.emit("tick", (number, CHUNK))
                number += 1
                await asyncio.sleep(0)
        assert number < 2_000, "a hundred megabytes were kept for one client"
        heard = []
        try:
            while (got := await slow.frame()).opcode == raw.Opcode.TEXT:
                heard.append(json.loads(got.payload[2:])[1])
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        assert heard == list(range(len(heard)))


async def test_who_does_not_read_can_be_sent_away(serve: Serve) -> None:
    server = reference_server(socket_server())
    gone = asyncio.Event()
    sids: list[str] = []

    @server.event
    def disconnect(_sid: str, _reason: str) -> None:
        gone.set()

    @server.on("here")
    def here(sid: str) -> None:
        sids.append(sid)

    at = serve(server)
    async with narrow(at) as slow, peer.joined(at) as quick:
        slow.send(raw.text('421["here"]'))
        assert await slow.message() == "431[]"
        for number in range(10):
            await server.emit("tick", (number, CHUNK), to=sids[0])
        await asyncio.wait_for(server.disconnect(sids[0]), WITHIN_S)
        await asyncio.wait_for(gone.wait(), WITHIN_S)
        await quick.echo("unharmed")


async def test_who_comes_and_never_polls_is_cut(serve: Serve) -> None:
    server = reference_server(socket_server())
    gone = asyncio.Event()

    @server.event
    def disconnect(_sid: str, _reason: str) -> None:
        gone.set()

    at = serve(server)
    poller = await polling.joined(at)
    async with asyncio.timeout(WITHIN_S):
        number = 0
        while not gone.is_set():
            await server.emit("tick", (number, CHUNK))
            number += 1
            await asyncio.sleep(0)
    assert number < 2_000, "a hundred megabytes were kept for one client"
    await poller.until_gone()


async def test_who_writes_without_reading_is_held_back(serve: Serve) -> None:
    """Echoes to one who does not read must not pile up without bound."""
    server = reference_server(socket_server())
    gone = asyncio.Event()

    @server.event
    def disconnect(_sid: str, _reason: str) -> None:
        gone.set()

    at = serve(server)
    async with narrow(at) as greedy, peer.joined(at) as quick:
        async with asyncio.timeout(WITHIN_S):
            for number in range(400):
                if gone.is_set():
                    break
                greedy.send(raw.text(f'42["message",{number},"{CHUNK}"]'))
                await quick.echo(number)
