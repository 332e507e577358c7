"""What the wire relies on inside python-socketio and python-engineio; test_contracts_below.py has the rest.

None of it is promised by those libraries. A test that fails here after an upgrade names what has to be looked at in
realtime/wire before the new version may be pinned.
"""

import inspect
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import engineio
import pytest
import socketio
from engineio import packet as engine_packets
from socketio import packet as packets

LOCK = Path(__file__).parents[2] / "requirements.lock"


def parameters(function: Callable[..., Any]) -> list[str]:
    """The names of what a function takes, without `self`."""
    return [name for name in inspect.signature(function).parameters if name != "self"]


@pytest.mark.parametrize(
    "name", ["python-socketio", "python-engineio", "uvicorn", "websockets", "orjson", "uvloop"]
)
def test_the_versions_are_pinned_and_these(name: str) -> None:
    pinned = [line.split()[0] for line in LOCK.read_text().splitlines() if line.startswith(f"{name}==")]
    assert pinned == [f"{name}=={version(name)}"]


# python-socketio: the methods that SocketServer overrides or calls, as they are called.

SERVER_METHODS = {
    "_engineio_server_class": [],
    "_handle_eio_connect": ["eio_sid", "environ"],
    "_handle_eio_message": ["eio_sid", "data"],
    "_handle_eio_disconnect": ["eio_sid", "reason"],
    "_handle_connect": ["eio_sid", "namespace", "data"],
    "_handle_disconnect": ["eio_sid", "namespace", "reason"],
    "_handle_ack": ["eio_sid", "namespace", "id", "data"],
    "_send_packet": ["eio_sid", "pkt"],
    "_send_eio_packet": ["eio_sid", "eio_pkt"],
    "_trigger_event": ["event", "namespace", "args"],
    "_get_event_handler": ["event", "namespace", "args"],
    "on": ["event", "handler", "namespace"],
    "shutdown": [],
}


@pytest.mark.parametrize("name", SERVER_METHODS)
def test_the_server_has_the_methods(name: str) -> None:
    assert parameters(getattr(socketio.AsyncServer, name)) == SERVER_METHODS[name]


def test_the_server_makes_its_engine_and_is_told_by_it() -> None:
    made: dict[str, Any] = {}

    class Engine(engineio.AsyncServer):  # type: ignore[misc]  # engineio has no types
        def __init__(self, **options: Any) -> None:
            made.update(options)
            super().__init__(**options)

    class Server(socketio.AsyncServer):  # type: ignore[misc]  # socketio has no types
        def _engineio_server_class(self) -> type[Engine]:
            return Engine

    server = Server(async_mode="asgi", max_queued_bytes=7, ping_interval=1.5)
    assert (made["max_queued_bytes"], made["ping_interval"], made["async_mode"]) == (7, 1.5, "asgi")
    assert set(server.eio.handlers) == {"connect", "message", "disconnect"}
    assert server.eio.handlers["disconnect"] == server._handle_eio_disconnect


def test_the_server_has_the_attributes() -> None:
    server = socketio.AsyncServer(async_mode="asgi")
    assert server.packet_class is packets.Packet
    assert (server.handlers, server.namespace_handlers, server.environ) == ({}, {}, {})
    assert server.namespaces == ["/"]
    assert (server.async_handlers, server.always_connect) == (True, False)
    assert server.not_handled is not None
    assert server.manager.server is server
    assert next(iter(inspect.signature(socketio.AsyncServer).parameters)) == "client_manager"


def test_a_handler_is_found_with_what_it_is_called_with() -> None:
    server = socketio.AsyncServer(async_mode="asgi")
    server.on("known", one := lambda *_: None)
    server.on("*", rest := lambda *_: None)
    server.on("*", foreign := lambda *_: None, namespace="*")
    assert server._get_event_handler("known", "/", ("sid", 1)) == (one, ("sid", 1))
    assert server._get_event_handler("other", "/", ("sid", 1)) == (rest, ("other", "sid", 1))
    assert server._get_event_handler("x", "/n", ("sid",)) == (foreign, ("x", "/n", "sid"))
    assert server._get_event_handler("connect", "/", ("sid",)) == (None, ("sid",))


async def test_an_event_that_nobody_handles_is_not_handled() -> None:
    server = socketio.AsyncServer(async_mode="asgi")
    assert await server._trigger_event("unknown", "/", "sid") is server.not_handled


# python-socketio: packets.


def test_the_kinds_of_packets() -> None:
    kinds = (packets.CONNECT, packets.DISCONNECT, packets.EVENT, packets.ACK, packets.CONNECT_ERROR)
    assert kinds == (0, 1, 2, 3, 4)
    assert (packets.BINARY_EVENT, packets.BINARY_ACK) == (5, 6)


def test_packets_are_encoded_to_text_or_to_parts() -> None:
    assert packets.Packet(packets.EVENT, data=["a", 1], namespace="/n", id=7).encode() == '2/n,7["a",1]'
    assert packets.Packet(packets.CONNECT_ERROR, data={"message": "x"}).encode() == '4{"message":"x"}'
    head = '51-["a",{"_placeholder":true,"num":0}]'
    assert packets.Packet(packets.EVENT, data=["a", b"x"], id=None).encode() == [head, b"x"]
    assert packets.Packet(packets.EVENT, data=["a", bytearray(b"x")]).encode() == [head, bytearray(b"x")]


def test_packets_are_decoded_with_their_attachments_still_to_come() -> None:
    packet = packets.Packet(encoded_packet='51-/n,7["a",{"_placeholder":true,"num":0}]')
    assert (packet.packet_type, packet.namespace, packet.id) == (packets.BINARY_EVENT, "/n", 7)
    assert packet.attachment_count == 1
    assert packet.data == ["a", {"_placeholder": True, "num": 0}]
    assert packets.Packet(encoded_packet="0/n?q=1,").namespace == "/n"
    assert packets.Packet(encoded_packet="1").namespace is None


