"""Events: what may be said in one, in every length and script, and in what order it comes."""

import asyncio
import json
import random
from typing import Any

import pytest

from tests.wire import peer
from tests.wire.conftest import Serve
from tests.wire.engines import socket_server
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")

VALUES: dict[str, list[Any]] = {
    "nothing": [],
    "several": [1, "2", {"3": [True]}],
    "null": [None],
    "numbers": [0, -1, 1.5, 1e21, 2**53, -(2**53)],
    "empty things": ["", [], {}],
    "deep": [[[[[[[[[[{"a": {"b": {"c": [None]}}}]]]]]]]]]],
    "scripts": ["é ß ł", "漢字 かな 한글", "עברית العربية", "हिन्दी"],
    "four bytes": ["😀", "👩\u200d👩\u200d👧\u200d👦", "\U0001d518\U0001d52b", "\U0010ffff"],
    "controls": ["\u0000\u0001\u001e\u001f\u007f\u0080\u2028\u2029\ufeff"],
    "what looks like packets": ['42["message"]', "2probe", "1", "41", "\u001e"],
    "quotes": ['"\\/\b\f\n\r\t', "'", "\\u0041"],
    "a name that is a number": [{"0": 1, "": 2, "é": 3}],
    "many": list(range(500)),
}


@pytest.mark.parametrize("what", VALUES)
async def test_values_there_and_back(at: Address, what: str) -> None:
    async with peer.joined(at) as socket:
        await socket.echo(*VALUES[what])
        await socket.send("421" + json.dumps(["message-with-ack", *VALUES[what]], ensure_ascii=False))
        text = await socket.text()
        assert json.loads(text.removeprefix("431")) == VALUES[what]


