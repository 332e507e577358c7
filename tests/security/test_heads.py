"""A request whose head never ends is cut off."""

import asyncio

import pytest

from server.http.heads import HEAD_WITHIN_S, MAX_HEAD_BYTES
from tests.realtime.house import House
from tests.services.ports import LOOPBACK

LINE = b"GET /healthz HTTP/1.1\r\nHost: here\r\n"


async def answer_to(house: House, head: bytes, within_s: float = 10) -> bytes:
    """All that the server says to some bytes before it hangs up."""
    reader, writer = await asyncio.open_connection(LOOPBACK, house.site.settings.port)
    try:
        writer.write(head)
        return await asyncio.wait_for(reader.read(), within_s)
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize(
    "head",
    [
        LINE + b"X-Long: " + b"a" * (4 * MAX_HEAD_BYTES),
        LINE + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1_000) for n in range(300)),
        b"GET /" + b"a" * (4 * MAX_HEAD_BYTES),
    ],
    ids=["one header", "many headers", "the address"],
)
async def test_a_head_that_is_too_long(house: House, head: bytes) -> None:
    answer = await answer_to(house, head)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("head", [b"", LINE], ids=["nothing", "half a head"])
async def test_a_head_that_is_too_slow(house: House, head: bytes) -> None:
    assert await answer_to(house, head, HEAD_WITHIN_S + 10) == b""


async def test_a_long_body_with_a_short_head_is_no_long_head(house: House) -> None:
    body = b'{"email": "' + b"a" * 200_000 + b'"}'
    head = b"POST /api/v1/auth/login HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Type: application/json\r\n"
    answer = await answer_to(house, head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert b"VALIDATION_ERROR" in answer
