"""What the wire relies on inside uvicorn, websockets, asyncio and orjson: the other half of test_contracts.py."""

import asyncio
import inspect
from asyncio.tasks import _enter_task, _leave_task
from typing import Any

import orjson
import pytest
import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.exceptions import PayloadTooBig
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.frames import Opcode as LibraryOpcode
from websockets.http11 import Request
from websockets.protocol import OPEN, SERVER, Protocol
from websockets.server import ServerProtocol
from websockets.utils import apply_mask

from tests.wire.raw import Opcode, frame, masked

# uvicorn.


class Connection(asyncio.Transport):
    """A transport that keeps what is written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.is_closed = False

    def write(self, data: Any) -> None:
        self.written.append(bytes(data))

    def close(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed

    def pause_reading(self) -> None:
        return None


def accepting(config: uvicorn.Config) -> tuple[WebSocketsSansIOProtocol, Connection]:
    """A protocol of uvicorn's that has been asked for a WebSocket."""
    protocol = WebSocketsSansIOProtocol(config, ServerState(), {})
    connection = Connection()
    protocol.connection_made(connection)
    lines = ["GET /?EIO=4 HTTP/1.1", "Host: h", "Upgrade: websocket", "Connection: Upgrade"]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]
    lines += ["Sec-WebSocket-Extensions: permessage-deflate"]
    protocol.data_received("\r\n".join([*lines, "", ""]).encode())
    return protocol, connection


async def unanswering(_scope: Any, _receive: Any, _send: Any) -> None:
    """An application that leaves the answer to the test."""


def configured(**options: Any) -> uvicorn.Config:
    config = uvicorn.Config(unanswering, lifespan="off", log_config=None, **options)
    config.load()
    return config


async def test_uvicorn_says_where_a_connection_is() -> None:
    protocol, connection = accepting(configured())
    assert list(protocol.connections) == [protocol]
    assert list(inspect.signature(protocol.handle_connect).parameters) == ["event"]
    assert isinstance(protocol.request, Request)
    assert isinstance(protocol.conn, ServerProtocol)
    assert protocol.config.ws_max_size == 16 * 1024 * 1024
    assert protocol.scope["extensions"] == {"websocket.http.response": {}}
    assert await protocol.queue.get() == {"type": "websocket.connect"}
    assert (protocol.handshake_complete, protocol.close_sent, protocol.disconnected) == (False, False, False)
    accepted = protocol.send({"type": "websocket.accept", "subprotocol": None, "headers": []})
    with pytest.raises(StopIteration):
        accepted.send(None)
    assert connection.written[0].startswith(b"HTTP/1.1 101"), "accepting waits for nothing"
    assert protocol.handshake_complete
    assert protocol.queue.empty()
    assert not protocol.conn.reader.buffer
    protocol.connection_lost(None)


async def test_uvicorn_asks_the_transport_before_its_own_ping() -> None:
    protocol, connection = accepting(configured(ws_ping_interval=0.01))
    await protocol.queue.get()
    await protocol.send({"type": "websocket.accept", "subprotocol": None, "headers": []})
    connection.is_closed = True
    written = len(connection.written)
    protocol.send_keepalive_ping()
    assert len(connection.written) == written
    protocol.connection_lost(None)


async def test_uvicorn_closes_only_by_the_transport_it_has() -> None:
    """What is left in the transport's place takes the close that follows the application's end."""
    protocol, connection = accepting(configured())
    left = Connection()
    protocol.transport = left
    await asyncio.gather(*protocol.tasks)
    assert (left.is_closed, connection.is_closed) == (True, False)


async def test_uvicorn_takes_a_class_and_shuts_down_what_is_connected() -> None:
    assert configured(ws=WebSocketsSansIOProtocol).ws_protocol_class is WebSocketsSansIOProtocol
    source = inspect.getsource(uvicorn.Server.shutdown)
    assert (
        "for connection in list(self.server_state.connections):\n            connection.shutdown()" in source
    )


# websockets.


