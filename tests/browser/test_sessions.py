"""Setting sessions up: created, planned, changed, duplicated, called off, deleted and brought back."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import NETWORK, PASSWORD, Visitor
from tests.realtime.house import House, Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="session")

FOLDS = ("People and access", "Recording", "In the room", "Languages", "Details")
NARROW = (360, 740)
SESSION = re.compile(r"/sessions/([0-9a-f-]{36})")
REFUSED = re.compile("status of (400|409)")


async def somebody(lobby: Lobby, house: House, **options: Any) -> tuple[Visitor, Person]:
    """Somebody in Berlin, and the same person as the API knows them."""
    visitor = await lobby.host("Mia", timezone_id="Europe/Berlin", bypass_csp=True, **options)
    # What is being typed is rehearsed: the browser notes each time that the server says no.
    visitor.forgive(REFUSED)
    signed_in = await house.post("/auth/login", {"email": visitor.email, "password": PASSWORD})
    return visitor, Person(visitor.name, signed_in["access_token"])


def rows(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("list", name="Sessions").get_by_role("listitem")


async def choose(visitor: Visitor, title: str, act: str) -> None:
    """Something from a session's menu in the list."""
    await visitor.page.goto("/sessions")
    await visitor.button(f"Actions for {title}").first.click()
    await visitor.page.get_by_role("menuitem", name=act, exact=True).click()


async def newest(house: House, person: Person) -> dict[str, Any]:
    found: dict[str, Any] = (await house.get("/sessions?sortBy=created_at", person)).json()["data"][0]
    return found


async def test_a_session_from_the_plan_to_its_return(lobby: Lobby, house: House) -> None:
    mia, person = await somebody(lobby, house)
    await plan(mia)
    made = await newest(house, person)
    assert (made["start_time"], made["end_time"]) == ("2030-11-21T08:00:00.000Z", "2030-11-21T08:45:00.000Z")
    assert made["settings"]["allow_chat"] is False
    assert (made["tags"], made["available_languages"]) == (["maths"], ["en", "de"])
    await change(mia, made["id"])
    await duplicate(mia)
    copied = await newest(house, person)
    assert (copied["title"], copied["start_time"]) == ("Geometry", "2030-11-21T08:00:00.000Z")
    assert copied["settings"]["allow_chat"] is False
    await call_off(mia)
    await delete_and_restore(mia)


async def plan(mia: Visitor) -> None:
    await mia.page.goto("/sessions/new?kind=class&start=2030-11-21")
    await expect(mia.page.get_by_role("radio", name="Class", exact=True)).to_be_checked()
    await mia.field("Title").fill("Algebra")
    await mia.field("Length").select_option("45 minutes")
    await expect(mia.text("Times in Europe/Berlin.")).to_be_visible()
    for fold in FOLDS:
        await mia.page.locator(".fold-title").get_by_text(fold, exact=True).click()
    await mia.page.get_by_role("switch", name="Chat", exact=True).uncheck()
    await mia.button("German").click()
    await mia.field("Tags").fill("maths")
    await expect(mia.page.locator(".summary")).to_contain_text("there is no chat")
    assert await violations(mia.page) == []
    await mia.button("Schedule").click()
    await expect(mia.heading("Your session is planned")).to_be_visible()
    await expect(mia.page.get_by_text(re.compile("/join/[A-Z0-9]{6}$"))).to_be_visible()
    assert await violations(mia.page) == []


async def change(mia: Visitor, session_id: str) -> None:
    await choose(mia, "Algebra", "Edit")
    await expect(mia.button("Save changes")).to_be_disabled()
    await mia.field("Title").fill("Geometry")
    await expect(mia.text("Title: Geometry")).to_be_visible()
    await mia.link("Home").click()
    await mia.page.go_back()
    await expect(mia.text("This is what you typed before.")).to_be_visible()
    await expect(mia.field("Title")).to_have_value("Geometry")
    assert await violations(mia.page) == []
    await mia.button("Save changes").click()
    await expect(mia.page).to_have_url(f"/sessions/{session_id}")
    await expect(mia.heading("Geometry")).to_be_visible()


async def duplicate(mia: Visitor) -> None:
    await choose(mia, "Geometry", "Duplicate")
    await expect(mia.field("Title")).to_have_value("Geometry")
    await expect(mia.field("Day")).to_have_value("2030-11-21")
    await expect(mia.field("Time")).to_have_value("09:00")
    await mia.button("Schedule").click()
    await expect(mia.heading("Your session is planned")).to_be_visible()


async def call_off(mia: Visitor) -> None:
    await choose(mia, "Geometry", "Cancel session")
    await mia.button("Cancel session").click()
    await expect(mia.text("Say why, so that people know.")).to_be_visible()
    assert await violations(mia.page) == []
    await mia.field("Reason").fill("The speaker is ill.")
    await mia.button("Cancel session").click()
    await expect(rows(mia).first).to_contain_text("Cancelled")
    await rows(mia).first.get_by_role("link", name="Geometry").click()
    await expect(mia.page.get_by_text("The speaker is ill.").first).to_be_visible()


