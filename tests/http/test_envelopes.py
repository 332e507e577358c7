"""What every answer of the API looks like."""

from uuid import UUID

import pytest

from models.log.tables import SessionEvent
from tests.realtime.house import House


async def test_data_comes_in_the_envelope(house: House) -> None:
    person = await house.account()
    answer = await house.get("/users/me", person)
    assert answer.status_code == 200
    assert answer.json() == {"success": True, "data": answer.json()["data"]}
    assert answer.json()["data"]["id"] == str(person.user_id)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_list_says_where_one_is_in_it(house: House) -> None:
    person = await house.account()
    for title in ("One", "Two", "Three"):
        await house.room(person, title=title)
    first = (await house.get("/sessions?limit=2", person)).json()
    second = (await house.get("/sessions?limit=2&page=2", person)).json()
    assert first["pagination"] == {
        "page": 1,
        "limit": 2,
        "total": 3,
        "totalPages": 2,
        "hasNext": True,
        "hasPrev": False,
    }
    assert second["pagination"]["hasNext"] is False
    assert second["pagination"]["hasPrev"] is True
    assert [one["title"] for one in [*first["data"], *second["data"]]] == ["Three", "Two", "One"]


async def test_a_refusal_names_every_wrong_field(house: House) -> None:
    body = {"title": "", "tags": ["a", ""], "settings": {"requires_approval": 3}, "colour": "red"}
    answer = await house.request("POST", "/sessions", body, await house.account())
    assert answer.status_code == 400
    refusal = answer.json()
    assert refusal["success"] is False
    assert (refusal["statusCode"], refusal["errorCode"]) == (400, "VALIDATION_ERROR")
    assert [one["field"] for one in refusal["details"]["errors"]] == [
        "title",
        "tags.1",
        "settings.requires_approval",
        "colour",
    ]
    assert refusal["details"]["field"] == "title"
    assert refusal["details"]["reason"] == "must have at least 2 characters"


async def test_a_refusal_never_repeats_what_was_sent(house: House) -> None:
    body = {"email": "ada@example.org", "password": "too-short", "display_name": "Ada"}
    answer = await house.request("POST", "/auth/register", body)
    assert answer.json()["details"]["field"] == "password"
    assert "too-short" not in answer.text


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/sessions/not-a-uuid", "SESSION_NOT_FOUND"),
        ("/sessions/01a1fd35-a5fe-7066-a456-8f0bbad1ba63", "SESSION_NOT_FOUND"),
        ("/sessions/{01a1fd35-a5fe-7066-a456-8f0bbad1ba63}", "SESSION_NOT_FOUND"),
        ("/sessions/01a1fd35a5fe7066a4568f0bbad1ba63", "SESSION_NOT_FOUND"),
        ("/no/such/thing", "NOT_FOUND"),
    ],
)
async def test_what_cannot_exist_is_answered_like_what_does_not(house: House, path: str, code: str) -> None:
    answer = await house.get(path, await house.account())
    assert (answer.status_code, answer.json()["errorCode"]) == (404, code)


async def test_a_method_that_an_address_does_not_know(house: House) -> None:
    answer = await house.request("PUT", "/sessions", {}, await house.account())
    assert (answer.status_code, answer.json()["errorCode"]) == (405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "GET, HEAD, POST"


async def test_head_answers_like_get_without_a_body(house: House) -> None:
    answer = await house.request("HEAD", "/session-kinds")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_without_a_token(house: House) -> None:
    answer = await house.get("/sessions")
    assert (answer.status_code, answer.json()["errorCode"]) == (401, "UNAUTHENTICATED")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer nonsense", "Basic YTpi", "Bearer", "Bearer a.b.c"])
async def test_with_a_token_that_is_none(house: House, header: str) -> None:
    answer = await house.http.get("/api/v1/sessions", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["errorCode"]) == (401, "UNAUTHENTICATED")


async def test_a_request_keeps_its_name_or_gets_one(house: House) -> None:
    person = await house.account()
    room = await house.room(person)
    headers = {"Authorization": f"Bearer {person.token}", "X-Request-Id": "my-request.1"}
    answer = await house.http.post(f"/api/v1/sessions/{room.id}/start", headers=headers)
    assert answer.headers["x-request-id"] == "my-request.1"
    audit = (await house.get(f"/sessions/{room.id}/audit", person)).json()["data"]
    assert (audit[0]["action"], audit[0]["request_id"]) == ("session:started", "my-request.1")
    odd = await house.http.get("/healthz", headers={"X-Request-Id": "a b\tc" * 40})
    assert str(UUID(odd.headers["x-request-id"])) == odd.headers["x-request-id"]


@pytest.mark.parametrize("query", ["page=0", "limit=101", "page=x", "colour=red", "page=1&page=2", "q=%00"])
async def test_query_parameters_are_strict(house: House, query: str) -> None:
    answer = await house.get(f"/sessions?{query}", await house.account())
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "VALIDATION_ERROR")
    assert answer.json()["details"]["field"] == query.partition("=")[0]


async def test_refused_changes_leave_no_trace(house: House) -> None:
    person = await house.account()
    room = await house.room(person)
    answer = await house.request("POST", f"/sessions/{room.id}/resume", {}, person)
    assert (answer.status_code, answer.json()["errorCode"]) == (409, "INVALID_TRANSITION")
    log: list[SessionEvent] = await house.assert_gapless(room)
    assert [event.type for event in log] == ["session:created"]
