"""Preferences: complete from the first day, changed part by part, and only to what there is."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from models.identity.preferences import Preferences, known, merged
from models.identity.tables import User
from tests.identity.people import bearer, code_of, register
from tests.realtime.house import House

ME = "/api/v1/users/me"


async def test_they_are_complete_from_the_first_day(house: House) -> None:
    user = (await register(house.http))["user"]
    assert user["preferences"] == Preferences().model_dump(mode="json")
    assert user["preferences"]["notifications"]["messages"] == "all"
    assert user["preferences"]["accessibility"]["enable_high_contrast"] is None


async def test_only_what_is_given_changes(any_house: House) -> None:
    data = await register(any_house.http)

    async def change(**preferences: Any) -> dict[str, Any]:
        answer = await any_house.http.patch(
            ME, json={"preferences": preferences}, headers=bearer(data["access_token"])
        )
        assert answer.is_success, answer.text
        changed: dict[str, Any] = answer.json()["data"]["preferences"]
        return changed

    await change(theme="dark", accessibility={"font_size": "large", "captions": {"size": "larger"}})
    last = await change(accessibility={"enable_high_contrast": True}, timezone="Europe/Berlin")
    assert last["theme"] == "dark"
    assert last["timezone"] == "Europe/Berlin"
    assert last["accessibility"]["font_size"] == "large"
    assert last["accessibility"]["enable_high_contrast"] is True
    assert last["accessibility"]["captions"] == {"size": "larger", "background": "shaded"}
    assert (await change(timezone=None))["timezone"] is None
    async with any_house.context.database.read() as db:
        user = (await db.exec(select(User).where(User.id == UUID(data["user"]["id"])))).one()
    assert Preferences.model_validate(user.preferences).theme == "dark"


@pytest.mark.parametrize(
    ("preferences", "field"),
    [
        ({"theme": "sepia"}, "preferences.theme"),
        ({"timezone": "Europe/Atlantis"}, "preferences.timezone"),
        ({"timezone": "../../etc/passwd"}, "preferences.timezone"),
        ({"language": "x" * 40}, "preferences.language"),
        ({"accessibility": {"font_size": "huge"}}, "preferences.accessibility.font_size"),
        ({"accessibility": None}, "preferences.accessibility"),
        ({"notifications": {"sounds": "yes"}}, "preferences.notifications.sounds"),
        ({"privacy": {"is_admin": True}}, "preferences.privacy.is_admin"),
    ],
)
async def test_what_there_is_not_is_refused(house: House, preferences: dict[str, Any], field: str) -> None:
    token = (await register(house.http))["access_token"]
    answer = await house.http.patch(ME, json={"preferences": preferences}, headers=bearer(token))
    assert code_of(answer) == (400, "VALIDATION_ERROR")
    assert answer.json()["details"]["field"] == field


def test_what_another_version_stored_does_no_harm() -> None:
    stored: dict[str, object] = {
        "theme": "dark",
        "scent": "rose",
        "privacy": {"show_avatar": False, "show_mood": True},
    }
    assert known(stored) == {"theme": "dark", "privacy": {"show_avatar": False}}
    assert merged(stored, Preferences.model_validate({"language": "de"})).privacy.show_avatar is False
