"""The ways of python-socketio to say who handles what: functions, classes, and those for whatever nobody handles."""

from typing import Any

import pytest
import socketio

from tests.wire import peer
from tests.wire.conftest import Serve
from tests.wire.engines import socket_server

pytestmark = pytest.mark.asyncio(loop_scope="package")


class Rooms(socketio.AsyncNamespace):  # type: ignore[misc]  # socketio has no types
    """A namespace as a class."""

    def __init__(self, namespace: str) -> None:
        super().__init__(namespace)
        self.gone: list[tuple[str, str]] = []

    async def on_connect(self, sid: str, _environ: Any, auth: Any) -> None:
        await self.save_session(sid, {"name": auth})
        await self.enter_room(sid, "everybody")

    def on_disconnect(self, sid: str, reason: str) -> None:
        self.gone.append((sid, reason))

    async def on_hello(self, sid: str, value: Any) -> Any:
        await self.emit("greeting", value, room="everybody", skip_sid=sid)
        async with self.session(sid) as session:
            return session["name"], self.rooms(sid) and value

    def on_plain(self, _sid: str) -> str:
        return "plain"

    async def on_ask(self, sid: str) -> Any:
        return await self.call("question", to=sid, timeout=5)

    async def on_leave(self, sid: str) -> None:
        await self.disconnect(sid)


@pytest.mark.parametrize("namespace", ["/", "/rooms"])
async def test_a_namespace_that_is_a_class(serve: Serve, namespace: str) -> None:
    server = socket_server()
    rooms = Rooms(namespace)
    server.register_namespace(rooms)
    at = serve(server)
    comma = "" if namespace == "/" else f"{namespace},"
    async with peer.opened(at) as one, peer.opened(at) as other:
        sid = await one.connect(namespace, {"name": "one"})
        await other.connect(namespace, {"name": "other"})
        await one.send(f'42{comma}1["hello",5]')
        assert await one.packet() == f'43{comma}1[{{"name":"one"}},5]'
        assert await other.packet() == f'42{comma}["greeting",5]'
        await one.send(f'42{comma}2["plain"]', f'42{comma}4["ask"]')
        assert await one.packet() == f'43{comma}2["plain"]'
        question = await one.text()
        ack_id = question[2 + len(comma) :].partition("[")[0]
        await one.send(f'43{comma}{ack_id}["answer"]')
        assert await one.packet() == f'43{comma}4["answer"]'
        await one.send(f'42{comma}["leave"]')
        assert await one.packet() == f"41{comma}"
    assert rooms.gone[0] == (sid, "server disconnect")


async def test_functions_before_classes(serve: Serve) -> None:
    server = socket_server()
    server.register_namespace(Rooms("/rooms"))
    server.on("plain", lambda _sid: "function", namespace="/rooms")
    async with peer.opened(serve(server)) as socket:
        await socket.connect("/rooms", {"name": "x"})
        await socket.send('42/rooms,1["plain"]')
        assert await socket.packet() == '43/rooms,1["function"]'


async def test_a_handler_for_every_other_event(serve: Serve) -> None:
    server = socket_server()
    server.on("known", lambda _sid: "known")
    server.on("*", lambda event, _sid, *values: [event, *values])
    async with peer.connected(serve(server)) as socket:
        await socket.send('421["known"]', '422["other",1,2]', '423["message"]', '424[""]')
        assert await socket.packets(4) == [
            '431["known"]',
            '432[["other",1,2]]',
            '433[["message"]]',
            '434[[""]]',
        ]


async def test_an_event_that_is_called_like_the_handler_of_every_other(serve: Serve) -> None:
    """A star is a name like any other: who sends one does not shift what the handler is called with."""
    server = socket_server()
    server.on("*", lambda event, sid, *values: [event, sid, *values])
    async with peer.connected(serve(server)) as socket:
        await socket.send('421["*",1]')
        assert await socket.packet() == f'431[["*","{socket.sid}",1]]'


async def test_a_handler_for_every_other_namespace(serve: Serve) -> None:
    server = socket_server()
    came: list[str] = []
    server.on("connect", lambda namespace, _sid, _environ, _auth: came.append(namespace), namespace="*")
    server.on("ask", lambda namespace, _sid, value: [namespace, value], namespace="*")
    server.on("*", lambda event, namespace, _sid, value: [event, namespace, value], namespace="*")
    async with peer.opened(serve(socket_server(namespaces="*"))) as socket:
        await socket.connect("/any")
    server.namespaces = "*"
    async with peer.opened(serve(server)) as socket:
        await socket.connect("/any")
        await socket.send('42/any,1["ask",1]', '42/any,2["other",2]')
        assert await socket.packets(2) == ['43/any,1[["/any",1]]', '43/any,2[["other","/any",2]]']
    assert came == ["/any"]


async def test_the_older_goodbye_knows_no_reason(serve: Serve) -> None:
    server = socket_server()
    gone: list[str] = []

    @server.event
    async def disconnect(sid: str) -> None:
        gone.append(sid)

    @server.on("bye")
    async def bye(sid: str) -> None:
        await server.disconnect(sid)

    async with peer.connected(serve(server)) as socket:
        await socket.send('42["bye"]')
        assert await socket.packet() == "41"
    assert gone == [socket.sid]


async def test_handlers_may_come_later(serve: Serve) -> None:
    server = socket_server()
    server.on("connect", lambda *_: None)
    async with peer.connected(serve(server)) as socket:
        await socket.send('421["late"]')
        server.on("late", lambda _sid: "now")
        await socket.send('422["late"]')
        answers = {await socket.packet()}
        if answers == {'431["now"]'}:
            answers = {await socket.packet()}
        assert answers == {'432["now"]'}


async def test_too_many_values_for_a_handler_harm_nobody(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    server = socket_server()
    server.on("one", lambda _sid, value: value)
    async with peer.connected(serve(server)) as socket:
        await socket.send('421["one"]', '422["one",1,2]', '423["one",3]')
        assert await socket.packet() == "433[3]"
    caplog.clear()
