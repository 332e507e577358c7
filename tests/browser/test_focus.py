"""The focus goes where one goes on: to the page, the question or the message that comes next."""

import pytest
from playwright.async_api import expect

from tests.browser.lobby import Lobby

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_next_page_has_the_focus_where_it_begins(lobby: Lobby) -> None:
    host = await lobby.host()
    code = await host.start_session("Meeting", "Where to begin")
    await expect(host.heading("Where to begin")).to_be_focused()
    guest = await lobby.visitor("Gus")
    await guest.page.goto("/")
    await guest.link("Create account").first.click()
    await expect(guest.field("Your name")).to_be_focused()
    await guest.link("Sign in").last.click()
    await expect(guest.field("E-mail address or username")).to_be_focused()
    await guest.link("Convene").click()
    await guest.field("Session code").fill(code)
    await guest.page.keyboard.press("Enter")
    await expect(guest.field("Your name")).to_be_focused()
    await guest.page.keyboard.press("Enter")
    await expect(guest.text("Enter your name.")).to_be_visible()
    await expect(guest.field("Your name")).to_be_focused()
    await guest.page.keyboard.type("Gus")
    await guest.page.keyboard.press("Enter")
    await expect(guest.heading("Where to begin")).to_be_focused()
    await guest.button("Leave").click()
    await expect(guest.heading("You have left")).to_be_focused()


async def test_what_is_typed_after_opening_the_chat_is_written_there(lobby: Lobby) -> None:
    host = await lobby.host()
    await host.start_session("Meeting", "Hello there")
    await host.tab("Chat").click()
    await expect(host.field("Message")).to_be_focused()
    await host.page.keyboard.type("Hello everyone")
    await expect(host.field("Message")).to_have_value("Hello everyone")
    # The key alone would have raised one.
    await expect(host.button("Raise hand")).to_be_visible()
    await host.open("Polls")
    await host.page.keyboard.press("c")
    await expect(host.field("Message")).to_be_focused()
    # Who only passes by on the way to another part stays in the row of tabs.
    await host.tab("People").click()
    await host.page.keyboard.press("ArrowRight")
    await host.page.keyboard.press("ArrowRight")
    await expect(host.tab("Chat")).to_be_focused()


async def test_who_waits_is_shown_with_the_focus(lobby: Lobby) -> None:
    host = await lobby.host()
    code = await host.start_session("Class", "At the door")
    guest = await lobby.visitor("Gus")
    await guest.knock(code)
    await expect(guest.heading("You are in the waiting room")).to_be_focused()
    await host.button("1 person is waiting").click()
    await expect(host.tab("Waiting")).to_be_focused()
    await host.admit("Gus")
    await expect(guest.heading("At the door")).to_be_focused()


async def test_typing_does_not_answer_whether_one_may_be_recorded(lobby: Lobby) -> None:
    host = await lobby.host()
    code = await host.start_session("Meeting", "On the record")
    guest = await lobby.visitor("Gus")
    await guest.knock(code)
    await guest.open("Chat")
    await guest.page.keyboard.type("I was saying")
    await host.button("Start recording").click()
    await expect(host.button("Pause recording")).to_be_focused()
    await expect(guest.dialog).to_be_visible()
    await expect(guest.heading("This session is being recorded")).to_be_focused()
    await guest.page.keyboard.press("Space")
    await guest.page.keyboard.press("Enter")
    await expect(guest.dialog).to_be_visible()
    await guest.button("I agree").click()
    await expect(guest.field("Message")).to_have_value("I was saying")
    await expect(guest.field("Message")).to_be_focused()


async def test_pausing_leads_to_resuming(lobby: Lobby) -> None:
    host = await lobby.host()
    await host.start_session("Meeting", "A break")
    await host.button("Pause session").click()
    await expect(host.button("Resume session")).to_be_focused()


async def test_the_sheet_gives_the_focus_back(lobby: Lobby) -> None:
    host = await lobby.host(size=(360, 740))
    await host.start_session("Meeting", "On the way")
    await host.button("Chat").click()
    await expect(host.tab("Chat")).to_be_focused()
    await host.hide_panel()
    await expect(host.button("Chat")).to_be_focused()