@pytest.mark.parametrize("size", [0, 1, 124, 125, 126, 127, 65_535, 65_536, 200_000, 900_000])
@pytest.mark.parametrize("character", ["x", "é", "😀"])
async def test_texts_of_every_length(at: Address, size: int, character: str) -> None:
    """`size` is about the bytes of the frame, whose head has another form from 126 and from 65,536 on."""
    said = character * max(0, (size - len('42["message-back",""]')) // len(character.encode()))
    async with peer.joined(at) as socket:
        await socket.send(f'42["message","{said}"]')
        assert await socket.event() == ["message-back", said]


def value_of(chance: random.Random, depth: int = 3) -> Any:
    """Some JSON."""
    kind = chance.randrange(8 if depth else 5)
    if kind == 0:
        return chance.choice([None, True, False])
    if kind == 1:
        return chance.randrange(-(2**53), 2**53)
    if kind == 2:
        return chance.uniform(-1e9, 1e9)
    if kind in (3, 4):
        return "".join(chance.choice('aé漢😀"\\\n\x00/,[]{}:-0123') for _ in range(chance.randrange(12)))
    if kind == 5:
        return {str(value_of(chance, 0)): value_of(chance, depth - 1) for _ in range(chance.randrange(4))}
    return [value_of(chance, depth - 1) for _ in range(chance.randrange(4))]


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_is_said_is_heard(at: Address, seed: int) -> None:
    chance = random.Random(seed)
    async with peer.joined(at) as socket:
        for _ in range(100):
            values = [value_of(chance) for _ in range(chance.randrange(4))]
            ack_id = chance.randrange(10**15)
            text = json.dumps(["message-with-ack", *values], ensure_ascii=chance.random() < 0.5)
            await socket.send(f"42{ack_id}{text}")
            answer = await socket.text()
            assert answer.startswith(f"43{ack_id}[")
            assert json.loads(answer[2 + len(str(ack_id)) :]) == values


async def test_a_lone_surrogate_is_text_like_any_other(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send('42["message","\\ud83d",{"\\udc00":1}]')
        assert await socket.event() == ["message-back", "\ud83d", {"\udc00": 1}]
        await socket.echo("still here")


async def test_integers_beyond_64_bits(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send('42["message",123456789012345678901234567890]')
        name, number = await socket.event()
        assert (name, float(number)) == ("message-back", 123456789012345678901234567890.0)


ENCODABLE: dict[str, tuple[Any, str]] = {
    "names that are no texts": (
        {2: "a", None: "b", True: "c", 1.5: "d"},
        '{"2":"a","null":"b","true":"c","1.5":"d"}',
    ),
    "a large integer": (2**70, str(2**70)),
    "tuples inside": ([(1, (2, 3))], "[[1,[2,3]]]"),
    "a lone surrogate": ("\ud800", '"\\ud800"'),
    "spaces nowhere": ({"a": [1, 2], "b": {}}, '{"a":[1,2],"b":{}}'),
}


@pytest.mark.parametrize("what", ENCODABLE)
async def test_what_the_standard_library_encodes_may_be_emitted(serve: Serve, what: str) -> None:
    server = reference_server(socket_server())
    value, encoded = ENCODABLE[what]
    async with peer.joined(serve(server)) as socket:
        # In a list, so that a tuple is not taken for several values.
        await server.emit("news", [value], to=socket.sid)
        text = await socket.text()
    assert json.loads(text.removeprefix("42")) == ["news", [json.loads(encoded)]]
    assert text == f'42["news",[{encoded}]]' or "\ud800" in str(value)


async def test_what_cannot_be_encoded_is_the_emitters_error(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:
        with pytest.raises(TypeError):
            await server.emit("news", object(), to=socket.sid)
        await socket.echo("unharmed")


EMITTED: dict[str, tuple[Any, list[Any]]] = {
    "nothing": (None, []),
    "one value": ("x", ["x"]),
    "several": ((1, 2), [1, 2]),
    "no values": ((), []),
    "a list": ([1, 2], [[1, 2]]),
    "false": (False, [False]),
}


@pytest.mark.parametrize("what", EMITTED)
async def test_a_tuple_is_several_values(serve: Serve, what: str) -> None:
    server = reference_server(socket_server())
    given, values = EMITTED[what]
    async with peer.joined(serve(server)) as socket:
        await server.emit("news", given)
        assert await socket.event() == ["news", *values]


async def test_send_is_a_message(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:
        await server.send("hello", to=socket.sid)
        assert await socket.event() == ["message", "hello"]


@pytest.mark.parametrize("name", ["", " ", "é😀", "with:colon", 'with"quote', "42", "/", ",", "x" * 300])
async def test_names_of_every_kind(serve: Serve, name: str) -> None:
    server = reference_server(socket_server())
    server.on(name, lambda _sid, value: (name, value))
    async with peer.joined(serve(server)) as socket:
        await socket.send("421" + json.dumps([name, 1]))
        assert json.loads((await socket.text()).removeprefix("431")) == [name, 1]
        await server.emit(name, 2)
        assert await socket.event() == [name, 2]


async def test_ten_events_of_one_tick_come_in_order(serve: Serve) -> None:
    server = reference_server(socket_server())
    at = serve(server)
    async with peer.joined(at) as one, peer.joined(at) as other:
        for number in range(10):
            await server.emit("tick", number)
        for socket in (one, other):
            assert [await socket.event() for _ in range(10)] == [["tick", number] for number in range(10)]


async def test_emits_and_the_ack_of_one_handler_come_in_its_order(serve: Serve) -> None:
    server = reference_server(socket_server())

    @server.on("work")
    async def work(sid: str) -> str:
        for number in range(10):
            await server.emit("progress", number, to=sid)
        return "done"

    async with peer.joined(serve(server)) as socket:
        for _ in range(3):
            await socket.send('421["work"]')
            expected = [f'42["progress",{number}]' for number in range(10)]
            assert await socket.packets(11) == [*expected, '431["done"]']


async def test_emits_of_many_kinds_keep_their_order(serve: Serve) -> None:
    """To all, to a room, to one, with bytes, with a callback: whatever way each takes, none overtakes another."""
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:
        await server.enter_room(socket.sid, "room")
        for number in range(20):
            await server.emit("all", number)
            await server.emit("room", number, room="room")
            await server.emit("file", (number, b"x"), to=socket.sid)
            await server.emit("ask", number, to=socket.sid, callback=lambda *_values: None)
            await server.emit("long", [number, "x" * 70_000], to=socket.sid)
        names = []
        for _ in range(20):
            packets = await socket.packets(6)
            names += [
                str(packet).partition('"')[2].partition('"')[0]
                for packet in packets
                if isinstance(packet, str)
            ]
            assert packets[3] == b"x"
    assert names == ["all", "room", "file", "ask", "long"] * 20


async def test_many_at_once_each_in_its_order(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:

        async def speak(who: int) -> None:
            for number in range(50):
                await server.emit(f"by{who}", number)
                await asyncio.sleep(0)

        await asyncio.gather(*[speak(who) for who in range(5)])
        heard: dict[str, list[int]] = {}
        for _ in range(250):
            name, number = await socket.event()
            heard.setdefault(name, []).append(number)
    assert heard == {f"by{who}": list(range(50)) for who in range(5)}


@pytest.mark.parametrize("async_handlers", [True, False])
async def test_commands_are_handled_in_the_order_they_came(serve: Serve, *, async_handlers: bool) -> None:
    server = reference_server(socket_server(async_handlers=async_handlers))
    async with peer.joined(serve(server)) as socket:
        await socket.send(*[f'42{number}["message-with-ack",{number}]' for number in range(50)])
        assert await socket.packets(50) == [f"43{number}[{number}]" for number in range(50)]


async def test_a_handler_that_waits_holds_up_nobody(serve: Serve) -> None:
    server = reference_server(socket_server())
    may_end = asyncio.Event()

    @server.on("slow")
    async def slow(_sid: str) -> str:
        await may_end.wait()
        return "at last"

    at = serve(server)
    async with peer.joined(at) as socket, peer.joined(at) as other:
        await socket.send('421["slow"]')
        await socket.echo("the same client goes on")
        await other.echo("and so does another")
        may_end.set()
        assert await socket.packet() == '431["at last"]'


async def test_handlers_one_at_a_time_where_that_was_asked_for(serve: Serve) -> None:
    server = reference_server(socket_server(async_handlers=False))
    under_way: list[int] = []

    @server.on("slow")
    async def slow(_sid: str, number: int) -> int:
        under_way.append(number)
        await asyncio.sleep(0)
        assert under_way == [number]
        under_way.remove(number)
        return number

    async with peer.joined(serve(server)) as socket:
        await socket.send(*[f'42{number}["slow",{number}]' for number in range(10)])
        assert await socket.packets(10) == [f"43{number}[{number}]" for number in range(10)]


async def test_a_background_task(serve: Serve) -> None:
    server = reference_server(socket_server())

    @server.on("start")
    async def start(sid: str, count: int) -> str:
        async def work() -> None:
            for number in range(count):
                await server.sleep(0)
                await server.emit("progress", number, to=sid)

        server.start_background_task(work)
        return "started"

    async with peer.joined(serve(server)) as socket:
        await socket.send('421["start",3]')
        packets = await socket.packets(4)
    assert packets[0] == '431["started"]'
    assert packets[1:] == [f'42["progress",{number}]' for number in range(3)]
