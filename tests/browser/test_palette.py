"""The command palette and the keys: everything by its name, from everywhere, without a mouse."""

from typing import Any, Final

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import ROOM, Visitor
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

OPEN: Final[dict[str, Any]] = {"bypass_csp": True}


def palette(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("dialog", name="Commands", exact=True)


def option(visitor: Visitor, name: str) -> Locator:
    return palette(visitor).get_by_role("option", name=name)


async def choose(visitor: Visitor, typed: str, name: str) -> None:
    """Opens the palette, types a few letters and takes what is first."""
    await visitor.page.keyboard.press("Control+k")
    await expect(palette(visitor).get_by_role("combobox")).to_be_focused()
    await visitor.page.keyboard.type(typed)
    await expect(option(visitor, name)).to_have_attribute("aria-selected", "true")
    await visitor.page.keyboard.press("Enter")
    await expect(palette(visitor)).to_have_count(0)


async def test_going_somewhere_by_name(lobby: Lobby) -> None:
    mia = await lobby.host("Mia", **OPEN)
    await choose(mia, "newse", "New session")
    await expect(mia.page).to_have_url("/sessions/new")
    await expect(mia.heading("New session")).to_be_focused()
    await mia.button("Search…").click()
    await expect(palette(mia).get_by_role("combobox")).to_be_focused()
    assert await violations(mia.page) == []
    await mia.page.keyboard.press("Escape")
    await expect(mia.button("Search…")).to_be_focused()


async def test_a_session_is_opened_by_its_title_or_its_code(lobby: Lobby, house: House) -> None:
    mia = await lobby.host("Mia", **OPEN)
    await mia.start_session("Meeting", "Quarterly numbers")
    await mia.page.goto("/")
    await expect(mia.button("Search…")).to_be_visible()
    await choose(mia, "quarterly", "Quarterly numbers")
    await expect(mia.page).to_have_url(ROOM)
    await mia.in_the_room()
    room, _ = await house.live(title="Elsewhere")
    await choose(mia, room.code.lower(), f"Join {room.code}")
    await expect(mia.heading("Elsewhere")).to_be_visible()
    await mia.page.keyboard.press("Control+k")
    await mia.page.keyboard.type("zzqx")
    await expect(mia.text("Nothing is called “zzqx”")).to_be_visible()
    assert await violations(mia.page) == []


async def test_a_host_leads_by_name_and_by_keys(lobby: Lobby) -> None:
    host = await lobby.host("Hana", **OPEN)
    code = await host.start_session("Meeting", "By hand")
    guest = await lobby.visitor("Gus")
    await guest.knock(code)
    await guest.in_the_room()
    await choose(host, "muall", "Mute all")
    await expect(host.row("Gus")).to_contain_text("Muted by Hana")
    await choose(host, "lock", "Lock room")
    await expect(host.button("Unlock room")).to_be_visible()
    await host.page.keyboard.press("c")
    await expect(host.tab("Chat")).to_have_attribute("aria-selected", "true")
    await host.field("Message").fill("")
    await host.page.keyboard.type("h and c are letters here?")
    await expect(host.field("Message")).to_have_value("h and c are letters here?")
    await guest.page.keyboard.press("h")
    await expect(guest.button("Lower hand")).to_be_visible()


async def test_the_keys_are_listed_and_can_be_turned_off(lobby: Lobby) -> None:
    mia = await lobby.host("Mia", **OPEN)
    await mia.page.keyboard.press("?")
    await expect(mia.dialog.get_by_text("Open the commands")).to_be_visible()
    await expect(mia.dialog.get_by_text("New session")).to_be_visible()
    assert await violations(mia.page) == []
    await mia.page.get_by_role("switch", name="Single keys").uncheck()
    await mia.page.keyboard.press("Escape")
    await expect(mia.dialog).to_have_count(0)
    await mia.page.keyboard.press("?")
    await choose(mia, "shortcuts", "Show the shortcuts")
    await expect(mia.page.get_by_role("switch", name="Single keys")).not_to_be_checked()


async def test_theme_and_language_change_at_once_even_for_strangers(lobby: Lobby) -> None:
    gus = await lobby.visitor("Gus", color_scheme="light")
    await gus.page.goto("/")
    await expect(gus.heading("Meet, teach, decide together")).to_be_visible()
    await choose(gus, "dark", "Theme: Dark")
    await expect(gus.page.locator("html")).to_have_attribute("data-theme", "dark")
    await choose(gus, "deutsch", "Language: Deutsch")
    await expect(gus.page.locator("html")).to_have_attribute("lang", "de")


async def test_the_palette_on_a_telephone(lobby: Lobby) -> None:
    mia = await lobby.host("Mia", size=(360, 740), has_touch=True, **OPEN)
    await mia.button("Search…").tap()
    await expect(option(mia, "New session")).to_be_in_viewport(ratio=1)
    await assert_fits(mia.page)
    assert await violations(mia.page) == []
    await option(mia, "New session").tap()
    await expect(mia.page).to_have_url("/sessions/new")
