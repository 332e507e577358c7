"""On a telephone: the same session with the panel as a sheet over the stage."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

NARROW = (360, 740)


async def assert_inside_the_window(locator: Locator) -> None:
    """The whole of it can be seen and tapped."""
    await expect(locator).to_be_in_viewport(ratio=1)


async def in_the_room(lobby: Lobby) -> tuple[Visitor, Visitor]:
    """A host and a guest of a meeting, each with a telephone."""
    host = await lobby.host("Hana", size=NARROW, has_touch=True)
    code = await host.start_session("Meeting", "On the way")
    guest = await lobby.visitor("Gus", size=NARROW, has_touch=True)
    await guest.page.goto("/")
    await assert_fits(guest.page)
    await guest.field("Session code").fill(code)
    await guest.button("Continue").tap()
    await expect(guest.heading("On the way")).to_be_visible()
    await assert_fits(guest.page)
    await guest.field("Your name").fill("Gus")
    await guest.button("Join now").tap()
    await guest.in_the_room()
    return host, guest


async def test_a_guest_comes_writes_and_leaves_on_a_telephone(lobby: Lobby) -> None:
    host, guest = await in_the_room(lobby)
    for name in ("Raise hand", "React", "People", "Chat", "Leave"):
        await assert_inside_the_window(guest.button(name))
    await guest.button("Chat").tap()
    await assert_inside_the_window(guest.field("Message"))
    await assert_inside_the_window(guest.button("Send"))
    await guest.say("Hello from the bus")
    await expect(host.page.get_by_text("1 unread")).to_have_count(1)
    await host.button("Chat").tap()
    await expect(host.message("Hello from the bus")).to_be_visible()
    await guest.open("People")
    await expect(guest.row("Hana")).to_be_visible()
    await assert_fits(guest.page)
    await guest.hide_panel()
    await expect(guest.tab("People")).to_have_count(0)
    await guest.button("Leave").tap()
    await expect(guest.heading("You have left")).to_be_visible()
    await assert_fits(guest.page)


async def test_a_host_leads_on_a_telephone(lobby: Lobby) -> None:
    host, guest = await in_the_room(lobby)
    await host.button("More").tap()
    await assert_inside_the_window(host.button("Start recording"))
    await host.button("Start recording").tap()
    await guest.button("I agree").tap()
    await guest.button("Raise hand").tap()
    await expect(host.text("1. Gus")).to_be_visible()
    await host.button("People").tap()
    await host.button("Actions for Gus").tap()
    await assert_inside_the_window(host.button("Ban Gus"))
    await host.page.keyboard.press("Escape")
    await host.button("Mute Gus").tap()
    await expect(host.row("Gus")).to_contain_text("Muted by Hana")
    await host.button("Statistics").tap()
    await assert_fits(host.page)
    await host.button("Back").tap()
    await host.button("What each role may do").tap()
    await assert_fits(host.page)
    await host.page.keyboard.press("Escape")
    await expect(host.tab("People")).to_have_count(0)
    await host.button("Leave").tap()
    await assert_inside_the_window(host.button("Only leave"))
    await assert_fits(host.page)
    await host.button("Cancel").tap()
    await host.button("More").tap()
    await host.button("End session").tap()
    await assert_inside_the_window(host.button("End for everyone"))
    await host.button("End for everyone").tap()
    await expect(guest.heading("The session has ended")).to_be_visible()
