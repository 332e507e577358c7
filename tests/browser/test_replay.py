"""A session lived through by three people, looked back upon and watched again."""

import re
from typing import Any, Final
from uuid import UUID

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

OPEN: Final[dict[str, Any]] = {"bypass_csp": True}
NARROW: Final = (360, 740)


async def lived_through(lobby: Lobby) -> tuple[Visitor, UUID]:
    """A meeting of Hana, Gus and Ida that is over: what was said, asked for, recorded and taken back."""
    host = await lobby.host("Hana", permissions=["clipboard-read", "clipboard-write"], **OPEN)
    code = await host.start_session("Meeting", "Retrospective")
    session_id = host.session_id
    gus, ida = await lobby.visitor("Gus"), await lobby.visitor("Ida")
    for guest in (gus, ida):
        await guest.knock(code)
        await guest.in_the_room()
    await gus.open("Chat")
    await gus.say("=What went well?")
    await host.open("Chat")
    await host.say("Nobody should read this")
    await expect(gus.message("Nobody should read this")).to_be_visible()
    await host.act_on_message("Hana", "Nobody should read this", "Delete message")
    await host.dialog.get_by_role("button", name="Delete", exact=True).click()
    await ida.button("Raise hand").click()
    await expect(host.page.get_by_text("1. Ida")).to_be_visible()
    await ida.button("Leave").click()
    await expect(host.page.get_by_text("1. Ida")).to_have_count(0)
    await host.say("See you next week")
    await expect(gus.message("See you next week")).to_be_visible()
    await host.button("End session").click()
    await host.dialog.get_by_role("button", name="End for everyone").click()
    await expect(gus.heading("The session has ended")).to_be_visible()
    return host, session_id


async def watch(visitor: Visitor, session_id: UUID, query: str = "") -> Locator:
    """Opens the player; returns what says where one is."""
    await visitor.page.goto(f"/sessions/{session_id}/replay{query}")
    position = visitor.page.get_by_role("slider", name="Position")
    await expect(position).to_be_attached()
    return position


async def assert_accessible(visitor: Visitor) -> None:
    found = await violations(visitor.page)
    assert found == [], f"{visitor.page.url}\n" + "\n".join(found)


async def test_a_session_is_looked_back_upon_and_watched_again(lobby: Lobby) -> None:
    host, session_id = await lived_through(lobby)
    await look_at_every_part(host, session_id)
    await keep_the_chat(host)
    await watch_to_the_end(host, session_id)
    await jump_about(host)
    await pass_a_moment_on(lobby, host)


async def look_at_every_part(host: Visitor, session_id: UUID) -> None:
    page = host.page
    await page.goto(f"/sessions/{session_id}")
    await expect(page.get_by_role("list", name="Overview")).to_contain_text("3 people were there")
    await assert_accessible(host)
    await host.open("Timeline")
    timeline = page.get_by_role("list", name="Timeline")
    await expect(timeline).to_contain_text("Gus came in")
    await assert_accessible(host)
    await page.get_by_role("button", name="Hands", exact=True).click()
    await expect(timeline).to_contain_text("Ida raised a hand")
    await expect(timeline).not_to_contain_text("Gus came in")
    await page.get_by_role("button", name="Everything", exact=True).click()
    await host.field("Search").fill("next week")
    await expect(timeline.get_by_role("listitem").filter(has_text="wrote")).to_have_count(1)
    await host.open("People")
    await expect(page.get_by_role("img", name=" to ")).to_have_count(3)
    await assert_accessible(host)
    for part in ("Polls", "Recordings", "Audit", "Chat"):
        await host.open(part)
        await assert_accessible(host)
    await expect(page.get_by_text("Message deleted")).to_be_visible()


async def keep_the_chat(host: Visitor) -> None:
    await host.button("Download").click()
    async with host.page.expect_download() as kept:
        await host.page.get_by_text("Table (CSV)", exact=True).click()
    download = await kept.value
    assert download.suggested_filename == "Retrospective.csv"
    text = (await download.path()).read_text("utf-8")
    assert "'=What went well?" in text
    assert "Nobody should read this" not in text


