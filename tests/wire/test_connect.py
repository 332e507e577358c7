"""CONNECT: to which namespace, with what, and how a refusal reads."""

import asyncio
import json
from typing import Any

import pytest
from socketio.exceptions import ConnectionRefusedError as Refusal
from websockets.exceptions import ConnectionClosed

from tests.wire import peer, polling
from tests.wire.conftest import Serve
from tests.wire.engines import WITHIN_S, socket_server
from tests.wire.peer import Peer
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest.mark.parametrize("namespace", ["/", "/custom"])
@pytest.mark.parametrize("auth", [None, {}, {"token": "123"}, {"nested": {"é": ["😀", None, 1.5]}}])
async def test_a_namespace_is_connected_with_what_was_given(at: Address, namespace: str, auth: Any) -> None:
    async with peer.opened(at) as socket:
        sid = await socket.connect(namespace, auth)
        assert isinstance(sid, str)
        assert sid != socket.handshake["sid"]
        head = "42" if namespace == "/" else f"42{namespace},"
        text = await socket.text()
        assert text.startswith(head)
        assert json.loads(text[len(head) :]) == ["auth", auth or {}]


async def test_the_answer_is_the_sid_and_nothing_else(at: Address) -> None:
    async with peer.opened(at) as socket:
        await socket.send("40")
        answer = json.loads((await socket.text())[2:])
        assert set(answer) == {"sid"}


@pytest.mark.parametrize("namespace", ["40/custom", "40/custom,", "40/custom?token=1,", "40/custom?token=1"])
async def test_the_ways_to_write_a_namespace(at: Address, namespace: str) -> None:
    async with peer.opened(at) as socket:
        await socket.send(namespace)
        assert (await socket.text()).startswith('40/custom,{"sid":')
        assert await socket.packet() == '42/custom,["auth",{}]'


async def test_two_namespaces_on_one_socket_have_sids_of_their_own(at: Address) -> None:
    async with peer.joined(at) as socket:
        sid = await socket.connect("/custom")
        assert sid not in (socket.sid, socket.handshake["sid"])


@pytest.mark.parametrize(
    ("connect", "namespace"),
    [
        ("40/random", "/random"),
        ("40/random,", "/random"),
        ('40/random,{"token":1}', "/random"),
        ("40/é", "/é"),
    ],
)
async def test_an_unknown_namespace_is_refused(at: Address, connect: str, namespace: str) -> None:
    async with peer.opened(at) as socket:
        await socket.send(connect)
        assert await socket.packet() == f'44{namespace},{{"message":"Invalid namespace"}}'
        await socket.send("40")
        assert (await socket.text())[:2] in ("40", "42")


async def test_an_unknown_namespace_is_refused_over_polling(at: Address) -> None:
    poller = await polling.opened(at)
    await poller.send("40/random")
    assert await poller.poll() == ['44/random,{"message":"Invalid namespace"}']


async def test_a_namespace_that_no_handler_knows_is_unknown(serve: Serve) -> None:
    server = socket_server()

    @server.on("hello", namespace="/only")
    def hello(_sid: str) -> str:
        return "there"

    async with peer.opened(serve(server)) as socket:
        await socket.send("40/other,")
        assert await socket.packet() == '44/other,{"message":"Invalid namespace"}'
        await socket.connect("/only")
        await socket.send('42/only,1["hello"]')
        assert await socket.packet() == '43/only,1["there"]'


async def test_the_namespaces_that_are_named_are_known(serve: Serve) -> None:
    listed = serve(socket_server(namespaces=["/listed"]))
    async with peer.opened(listed) as socket:
        await socket.connect("/listed")
    any_at_all = serve(socket_server(namespaces="*"))
    async with peer.opened(any_at_all) as socket:
        await socket.connect("/whatever")


@pytest.mark.parametrize(
    ("refusal", "data"),
    [
        (Refusal("no"), {"message": "no"}),
        (Refusal("no", {"code": 7}), {"message": "no", "data": {"code": 7}}),
        (Refusal("no", 1, 2), {"message": "no", "data": [1, 2]}),
        (Refusal(), {"message": "Connection rejected by server"}),
        (ConnectionRefusedError("x"), {"message": "Connection refused by server"}),
        (None, {"message": "Connection rejected by server"}),
    ],
)
async def test_a_handler_refuses(serve: Serve, refusal: Exception | None, data: Any) -> None:
    server = socket_server(always_connect=False)
    gone: list[str] = []

    @server.event
    async def connect(_sid: str, _environ: Any, _auth: Any) -> bool:
        if refusal is not None:
            raise refusal
        return False

    @server.event
    def disconnect(sid: str, _reason: str) -> None:
        gone.append(sid)

    async with peer.opened(serve(server)) as socket:
        await socket.send("40")
        text = await socket.text()
        assert text.startswith("44{")
        assert json.loads(text[2:]) == data
        await server.emit("tick", 1)
        await socket.send("40")
        assert (await socket.text()).startswith("44{")
    assert gone == []


async def test_a_handler_is_asked_before_anybody_is_let_in(serve: Serve) -> None:
    server = socket_server(always_connect=False)
    may_enter = asyncio.Event()
    asked = asyncio.Event()

    @server.event
    async def connect(_sid: str, _environ: Any, auth: Any) -> bool:
        asked.set()
        await may_enter.wait()
        return bool(auth["good"])

    at = serve(server)
    async with peer.opened(at) as good, peer.opened(at) as bad:
        await good.send('40{"good":true}')
        await bad.send('40{"good":false}')
        await asyncio.wait_for(asked.wait(), WITHIN_S)
        may_enter.set()
        assert (await good.text()).startswith('40{"sid":')
        assert (await bad.text()).startswith("44{")


