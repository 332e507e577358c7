"""Each of the two classes beside what is not ours: stock servers, stock protocols, plain ASGI applications."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import httpx
import pytest
import socketio
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from realtime.wire import SocketServer, WebSocketProtocol
from tests.services.ports import LOOPBACK, free_port
from tests.services.processes import Service
from tests.wire import peer, polling
from tests.wire.engines import WITHIN_S
from tests.wire.reference import reference_server
from tests.wire.site import Address, running_site

pytestmark = pytest.mark.asyncio(loop_scope="package")

ROOT = Path(__file__).parents[2]
LONG = "the same words again and again, " * 300


def ours(**options: Any) -> Any:
    return reference_server(SocketServer(async_mode="asgi", cors_allowed_origins="*", **options))


def stock(**options: Any) -> Any:
    return reference_server(socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*", **options))


def managed() -> Any:
    """Ours with rooms that are somebody else's."""
    return ours(client_manager=socketio.AsyncManager())


PAIRS: list[tuple[Callable[[], Any], Any]] = [
    (ours, "websockets-sansio"),
    (ours, "wsproto"),
    (stock, WebSocketProtocol),
    (managed, WebSocketProtocol),
]


@pytest.mark.parametrize(
    ("make", "protocol"), PAIRS, ids=["stock-ws", "wsproto", "stock-server", "stock-manager"]
)
async def test_a_pair_of_ours_and_theirs(make: Callable[[], Any], protocol: Any) -> None:
    server = make()
    async with running_site(protocol) as site:
        with site.serving(server) as at:
            await converse(server, at)


async def converse(server: Any, at: Address) -> None:
    """All kinds of packets there and back, over each transport, with and without compression."""
    poller = await polling.joined(at)
    async with peer.joined(at) as plain, peer.joined(at, "deflate") as deflated:
        for socket in (plain, deflated):
            for value in ("x", "é😀", LONG, {"a": [None, 1.5]}):
                await socket.echo(value)
            await socket.send('451-7["message-with-ack",{"_placeholder":true,"num":0}]', b"\x00\xff")
            assert await socket.packets(2) == ['461-7[{"_placeholder":true,"num":0}]', b"\x00\xff"]
            await server.enter_room(socket.sid, "room")
        for number in range(20):
            await server.emit("news", (number, LONG), room="room")
        for socket in (plain, deflated):
            assert [await socket.event() for _ in range(20)] == [
                ["news", number, LONG] for number in range(20)
            ]
        await poller.send('42["message","polled"]')
        assert await poller.packets(1) == ['42["message-back","polled"]']
        asking = asyncio.create_task(server.call("ask", to=plain.sid, timeout=WITHIN_S))
        question = await plain.text()
        await plain.send(f"43{question[2:].partition('[')[0]}[1]")
        assert await asking == 1
        await server.disconnect(deflated.sid)
        assert await deflated.packet() == "41"
        await plain.send("1" if isinstance(server, SocketServer) else "41")


async def test_a_message_over_the_limit_on_a_stock_protocol() -> None:
    async with running_site("websockets-sansio") as site:
        with site.serving(ours(max_http_buffer_size=4_000)) as at:
            async with peer.joined(at) as socket:
                await socket.send(f'42["message","{"x" * 4_000}"]')
                assert await socket.close_code() == 1009


async def shout(websocket: WebSocket) -> None:
    """An endpoint that knows nothing of Socket.IO."""
    await websocket.accept(subprotocol="shout")
    async for text in websocket.iter_text():
        if text == "enough":
            await websocket.close(4_000, "as you wish")
            return
        await websocket.send_text(text.upper())


async def test_an_application_that_knows_nothing_of_us() -> None:
    async with running_site(WebSocketProtocol) as site:
        with site.applying(
            lambda name: Starlette(routes=[WebSocketRoute(f"/{name}/socket.io/", shout)])
        ) as at:
            async with connect(at.websocket(), subprotocols=["shout"]) as socket:  # type: ignore[list-item]
                for text in ("hello", LONG, "ß"):
                    await socket.send(text)
                    assert await socket.recv() == text.upper()
                await (await socket.ping())
                await socket.send("enough")
                with pytest.raises(ConnectionClosed) as closed:
                    await socket.recv()
                assert closed.value.rcvd is not None
                assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4_000, "as you wish")


@pytest.fixture
def program(tmp_path: Path) -> Any:
    """The program of standalone.py, running."""
    port = free_port()
    service = Service(
        name="the program",
        command=(
            "/usr/bin/env",
            f"PYTHONPATH={ROOT}",
            sys.executable,
            "-m",
            "tests.wire.standalone",
            str(port),
        ),
        is_ready=lambda: answers(port),
        log=tmp_path / "program.log",
    )
    service.start()
    yield service, port
    service.stop()


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://{LOOPBACK}:{port}/socket.io/?EIO=4&transport=polling", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


async def test_a_program_of_these_two_alone(program: tuple[Service, int]) -> None:
    service, port = program
    async with client_at(port) as http:
        at = Address(port, "/socket.io/", http)
        poller = await polling.joined(at)
        async with peer.joined(at) as socket:
            await socket.echo("hello")
            waiting = asyncio.create_task(poller.get())
            stopping = asyncio.create_task(asyncio.to_thread(service.stop))
            assert set(await socket.until_closed()) <= {"1", "41"}
            with suppress(httpx.HTTPError):
                assert (await waiting).status_code in (200, 400, 503)
            await asyncio.wait_for(stopping, WITHIN_S)
    log = service.log.read_text()
    assert "Traceback" not in log, log


@asynccontextmanager
async def client_at(port: int) -> Any:
    async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{port}", timeout=WITHIN_S) as http:
        yield http
