"""Acknowledgements: of the server's to a client, and of a client's to the server."""

import asyncio
from typing import Any

import pytest
from socketio.exceptions import TimeoutError as NoAnswer

from tests.wire import peer, polling
from tests.wire.conftest import Serve
from tests.wire.engines import WITHIN_S, socket_server
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")

ONE = '{"_placeholder":true,"num":0}'

ANSWERS: dict[str, tuple[Any, str]] = {
    "nothing": (None, "[]"),
    "one value": ("yes", '["yes"]'),
    "several values": ((1, "two", {"three": [3]}), '[1,"two",{"three":[3]}]'),
    "no values": ((), "[]"),
    "a list": ([1, 2], "[[1,2]]"),
    "an empty list": ([], "[[]]"),
    "a dict": ({"a": None}, '[{"a":null}]'),
    "null among others": ((None, None), "[null,null]"),
    "false": (False, "[false]"),
    "zero": (0, "[0]"),
    "an empty text": ("", '[""]'),
    "a tuple inside": ({"a": (1, (2,))}, '[{"a":[1,[2]]}]'),
}


@pytest.mark.parametrize("what", ANSWERS)
@pytest.mark.parametrize("is_async", [True, False])
async def test_what_a_handler_returns_is_the_ack(serve: Serve, what: str, *, is_async: bool) -> None:
    server = reference_server(socket_server())
    value, encoded = ANSWERS[what]

    async def answer_later(_sid: str) -> Any:
        return value

    server.on("ask", answer_later if is_async else lambda _sid: value)
    async with peer.joined(serve(server)) as socket:
        await socket.send('425["ask"]')
        assert await socket.packet() == f"435{encoded}"


