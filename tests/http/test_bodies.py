"""Bodies: strict JSON, of bounded size, within a bounded time."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.types import Message

from models.errors import RequestTimeout
from server.http.endpoint import NoBody
from server.http.incoming import read_body
from tests.realtime.house import House, Person

JSON = {"Content-Type": "application/json"}


async def post(house: House, person: Person, content: object, headers: dict[str, str]) -> tuple[int, str]:
    answer = await house.http.post(
        "/api/v1/sessions",
        content=content,  # type: ignore[arg-type]
        headers={"Authorization": f"Bearer {person.token}", **headers},
    )
    return answer.status_code, answer.json().get("errorCode", "")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"title"',
        b"null",
        b"{'title': 1}",
        b'{"title": "Algebra", "max_participants": NaN}',
        b'{"title": "Algebra", "max_participants": Infinity}',
        b'{"title": "Algebra", "max_participants": 1e999}',
        b'{"title": "Algebra", "max_participants": ' + b"9" * 5_000 + b"}",
        b'{"title": "Algebra", "title": "Geometry"}',
        b'{"title": "\\ud800 half a character"}',
        b'{"title": "nothing\\u0000there"}',
        b'{"\\ud800": 1, "title": "Algebra"}',
        b'{"title": "\xff\xfe"}',
        b'{"title": ' + b"[" * 101 + b"]" * 101 + b"}",
        b'{"title": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    ],
)
async def test_what_is_no_strict_json(house: House, body: bytes) -> None:
    assert await post(house, await house.account(), body, JSON) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]
)
async def test_another_content_type(house: House, kind: str) -> None:
    refusal = await post(house, await house.account(), b'{"title": "Algebra"}', {"Content-Type": kind})
    assert refusal == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_charset_may_be_named(house: House) -> None:
    kind = {"Content-Type": 'application/json; charset="UTF-8"'}
    assert (await post(house, await house.account(), '{"title": "Álgebra"}'.encode(), kind))[0] == 201


async def test_a_body_that_is_too_large(house: House) -> None:
    size = house.site.settings.max_message_bytes
    person = await house.account()
    assert await post(house, person, b" " * (size + 1), JSON) == (413, "PAYLOAD_TOO_LARGE")
    assert (await post(house, person, b'{"title": "Algebra"}' + b" " * (size - 20), JSON))[0] == 201


async def test_a_body_that_does_not_say_how_large_it_is(house: House) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(house.site.settings.max_message_bytes // 1_000 + 1):
            yield b" " * 1_000

    assert await post(house, await house.account(), chunks(), JSON) == (413, "PAYLOAD_TOO_LARGE")


async def test_commands_without_fields_need_no_body(house: House) -> None:
    person = await house.account()
    room = await house.room(person)
    headers = {"Authorization": f"Bearer {person.token}"}
    here = f"/api/v1/sessions/{room.id}"
    assert (await house.http.post(f"{here}/start", headers=headers)).status_code == 200
    assert (await house.http.post(f"{here}/pause", headers=headers, json={})).status_code == 200
    refused = await house.http.post(f"{here}/resume", headers=headers, json={"now": True})
    assert refused.json()["details"]["errors"] == [{"field": "now", "reason": "is not a known field"}]


async def test_a_body_that_trickles_in() -> None:
    async def receive() -> Message:
        await asyncio.Event().wait()
        return {}

    scope = {"type": "http", "method": "POST", "headers": []}
    with pytest.raises(RequestTimeout):
        await read_body(Request(scope, receive), NoBody, max_bytes=100, timeout_s=0.01)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("max_participants", "5", "must be a whole number"),
        ("max_participants", 5.5, "must be a whole number"),
        ("requires_approval", "yes", "must be true or false"),
        ("start_time", 1_700_000_000, "must be a valid datetime"),
        ("start_time", "2030-01-01T10:00:00", "must have a time zone, for example Z at its end"),
        ("tags", "maths", "must be a list"),
        ("title", 5, "must be a text"),
        ("settings", None, "must be an object"),
    ],
)
async def test_values_are_of_the_kind_that_the_contract_says(
    house: House, field: str, value: object, reason: str
) -> None:
    body = {"title": "Algebra", field: value}
    answer = await house.request("POST", "/sessions", body, await house.account())
    assert answer.json()["details"]["errors"] == [{"field": field, "reason": reason}]
