"""The gate before the sockets: origins, addresses, how many, how often."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
import websockets
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.realtime.client import Client, assert_error
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import Site, serving

HANDSHAKE = "/socket.io/?EIO=4&transport=polling"
MAX_SOCKETS = 8


@pytest.fixture(scope="module")
def narrow_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('narrow') / 'convene.db'}"
    limits: dict[str, Any] = {
        "max_sockets_per_address": MAX_SOCKETS,
        "wrong_codes_per_minute": 5,
        "connect_within_s": 2.0,
    }
    with serving(url, trusted_proxies="127.0.0.1", **limits) as site:
        yield site


def websocket_url(site: Site, path: str = "/socket.io/?EIO=4&transport=websocket") -> str:
    return site.url.replace("http", "ws", 1) + path


@pytest.mark.parametrize(
    "origin", ["http://[", "http://[::1", "null", "http://", "://", "http://evil.example"]
)
async def test_an_origin_that_is_none_is_refused(house: House, origin: str) -> None:
    answer = await house.http.get(HANDSHAKE, headers={"Origin": origin})
    assert (answer.status_code, answer.json()["errorCode"]) == (403, "ORIGIN_NOT_ALLOWED")


@pytest.mark.parametrize("path", ["/", "/api/v1/users/me", "/docs", "/metrics"])
async def test_a_websocket_elsewhere_is_refused_without_a_fault(house: House, path: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await websockets.connect(websocket_url(house.site, path))
    assert refused.value.response.status_code == 403


async def test_sockets_are_counted_on_every_transport(narrow_site: Site) -> None:
    async with open_house(narrow_site) as house:
        headers = {"X-Forwarded-For": "192.0.2.1"}
        codes = [
            (await house.http.get(HANDSHAKE, headers=headers)).status_code for _ in range(MAX_SOCKETS + 3)
        ]
        assert codes == [200] * MAX_SOCKETS + [429] * 3
        with pytest.raises(InvalidStatus):
            await websockets.connect(websocket_url(narrow_site), additional_headers=headers)
        other = await house.http.get(HANDSHAKE, headers={"X-Forwarded-For": "192.0.2.2"})
        assert other.status_code == 200
        async with asyncio.timeout(20):
            # Those that never showed a token are closed, and make room.
            while (await house.http.get(HANDSHAKE, headers=headers)).status_code != 200:  # noqa: ASYNC110
                await asyncio.sleep(0.2)


async def test_an_address_is_what_the_proxy_wrote_last(narrow_site: Site) -> None:
    async with open_house(narrow_site) as house:
        token, answers = (await house.account()).token, []
        for number in range(6):
            # Two headers of one name: what the client made up, and what the proxy added below it.
            forged = [("X-Forwarded-For", f"198.51.100.{number}"), ("X-Forwarded-For", "203.0.113.5")]
            url = websocket_url(narrow_site)
            async with websockets.connect(url, additional_headers=forged) as socket:
                await socket.recv()
                await socket.send("40" + json.dumps({"token": token}))
                await socket.recv()
                await socket.send('421["session:join",{"code":"AAAAAA"}]')
                answers += json.loads(str(await socket.recv()).removeprefix("431"))
        assert_error(answers[-1], "RATE_LIMITED")


async def come_and_go(socket: ClientConnection, token: str, times: int) -> None:
    """Connects and says goodbye on one transport, over and over."""
    for _ in range(times):
        await socket.send("40" + json.dumps({"token": token}))
        await socket.recv()
        await socket.send("41")


async def test_coming_and_going_on_one_transport_has_an_end(house: House) -> None:
    token = (await house.account()).token
    async with websockets.connect(websocket_url(house.site)) as socket:
        await socket.recv()
        with pytest.raises(ConnectionClosed):
            await come_and_go(socket, token, 20)


async def test_attachments_are_not_taken_from_strangers(house: House) -> None:
    async with websockets.connect(websocket_url(house.site)) as socket:
        await socket.recv()
        await socket.send('451-["chat:send",{"_placeholder":true,"num":0}]')
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 10)


async def test_a_good_socket_is_let_in_by_both_transports(house: House) -> None:
    person = await house.account()
    for transports in (("polling", "websocket"), ("polling",), ("websocket",)):
        client: Client = await house.client(person, transports)
        await client.close()
