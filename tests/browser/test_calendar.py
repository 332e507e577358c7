"""Sessions in a month and in a week: placed where the viewer is, found by filters, moved through by keyboard."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import PASSWORD, Visitor
from tests.realtime.house import House, Person

pytestmark = pytest.mark.asyncio(loop_scope="session")

MONTH = "/sessions?view=month&at=2030-05-15"
WEEK = "/sessions?view=week&at=2030-05-15"
NARROW = (360, 740)


async def somebody(
    lobby: Lobby, house: House, *sessions: dict[str, Any], **options: Any
) -> tuple[Visitor, Person]:
    """Somebody in Berlin with these sessions."""
    visitor = await lobby.host("Mia", timezone_id="Europe/Berlin", bypass_csp=True, **options)
    signed_in = await house.post("/auth/login", {"email": visitor.email, "password": PASSWORD})
    person = Person(visitor.name, signed_in["access_token"])
    for session in sessions:
        await house.post("/sessions", {"status": "scheduled", **session}, person)
    return visitor, person


def day(visitor: Visitor, name: str) -> Any:
    return visitor.page.get_by_role("gridcell").filter(has=visitor.page.get_by_role("button", name=name))


async def test_a_month_shows_each_session_on_its_day_where_one_is(lobby: Lobby, house: House) -> None:
    mia, _ = await somebody(
        lobby,
        house,
        {"title": "Late", "start_time": "2030-05-14T22:30:00Z"},
        {"title": "Next month", "start_time": "2030-06-20T10:00:00Z"},
        {"title": "Any time"},
    )
    await mia.page.goto(MONTH)
    await expect(mia.heading("May 2030")).to_be_visible()
    wednesday = day(mia, "Wednesday, 15 May 2030")
    await expect(wednesday.get_by_role("link")).to_have_text("00:30Late")
    await expect(mia.page.get_by_role("grid").get_by_role("link")).to_have_count(1)
    assert await violations(mia.page) == []
    await mia.button("Next month").click()
    await expect(mia.heading("June 2030")).to_be_visible()
    await expect(mia.page.get_by_role("link", name="Next month")).to_be_visible()
    await mia.page.go_back()
    await expect(mia.heading("May 2030")).to_be_visible()
    await wednesday.get_by_role("link").click()
    await expect(mia.heading("Late")).to_be_visible()


async def test_a_full_day_says_how_many_more_there_are(lobby: Lobby, house: House) -> None:
    full = [{"title": f"Talk {n}", "start_time": f"2030-05-15T{8 + n:02}:00:00Z"} for n in range(7)]
    mia, _ = await somebody(lobby, house, *full)
    await mia.page.goto(MONTH)
    await mia.button("+4 more").click()
    await expect(mia.dialog.get_by_role("link")).to_have_count(7)
    assert await violations(mia.page) == []
    await mia.button("New session").click()
    await expect(mia.page).to_have_url("/sessions/new?start=2030-05-15")


async def test_a_calendar_without_a_mouse(lobby: Lobby, house: House) -> None:
    mia, _ = await somebody(lobby, house, {"title": "Algebra", "start_time": "2030-06-05T08:00:00Z"})
    keys = mia.page.keyboard
    await mia.page.goto(MONTH)
    await mia.page.get_by_role("button", name="Wednesday, 15 May 2030").focus()
    for key, name in (
        ("ArrowRight", "Thursday, 16 May 2030"),
        ("ArrowDown", "Thursday, 23 May 2030"),
        ("Home", "Monday, 20 May 2030"),
        ("PageDown", "Thursday, 20 June 2030"),
        ("ArrowUp", "Thursday, 13 June 2030"),
        ("ArrowUp", "Thursday, 6 June 2030"),
        ("ArrowLeft", "Wednesday, 5 June 2030"),
    ):
        await keys.press(key)
        await expect(mia.page.get_by_role("button", name=name)).to_be_focused()
    await expect(mia.page).to_have_url("/sessions?view=month&at=2030-06-05")
    await expect(day(mia, "Wednesday, 5 June 2030").get_by_role("link")).to_be_visible()
    await keys.press("Tab")
    await expect(mia.page.get_by_role("link", name="Algebra")).to_be_focused()
    await keys.press("Shift+Tab")
    await expect(mia.page.get_by_role("button", name="Wednesday, 5 June 2030")).to_be_focused()
    await keys.press("ArrowLeft")
    await expect(mia.page.get_by_role("button", name="Tuesday, 4 June 2030")).to_be_focused()
    await keys.press("Enter")
    await expect(mia.page).to_have_url("/sessions/new?start=2030-06-04")


async def test_a_week_has_every_session_at_its_hour(lobby: Lobby, house: House) -> None:
    mia, _ = await somebody(
        lobby,
        house,
        {
            "title": "One",
            "start_time": "2030-05-15T07:00:00Z",
            "end_time": "2030-05-15T09:00:00Z",
        },
        {"title": "Two", "start_time": "2030-05-15T08:00:00Z", "end_time": "2030-05-15T08:30:00Z"},
    )
    await mia.page.goto(WEEK)
    await expect(mia.page.get_by_role("heading", name=re.compile("^13.*19 May 2030$"))).to_be_visible()
    one, two = (mia.page.get_by_role("link", name=name) for name in ("One", "Two"))
    await expect(one).to_contain_text(re.compile("9:00 . 11:00"))
    first, second = await one.bounding_box(), await two.bounding_box()
    assert first is not None
    assert second is not None
    assert first["height"] > 3 * second["height"]
    assert second["x"] >= first["x"] + first["width"]
    assert await violations(mia.page) == []
    await mia.page.locator(".week-column").nth(4).click(position={"x": 40, "y": 14.2 * 52})
    await expect(mia.page).to_have_url("/sessions/new?start=2030-05-17T14:00")


async def test_a_calendar_on_a_telephone_is_a_list_of_days(lobby: Lobby, house: House) -> None:
    mia, _ = await somebody(
        lobby,
        house,
        {"title": "Algebra", "start_time": "2030-05-15T07:00:00Z", "end_time": "2030-05-15T08:00:00Z"},
        size=NARROW,
    )
    for address in (MONTH, WEEK):
        await mia.page.goto(address)
        await expect(mia.heading("Wednesday, 15 May 2030")).to_be_visible()
        await expect(mia.page.get_by_role("link", name="Algebra")).to_be_visible()
        await assert_fits(mia.page)
        assert await violations(mia.page) == []
    await mia.button("Next week").click()
    await expect(mia.text("Nothing planned")).to_be_visible()


async def test_filters_are_chips_and_the_address_keeps_them(lobby: Lobby, house: House) -> None:
    start = (house.context.clock.now() + timedelta(days=2)).isoformat()
    mia, person = await somebody(
        lobby,
        house,
        {"title": "Algebra", "kind": "class", "tags": ["maths"], "start_time": start},
        {"title": "Geometry", "kind": "class"},
        {"title": "Planning"},
    )
    gone = await house.post("/sessions", {"title": "Gone"}, person)
    await house.request("DELETE", f"/sessions/{gone['id']}", None, person)
    rows = mia.page.get_by_role("list", name="Sessions").get_by_role("listitem")
    await mia.page.goto("/sessions")
    await expect(rows).to_have_count(3)
    await mia.button("Filter").click()
    await mia.field("Kind").select_option("Class")
    await expect(rows).to_have_count(2)
    await mia.button("Tag: maths").click()
    await expect(rows).to_have_count(1)
    await expect(mia.page).to_have_url("/sessions?kind=class&tag=maths")
    assert await violations(mia.page) == []
    await mia.page.go_back()
    await expect(rows).to_have_count(2)
    await mia.field("Search sessions").fill("geom")
    await expect(rows).to_have_count(1)
    await mia.page.reload()
    await expect(mia.field("Search sessions")).to_have_value("geom")
    await expect(rows).to_have_count(1)
    await mia.button("Remove the filter “Class”").click()
    await mia.button("Clear all").click()
    await expect(mia.field("Search sessions")).to_have_value("")
    await expect(rows).to_have_count(3)
    await mia.button("Deleted").click()
    await rows.filter(has_text="Gone").get_by_role("button", name="Restore").click()
    await expect(mia.text("Nothing has been deleted")).to_be_visible()