async def delete_and_restore(mia: Visitor) -> None:
    await choose(mia, "Geometry", "Delete")
    await expect(rows(mia)).to_have_count(1)
    await mia.button("Undo").click()
    await expect(rows(mia)).to_have_count(2)
    await choose(mia, "Geometry", "Delete")
    await expect(rows(mia)).to_have_count(1)
    await mia.button("Deleted").click()
    await mia.button("Restore").click()
    await expect(rows(mia)).to_have_count(0)
    await mia.button("Deleted").click()
    await expect(rows(mia)).to_have_count(2)


async def test_errors_come_while_typing_and_take_the_focus(lobby: Lobby, house: House) -> None:
    mia, _ = await somebody(lobby, house)
    await mia.page.goto("/sessions/new")
    await mia.button("Start now").click()
    await expect(mia.field("Title")).to_be_focused()
    await expect(mia.text("Give it a title of at least 2 characters.")).to_be_visible()
    await mia.field("Title").fill("Algebra")
    await expect(mia.text("Give it a title of at least 2 characters.")).to_have_count(0)
    await mia.page.get_by_role("radio", name="At a time", exact=True).check(force=True)
    await mia.field("Day").fill("2020-01-01")
    await expect(mia.text("This is in the past.")).to_be_visible()
    await expect(mia.text("This must be in the future.")).to_be_visible()
    await mia.page.locator(".fold-title").get_by_text("Details").click()
    await mia.field("Tags").fill("x" * 41)
    await mia.field("Day").fill("2030-01-01")
    await expect(mia.field("Tags")).to_have_attribute("aria-invalid", "true")
    await mia.button("Schedule").click()
    await expect(mia.field("Tags")).to_be_focused()
    assert await violations(mia.page) == []


async def test_nothing_typed_is_lost_with_the_link_or_the_page(lobby: Lobby, house: House) -> None:
    mia, _ = await somebody(lobby, house)
    mia.forgive(NETWORK)
    await mia.page.goto("/sessions/new")
    await mia.field("Title").fill("Algebra")
    await mia.context.set_offline(True)
    await mia.button("Start now").click()
    await expect(mia.page.get_by_text("No connection to the server.")).to_be_visible()
    await expect(mia.field("Title")).to_have_value("Algebra")
    await mia.context.set_offline(False)
    await mia.page.reload()
    await expect(mia.field("Title")).to_have_value("Algebra")
    await mia.button("Discard it").click()
    await expect(mia.field("Title")).to_have_value("")


async def test_two_people_who_change_the_same_are_asked(lobby: Lobby, house: House) -> None:
    mia, person = await somebody(lobby, house)
    about = {"title": "Algebra", "status": "scheduled"}
    made = await house.post("/sessions", about, person)
    path = f"/sessions/{made['id']}"
    await mia.page.goto(f"{path}/edit")
    await mia.field("Title").fill("Mine")
    await house.request("PATCH", path, {"tags": ["theirs"]}, person)
    await mia.button("Save changes").click()
    await expect(mia.page.get_by_text("Somebody else has changed this session meanwhile.")).to_be_visible()
    await house.request("PATCH", path, {"title": "Theirs"}, person)
    await mia.button("Save changes").click()
    await expect(mia.dialog).to_contain_text("Title: Theirs")
    assert await violations(mia.page) == []
    await mia.button("Keep mine").click()
    await mia.button("Save changes").click()
    await expect(mia.heading("Mine")).to_be_visible()
    found = (await house.get(path, person)).json()["data"]
    assert (found["title"], found["tags"]) == ("Mine", ["theirs"])


async def test_what_changes_for_those_inside_is_said(lobby: Lobby, house: House) -> None:
    mia, person = await somebody(lobby, house)
    code = await mia.start_session("Meeting", "Planning")
    session_id = mia.session_id
    guest = await house.guest(Room(session_id, code, person), "Gus")
    await (await house.client(guest)).join(code)
    await mia.page.goto(f"/sessions/{session_id}/edit")
    await expect(mia.page.get_by_text(re.compile("^This session is running, with"))).to_be_visible()
    await expect(mia.field("Day")).to_have_count(0)
    await mia.text("In the room").click()
    await mia.page.get_by_role("switch", name="Chat", exact=True).uncheck()
    await expect(mia.heading("What people inside will see at once")).to_be_visible()
    await expect(mia.text("Chat: off")).to_be_visible()
    assert await violations(mia.page) == []
    await mia.button("Save changes").click()
    await expect(mia.page).to_have_url(f"/sessions/{session_id}")


async def test_the_pages_of_sessions_on_a_telephone(lobby: Lobby, house: House) -> None:
    mia, person = await somebody(lobby, house, size=NARROW, has_touch=True)
    title = "Design review: the new onboarding for schools and universities"
    made = await house.post("/sessions", {"title": title, "tags": ["a", "b"]}, person)
    pages = ("/sessions", "/sessions/new", f"/sessions/{made['id']}/edit", f"/sessions/{made['id']}/ready")
    for path in pages:
        await mia.page.goto(path)
        await expect(mia.page.get_by_role("main").get_by_role("button").first).to_be_visible()
        await assert_fits(mia.page)
        assert await violations(mia.page) == []
    await mia.page.goto("/sessions/new")
    for fold in FOLDS:
        await mia.page.locator(".fold-title").get_by_text(fold, exact=True).tap()
    await assert_fits(mia.page)
