"""Everything works without a mouse, and the focus is never lost."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.lobby import Lobby
from tests.browser.visitor import PASSWORD, ROOM, Visitor
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_STEPS = 60


async def go_to(visitor: Visitor, target: Locator, key: str = "Tab") -> None:
    """Presses a key until the target has the focus; on the way the focus is always somewhere."""
    await expect(target.first).to_be_visible()
    for _ in range(MOST_STEPS):
        if await target.first.evaluate("each => each === document.activeElement"):
            return
        await visitor.page.keyboard.press(key)
    raise AssertionError(f"{MOST_STEPS} times {key} do not lead to {target}")


async def focused(visitor: Visitor) -> str:
    """The name of what has the focus; empty if that is the page as a whole."""
    name: str = await visitor.page.evaluate(
        """() => document.activeElement === document.body ? "" :
            document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent"""
    )
    return name


async def test_a_session_without_a_mouse(lobby: Lobby, house: House) -> None:
    known = await lobby.host("Mia")
    host = await lobby.visitor("Mia")
    keys = host.page.keyboard
    await host.page.goto("/sign-in?next=/sessions/new")
    await expect(host.field("E-mail address or username")).to_be_focused()
    await keys.type(known.email)
    await go_to(host, host.field("Password"))
    await keys.type(PASSWORD)
    await keys.press("Enter")
    await go_to(host, host.page.get_by_role("radio", name="Meeting", exact=True))
    await keys.press("ArrowRight")
    await expect(host.page.get_by_role("radio", name="Class", exact=True)).to_be_checked()
    await go_to(host, host.field("Title"))
    await keys.type("By hand")
    await go_to(host, host.button("Start now"))
    await keys.press("Enter")
    await expect(host.page).to_have_url(ROOM)
    await host.in_the_room()
    guest = await lobby.visitor("Gus")
    await guest.knock(await host.code())
    await admit_by_keyboard(host)
    await guest.in_the_room()
    await moderate_by_keyboard(host, guest)


async def admit_by_keyboard(host: Visitor) -> None:
    keys = host.page.keyboard
    await go_to(host, host.tab("People"))
    await keys.press("ArrowRight")
    await expect(host.tab("Waiting")).to_be_focused()
    await go_to(host, host.button("Admit Gus"))
    await keys.press("Enter")
    await expect(host.button("Admit Gus")).to_have_count(0)
    assert await focused(host) != ""


async def moderate_by_keyboard(host: Visitor, guest: Visitor) -> None:
    keys = host.page.keyboard
    await go_to(host, host.tab("Waiting"), "Shift+Tab")
    await keys.press("ArrowLeft")
    await expect(host.tab("People")).to_be_focused()
    await go_to(host, host.button("Unmute Gus"))
    await keys.press("Enter")
    await expect(host.button("Mute Gus")).to_be_focused()
    await expect(host.text("Gus can speak again")).to_be_visible()
    # A key takes back what was done last; the focus stays where it is.
    await keys.press("u")
    await expect(host.button("Unmute Gus")).to_be_focused()
    await keys.press("Enter")
    await expect(host.button("Mute Gus")).to_be_focused()
    await keys.press("Tab")
    await expect(host.button("Actions for Gus")).to_be_focused()
    await keys.press("Enter")
    await keys.press("Escape")
    await expect(host.button("Hide Gus")).to_have_count(0)
    await expect(host.button("Actions for Gus")).to_be_focused()
    await keys.press("Enter")
    await go_to(host, host.button("Remove with a reason…"), "ArrowDown")
    await keys.press("Enter")
    await expect(host.dialog).to_be_visible()
    await keys.press("Escape")
    await expect(host.dialog).to_have_count(0)
    await expect(host.button("Actions for Gus")).to_be_focused()
    await go_to(host, host.button("End session"))
    await keys.press("Enter")
    await expect(host.dialog).to_be_visible()
    await keys.press("Escape")
    await expect(host.button("End session")).to_be_focused()
