"""From long polling to WebSocket: the probe, what is on its way meanwhile, and who comes twice."""

import asyncio
from typing import Any

import pytest

from tests.wire import peer, polling
from tests.wire.conftest import Serve
from tests.wire.engines import socket_server
from tests.wire.peer import Peer
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def probe(socket: Peer) -> None:
    await socket.send("2probe")
    assert await socket.raw_packet() == "3probe"


async def test_polling_becomes_a_websocket(at: Address) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
        assert await poller.poll() == ["6"]
        await socket.send("5")
        await socket.echo("hello")


async def test_the_poll_that_waits_is_ended_with_a_noop(at: Address) -> None:
    poller = await polling.joined(at)
    waiting = asyncio.create_task(poller.poll())
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
        assert await waiting == ["6"]
        await socket.send("5")
        await socket.echo(1)


async def test_the_upgrade_may_come_before_connect(at: Address) -> None:
    poller = await polling.opened(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
        await socket.send("5")
        await socket.connect()
        assert await socket.event() == ["auth", {}]


async def test_what_was_queued_follows_over_the_websocket(at: Address) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await poller.send(*[f'42["message",{number}]' for number in range(3)])
        await probe(socket)
        await poller.send(*[f'42["message",{number}]' for number in range(3, 6)])
        await socket.send("5", *[f'42["message",{number}]' for number in range(6, 9)])
        numbers = [(await socket.event())[1] for _ in range(9)]
    assert numbers == list(range(9))


async def test_a_stream_of_events_survives_the_upgrade_in_order(serve: Serve) -> None:
    server = reference_server(socket_server())
    at = serve(server)
    poller = await polling.joined(at)
    upgraded = asyncio.Event()

    async def talk() -> int:
        number = 0
        while not upgraded.is_set() or number < 200:
            await server.emit("tick", number)
            number += 1
            await asyncio.sleep(0)
        return number

    got: list[Any] = []
    talking = asyncio.create_task(talk())
    got += await poller.poll()
    async with peer.websocket(at, sid=poller.sid) as socket:
        waiting = asyncio.create_task(poller.poll())
        await probe(socket)
        got += await waiting
        await socket.send("5")
        upgraded.set()
        sent = await talking
        await server.emit("end")
        while (packet := await socket.packet()) != '42["end"]':
            got.append(packet)
    ticks = [packet for packet in got if packet != "6"]
    assert ticks == [f'42["tick",{number}]' for number in range(sent)]


async def test_commands_on_both_ways_in_keep_their_order(at: Address) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await poller.send('421["message-with-ack",1]')
        await probe(socket)
        await poller.send('422["message-with-ack",2]')
        await socket.send("5", '423["message-with-ack",3]')
        assert await socket.packets(3) == ["431[1]", "432[2]", "433[3]"]


async def test_an_upgrade_without_waiting_for_the_answer_to_the_probe(at: Address) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await socket.send("2probe", "5", '42["message",1]')
        assert await socket.raw_packet() == "3probe"
        assert await socket.event() == ["message-back", 1]


async def test_no_polling_after_the_upgrade(at: Address) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
        await socket.send("5")
        await socket.echo(1)
        assert (await poller.get()).status_code == 400
        assert (await poller.post('42["message",2]')).status_code == 400
        await socket.echo(3)


async def test_no_second_websocket_after_the_upgrade(at: Address) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
        await socket.send("5")
        await socket.echo(1)
        assert await peer.is_refused(at, sid=poller.sid)
        await socket.echo(2)


async def test_no_second_websocket_during_the_upgrade(at: Address) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
        assert await peer.is_refused(at, sid=poller.sid)
        await socket.send("5")
        await socket.echo(1)


async def test_no_second_websocket_for_one_that_began_as_such(at: Address) -> None:
    async with peer.joined(at) as socket:
        sid = socket.handshake["sid"]
        assert await peer.is_refused(at, sid=sid)
        assert (await at.http.get(at.target(transport="polling", sid=sid))).status_code == 400
        await socket.echo(1)


@pytest.mark.parametrize("first", ["2", "2prob", "3probe", "5", '42["message",1]', "xyz", b"2probe", "1"])
async def test_what_is_no_probe_leaves_polling_as_it_was(at: Address, first: str | bytes) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await socket.send(first)
        assert await socket.until_closed() == []
    await assert_polls(poller)


@pytest.mark.parametrize("second", ["2", "3", '42["message",1]', "xyz", b"5", "1"])
async def test_what_is_no_upgrade_leaves_polling_as_it_was(at: Address, second: str | bytes) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
        await socket.send(second)
        assert await socket.until_closed() == []
    await assert_polls(poller)


async def test_a_probe_that_is_given_up_leaves_polling_as_it_was(at: Address) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
    await assert_polls(poller)
    async with peer.websocket(at, sid=poller.sid) as socket:
        pass
    await assert_polls(poller)


async def test_a_second_probe_after_a_failed_one(at: Address) -> None:
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
    await assert_polls(poller)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
        await socket.send("5")
        await socket.echo(1)


async def assert_polls(poller: polling.Poller) -> None:
    await poller.send('42["message","still here"]')
    assert await poller.packets(1) == ['42["message-back","still here"]']


async def test_an_upgraded_session_ends_with_its_websocket(serve: Serve) -> None:
    gone: asyncio.Queue[str] = asyncio.Queue()
    server = reference_server(socket_server())

    @server.event
    def disconnect(_sid: str, reason: str) -> None:
        gone.put_nowait(reason)

    at = serve(server)
    poller = await polling.joined(at)
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
        await socket.send("5")
        await socket.echo(1)
    assert await asyncio.wait_for(gone.get(), 5) == "transport close"
    assert (await poller.get()).status_code == 400


async def test_no_upgrade_where_none_is_offered(serve: Serve) -> None:
    at = serve(reference_server(socket_server(transports=["polling"])))
    poller = await polling.joined(at)
    assert await peer.is_refused(at, sid=poller.sid)
    await assert_polls(poller)


async def test_a_server_asks_for_the_transport(serve: Serve) -> None:
    server = reference_server(socket_server())
    transports: list[str] = []

    @server.on("which")
    def which(sid: str) -> str:
        transports.append(server.transport(sid))
        return transports[-1]

    at = serve(server)
    poller = await polling.joined(at)
    await poller.send('421["which"]')
    assert await poller.packets(1) == ['431["polling"]']
    async with peer.websocket(at, sid=poller.sid) as socket:
        await probe(socket)
        await socket.send("5", '422["which"]')
        assert await socket.packet() == '432["websocket"]'
