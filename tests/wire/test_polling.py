"""Long polling: payloads in both directions, their limits, and one request of each kind at a time."""

import asyncio
import gzip
import json

import httpx
import pytest
from engineio.payload import Payload

from tests.services.ports import LOOPBACK
from tests.wire import polling
from tests.wire.conftest import Serve
from tests.wire.engines import WITHIN_S, socket_server
from tests.wire.polling import SEPARATOR, Poller
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_packet_there_and_back(at: Address) -> None:
    poller = await polling.joined(at)
    answer = await poller.post('42["message","hello"]')
    assert (answer.status_code, answer.text) == (200, "ok")
    answer = await poller.get()
    assert answer.status_code == 200
    assert answer.headers["content-type"].lower() == "text/plain; charset=utf-8"
    assert answer.text == '42["message-back","hello"]'


async def test_several_packets_in_one_payload(at: Address) -> None:
    poller = await polling.joined(at)
    await poller.send(*[f'42["message",{number}]' for number in range(10)])
    assert await poller.packets(10) == [f'42["message-back",{number}]' for number in range(10)]


async def test_an_answer_waits_for_something_to_say(at: Address) -> None:
    poller = await polling.joined(at)
    waiting = asyncio.create_task(poller.poll())
    await poller.send('42["message",1]')
    assert await waiting == ['42["message-back",1]']


async def test_bytes_travel_as_base64(at: Address) -> None:
    poller = await polling.joined(at)
    await poller.send('451-["message",{"_placeholder":true,"num":0}]', "bAQIDBA==")
    assert await poller.packets(2) == ['451-["message-back",{"_placeholder":true,"num":0}]', "bAQIDBA=="]


async def test_text_of_every_kind(at: Address) -> None:
    poller = await polling.joined(at)
    said = 'é 漢字 😀 \u2028 \x7f "\\ d=1&2+3%20'
    await poller.send(f'42["message",{json.dumps(said, ensure_ascii=False)}]')
    [packet] = await poller.packets(1)
    assert json.loads(packet[2:]) == ["message-back", said]