@pytest.mark.parametrize("text", ["x", "2{", "2[1]x"])
def test_what_is_no_packet_raises_what_the_wire_expects(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        packets.Packet(encoded_packet=text)


# python-socketio: rooms. RoomManager hears of who comes and goes by these alone.


class Watching(socketio.AsyncManager):  # type: ignore[misc]  # socketio has no types
    """Notes what the manager asks of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[Any, ...]] = []

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        self.calls.append(("enter", sid, namespace, room))
        super().basic_enter_room(sid, namespace, room, eio_sid)

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> None:
        self.calls.append(("leave", sid, namespace, room))
        super().basic_leave_room(sid, namespace, room)

    async def emit(self, *args: Any, **kwargs: Any) -> None:
        self.calls.append(("emit", args, kwargs))


async def test_every_way_in_and_out_of_a_room_goes_by_two_methods() -> None:
    manager = Watching()
    server = socketio.AsyncServer(manager, async_mode="asgi")
    sid = await manager.pre_connect("engine", "/")
    assert manager.calls == [("enter", sid, "/", None), ("enter", sid, "/", sid)]
    assert (manager.sid_from_eio_sid("engine", "/"), manager.eio_sid_from_sid(sid, "/")) == (sid, "engine")
    assert not manager.is_connected(sid, "/")
    await manager.connect(sid, "/")
    assert manager.is_connected(sid, "/")
    assert list(manager.get_namespaces()) == ["/"]
    for room in ("a", "b"):
        await server.enter_room(sid, room)
        assert manager.rooms["/"][room][sid] == "engine"
    manager.calls.clear()
    await server.close_room("a")
    assert manager.calls == [("leave", sid, "/", "a")]
    assert manager.pre_disconnect(sid, "/") == "engine"
    assert not manager.is_connected(sid, "/")
    manager.calls.clear()
    await manager.disconnect(sid, "/", ignore_queue=True)
    assert {call[3] for call in manager.calls} == {None, sid, "b"}
    assert manager.sid_from_eio_sid("engine", "/") is None


async def test_every_emit_goes_by_one_method() -> None:
    manager = Watching()
    server = socketio.AsyncServer(manager, async_mode="asgi")
    await server.emit("name", 1, to="room", skip_sid="x")
    options = {"room": "room", "skip_sid": "x", "callback": None, "ignore_queue": False}
    assert manager.calls == [("emit", ("name", 1, "/"), options)]
    taken = ["event", "data", "namespace", "room", "skip_sid", "callback", "to", "kwargs"]
    assert parameters(socketio.AsyncManager.emit) == taken


# python-engineio.

ENGINE_METHODS = {
    "generate_id": [],
    "send_packet": ["sid", "pkt"],
    "disconnect": ["sid"],
    "shutdown": [],
    "get_session": ["sid"],
    "save_session": ["sid", "session"],
    "_get_socket": ["sid"],
    "_trigger_event": ["event", "args", "kwargs"],
    "_cors_headers": ["environ"],
    "_cors_allowed_origins": ["environ"],
    "_generate_sid_cookie": ["sid", "attributes"],
    "handle_request": ["args", "kwargs"],
    "transport": ["sid"],
}


@pytest.mark.parametrize("name", ENGINE_METHODS)
def test_the_engine_has_the_methods(name: str) -> None:
    assert parameters(getattr(engineio.AsyncServer, name)) == ENGINE_METHODS[name]


def test_the_engine_keeps_its_options() -> None:
    engine = engineio.AsyncServer(async_mode="asgi", ping_interval=(1.5, 0.5), ping_timeout=0.2, cookie="io")
    assert (engine.ping_interval, engine.ping_interval_grace_period, engine.ping_timeout) == (1.5, 0.5, 0.2)
    assert (engine.max_http_buffer_size, engine.allow_upgrades, engine.cookie) == (1_000_000, True, "io")
    assert (engine.http_compression, engine.compression_threshold) == (True, 1024)
    assert list(engine.transports) == ["polling", "websocket"]
    assert (engine.sockets, engine.async_mode) == ({}, "asgi")
    assert engine._generate_sid_cookie("s", {"name": "io", "path": "/"}) == "io=s; path=/"


def test_the_engine_knows_which_pages_may_come() -> None:
    environ = {
        "HTTP_ORIGIN": "https://a",
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": "h",
        "wsgi.url_scheme": "http",
    }
    everybody = engineio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")
    assert everybody._cors_allowed_origins(environ) is None
    assert ("Access-Control-Allow-Origin", "https://a") in everybody._cors_headers(environ)
    own = engineio.AsyncServer(async_mode="asgi")
    assert own._cors_allowed_origins(environ) == ["http://h"]
    assert own._cors_headers(environ) == [("Access-Control-Allow-Credentials", "true")]
    assert engineio.AsyncServer(async_mode="asgi", cors_allowed_origins=[])._cors_headers(environ) == []


async def test_the_engine_asks_its_handlers_for_their_verdict() -> None:
    engine = engineio.AsyncServer(async_mode="asgi")
    engine.on("connect", lambda _sid, _environ: "no")
    assert await engine._trigger_event("connect", "sid", {}, run_async=False) == "no"


def test_the_engines_packets_are_encoded_for_a_websocket() -> None:
    assert engine_packets.Packet(engine_packets.MESSAGE, "2[]").encode() == "42[]"
    assert engine_packets.Packet(engine_packets.MESSAGE, b"x").encode() == b"x"