@pytest.mark.parametrize("always_connect", [True, False])
async def test_what_the_handler_emits_comes_after_its_answer(serve: Serve, *, always_connect: bool) -> None:
    at = serve(reference_server(socket_server(always_connect=always_connect)))
    async with peer.opened(at) as socket:
        await socket.connect(auth={"a": 1})
        assert await socket.event() == ["auth", {"a": 1}]


async def test_what_all_are_told_meanwhile_comes_after_the_answer(serve: Serve) -> None:
    server = socket_server(always_connect=False)
    asked, may_enter = asyncio.Event(), asyncio.Event()

    @server.event
    async def connect(sid: str, _environ: Any, auth: Any) -> bool:
        if auth:
            await server.enter_room(sid, "room")
            asked.set()
            await may_enter.wait()
        return bool(auth != {"good": False})

    at = serve(server)
    for good in (True, False):
        asked.clear()
        may_enter.clear()
        async with peer.connected(at) as inside, peer.opened(at) as entering:
            await entering.send(f'40{{"good":{"true" if good else "false"}}}')
            await asyncio.wait_for(asked.wait(), WITHIN_S)
            await server.emit("all", 1)
            await server.emit("file", b"x", room="room")
            assert await inside.event() == ["all", 1]
            may_enter.set()
            assert (await entering.text()).startswith("40{" if good else "44{")
            if good:
                assert await entering.event() == ["all", 1]
                assert await entering.packets(2) == ['451-["file",{"_placeholder":true,"num":0}]', b"x"]
            await server.emit("later", 2)
            assert await inside.event() == ["later", 2]
            if good:
                assert await entering.event() == ["later", 2]
            else:
                await entering.send("40")
                assert (await entering.text()).startswith("40{")


async def test_who_goes_while_being_asked_in_leaves_nothing_behind(serve: Serve) -> None:
    server = socket_server(always_connect=False)
    asked, may_enter, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    @server.event
    async def connect(sid: str, _environ: Any, _auth: Any) -> None:
        await server.enter_room(sid, "room")
        asked.set()
        await may_enter.wait()
        done.set()

    at = serve(server)
    async with peer.opened(at) as socket:
        await socket.send("40")
        await asyncio.wait_for(asked.wait(), WITHIN_S)
        engine_sid = socket.handshake["sid"]
    may_enter.set()
    await asyncio.wait_for(done.wait(), WITHIN_S)
    async with peer.opened(at) as other:
        await other.send("40/random")
        await other.packet()
    assert list(server.manager.get_participants("/", "room")) == []
    assert engine_sid not in server.environ


async def test_who_was_let_in_at_once_is_sent_out_again(serve: Serve) -> None:
    server = socket_server(always_connect=True)

    @server.event
    def connect(_sid: str, _environ: Any, _auth: Any) -> bool:
        return False

    async with peer.opened(serve(server)) as socket:
        await socket.connect()
        assert (await socket.text()).startswith("41")


@pytest.mark.parametrize("is_async", [True, False])
async def test_the_older_handler_knows_no_auth(serve: Serve, *, is_async: bool) -> None:
    server = socket_server()
    came: list[str] = []

    def connect(sid: str, environ: dict[str, Any]) -> None:
        came.append(f"{environ['REQUEST_METHOD']} {environ['QUERY_STRING']}")

    async def connect_later(sid: str, environ: dict[str, Any]) -> None:
        connect(sid, environ)

    server.on("connect", connect_later if is_async else connect)
    async with peer.opened(serve(server)) as socket:
        await socket.connect()
    assert [one.split()[0] for one in came] == ["GET"]
    assert "EIO=4" in came[0]


async def test_the_handler_sees_the_request(serve: Serve) -> None:
    server = socket_server()
    seen: list[dict[str, Any]] = []

    @server.event
    def connect(sid: str, environ: dict[str, Any], _auth: Any) -> None:
        seen.append(environ)
        assert server.get_environ(sid) is environ

    at = serve(server)
    async with peer.opened(at) as socket:
        await socket.connect()
    assert seen[0]["PATH_INFO"] == at.path
    assert seen[0]["HTTP_HOST"].endswith(f":{at.port}")
    assert seen[0]["asgi.scope"]["type"] == "websocket"


async def test_a_handler_that_breaks_lets_nobody_in(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    server = socket_server(always_connect=False)

    @server.event
    def connect(_sid: str, _environ: Any, _auth: Any) -> None:
        raise RuntimeError("broken on purpose")

    async with peer.opened(serve(server)) as socket:
        await socket.send("40")
        packets = await asyncio.wait_for(first_or_end(socket), WITHIN_S)
        assert not any(str(packet).startswith("40") for packet in packets)
    assert "broken on purpose" in caplog.text
    caplog.clear()


async def first_or_end(socket: Peer) -> list[Any]:
    """The next packet, if there is one before the end."""
    try:
        return [await socket.packet()]
    except (ConnectionClosed, TimeoutError):
        return []


async def test_nobody_speaks_while_being_asked_in(serve: Serve) -> None:
    """An event that comes between CONNECT and its answer is early: the client is not in yet."""
    server = socket_server(always_connect=False)
    was_in: list[bool] = []
    asked, may_enter = asyncio.Event(), asyncio.Event()

    @server.event
    async def connect(_sid: str, _environ: Any, _auth: Any) -> None:
        asked.set()
        await may_enter.wait()

    @server.event
    def hello(_sid: str) -> None:
        was_in.append(may_enter.is_set())

    at = serve(server)
    async with peer.opened(at) as socket, peer.opened(at) as other:
        await socket.send("40")
        await asyncio.wait_for(asked.wait(), WITHIN_S)
        await socket.send('42["hello"]')
        await other.send("40/random")
        await other.packet()
        may_enter.set()
        await first_or_end(socket)
    assert False not in was_in
