"""What is no packet of the protocol closes the connection, and reaches no handler."""

import asyncio
from typing import Any

import pytest

from tests.wire import peer, polling, raw
from tests.wire.conftest import Serve
from tests.wire.engines import socket_server
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")

PLACEHOLDER = '{"_placeholder":true,"num":0}'

ENGINE_GARBAGE: dict[str, str | bytes] = {
    "no packet": "abc",
    "nothing": "",
    "an unknown type": "7",
    "a letter": "x",
    "another digit": "\u0664",
    "an opening": '0{"sid":"x"}',
    "a ping": "2",
    "bytes out of nowhere": b"\x01\x02\x03",
    "no bytes out of nowhere": b"",
    "base64 out of nowhere": "bAQID",
}

BEFORE_CONNECT: dict[str, str | bytes] = {
    "an unknown type": "4abc",
    "nothing": "4",
    "an event": '42["message",1]',
    "an event of a namespace": '42/custom,["message",1]',
    "an ack": "431[]",
    "a binary event": f'451-["message",{PLACEHOLDER}]',
    "a connect error": '44{"message":"no"}',
    "broken JSON": '40{"token":',
    "too much": "40{}{}",
}

GARBAGE: dict[str, str | bytes] = {
    "an unknown type": "4abc",
    "no type": "4",
    "type seven": "47",
    "type nine": '49["message"]',
    "another digit as type": '4\u0662["message"]',
    "JSON alone": '4{"a":1}',
    "an array alone": '4["message"]',
    "an event without anything": "42",
    "an event with an object": "42{}",
    "an event with a text": '42"message"',
    "an event with null": "42null",
    "an event with a number": "42 5",
    "an event without a name": "42[]",
    "an event named null": "42[null]",
    "an event named by an object": '42[{"message":1}]',
    "an event named by an array": '42[["message"]]',
    "an event named true": "42[true]",
    "broken JSON": '42["message",{',
    "a comma too many": '42["message",]',
    "something behind the JSON": '42["message"]x',
    "no number": '42["message",NaN]',
    "no end": '42["message",Infinity]',
    "quotes of another kind": "42['message']",
    "a hundred thousand levels": '42["message",' + "[" * 100_000,
    "a hundred thousand levels that end": '42["message",' + "[" * 100_000 + "]" * 100_000 + "]",
    "letters as ack id": '42abc["message-with-ack"]',
    "an ack id below zero": '42-1["message-with-ack"]',
    "an ack id with a point": '421.5["message-with-ack"]',
    "an ack id of other digits": '42\u0663["message-with-ack"]',
    "an ack id above the line": '42\u00b2["message-with-ack"]',
    "a huge ack id": "42" + "9" * 200 + '["message-with-ack"]',
    "an ack id longer than Python reads": "42" + "9" * 10_000 + '["message-with-ack"]',
    "an ack without values": "431",
    "an ack with an object": "431{}",
    "an ack with a text": '431"x"',
    "a connect error": '44{"message":"no"}',
    "an event of a namespace it is not in": '42/custom,["message",1]',
    "an event of a namespace that is not": '42/random,["message",1]',
    "a binary event of a namespace it is not in": f'451-/custom,["message",{PLACEHOLDER}]',
    "a second CONNECT": "40",
}

RESERVED = ["connect", "disconnect", "connect_error", "disconnecting", "newListener", "removeListener"]


@pytest.mark.parametrize("what", ENGINE_GARBAGE)
async def test_what_is_no_packet_of_the_transport(at: Address, what: str) -> None:
    async with peer.joined(at) as socket:
        await socket.send(ENGINE_GARBAGE[what])
        await assert_closed(socket)


@pytest.mark.parametrize("what", BEFORE_CONNECT)
async def test_nothing_comes_before_connect(at: Address, what: str) -> None:
    async with peer.opened(at) as socket:
        await socket.send(BEFORE_CONNECT[what])
        await assert_closed(socket)


@pytest.mark.parametrize("what", GARBAGE)
async def test_what_is_no_packet(at: Address, what: str) -> None:
    async with peer.joined(at) as socket:
        await socket.send(GARBAGE[what])
        await assert_closed(socket)


@pytest.mark.parametrize(
    "what", ["letters as ack id", "broken JSON", "an event with an object", "an unknown type"]
)
async def test_what_is_no_packet_over_polling(at: Address, what: str) -> None:
    poller = await polling.joined(at)
    garbage = GARBAGE[what]
    assert (await poller.post(garbage)).status_code in (200, 400)
    await poller.until_gone()


@pytest.mark.parametrize("what", ["an event", "an unknown type"])
async def test_nothing_comes_before_connect_over_polling(at: Address, what: str) -> None:
    poller = await polling.opened(at)
    await poller.post(BEFORE_CONNECT[what])
    await poller.until_gone()


@pytest.mark.parametrize("name", RESERVED)
async def test_no_event_has_a_name_of_the_protocols_own(serve: Serve, name: str) -> None:
    server = reference_server(socket_server())
    called: list[Any] = []

    def reached(*values: Any) -> None:
        called.append(values)

    for reserved in ("disconnect", "connect_error", "*"):
        server.on(reserved, reached)
    async with peer.joined(serve(server)) as socket:
        await socket.send(f'42["{name}",{{"QUERY_STRING":"x"}},{{"token":"x"}}]')
        await assert_closed(socket)
    assert len(called) <= 1, "the goodbye at most"
    assert all(values[0] == socket.sid for values in called)


async def test_nothing_after_the_fault_is_handled(serve: Serve) -> None:
    server = reference_server(socket_server())
    handled: list[Any] = []

    @server.on("note")
    def note(_sid: str, value: Any) -> None:
        handled.append(value)

    async with peer.joined(serve(server)) as socket:
        await socket.send('42["note",1]', "4abc", '42["note",2]')
        await assert_closed(socket)
    assert handled == [1]


async def test_nothing_after_the_fault_is_handled_though_it_came_in_one_piece(serve: Serve) -> None:
    server = reference_server(socket_server())
    handled: list[Any] = []
    server.on("note", lambda _sid, value: handled.append(value))
    async with raw.raw_socket(serve(server)) as socket:
        await socket.join()
        socket.send(raw.text('42["note",1]'), raw.text("4abc"), raw.text('42["note",2]'))
        await socket.close_code()
    assert handled == [1]


async def test_one_who_errs_costs_nobody_else_anything(at: Address) -> None:
    async with peer.joined(at) as good:
        for garbage in ("4abc", '42["message",{', "42{}"):
            async with peer.joined(at) as bad:
                await bad.send(garbage)
                await assert_closed(bad)
        await good.echo("unharmed")


async def test_who_is_closed_for_garbage_is_told_of_to_the_application(serve: Serve) -> None:
    server = reference_server(socket_server())
    gone: asyncio.Queue[str] = asyncio.Queue()

    @server.event
    def disconnect(sid: str, _reason: str) -> None:
        gone.put_nowait(sid)

    async with peer.joined(serve(server)) as socket:
        await socket.send("4abc")
        await assert_closed(socket)
        assert await asyncio.wait_for(gone.get(), 5) == socket.sid


async def assert_closed(socket: peer.Peer) -> None:
    """The server closes, with at most a goodbye."""
    assert set(await socket.until_closed()) <= {"1", "41"}