async def watch_to_the_end(host: Visitor, session_id: UUID) -> None:
    position = await watch(host, session_id)
    page = host.page
    await assert_accessible(host)
    await expect(host.button("Leave")).to_have_count(0)
    await expect(host.heading("Not started yet")).to_be_visible()
    await expect(host.text("Nobody is here")).to_be_visible()
    await host.open("Chat")
    await expect(host.field("Message")).to_have_count(0)
    for _ in range(5):
        await page.keyboard.press(">")
    await expect(page.get_by_role("button", name="Speed: 8")).to_be_visible()
    await page.keyboard.press("k")
    await expect(
        page.get_by_role("region", name="Player").get_by_role("button", name="Watch again")
    ).to_be_visible()
    await expect(host.heading("The session has ended")).to_be_visible()
    await expect(host.message("See you next week")).to_be_visible()
    await expect(page.get_by_text("Nobody should read this")).to_have_count(0)
    await assert_accessible(host)
    # And back, by keys alone: on the tabs the arrows would choose another.
    await position.focus()
    await page.keyboard.press("0")
    await expect(position).to_have_value("0")
    await expect(host.message("See you next week")).to_have_count(0)
    await page.keyboard.press("9")
    await expect(position).not_to_have_value("0")
    ninth = int(await position.input_value())
    await page.keyboard.press("ArrowLeft")
    await expect(position).to_have_value(str(max(0, ninth - 5_000)))
    await page.keyboard.press("0")


async def jump_about(host: Visitor) -> None:
    page = host.page
    await host.button("Chapters").click()
    await assert_accessible(host)
    await host.dialog.get_by_role("button", name="Hands", exact=True).click()
    await host.dialog.get_by_role("button", name="Ida raised a hand").click()
    await expect(page.get_by_text("1. Ida")).to_be_visible()
    await host.open("People")
    await expect(host.row("Ida")).to_be_visible()
    await expect(host.button("Actions for Ida")).to_have_count(0)
    await host.button("Next event").click()
    await expect(page.get_by_text("1. Ida")).to_have_count(0)
    await host.button("Previous event").click()
    await expect(page.get_by_text("1. Ida")).to_be_visible()


async def pass_a_moment_on(lobby: Lobby, host: Visitor) -> None:
    copy = host.page.get_by_role("button", name="Copy link at")
    at = (await copy.get_attribute("aria-label") or "").removeprefix("Copy link at ")
    await copy.click()
    await expect(host.page.get_by_text("The link opens at")).to_be_visible()
    link = await host.page.evaluate("() => navigator.clipboard.readText()")
    other = await lobby.visitor("Hana elsewhere", size=NARROW, has_touch=True, **OPEN)
    await other.page.goto("/sign-in")
    await other.field("E-mail address or username").fill(host.email)
    await other.field("Password").fill("correct horse battery")
    await other.button("Sign in").click()
    await expect(other.heading("Hello, Hana")).to_be_visible()
    await other.page.goto(link)
    await expect(other.page.locator(".player-time")).to_contain_text(at)
    await assert_fits(other.page)
    await assert_accessible(other)
    await other.button("Chat").tap()
    await expect(other.page.get_by_role("complementary")).to_be_visible()
    await assert_fits(other.page)
    await other.hide_panel()
    await other.button("More").tap()
    await expect(other.text("Chapters")).to_be_visible()
    await assert_fits(other.page)


async def test_who_was_not_there_does_not_watch(lobby: Lobby) -> None:
    host = await lobby.host("Hana")
    await host.start_session("Meeting", "In private")
    stranger = await lobby.host("Mallory")
    stranger.forgive(re.compile("404"))
    await stranger.page.goto(f"/sessions/{host.session_id}/replay")
    await expect(stranger.page.get_by_role("slider")).to_have_count(0)
    await expect(stranger.button("Try again")).to_be_visible()