async def test_the_ack_carries_the_id(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send('42456["message-with-ack",1,"2",{"3":[false]}]')
        assert await socket.packet() == '43456[1,"2",{"3":[false]}]'


@pytest.mark.parametrize("ack_id", [0, 9, 10, 2**31, 2**53 - 1])
async def test_ids_of_all_sizes(at: Address, ack_id: int) -> None:
    async with peer.joined(at) as socket:
        await socket.send(f'42{ack_id}["message-with-ack"]')
        assert await socket.packet() == f"43{ack_id}[]"


async def test_the_client_numbers_as_it_likes(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send(*[f'42{number}["message-with-ack",{number}]' for number in (7, 3, 3, 0)])
        assert await socket.packets(4) == ["437[7]", "433[3]", "433[3]", "430[0]"]


async def test_the_ack_names_its_namespace(serve: Serve) -> None:
    server = reference_server(socket_server())

    @server.on("ask", namespace="/custom")
    def ask(_sid: str, value: int) -> int:
        return value + 1

    async with peer.joined(serve(server)) as socket:
        await socket.connect("/custom")
        await socket.packet()
        await socket.send('42/custom,12["ask",1]')
        assert await socket.packet() == "43/custom,12[2]"


async def test_nobody_asked_for_no_ack(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send('42["message-with-ack",1]')
        await socket.echo("nothing came before this")


async def test_an_event_that_nobody_handles_has_no_ack(at: Address) -> None:
    async with peer.joined(at) as socket:
        await socket.send('421["nobody-knows-this"]', '42["nor-this"]')
        await socket.echo("nothing came before this")


async def test_acks_over_polling(at: Address) -> None:
    poller = await polling.joined(at)
    await poller.send('421["message-with-ack","a"]', '422["message-with-ack","b"]')
    assert await poller.packets(2) == ['431["a"]', '432["b"]']


async def test_a_client_acknowledges_an_emit(serve: Serve) -> None:
    server = reference_server(socket_server())
    answers: asyncio.Queue[tuple[Any, ...]] = asyncio.Queue()
    async with peer.joined(serve(server)) as socket:
        for reply, values in (("[]", ()), ('["bar"]', ("bar",)), ('[1,{"a":[2]}]', (1, {"a": [2]}))):
            await server.emit("foo", 1, to=socket.sid, callback=lambda *values: answers.put_nowait(values))
            text = await socket.text()
            assert text.startswith("42")
            assert text.endswith('["foo",1]')
            await socket.send(f"43{text[2:-9]}{reply}")
            assert await asyncio.wait_for(answers.get(), WITHIN_S) == values


async def test_a_callback_may_be_async(serve: Serve) -> None:
    server = reference_server(socket_server())
    answers: asyncio.Queue[str] = asyncio.Queue()

    async def answered(value: str) -> None:
        await asyncio.sleep(0)
        answers.put_nowait(value)

    async with peer.joined(serve(server)) as socket:
        await server.emit("foo", to=socket.sid, callback=answered)
        await socket.send(f"43{(await socket.text())[2:-7]}" + '["yes"]')
        assert await asyncio.wait_for(answers.get(), WITHIN_S) == "yes"


async def test_a_client_acknowledges_with_attachments(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:
        asking = asyncio.create_task(server.call("foo", b"\x01", to=socket.sid, timeout=WITHIN_S))
        head, body = await socket.packets(2)
        assert body == b"\x01"
        assert isinstance(head, str)
        ack_id = head[4:].partition("[")[0]
        await socket.send(f'461-{ack_id}["bar",{ONE}]', b"\x02\x03")
        assert await asking == ("bar", b"\x02\x03")


@pytest.mark.parametrize(
    ("reply", "result"), [("[]", None), ('["one"]', "one"), ("[1,2]", (1, 2)), ("[[]]", [])]
)
async def test_a_call_returns_what_the_client_says(serve: Serve, reply: str, result: Any) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:
        asking = asyncio.create_task(server.call("foo", {"a": 1}, to=socket.sid, timeout=WITHIN_S))
        text = await socket.text()
        assert text.endswith('["foo",{"a":1}]')
        await socket.send(f"43{text[2:].partition('[')[0]}{reply}")
        assert await asking == result


async def test_a_call_of_a_namespace(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:
        sid = await socket.connect("/custom")
        await socket.packet()
        asking = asyncio.create_task(server.call("foo", to=sid, namespace="/custom", timeout=WITHIN_S))
        text = await socket.text()
        assert text.startswith("42/custom,")
        await socket.send(f"43/custom,{text[10:].partition('[')[0]}[8]")
        assert await asking == 8


async def test_a_call_from_within_a_handler(serve: Serve) -> None:
    """The handler waits for what only the same client can say."""
    server = reference_server(socket_server())

    @server.on("ask")
    async def ask(sid: str) -> Any:
        return await server.call("counter-question", to=sid, timeout=WITHIN_S)

    async with peer.joined(serve(server)) as socket:
        await socket.send('421["ask"]')
        text = await socket.text()
        await socket.send(f"43{text[2:].partition('[')[0]}" + '["fine"]')
        assert await socket.packet() == '431["fine"]'


async def test_a_call_that_nobody_answers_ends(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with peer.joined(serve(server)) as socket:
        with pytest.raises(NoAnswer):
            await server.call("foo", to=socket.sid, timeout=0.05)
        text = await socket.text()
        await socket.send(f"43{text[2:].partition('[')[0]}[1]")
        await socket.echo("a late answer is no crime")


@pytest.mark.parametrize("ack", ["4399[]", "430[1,2,3]", f'43{2**53 - 1}["x"]'])
async def test_an_ack_that_nobody_waits_for_is_ignored(at: Address, ack: str) -> None:
    async with peer.joined(at) as socket:
        await socket.send(ack)
        await socket.echo("still here")


async def test_an_ack_counts_once(serve: Serve) -> None:
    server = reference_server(socket_server())
    answers: list[Any] = []
    async with peer.joined(serve(server)) as socket:
        await server.emit("foo", to=socket.sid, callback=answers.append)
        ack_id = (await socket.text())[2:].partition("[")[0]
        await socket.send(f"43{ack_id}[1]", f"43{ack_id}[2]")
        await socket.echo("both have been read")
    assert answers == [1]


async def test_nobody_answers_for_another(serve: Serve) -> None:
    server = reference_server(socket_server())
    answers: list[Any] = []
    at = serve(server)
    async with peer.joined(at) as socket, peer.joined(at) as other:
        await server.emit("foo", to=socket.sid, callback=answers.append)
        ack_id = (await socket.text())[2:].partition("[")[0]
        await other.send(f'43{ack_id}["not mine"]')
        await other.echo("read")
        assert answers == []
        await socket.send(f'43{ack_id}["mine"]')
        await socket.echo("read")
    assert answers == ["mine"]


async def test_a_handler_that_breaks_answers_nothing_and_harms_nobody(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    server = reference_server(socket_server())

    @server.on("break")
    async def breaking(_sid: str) -> None:
        raise ValueError("broken on purpose")

    at = serve(server)
    async with peer.joined(at) as socket, peer.joined(at) as other:
        await socket.send('421["break"]')
        await socket.echo("still here")
        await other.echo("unharmed")
    assert "broken on purpose" in caplog.text or any(record.exc_info for record in caplog.records)
    caplog.clear()
