"""The stock clients, end to end: python-socketio's and the JavaScript one, over each transport and the upgrade."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import socketio

from tests.realtime.client import ReadAtOnce
from tests.wire.conftest import Serve
from tests.wire.engines import WITHIN_S, Server, socket_server
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")

SCRIPT = Path(__file__).with_name("client.mjs")
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

TRANSPORTS = [["websocket"], ["polling"], ["polling", "websocket"]]


def talkative_server() -> Server:
    """The reference server, which also asks, counts and cuts."""
    server = reference_server(socket_server())

    @server.on("ask-me")
    async def ask_me(sid: str, value: int) -> Any:
        answer = await server.call("question", value, to=sid, timeout=WITHIN_S)
        return [answer[0], list(answer[1])]

    @server.on("count")
    async def count(sid: str, upto: int) -> int:
        for number in range(upto):
            await server.emit("tick", number, to=sid)
        return upto

    @server.on("cut-me")
    async def cut_me(sid: str) -> None:
        await server.eio.disconnect(server.manager.eio_sid_from_sid(sid, "/"))

    return server


@asynccontextmanager
async def client_of(at: Address, transports: Sequence[str], **options: Any) -> AsyncIterator[Any]:
    """A stock Python client, not connected yet."""
    client = socketio.AsyncClient(
        handle_sigint=False,
        reconnection_delay=0.01,
        randomization_factor=0,
        http_session=lambda: aiohttp.ClientSession(response_class=ReadAtOnce),
        **options,
    )

    async def connect(**more: Any) -> None:
        await client.connect(
            at.url, socketio_path=at.path, transports=list(transports), wait_timeout=WITHIN_S, **more
        )

    client.open = connect
    try:
        yield client
    finally:
        await client.disconnect()
        await client.shutdown()


def heard(client: Any, event: str, namespace: str = "/") -> asyncio.Queue[tuple[Any, ...]]:
    """All that a client is sent under a name."""
    queue: asyncio.Queue[tuple[Any, ...]] = asyncio.Queue()
    client.on(event, lambda *values: queue.put_nowait(values), namespace=namespace)
    return queue


async def following(queue: asyncio.Queue[tuple[Any, ...]]) -> tuple[Any, ...]:
    return await asyncio.wait_for(queue.get(), WITHIN_S)


@pytest.mark.parametrize("transports", TRANSPORTS, ids="+".join)
async def test_the_python_client(serve: Serve, transports: list[str]) -> None:
    at = serve(talkative_server())
    async with client_of(at, transports) as client:
        auth, custom = heard(client, "auth"), heard(client, "auth", "/custom")
        back, ticks = heard(client, "message-back"), heard(client, "tick")
        client.on("question", lambda value: (value + 1, b"\x07"))
        await client.open(auth={"token": "é😀"}, namespaces=["/", "/custom"])
        assert await following(auth) == ({"token": "é😀"},)
        assert await following(custom) == ({"token": "é😀"},)
        assert client.transport() == transports[-1]
        for values in ((1, "2", {"3": [True]}), (b"\x01\x02", {"deep": [b"\x00\xff"]}), ()):
            await client.emit("message", values)
            assert await following(back) == values
        assert await client.call("message-with-ack", ("one", b"two"), timeout=WITHIN_S) == ("one", b"two")
        assert await client.call("message-with-ack", timeout=WITHIN_S) is None
        assert await client.call("ask-me", 41, timeout=WITHIN_S) == [42, [7]]
        assert await client.call("count", 100, timeout=WITHIN_S) == 100
        assert [(await following(ticks))[0] for _ in range(100)] == list(range(100))


@pytest.mark.parametrize("transports", [TRANSPORTS[0], TRANSPORTS[2]], ids="+".join)
async def test_the_python_client_comes_back(serve: Serve, transports: list[str]) -> None:
    at = serve(talkative_server())
    async with client_of(at, transports) as client:
        auth, gone = heard(client, "auth"), heard(client, "disconnect")
        await client.open()
        await following(auth)
        sid = client.get_sid()
        await client.eio.ws.close()
        await following(gone)
        await following(auth)
        assert client.get_sid() != sid
        assert await client.call("message-with-ack", 1, timeout=WITHIN_S) == 1


async def test_the_python_client_is_refused(serve: Serve) -> None:
    server = socket_server()

    @server.event
    def connect(_sid: str, _environ: Any, _auth: Any) -> None:
        raise socketio.exceptions.ConnectionRefusedError("not you", {"code": 7})

    async with client_of(serve(server), ["websocket"], reconnection=False) as client:
        refusals = heard(client, "connect_error")
        with pytest.raises(socketio.exceptions.ConnectionError):
            await client.open()
        assert await following(refusals) == ({"message": "not you", "data": {"code": 7}},)


async def test_a_python_client_of_each_transport_hears_every_broadcast(serve: Serve) -> None:
    server = talkative_server()
    at = serve(server)
    async with (
        client_of(at, TRANSPORTS[0]) as a,
        client_of(at, TRANSPORTS[1]) as b,
        client_of(at, TRANSPORTS[2]) as c,
    ):
        queues = [heard(client, "tick") for client in (a, b, c)]
        for client in (a, b, c):
            await client.open()
        for number in range(50):
            await server.emit("tick", number)
        for queue in queues:
            assert [(await following(queue))[0] for _ in range(50)] == list(range(50))


@pytest.mark.parametrize("transports", TRANSPORTS, ids="+".join)
async def test_the_javascript_client(serve: Serve, transports: list[str]) -> None:
    at = serve(talkative_server())
    node = shutil.which("node", path=PATH)
    assert node is not None, "the JavaScript client needs Node"
    process = await asyncio.create_subprocess_exec(
        node, str(SCRIPT), at.url, at.path, ",".join(transports), stdout=-1, stderr=-1
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), 3 * WITHIN_S)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, err.decode()
    seen = json.loads(out)
    assert seen.pop("reason")[0] in ("transport close", "io server disconnect")
    assert seen == {
        "auth": [{"token": "secret", "é": ["😀"]}],
        "sid": True,
        "custom": [{"token": "other"}],
        "unknown": "Invalid namespace",
        "back": [1, "2", {"3": [True]}, "漢字 😀"],
        "bytes": [[1, 2, 3], [0, 255]],
        "ack": "one",
        "asked": [42, [7]],
        "counted": 100,
        "ticks": True,
        "again": ["again"],
        "transport": transports[-1],
        "returned": "back",
    }
