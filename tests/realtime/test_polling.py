"""The HTTP side of the sockets: long polling by hand, bodies that are too big or without a size, foreign pages."""

import asyncio
import json
from typing import Final

import httpx
import pytest

from tests.realtime.client import WITHIN_S, Client, Refused
from tests.realtime.house import House
from tests.realtime.polling import PATH, QUERY, SEPARATOR, log_in, poll, post
from tests.realtime.site import Site


async def is_gone(house: House, query: dict[str, str]) -> bool:
    """Whether the server has closed a transport; what it still has to say is read first."""
    async with asyncio.timeout(WITHIN_S):
        while (await house.http.get(PATH, params=query)).status_code != 400:
            continue
    return True


async def test_commands_are_acknowledged_over_polling(any_house: House) -> None:
    room, host = await any_house.live()
    mia = await any_house.account("Mia")
    query = await log_in(any_house, mia)
    events = [
        f'421["session:join",{{"session_id":"{room.id}"}}]',
        f'422["chat:send",{{"session_id":"{room.id}","text":"Over polling."}}]',
    ]
    await post(any_house, query, SEPARATOR.join(events))
    await host.event("chat:sent", lambda d: d["message"]["text"] == "Over polling.")
    received: list[str] = []
    while not any(packet.startswith("432") for packet in received):
        received += await poll(any_house, query)
    assert [p[:3] for p in received if p.startswith("43")] == ["431", "432"]
    assert any(packet.startswith('42["chat:sent"') for packet in received)


async def test_polling_becomes_a_websocket_without_losing_anything(any_house: House) -> None:
    room, host = await any_house.live()
    mia = await any_house.client(await any_house.account("Mia"), ("polling", "websocket"))
    joined = await mia.join(room.id)
    for number in range(20):
        await host.ok("chat:send", room.id, text=f"Line {number}")
    await mia.until_seq(room.id, joined["seq"] + 20)
    assert mia.seqs(room.id) == list(range(joined["seq"] + 1, joined["seq"] + 21))


GARBAGE: Final[dict[str, str | bytes]] = {
    "no packet": "hello",
    "no text": b"\xff\xfe\xfd",
    "an unknown packet": "9",
    "a message that is JSON": '4{"a":1}',
    "bytes out of nowhere": "bAAAA",
    "bytes that are none": "b!",
    "half a byte": "bA",
    "an opening": "0{}",
    "a ping": "2",
    "broken JSON": '42["chat:send",{',
    "too many packets": SEPARATOR.join(["3"] * 17),
    "empty packets": SEPARATOR * 3,
    "a form": "d=4%22",
    "a broken form": "d=",
    "a hundred thousand levels": "4" + "[" * 100_000,
}


@pytest.mark.parametrize("what", GARBAGE)
async def test_garbage_over_polling_closes_the_transport(house: House, what: str) -> None:
    query = await log_in(house, await house.account("Mallory"))
    answer = await post(house, query, GARBAGE[what])
    assert answer.status_code in (200, 400)
    assert await is_gone(house, query)
    lines = house.site.log_since(house.log_size)
    assert len(lines) <= 1
    assert all((line["event"], line["level"]) == ("socket.cut", "info") for line in lines)


async def test_a_body_over_the_limit_is_refused_unread(house: House) -> None:
    query = await log_in(house, await house.account("Mallory"))
    answer = await post(house, query, "4" + "x" * 300_000)
    assert answer.status_code == 413
    assert answer.json()["errorCode"] == "PAYLOAD_TOO_LARGE"


async def test_a_body_without_a_length_is_refused_unread(house: House) -> None:
    query = await log_in(house, await house.account("Mallory"))
    status, body = await raw_post(house.site, query, b"Transfer-Encoding: chunked\r\n", b"100000\r\nxxx")
    assert status == 413
    assert json.loads(body)["errorCode"] == "PAYLOAD_TOO_LARGE"


@pytest.mark.parametrize("length", [b"-1", b"x", b"9" * 30, b"1e3", b"+5"])
async def test_a_length_that_is_none_is_refused(house: House, length: bytes) -> None:
    query = await log_in(house, await house.account("Mallory"))
    status, _ = await raw_post(house.site, query, b"Content-Length: " + length + b"\r\n", b"")
    assert status in (400, 413)


async def raw_post(site: Site, query: dict[str, str], headers: bytes, body: bytes) -> tuple[int, bytes]:
    """POSTs what no HTTP library would; the status and body of the answer."""
    reader, writer = await asyncio.open_connection(site.settings.host, site.settings.port)
    target = f"{PATH}?{httpx.QueryParams(query)}".encode()
    writer.write(b"POST " + target + b" HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n" + body)
    try:
        async with asyncio.timeout(WITHIN_S):
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                (int(h[15:]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length:")), 0
            )
            return int(head.split()[1]), await reader.readexactly(length)
    finally:
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    "query",
    [
        {"EIO": "3", "transport": "polling"},
        {"EIO": "4", "transport": "carrier-pigeon"},
        {"EIO": "4", "transport": "polling", "sid": "x"},
        {"EIO": "4", "transport": "websocket"},
        {},
    ],
)
async def test_what_is_no_transport_is_a_bad_request(house: House, query: dict[str, str]) -> None:
    assert (await house.http.get(PATH, params=query)).status_code == 400
    assert (await house.http.post(PATH, params=query, content=b"4")).status_code == 400


FOREIGN: Final[dict[str, dict[str, str]]] = {
    "another site": {"Origin": "https://evil.example"},
    "no site": {"Origin": "null"},
    "our name on another port": {"Origin": "http://127.0.0.1:1"},
    "our name as a prefix": {"Origin": "http://127.0.0.1.evil.example"},
    "a forged forwarded host": {"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"},
    "an empty one": {"Origin": ""},
}


@pytest.mark.parametrize("what", FOREIGN)
async def test_a_foreign_page_is_kept_out(house: House, what: str) -> None:
    client = Client(house.site.url)
    person = await house.account("Victim")
    with pytest.raises(Refused):
        await client.connect(person.token, FOREIGN[what])
    answer = await house.http.get(PATH, params=QUERY, headers=FOREIGN[what])
    assert (answer.status_code, answer.json()["errorCode"]) == (403, "ORIGIN_NOT_ALLOWED")
    assert "access-control-allow-origin" not in answer.headers


async def test_our_own_page_is_let_in(house: House) -> None:
    room, _host = await house.live()
    for transport in ("websocket", "polling"):
        client = await connected_from(house, house.site.url, transport)
        await client.join(room.id)


async def connected_from(house: House, origin: str, transport: str) -> Client:
    client = Client(house.site.url, (transport,))
    house.clients.append(client)
    return await client.connect((await house.account()).token, {"Origin": origin})
