"""Attachments: both ways, over both transports, and the ways to get them wrong."""

import json
from typing import Any

import pytest

from tests.wire import peer, polling
from tests.wire.conftest import Serve
from tests.wire.engines import socket_server
from tests.wire.peer import Peer
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")

ONE, TWO = '{"_placeholder":true,"num":0}', '{"_placeholder":true,"num":1}'
Attachments = list[str | bytes]


async def test_an_event_with_attachments(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send(f'452-["message",{ONE},{TWO}]', b"\x01\x02\x03", b"\x04\x05\x06")
        assert await socket.packets(3) == [
            f'452-["message-back",{ONE},{TWO}]',
            b"\x01\x02\x03",
            b"\x04\x05\x06",
        ]


async def test_an_ack_with_attachments(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send(f'452-789["message-with-ack",{ONE},{TWO}]', b"\x01\x02\x03", b"\x04\x05\x06")
        assert await socket.packets(3) == [f"462-789[{ONE},{TWO}]", b"\x01\x02\x03", b"\x04\x05\x06"]


async def test_an_ack_with_attachments_to_a_plain_event(serve: Serve) -> None:
    server = reference_server(socket_server())

    @server.on("picture")
    def picture(_sid: str) -> dict[str, bytes]:
        return {"small": b"\x89PNG"}

    async with peer.joined(serve(server)) as socket:
        await socket.send('427["picture"]')
        assert await socket.packets(2) == [f'461-7[{{"small":{ONE}}}]', b"\x89PNG"]


async def test_attachments_deep_inside(at: Address) -> None:
    values = f'{{"a":[{{"b":{ONE}}},[[{TWO}]]],"c":{{"_placeholder":false,"num":9}}}}'
    async with peer.joined(at) as socket:
        await socket.send(f'452-["message",{values}]', b"first", b"second")
        packets = await socket.packets(3)
        assert packets[1:] == [b"first", b"second"]
        assert json.loads(str(packets[0])[4:]) == ["message-back", json.loads(values)]


async def test_the_numbers_name_the_attachments(serve: Serve) -> None:
    server = reference_server(socket_server())
    got: list[Any] = []

    @server.on("note")
    def note(_sid: str, *values: Any) -> None:
        got.extend(values)

    async with peer.joined(serve(server)) as socket:
        await socket.send(f'452-1["note",{TWO},{ONE}]', b"first", b"second")
        assert await socket.packet() == "431[]"
    assert got == [b"second", b"first"]


async def test_attachments_of_a_namespace(serve: Serve) -> None:
    server = reference_server(socket_server())

    @server.on("echo", namespace="/custom")
    def echo(_sid: str, value: bytes) -> bytes:
        return value

    async with peer.joined(serve(server)) as socket:
        await socket.connect("/custom")
        await socket.packet()
        await socket.send(f'451-/custom,3["echo",{ONE}]', b"x")
        assert await socket.packets(2) == [f"461-/custom,3[{ONE}]", b"x"]


async def test_attachments_over_polling(at: Address) -> None:
    poller = await polling.joined(at)
    await poller.send(f'452-5["message-with-ack",{ONE},{TWO}]', "bAQIDBA==", "b")
    assert await poller.packets(3) == [f"462-5[{ONE},{TWO}]", "bAQIDBA==", "b"]


async def test_attachments_over_several_bodies(at: Address) -> None:
    poller = await polling.joined(at)
    for body in (f'452-5["message-with-ack",{ONE},{TWO}]', "bAQ==", "bAg=="):
        await poller.send(body)
    assert await poller.packets(3) == [f"462-5[{ONE},{TWO}]", "bAQ==", "bAg=="]


async def test_empty_and_large_attachments(at: Address) -> None:
    large = bytes(range(256)) * 1_000
    async with peer.joined(at) as socket:
        await socket.send(f'452-["message",{ONE},{TWO}]', b"", large)
        assert await socket.packets(3) == [f'452-["message-back",{ONE},{TWO}]', b"", large]


async def test_bytes_that_look_like_packets(at: Address) -> None:
    for attachment in (b'42["message",1]', b"1", b"2", b"\x04", b"4"):
        async with peer.joined(at) as socket:
            await socket.send(f'451-["message",{ONE}]', attachment)
            assert await socket.packets(2) == [f'451-["message-back",{ONE}]', attachment]


async def test_a_pong_between_the_parts(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send(f'452-["message",{ONE},{TWO}]', b"1", "3", b"2")
        assert (await socket.packets(3))[1:] == [b"1", b"2"]


async def test_a_placeholder_in_a_plain_event_is_data(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.echo({"_placeholder": True, "num": 0}, {"_placeholder": True, "num": 99})


async def test_what_an_emit_attaches(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as one, peer.joined(serve(server)) as other:
        await server.emit("files", [{"body": b"\x00\xff"}, bytearray(b"two"), "text"])
        for socket in (one, other):
            packets = await socket.packets(3)
            assert packets[0] == f'452-["files",[{{"body":{ONE}}},{TWO},"text"]]'
            assert packets[1:] == [b"\x00\xff", b"two"]


async def test_attachments_are_not_torn_apart_by_other_events(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:
        for number in range(5):
            await server.emit("file", (number, b"body"))
            await server.emit("tick", number)
        for number in range(5):
            assert await socket.packets(2) == [f'451-["file",{number},{ONE}]', b"body"]
            assert await socket.event() == ["tick", number]


async def test_attachments_go_to_pollers_and_websockets_alike(serve: Serve) -> None:
    server = reference_server(socket_server())
    at = serve(server)
    poller = await polling.joined(at)
    async with peer.joined(at) as socket:
        await server.emit("file", b"\x01\x02\x03\x04")
        assert await socket.packets(2) == [f'451-["file",{ONE}]', b"\x01\x02\x03\x04"]
        assert await poller.packets(2) == [f'451-["file",{ONE}]', "bAQIDBA=="]


WRONG: dict[str, Attachments] = {
    "no count": [f'45["message",{ONE}]', b"x"],
    "no dash": [f'451["message",{ONE}]', b"x"],
    "a count below zero": [f'45-1-["message",{ONE}]', b"x"],
    "letters as count": [f'45x-["message",{ONE}]', b"x"],
    "other digits as count": [f'45\u0661-["message",{ONE}]', b"x"],
    "a million attachments": [f'451000000-["message",{ONE}]'],
    "more attachments than there is memory": [f'4599999999999-["message",{ONE}]'],
    "broken JSON": [f'451-["message",{ONE}', b"x"],
    "an event without a name": ["451-[]", b"x"],
    "an event without an array": [f"451-{ONE}", b"x"],
    "bytes as a name": [f"451-[{ONE}]", b"message"],
    "a reserved name": [f'451-["connect",{ONE}]', b"x"],
    "one attachment too few": [f'452-["message",{ONE},{TWO}]', b"x", '42["message",1]'],
    "one attachment too many": [f'451-["message",{ONE}]', b"x", b"y"],
    "a text where an attachment is due": [f'451-["message",{ONE}]', '42["message",1]'],
    "a second head where an attachment is due": [f'451-["message",{ONE}]', f'451-["message",{ONE}]'],
    "a goodbye where an attachment is due": [f'451-["message",{ONE}]', "41"],
    "a number out of range": ['451-["message",{"_placeholder":true,"num":1}]', b"x"],
    "a number below zero": ['451-["message",{"_placeholder":true,"num":-1}]', b"x"],
    "a number that is a text": ['451-["message",{"_placeholder":true,"num":"0"}]', b"x"],
    "a number that is true": ['452-["message",{"_placeholder":true,"num":true}]', b"x", b"y"],
    "a number with a point": ['451-["message",{"_placeholder":true,"num":0.5}]', b"x"],
    "a number that is null": ['451-["message",{"_placeholder":true,"num":null}]', b"x"],
    "an ack with an object": ['461-1{"a":{"_placeholder":true,"num":0}}', b"x"],
    "letters as ack id": [f'451-abc["message-with-ack",{ONE}]', b"x"],
}


@pytest.mark.parametrize("what", WRONG)
async def test_what_is_wrong_with_attachments_closes(at: Address, what: str) -> None:
    async with peer.joined(at) as socket:
        await socket.send(*WRONG[what])
        packets = await socket.until_closed()
    # With one attachment too many, the event before it was whole.
    assert set(packets) <= {"1", "41", f'451-["message-back",{ONE}]', b"x"}
    assert what == "one attachment too many" or set(packets) <= {"1", "41"}


async def test_an_event_with_no_attachments_after_all(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send('450-["message",1]')
        assert await socket.event() == ["message-back", 1]


async def test_half_an_event_dies_with_its_socket(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send(f'452-["message",{ONE},{TWO}]', b"x")
    async with peer.joined(at) as socket:
        await socket.echo("nothing of it is left")


async def test_ten_attachments(at: Address) -> None:
    placeholders = [{"_placeholder": True, "num": number} for number in range(10)]
    async with peer.joined(at) as socket:
        await send_with(socket, ["message", *placeholders], [bytes([n]) for n in range(10)])
        packets = await socket.packets(11)
        assert packets[1:] == [bytes([number]) for number in range(10)]


async def send_with(socket: Peer, event: list[Any], attachments: Attachments) -> None:
    await socket.send(f"45{len(attachments)}-{json.dumps(event)}", *attachments)