async def test_a_long_answer_is_compressed_for_who_asks(at: Address) -> None:
    poller = await polling.joined(at)
    await poller.send(f'42["message","{"x" * 20_000}"]')
    async with at.http.stream("GET", poller.target, headers={"accept-encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        body = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert gzip.decompress(body).decode() == f'42["message-back","{"x" * 20_000}"]'


async def test_a_body_of_the_size_that_was_advertised(serve: Serve) -> None:
    poller = await polling.joined(serve(reference_server(socket_server(max_http_buffer_size=4_000))))
    frame = len('42["message",""]')
    text = "x" * (4_000 - frame)
    await poller.send(f'42["message","{text}"]')
    assert await poller.poll() == [f'42["message-back","{text}"]']


async def test_no_answer_has_more_packets_than_stock_clients_take(at: Address) -> None:
    """python-engineio's client gives up on a payload of more than sixteen."""
    poller = await polling.joined(at)
    for start in range(0, 40, 10):
        await poller.send(*[f'42["message",{number}]' for number in range(start, start + 10)])
    packets: list[str] = []
    while len(packets) < 40:
        answer = await poller.poll()
        assert len(answer) <= Payload.max_decode_packets
        packets += answer
    assert packets == [f'42["message-back",{number}]' for number in range(40)]


@pytest.mark.parametrize("size", [4_001, 100_000])
async def test_a_body_over_that_size_closes_the_session(serve: Serve, size: int) -> None:
    poller = await polling.joined(serve(reference_server(socket_server(max_http_buffer_size=4_000))))
    assert (await poller.post("4" + "x" * (size - 1))).status_code in (400, 413)
    await poller.until_gone()


@pytest.mark.parametrize(
    "body",
    [
        "abc",
        "9",
        "7x",
        SEPARATOR,
        '42["message",1]\x1e',
        "b!!!",
        "bA",
        "\x00",
        b"\xff\xfe",
        "\u0664" + '2["message",1]',
    ],
)
async def test_what_is_no_payload_closes_the_session(at: Address, body: str | bytes) -> None:
    poller = await polling.joined(at)
    assert (await poller.post(body)).status_code in (200, 400)
    await poller.until_gone()


async def test_what_stands_before_the_fault_has_happened(serve: Serve) -> None:
    server = reference_server(socket_server())
    handled: list[int] = []
    server.on("note", lambda _sid, value: handled.append(value))
    poller = await polling.joined(serve(server))
    answer, _ = await asyncio.gather(poller.get(), poller.post('42["note",1]\x1exyz\x1e42["note",2]'))
    assert answer.status_code in (200, 400), "whoever waits is answered"
    assert handled == [1]
    await poller.until_gone()


async def test_two_polls_at_once_close_the_session(at: Address) -> None:
    poller = await polling.joined(at)
    answers = await asyncio.gather(poller.get(), poller.get())
    by_status = {answer.status_code: answer.text for answer in answers}
    assert set(by_status) == {200, 400}
    assert by_status[200] == "1"
    assert (await poller.get()).status_code == 400


async def test_two_posts_at_once_close_the_session(at: Address) -> None:
    poller = await polling.joined(at)
    reader, writer = await begun_post(poller)
    try:
        assert (await poller.post('42["message",1]')).status_code == 400
        await poller.until_gone()
        writer.write(b'42["message",2]')
        async with asyncio.timeout(WITHIN_S):
            head = await reader.readuntil(b"\r\n\r\n")
        assert head.split()[1] in (b"200", b"400")
    finally:
        writer.close()


async def begun_post(poller: Poller) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A POST whose body the server waits for."""
    reader, writer = await asyncio.open_connection(LOOPBACK, poller.at.port)
    head = f"POST {poller.target} HTTP/1.1\r\nHost: {LOOPBACK}\r\nContent-Length: 15\r\nExpect: 100-continue\r\n\r\n"
    writer.write(head.encode())
    async with asyncio.timeout(WITHIN_S):
        # Whoever is told to continue is being read.
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100")
    return reader, writer


async def test_a_post_that_is_given_up_half_way(at: Address) -> None:
    poller = await polling.joined(at)
    _reader, writer = await begun_post(poller)
    writer.close()
    await writer.wait_closed()
    answer = await poller.post('42["message",1]')
    if answer.status_code == 200:
        assert await poller.poll() == ['42["message-back",1]']
    else:
        await poller.until_gone()


async def test_a_poll_that_is_given_up(at: Address) -> None:
    """The session may end with it, but what is said afterwards is either refused or answered."""
    poller = await polling.joined(at)
    _reader, writer = await asyncio.open_connection(LOOPBACK, at.port)
    writer.write(f"GET {poller.target} HTTP/1.1\r\nHost: {LOOPBACK}\r\n\r\n".encode())
    await writer.drain()
    assert (await polling.joined(at)).sid != poller.sid
    writer.close()
    await writer.wait_closed()
    assert (await polling.joined(at)).sid != poller.sid
    answer = await poller.post('42["message",1]')
    if answer.status_code == 200:
        assert await poller.poll() == ['42["message-back",1]']
    else:
        await poller.until_gone()


async def test_a_body_in_chunks(at: Address) -> None:
    poller = await polling.joined(at)

    async def chunks() -> object:
        for part in ('42["mess', 'age",', "1]"):
            yield part.encode()

    answer = await at.http.post(poller.target, content=chunks())  # type: ignore[arg-type]
    if answer.status_code == 200:
        assert await poller.poll() == ['42["message-back",1]']
    else:
        assert answer.status_code in (400, 411, 413)


PREFLIGHT = {
    "Origin": "https://app.example",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type,x-token",
}


async def test_a_preflight_is_answered(at: Address) -> None:
    answer = await at.http.options(at.target(transport="polling"), headers=PREFLIGHT)
    assert answer.status_code in (200, 204)
    assert_may_read(answer)
    assert {"GET", "POST"} <= set(answer.headers["access-control-allow-methods"].replace(" ", "").split(","))
    assert "x-token" in answer.headers["access-control-allow-headers"].lower()


async def test_every_answer_may_be_read_by_the_page_that_asked(at: Address) -> None:
    origin = {"Origin": "https://app.example"}
    opening = await at.http.get(at.target(transport="polling"), headers=origin)
    assert_may_read(opening)
    target = at.target(transport="polling", sid=json.loads(opening.text[1:])["sid"])
    assert_may_read(await at.http.post(target, content=b"40", headers=origin))
    assert_may_read(await at.http.get(target, headers=origin))
    assert_may_read(await at.http.get(at.target(transport="abc"), headers=origin))


def assert_may_read(answer: httpx.Response) -> None:
    assert answer.headers["access-control-allow-origin"] in ("https://app.example", "*")


async def test_a_page_that_is_not_allowed_is_refused(serve: Serve) -> None:
    server = reference_server(socket_server(cors_allowed_origins=["https://ours.example"]))
    at = serve(server)
    for origin, status in (("https://ours.example", 200), ("https://theirs.example", 400)):
        answer = await at.http.get(at.target(transport="polling"), headers={"Origin": origin})
        assert answer.status_code == status
        assert ("access-control-allow-origin" in answer.headers) is (status == 200)
