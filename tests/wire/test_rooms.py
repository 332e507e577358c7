"""Rooms, namespaces and sessions: who gets what was said to whom."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from tests.wire import peer, polling
from tests.wire.conftest import Serve
from tests.wire.engines import Server, socket_server
from tests.wire.peer import Peer
from tests.wire.reference import reference_server

pytestmark = pytest.mark.asyncio(loop_scope="package")


class Three:
    """A server with three clients: `a` and `b` are in the room "red", `b` and `c` in "blue"."""

    def __init__(self, server: Server, clients: list[Peer]) -> None:
        self.server = server
        self.a, self.b, self.c = clients

    async def enter(self) -> None:
        for client, rooms in ((self.a, ["red"]), (self.b, ["red", "blue"]), (self.c, ["blue"])):
            for room in rooms:
                await self.server.enter_room(client.sid, room)

    async def assert_heard(self, *listeners: Peer, name: str = "news") -> None:
        """Exactly these heard one such event, once."""
        await self.server.emit("end")
        for client in (self.a, self.b, self.c):
            heard = []
            while (event := await client.event()) != ["end"]:
                heard.append(event[0])
            assert heard == ([name] if client in listeners else [])


@pytest_asyncio.fixture(loop_scope="package")
async def three(serve: Serve) -> AsyncIterator[Three]:
    server = reference_server(socket_server())
    at = serve(server)
    async with AsyncExitStack() as stack:
        found = Three(server, [await stack.enter_async_context(peer.joined(at)) for _ in range(3)])
        await found.enter()
        yield found


async def test_to_everybody(three: Three) -> None:
    await three.server.emit("news", 1)
    await three.assert_heard(three.a, three.b, three.c)


async def test_to_one(three: Three) -> None:
    await three.server.emit("news", 1, to=three.a.sid)
    await three.assert_heard(three.a)


async def test_to_a_room(three: Three) -> None:
    await three.server.emit("news", 1, room="red")
    await three.assert_heard(three.a, three.b)


async def test_to_is_another_word_for_room(three: Three) -> None:
    await three.server.emit("news", 1, to="blue")
    await three.assert_heard(three.b, three.c)


async def test_to_several_rooms_each_hears_it_once(three: Three) -> None:
    await three.server.emit("news", 1, to=["red", "blue"])
    await three.assert_heard(three.a, three.b, three.c)


async def test_to_several_clients(three: Three) -> None:
    await three.server.emit("news", 1, to=[three.a.sid, three.c.sid])
    await three.assert_heard(three.a, three.c)


async def test_to_a_room_of_nobody(three: Three) -> None:
    await three.server.emit("news", 1, room="green")
    await three.assert_heard()


async def test_to_all_but_one(three: Three) -> None:
    await three.server.emit("news", 1, skip_sid=three.b.sid)
    await three.assert_heard(three.a, three.c)


async def test_to_a_room_without_some(three: Three) -> None:
    await three.server.emit("news", 1, room="blue", skip_sid=[three.b.sid, three.a.sid])
    await three.assert_heard(three.c)


async def test_with_bytes_to_a_room_without_one(three: Three) -> None:
    await three.server.emit("file", b"x", room="red", skip_sid=three.a.sid)
    assert await three.b.packets(2) == ['451-["file",{"_placeholder":true,"num":0}]', b"x"]
    await three.assert_heard()


async def test_a_room_that_was_left(three: Three) -> None:
    await three.server.leave_room(three.a.sid, "red")
    await three.server.emit("news", 1, room="red")
    await three.assert_heard(three.b)


async def test_a_room_that_was_closed(three: Three) -> None:
    await three.server.close_room("red")
    await three.server.emit("news", 1, room="red")
    await three.assert_heard()
    assert set(three.server.rooms(three.b.sid)) == {three.b.sid, "blue"}


async def test_a_room_entered_twice_and_left_once(three: Three) -> None:
    await three.server.enter_room(three.a.sid, "red")
    await three.server.emit("news", 1, room="red")
    await three.assert_heard(three.a, three.b)
    await three.server.leave_room(three.a.sid, "red")
    await three.server.leave_room(three.a.sid, "never entered")
    await three.server.emit("news", 1, room="red")
    await three.assert_heard(three.b)


async def test_the_rooms_of_a_client(three: Three) -> None:
    assert set(three.server.rooms(three.b.sid)) == {three.b.sid, "red", "blue"}
    assert set(three.server.rooms(three.a.sid)) == {three.a.sid, "red"}


async def test_a_room_may_have_any_name(three: Three) -> None:
    for room in (7, "é😀", UUID(int=1)):
        await three.server.enter_room(three.c.sid, room)
        await three.server.emit("news", 1, room=room)
        await three.assert_heard(three.c)


async def test_who_leaves_is_in_no_room(three: Three) -> None:
    await three.b.send("41")
    await three.b.send("40")
    assert (await three.b.text()).startswith("40{")
    assert await three.b.event() == ["auth", {}]
    await three.server.emit("news", 1, room="red")
    await three.assert_heard(three.a)


async def test_nobody_enters_without_being_connected(three: Three) -> None:
    with pytest.raises((KeyError, ValueError)):
        await three.server.enter_room("nobody", "red")
    await three.server.emit("news", 1, room="red")
    await three.assert_heard(three.a, three.b)


async def test_each_client_of_a_room_answers_for_itself(three: Three) -> None:
    answers: list[Any] = []
    await three.server.emit("ask", room="red", callback=answers.append)
    for client, value in ((three.a, 1), (three.b, 2)):
        ack_id = (await client.text())[2:].partition("[")[0]
        await client.send(f"43{ack_id}[{value}]")
        await client.echo("read")
    assert sorted(answers) == [1, 2]


async def test_rooms_with_pollers_in_them(serve: Serve) -> None:
    server = reference_server(socket_server())
    at = serve(server)
    sids: list[str] = []

    @server.on("enter")
    async def enter(sid: str) -> None:
        sids.append(sid)
        await server.enter_room(sid, "mixed")

    poller = await polling.joined(at)
    await poller.send('421["enter"]')
    assert await poller.packets(1) == ["431[]"]
    async with peer.joined(at) as socket:
        await socket.send('421["enter"]')
        assert await socket.packet() == "431[]"
        for number in range(5):
            await server.emit("tick", number, room="mixed")
        assert await poller.packets(5) == [f'42["tick",{number}]' for number in range(5)]
        assert await socket.packets(5) == [f'42["tick",{number}]' for number in range(5)]
        await server.emit("tick", 5, room="mixed", skip_sid=sids[0])
        assert await socket.event() == ["tick", 5]


async def test_namespaces_know_nothing_of_each_other(serve: Serve) -> None:
    server = reference_server(socket_server())

    @server.on("whoami", namespace="/custom")
    def whoami(sid: str) -> str:
        return sid

    at = serve(server)
    async with peer.joined(at) as both, peer.joined(at) as main:
        sid = await both.connect("/custom")
        assert await both.packet() == '42/custom,["auth",{}]'
        await server.enter_room(sid, "red", namespace="/custom")
        await server.enter_room(main.sid, "red")
        await server.emit("custom", room="red", namespace="/custom")
        await server.emit("main", room="red")
        await server.emit("all of custom", namespace="/custom")
        await server.emit("nothing there", to=main.sid, namespace="/custom")
        await both.send('42/custom,1["whoami"]', '42["whoami"]')
        assert await both.packets(3) == [
            '42/custom,["custom"]',
            '42/custom,["all of custom"]',
            f'43/custom,1["{sid}"]',
        ]
        await both.echo("end")
        assert await main.event() == ["main"]
        await main.echo("end")
        assert set(server.rooms(sid, namespace="/custom")) == {sid, "red"}


async def test_an_emit_to_a_namespace_of_nobody(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:
        await server.emit("news", 1, namespace="/custom")
        await server.emit("news", 1, namespace="/random")
        await socket.echo("end")


async def test_a_session_is_kept_for_each_client(serve: Serve) -> None:
    server = socket_server()

    @server.event
    async def connect(sid: str, _environ: Any, auth: Any) -> None:
        await server.save_session(sid, {"name": auth["name"], "count": 0})

    @server.on("count")
    async def count(sid: str) -> tuple[str, int]:
        async with server.session(sid) as session:
            session["count"] += 1
        kept = await server.get_session(sid)
        return kept["name"], kept["count"]

    at = serve(server)
    async with peer.connected(at, {"name": "a"}) as a, peer.connected(at, {"name": "b"}) as b:
        for number in (1, 2):
            await a.send('421["count"]')
            assert await a.packet() == f'431["a",{number}]'
        await b.send('421["count"]')
        assert await b.packet() == '431["b",1]'


async def test_a_session_is_kept_for_each_namespace(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:
        sid = await socket.connect("/custom")
        await server.save_session(socket.sid, {"at": "main"})
        await server.save_session(sid, {"at": "custom"}, namespace="/custom")
        assert await server.get_session(socket.sid) == {"at": "main"}
        assert await server.get_session(sid, namespace="/custom") == {"at": "custom"}


async def test_a_session_survives_the_upgrade_and_not_the_end(serve: Serve) -> None:
    server = reference_server(socket_server())
    gone = asyncio.Event()

    @server.on("remember")
    async def remember(sid: str, value: Any) -> None:
        await server.save_session(sid, {"value": value})

    @server.on("recall")
    async def recall(sid: str) -> Any:
        return (await server.get_session(sid)).get("value")

    @server.event
    async def disconnect(sid: str, _reason: str) -> None:
        assert (await server.get_session(sid))["value"] == 7
        gone.set()

    at = serve(server)
    poller = await polling.joined(at)
    await poller.send('421["remember",7]')
    assert await poller.packets(1) == ["431[]"]
    async with peer.websocket(at, sid=poller.sid) as socket:
        await socket.send("2probe", "5", '422["recall"]')
        assert await socket.packets(2) == ["3probe", "432[7]"]
    await asyncio.wait_for(gone.wait(), 5)
