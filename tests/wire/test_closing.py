"""How a session ends: from the client, from the server, by a namespace, by an exception."""

import asyncio
from dataclasses import dataclass

import pytest

from tests.wire import peer, polling
from tests.wire.conftest import Serve
from tests.wire.engines import WITHIN_S, Server, socket_server
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")


@dataclass
class Watched:
    """A server, and who left it for what reason."""

    server: Server
    at: Address
    gone: asyncio.Queue[tuple[str, str, str]]

    async def departure(self) -> tuple[str, str, str]:
        """The namespace, the sid and the reason of the next one who leaves."""
        return await asyncio.wait_for(self.gone.get(), WITHIN_S)


@pytest.fixture
def watched(serve: Serve) -> Watched:
    server = reference_server(socket_server())
    gone: asyncio.Queue[tuple[str, str, str]] = asyncio.Queue()

    @server.on("disconnect", namespace="*")
    def disconnect(namespace: str, sid: str, reason: str) -> None:
        gone.put_nowait((namespace, sid, reason))

    return Watched(server, serve(server), gone)


async def test_a_client_closes_its_websocket_session(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        await socket.send("1")
        assert await socket.until_closed() == []
    assert await watched.departure() == ("/", socket.sid, "client disconnect")


async def test_a_client_closes_its_polling_session(at: Address) -> None:
    poller = await polling.joined(at)
    answer, closing = await asyncio.gather(poller.get(), poller.post("1"))
    assert closing.status_code == 200
    assert (answer.status_code, answer.text) == (200, "6")
    assert (await poller.get()).status_code == 400
    assert (await poller.post('42["message",1]')).status_code == 400


async def test_a_client_closes_its_websocket(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        await socket.socket.close()
    assert await watched.departure() == ("/", socket.sid, "transport close")


async def test_a_client_cuts_its_connection(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        socket.socket.transport.abort()
        assert await watched.departure() == ("/", socket.sid, "transport close")


async def test_a_server_closes_a_websocket_session(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        await asyncio.wait_for(watched.server.eio.disconnect(socket.handshake["sid"]), WITHIN_S)
        assert await socket.until_closed() in ([], ["1"])
    assert await watched.departure() == ("/", socket.sid, "server disconnect")


async def test_a_server_closes_a_polling_session(watched: Watched) -> None:
    poller = await polling.joined(watched.at)
    waiting = asyncio.create_task(poller.poll())
    await poller.send('421["message-with-ack"]')
    assert await waiting == ["431[]"]
    waiting = asyncio.create_task(poller.poll())
    closing = asyncio.create_task(watched.server.eio.disconnect(poller.sid))
    assert await waiting == ["1"]
    await asyncio.wait_for(closing, WITHIN_S)
    assert (await watched.departure())[::2] == ("/", "server disconnect")
    assert (await poller.get()).status_code == 400


async def test_what_was_said_before_the_end_arrives_before_it(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        for number in range(5):
            await watched.server.emit("last", number, to=socket.sid)
        closing = asyncio.create_task(watched.server.eio.disconnect(socket.handshake["sid"]))
        packets = await socket.until_closed()
        await asyncio.wait_for(closing, WITHIN_S)
    assert packets[:5] == [f'42["last",{number}]' for number in range(5)]


async def test_a_server_ends_a_namespace_and_says_so(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        await watched.server.emit("last", 1, to=socket.sid)
        await watched.server.disconnect(socket.sid)
        assert await socket.packets(2) == ['42["last",1]', "41"]
        assert await watched.departure() == ("/", socket.sid, "server disconnect")
        await watched.server.emit("more", 1)
        await socket.connect()
        assert await socket.event() == ["auth", {}]


async def test_a_server_ends_one_namespace_of_two(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        sid = await socket.connect("/custom")
        assert await socket.packet() == '42/custom,["auth",{}]'
        await watched.server.disconnect(sid, namespace="/custom")
        assert await socket.packet() == "41/custom,"
        assert await watched.departure() == ("/custom", sid, "server disconnect")
        await socket.echo("still here")


async def test_a_client_leaves_the_main_namespace(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        await socket.send("41")
        assert await watched.departure() == ("/", socket.sid, "client disconnect")
        await watched.server.emit("tick", 1)
        before = socket.sid
        assert await socket.connect() != before
        assert await socket.event() == ["auth", {}]
        await socket.echo("back again")


async def test_nothing_is_handled_after_a_goodbye(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        await socket.send("41", '421["message-with-ack",1]')
        assert set(await socket.until_closed()) <= {"1", "41"}


async def test_who_leaves_may_come_back_at_once(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        await socket.send("41", "40")
        packets = await socket.packets(2)
        assert '42["auth",{}]' in packets
        assert await watched.departure() == ("/", socket.sid, "client disconnect")
        await socket.echo("back again")


@pytest.mark.parametrize("goodbye", ["41/custom,", "41/custom"])
async def test_a_client_leaves_one_namespace_of_two(watched: Watched, goodbye: str) -> None:
    async with peer.joined(watched.at) as socket:
        sid = await socket.connect("/custom")
        assert await socket.packet() == '42/custom,["auth",{}]'
        await socket.send(goodbye, '42["message","to the main one"]')
        assert await socket.packet() == '42["message-back","to the main one"]'
        assert await watched.departure() == ("/custom", sid, "client disconnect")
        await watched.server.emit("tick", namespace="/custom")
        await socket.echo(1)


async def test_both_namespaces_hear_of_the_end(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        sid = await socket.connect("/custom")
    departures = {await watched.departure(), await watched.departure()}
    assert departures == {("/", socket.sid, "transport close"), ("/custom", sid, "transport close")}


async def test_nothing_is_left_of_who_has_gone(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        await watched.server.enter_room(socket.sid, "room")
        engine_sid = socket.handshake["sid"]
    await watched.departure()
    assert list(watched.server.manager.get_participants("/", "room")) == []
    # The handlers are the last who are told.
    await asyncio.sleep(0)
    assert engine_sid not in watched.server.environ
    with pytest.raises(KeyError):
        watched.server.eio.transport(engine_sid)


async def test_an_emit_to_who_has_gone_is_no_error(watched: Watched) -> None:
    async with peer.joined(watched.at) as socket:
        pass
    await watched.departure()
    await watched.server.emit("more", 1, to=socket.sid)
    await watched.server.disconnect(socket.sid)


async def test_an_emit_from_within_the_goodbye_reaches_the_others(serve: Serve) -> None:
    server = reference_server(socket_server())

    @server.event
    async def disconnect(sid: str, _reason: str) -> None:
        await server.emit("left", sid)

    at = serve(server)
    async with peer.joined(at) as stays:
        async with peer.joined(at) as leaves:
            pass
        assert await stays.event() == ["left", leaves.sid]


async def test_who_does_not_connect_in_time_is_closed(serve: Serve) -> None:
    at = serve(reference_server(socket_server(connect_within_s=0.2)))
    async with peer.opened(at) as socket:
        assert [p for p in await socket.until_closed() if p != "1"] == []
    poller = await polling.opened(at)
    await poller.until_gone()


async def test_who_connects_in_time_stays(serve: Serve) -> None:
    at = serve(reference_server(socket_server(connect_within_s=0.2)))
    async with peer.joined(at) as early, peer.opened(at) as late:
        assert [p for p in await late.until_closed() if p != "1"] == []
        await early.echo("still here")


async def test_another_namespace_counts_as_connected(serve: Serve) -> None:
    at = serve(reference_server(socket_server(connect_within_s=0.2)))
    async with peer.opened(at) as early:
        await early.connect("/custom")
        assert await early.packet() == '42/custom,["auth",{}]'
        async with peer.opened(at) as late:
            assert [p for p in await late.until_closed() if p != "1"] == []
        await early.send("41/custom,")