def test_deflate_without_context_is_agreed_on() -> None:
    factory = ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)
    answer, extension = factory.process_request_params([], [])
    assert answer == [("server_no_context_takeover", None), ("client_no_context_takeover", None)]
    assert isinstance(extension, PerMessageDeflate)
    assert (extension.local_no_context_takeover, extension.remote_no_context_takeover) == (True, True)
    assert extension.local_max_window_bits == 15
    _, narrow = factory.process_request_params([("server_max_window_bits", "10")], [])
    assert narrow.local_max_window_bits == 10
    assert ServerProtocol(extensions=[factory]).available_extensions == [factory]


def library(max_bytes: int = 100) -> Protocol:
    return Protocol(SERVER, state=OPEN, max_size=max_bytes)


def test_the_library_reads_frames_from_the_middle_of_a_connection() -> None:
    reader = library()
    reader.receive_data(frame(Opcode.TEXT, b"4", is_final=False) + frame(Opcode.PING, b"x"))
    reader.receive_data(frame(Opcode.CONTINUATION, b"2"))
    events = reader.events_received()
    assert [(int(one.opcode), bytes(one.data), one.fin) for one in events if isinstance(one, Frame)] == [
        (Opcode.TEXT, b"4", False),
        (Opcode.PING, b"x", True),
        (Opcode.CONTINUATION, b"2", True),
    ]
    assert reader.data_to_send() == [b"\x8a\x01x"]
    assert (reader.parser_exc, reader.close_rcvd) == (None, None)


def test_the_library_refuses_by_the_head_alone() -> None:
    reader = library()
    reader.receive_data(b"\x81\xfe" + (101).to_bytes(2, "big"))
    assert isinstance(reader.parser_exc, PayloadTooBig)
    assert reader.data_to_send()[0][2:4] == (1009).to_bytes(2, "big")


def test_the_library_answers_a_close_and_fails_on_demand() -> None:
    closed = library()
    closed.receive_data(frame(Opcode.CLOSE, (1000).to_bytes(2, "big")))
    assert closed.close_rcvd is not None
    assert closed.data_to_send()[0] == b"\x88\x02\x03\xe8"
    failed = library()
    failed.fail(1007, "not UTF-8")
    assert failed.data_to_send()[0][2:4] == (1007).to_bytes(2, "big")


def test_the_library_inflates_with_an_extension_that_is_put_in() -> None:
    reader = library(1_000)
    extension = PerMessageDeflate(True, True, 15, 15)
    reader.extensions = [extension]
    sent = extension.encode(Frame(LibraryOpcode.TEXT, b"x" * 500))
    reader.receive_data(frame(Opcode.TEXT, bytes(sent.data), rsv=0x40))
    [event] = reader.events_received()
    assert isinstance(event, Frame)
    assert bytes(event.data) == b"x" * 500


@pytest.mark.parametrize("size", [0, 1, 4, 5, 1_000])
def test_masks_come_off(size: int) -> None:
    assert apply_mask(bytes(size), b"abcd") == masked(bytes(size), b"abcd")


# asyncio and orjson.


async def test_a_coroutine_can_be_stepped_as_if_it_were_a_tasks() -> None:
    loop = asyncio.get_running_loop()
    inside = asyncio.current_task()
    other = loop.create_task(asyncio.sleep(0))
    with pytest.raises(RuntimeError):
        _enter_task(loop, other)
    assert inside is not None
    _leave_task(loop, inside)
    try:
        _enter_task(loop, other)
        assert asyncio.current_task() is other
        _leave_task(loop, other)
    finally:
        _enter_task(loop, inside)
    await other


def test_orjson_raises_what_is_caught() -> None:
    assert issubclass(orjson.JSONEncodeError, TypeError)
    assert issubclass(orjson.JSONDecodeError, ValueError)
    for refused in ({1: 2}, 2**70, "\ud800", b"x"):
        with pytest.raises(orjson.JSONEncodeError):
            orjson.dumps(refused)
    for text in ("NaN", '"\\ud800"', "[" * 10_000):
        with pytest.raises(orjson.JSONDecodeError):
            orjson.loads(text)
