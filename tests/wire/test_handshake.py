"""The handshake: what a fresh session is told, and who gets none."""

from typing import Any

import httpx
import pytest

from tests.wire import peer, polling
from tests.wire.conftest import Serve
from tests.wire.engines import socket_server
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")

FIELDS = {"sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"}

TRANSPORT_UNKNOWN = {"code": 0, "message": "Transport unknown"}
SESSION_UNKNOWN = {"code": 1, "message": "Session ID unknown"}
BAD_METHOD = {"code": 2, "message": "Bad handshake method"}
BAD_REQUEST = {"code": 3, "message": "Bad request"}
BAD_VERSION = {"code": 5, "message": "Unsupported protocol version"}


def assert_refused(answer: httpx.Response, body: dict[str, Any]) -> None:
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json() == body


async def test_a_session_over_polling(at: Address) -> None:
    answer = await at.http.get(at.target(transport="polling"))
    assert answer.headers["content-type"].lower() == "text/plain; charset=utf-8"
    handshake = (await polling.opened(at)).handshake
    assert set(handshake) == FIELDS
    assert isinstance(handshake["sid"], str)
    assert handshake["upgrades"] == ["websocket"]
    assert (handshake["pingInterval"], handshake["pingTimeout"]) == (25_000, 20_000)
    assert handshake["maxPayload"] == 1_000_000


async def test_a_session_over_websocket(at: Address) -> None:
    async with peer.opened(at) as opened:
        handshake = opened.handshake
        assert set(handshake) == FIELDS
        assert isinstance(handshake["sid"], str)
        assert handshake["upgrades"] == []
        assert (handshake["pingInterval"], handshake["pingTimeout"]) == (25_000, 20_000)
        assert handshake["maxPayload"] == 1_000_000


async def test_every_session_has_an_id_of_its_own(at: Address) -> None:
    sids = {(await polling.opened(at)).sid for _ in range(20)}
    assert len(sids) == 20
    assert all(len(sid) >= 20 for sid in sids)


@pytest.mark.parametrize(
    ("interval_s", "timeout_s", "advertised"),
    [
        (0.3, 0.2, (300, 200)),
        (1.5, 0.25, (1_500, 250)),
        (25, 20, (25_000, 20_000)),
        (0.29, 0.57, (290, 570)),
        ((0.3, 0.1), 0.2, (400, 200)),
    ],
)
async def test_the_heartbeat_is_told_to_the_millisecond(
    serve: Serve, interval_s: Any, timeout_s: float, advertised: tuple[int, int]
) -> None:
    at = serve(reference_server(socket_server(ping_interval=interval_s, ping_timeout=timeout_s)))
    polled = (await polling.opened(at)).handshake
    assert (polled["pingInterval"], polled["pingTimeout"]) == advertised
    async with peer.opened(at) as opened:
        assert (opened.handshake["pingInterval"], opened.handshake["pingTimeout"]) == advertised


async def test_the_options_of_the_handshake(serve: Serve) -> None:
    at = serve(reference_server(socket_server(max_http_buffer_size=5_000, allow_upgrades=False, cookie="io")))
    answer = await at.http.get(at.target(transport="polling"))
    opened = await polling.opened(at)
    assert opened.handshake["maxPayload"] == 5_000
    assert opened.handshake["upgrades"] == []
    assert answer.headers["set-cookie"].startswith("io=")


@pytest.mark.parametrize("version", ["", "3", "5", "abc", "44", "4.0"])
async def test_another_version_is_refused(at: Address, version: str) -> None:
    answer = await at.http.get(at.target(transport="polling", EIO=version))
    assert_refused(answer, BAD_VERSION)
    assert await peer.is_refused(at, EIO=version)


@pytest.mark.parametrize("transport", ["", "abc", "Polling", "webtransport"])
async def test_another_transport_is_refused(at: Address, transport: str) -> None:
    assert_refused(await at.http.get(at.target(transport=transport)), TRANSPORT_UNKNOWN)
    assert await peer.is_refused(at, transport=transport)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_no_session_begins_with_another_method(at: Address, method: str) -> None:
    assert_refused(await at.http.request(method, at.target(transport="polling"), content=b""), BAD_METHOD)


async def test_no_websocket_without_an_upgrade(at: Address) -> None:
    answer = await at.http.get(at.target(transport="websocket"))
    assert_refused(answer, BAD_REQUEST)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("sid", ["nobody", "x" * 5_000, "ü", "../..", "0"])
async def test_an_unknown_session_is_refused(at: Address, method: str, sid: str) -> None:
    answer = await at.http.request(method, at.target(transport="polling", sid=sid))
    assert_refused(answer, SESSION_UNKNOWN)


async def test_a_websocket_to_an_unknown_session_is_refused(at: Address) -> None:
    assert await peer.is_refused(at, sid="nobody")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_a_session_knows_two_methods(at: Address, method: str) -> None:
    poller = await polling.joined(at)
    answer = await at.http.request(method, poller.target, content=b"41")
    assert answer.status_code in (400, 405)
    await poller.send('42["message",1]')
    assert await poller.poll() == ['42["message-back",1]']


async def test_only_the_transports_that_were_asked_for(serve: Serve) -> None:
    only_websocket = serve(reference_server(socket_server(transports=["websocket"])))
    assert_refused(
        await only_websocket.http.get(only_websocket.target(transport="polling")), TRANSPORT_UNKNOWN
    )
    async with peer.joined(only_websocket) as joined:
        await joined.echo("x")
    only_polling = serve(reference_server(socket_server(transports=["polling"])))
    assert await peer.is_refused(only_polling)
    assert (await polling.joined(only_polling)).sid


async def test_a_path_of_nobody_is_not_found(at: Address) -> None:
    answer = await at.http.get(at.path.replace("socket.io", "other"))
    assert answer.status_code == 404
