"""Values at the ends of what can be said: taken or refused by field, never a fault of ours."""

import unicodedata

import pytest

from tests.realtime.house import House

ENDS_OF_TIME = (
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-12:00",
    "9999-12-31T23:59:59.999999-23:59",
)
GROWS_WHEN_NORMALISED = "\U0001d160"


@pytest.mark.parametrize("moment", ENDS_OF_TIME)
async def test_a_time_nobody_can_reckon_with(house: House, moment: str) -> None:
    person = await house.account()
    for fields in ({"start_time": moment}, {"end_time": moment}):
        answer = await house.request("POST", "/sessions", {"title": "Algebra", **fields}, person)
        assert (answer.status_code, answer.json()["errorCode"]) == (400, "VALIDATION_ERROR")
    for name in ("from", "to"):
        answer = await house.http.get(
            "/api/v1/sessions", params={name: moment}, headers={"Authorization": f"Bearer {person.token}"}
        )
        assert (answer.status_code, answer.json()["details"]["field"]) == (400, name)


async def test_a_distant_time_with_an_early_opening(any_house: House) -> None:
    person = await any_house.account()
    settings = {"opens_minutes_before": 10_080}
    for start_time in ("1970-01-01T00:00:00+00:00", "9998-12-31T12:00:00-11:00"):
        fields = {"title": "Algebra", "status": "scheduled", "start_time": start_time, "settings": settings}
        made = await any_house.post("/sessions", fields, person)
        preview = await any_house.get(f"/sessions/preview?code={made['code']}")
        assert preview.status_code == 200


async def test_a_name_that_grows_when_it_is_normalised(any_house: House) -> None:
    assert len(unicodedata.normalize("NFC", GROWS_WHEN_NORMALISED)) > 1
    room = await any_house.room(await any_house.account())
    answer = await any_house.request(
        "POST", f"/sessions/{room.id}/join", {"display_name": GROWS_WHEN_NORMALISED * 80}
    )
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "display_name")


@pytest.mark.parametrize("name", ["\u200b", "\u2060 \u200d", "a\u2028b", "\u202ebob", "a\x00b", "\ud800"])
async def test_a_name_that_hides_something(house: House, name: str) -> None:
    room = await house.room(await house.account())
    body = '{"display_name": "' + name.encode("unicode_escape").decode().replace("\\x", "\\u00") + '"}'
    answer = await house.http.post(
        f"/api/v1/sessions/{room.id}/join", content=body, headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "display_name")
