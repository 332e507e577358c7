"""What one person may do in a room, seen and changed by a host; the other's screen changes at once."""

import pytest
from playwright.async_api import Locator, expect

from models.identity.system_roles import TENANT_ADMIN
from models.ids import new_id
from tests.browser.axe import violations
from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def pair(lobby: Lobby, size: tuple[int, int] = (1280, 800)) -> tuple[Visitor, Visitor]:
    """A host and a guest in a meeting."""
    host = await lobby.host("Hana", size=size, bypass_csp=True)
    code = await host.start_session("Meeting", "Two of us")
    ben = await lobby.visitor("Ben")
    await ben.knock(code)
    await ben.in_the_room()
    return host, ben


async def open_rights(host: Visitor) -> Locator:
    await host.act_on("Ben", "Rights…")
    dialog = host.page.get_by_role("dialog", name="Rights of Ben")
    await expect(right(dialog, "Write in the chat")).to_be_visible()
    return dialog


def right(dialog: Locator, name: str) -> Locator:
    return dialog.get_by_role("radiogroup", name=name, exact=True)


async def save(host: Visitor, dialog: Locator) -> None:
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)


async def undo(host: Visitor) -> None:
    """Takes back what the latest note says."""
    note = host.page.get_by_label("Notifications", exact=True).locator(".toast").last
    await note.get_by_role("button", name="Undo").click()


async def test_single_rights_change_the_others_screen_at_once(lobby: Lobby) -> None:
    host, ben = await pair(lobby)
    await ben.open("Chat")
    await expect(ben.field("Message")).to_be_visible()
    dialog = await open_rights(host)
    chat = right(dialog, "Write in the chat")
    await expect(chat).to_have_accessible_description("May do it. Part of the role: Attendee")
    await chat.get_by_role("radio", name="Denied").check()
    await expect(chat).to_have_accessible_description("May not do it. Denied to this person")
    await right(dialog, "Ask polls").get_by_role("radio", name="Allowed").check()
    assert await violations(host.page) == []
    await save(host, dialog)
    await expect(ben.field("Message")).to_have_count(0)
    await ben.open("Polls")
    await expect(ben.button("New poll").first).to_be_visible()

    # It is still so when it is opened again, and by keyboard it goes back to what the role says.
    dialog = await open_rights(host)
    await right(dialog, "Write in the chat").get_by_role("radio", name="Denied").focus()
    await host.page.keyboard.press("ArrowRight")
    await expect(right(dialog, "Write in the chat").get_by_role("radio", name="As the role")).to_be_checked()
    await host.page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)
    await expect(host.button("Actions for Ben")).to_be_focused()
    await ben.open("Chat")
    await expect(ben.field("Message")).to_be_visible()


async def test_a_role_of_the_tenants_own_is_given_and_taken(lobby: Lobby, house: House) -> None:
    root = await house.account("Root", TENANT_ADMIN)
    key = f"listener_{new_id().hex[-10:]}"
    await house.post(
        "/roles",
        {
            "key": key,
            "name": f"Listener {key}",
            "scope": "session",
            "base": "attendee",
            "permissions": ["session:view"],
        },
        root,
    )
    host, ben = await pair(lobby)
    await ben.open("Chat")
    dialog = await open_rights(host)
    await dialog.get_by_label("Role", exact=True).select_option(f"Listener {key}")
    await expect(right(dialog, "Write in the chat")).to_have_accessible_description(
        f"May not do it. Not part of the role: Listener {key}"
    )
    await save(host, dialog)
    await expect(ben.field("Message")).to_have_count(0)
    await undo(host)
    await expect(ben.field("Message")).to_be_visible()
    dialog = await open_rights(host)
    await dialog.get_by_label("Role", exact=True).select_option(f"Listener {key}")
    await save(host, dialog)
    await expect(ben.field("Message")).to_have_count(0)
    dialog = await open_rights(host)
    await dialog.get_by_label("Role", exact=True).select_option("Attendee")
    await save(host, dialog)
    await expect(ben.field("Message")).to_be_visible()


async def test_a_guest_who_helps_to_host_sees_what_another_role_would_change(lobby: Lobby) -> None:
    host, ben = await pair(lobby)
    chloe = await lobby.visitor("Chloe")
    await chloe.knock(await host.code())
    await chloe.in_the_room()
    await host.act_on("Chloe", "Make co-host")
    dialog = await open_rights(chloe)
    await expect(right(dialog, "Delete it").get_by_role("radio", name="Allowed")).to_be_disabled()
    await dialog.get_by_label("Role", exact=True).select_option("Observer")
    await expect(right(dialog, "Vote in polls")).to_have_accessible_description(
        "May not do it. Not part of the role: Observer"
    )
    await save(chloe, dialog)
    await expect(ben.page.get_by_text("Chloe made you an observer.").first).to_be_visible()


async def test_it_fits_a_narrow_screen(lobby: Lobby) -> None:
    host, _ben = await pair(lobby, (360, 740))
    await host.button("People").click()
    await open_rights(host)
    await assert_fits(host.page)
    assert await violations(host.page) == []
