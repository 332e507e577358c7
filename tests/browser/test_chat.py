"""Chat as people use it: mentions, answers, a reload in the middle, the keyboard alone, long texts and long logs."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.cable import Cable
from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor
from tests.realtime.house import House, Room

pytestmark = pytest.mark.asyncio(loop_scope="session")

NARROW = (360, 740)
WAITING = "Will be sent when you are connected"


async def gather(lobby: Lobby, house: House, *names: str) -> tuple[Room, list[Visitor]]:
    """A running meeting with these guests, all with the chat before them."""
    room, _ = await house.live()
    guests = [await lobby.visitor(name) for name in names]
    for guest in guests:
        await guest.knock(room.code)
        await guest.open("Chat")
    return room, guests


async def test_a_name_is_chosen_by_keyboard_and_reaches_whom_it_names(lobby: Lobby, house: House) -> None:
    _, (ana, ben, ann) = await gather(lobby, house, "Ana Maria", "Ben", "Ann")
    await ben.open("People")
    await ann.field("Message").press_sequentially("Yours, @ana")
    option = ann.page.get_by_role("option", name="Ana Maria")
    await expect(option).to_have_attribute("aria-selected", "true")
    await ann.page.keyboard.press("Enter")
    await expect(ann.field("Message")).to_have_value("Yours, @Ana Maria ")
    await ann.page.keyboard.press("Enter")
    await expect(ana.message("Yours, @Ana Maria").locator(".mention-me")).to_have_text("@Ana Maria")
    await ana.say("@Ben, over to you")
    await ana.say("And all others")
    await expect(ben.tab("Chat")).to_have_attribute("aria-description", "3 unread, 1 for you")
    await ben.open("Chat")
    await expect(ben.text("New since you looked")).to_be_visible()
    await expect(ben.message("@Ben, over to you").locator(".mention-me")).to_be_visible()
    await expect(ben.tab("Chat")).not_to_have_attribute("aria-description", re.compile("unread"))


async def test_an_answer_leads_back_to_what_it_answers(lobby: Lobby, house: House) -> None:
    room, (ana, ben) = await gather(lobby, house, "Ana", "Ben")
    speaker = house.clients[0]
    await ana.say("Where shall we meet?")
    await expect(ben.message("Where shall we meet?")).to_be_visible()
    for number in range(60):
        await speaker.ok("chat:send", room.id, text=f"Line {number}")
    await ben.chat.press("Home")
    await expect(ben.message("Where shall we meet?")).to_be_visible()
    await ben.act_on_message("Ana", "Where shall we meet?", "Reply to Ana")
    await ben.say("In the garden")
    await expect(ana.message("In the garden")).to_contain_text("Ana Where shall we meet?")
    await ana.page.reload()
    await ana.open("Chat")
    await expect(ana.message("In the garden")).to_contain_text("An earlier message")
    await ana.message("In the garden").get_by_role("button", name="An earlier message").click()
    # The quote of it is on the page as well, further down.
    await expect(ana.message("Where shall we meet?").first).to_be_in_viewport()
    await expect(ana.button("Newest")).to_be_visible()
    await speaker.ok("chat:send", room.id, text="It rains")
    await ana.button("1 new message").click()
    await expect(ana.message("It rains")).to_be_in_viewport()


async def test_what_was_not_sent_outlives_a_reload_of_the_page(
    lobby: Lobby, house: House, cable: Cable
) -> None:
    room, (witness,) = await gather(lobby, house, "Willa")
    ben = await lobby.visitor("Ben", url=cable.url)
    ben.forgive()
    await ben.knock(room.code)
    await ben.open("Chat")
    cable.cut()
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_visible()
    await ben.say("Said in a tunnel")
    await ben.field("Message").fill("And half a th")
    await expect(ben.text(WAITING)).to_be_visible()
    cable.mend()
    await ben.page.reload()
    await ben.open("Chat")
    await expect(witness.message("Said in a tunnel")).to_have_count(1)
    await expect(ben.message("Said in a tunnel")).to_have_count(1)
    await expect(ben.text(WAITING)).to_have_count(0)
    await expect(ben.field("Message")).to_have_value("And half a th")


async def test_the_chat_needs_no_mouse(lobby: Lobby, house: House) -> None:
    _, (ana, ben) = await gather(lobby, house, "Ana", "Ben")
    keyboard = ana.page.keyboard
    await ana.field("Message").focus()
    await keyboard.type("Helo")
    await keyboard.press("Enter")
    await expect(ben.message("Helo")).to_be_visible()
    # Only what is in the log can be corrected.
    await expect(ana.button("Actions for Ana: Helo")).to_have_count(1)
    await keyboard.press("ArrowUp")
    await expect(ana.field("Message")).to_have_value("Helo")
    await keyboard.press("Escape")
    await expect(ana.field("Message")).to_have_value("")
    await keyboard.press("ArrowUp")
    await ana.field("Message").fill("Hello")
    await keyboard.press("Enter")
    await expect(ben.message("Hello")).to_contain_text("(edited)")
    await ana.chat.focus()
    await keyboard.press("ArrowUp")
    await keyboard.press("Enter")
    item = ana.page.get_by_role("menuitem", name="Reply to Ana")
    await expect(item).to_be_focused()
    await keyboard.press("End")
    await keyboard.press("Enter")
    await expect(ana.dialog).to_be_visible()
    await ana.dialog.get_by_role("button", name="Delete", exact=True).press("Enter")
    await expect(ben.text("Message deleted")).to_be_visible()


async def test_too_long_a_text_is_told_before_it_is_sent(lobby: Lobby, house: House) -> None:
    room, _ = await house.live()
    ana = await lobby.visitor("Ana", size=NARROW)
    await ana.knock(room.code)
    await ana.button("Chat").click()
    await ana.field("Message").fill("a" * 3_990)
    await expect(ana.text("10 characters left")).to_be_visible()
    await ana.field("Message").fill("a" * 4_300)
    await expect(ana.page.get_by_text("Take out 300")).to_be_visible()
    await ana.page.keyboard.press("Enter")
    await expect(ana.field("Message")).to_have_value("a" * 4_300)
    await ana.say("See https://example.org/a, or javascript:alert(1)")
    link = ana.chat.get_by_role("link")
    await expect(link).to_have_attribute("href", "https://example.org/a")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await assert_fits(ana.page)


async def test_a_long_chat_costs_the_page_no_more_than_what_is_seen(lobby: Lobby, house: House) -> None:
    room, (ana,) = await gather(lobby, house, "Ana")
    speaker = house.clients[0]
    for number in range(300):
        await speaker.ok("chat:send", room.id, text=f"Line {number}")
    await expect(ana.message("Line 299")).to_be_in_viewport()
    assert await ana.chat.get_by_role("article").count() < 60
    await ana.chat.press("Home")
    await expect(ana.message("Line 0")).to_be_in_viewport()


async def test_a_poll_is_answered_and_its_result_is_a_table(lobby: Lobby, house: House) -> None:
    room, (ana, ben) = await gather(lobby, house, "Ana", "Ben")
    speaker = house.clients[0]
    poll = await speaker.ok("poll:create", room.id, question="Tea or coffee?", options=["Tea", "Coffee"])
    await expect(ana.tab("Polls")).to_have_attribute("aria-description", "1 poll to vote in")
    await ana.open("Polls")
    await ana.page.get_by_role("radio", name="Tea").check()
    await ana.button("Vote").click()
    table = ana.page.get_by_role("table", name="Results: Tea or coffee?")
    await expect(table.get_by_role("row").filter(has_text="Tea")).to_contain_text("1 vote · 100%")
    await ana.button("Change my vote").click()
    await ana.page.get_by_role("radio", name="Coffee").check()
    await ana.button("Vote").click()
    await expect(table.get_by_role("row").filter(has_text="Coffee")).to_contain_text("1 vote · 100%")
    await speaker.ok("poll:close", room.id, poll_id=poll["id"])
    await expect(ana.page.get_by_text("1 person has voted · closed")).to_be_visible()
    await expect(ben.tab("Polls")).not_to_have_attribute("aria-description", re.compile("vote"))


async def test_who_looks_at_the_end_stays_there_however_fast_it_comes(lobby: Lobby, house: House) -> None:
    room, (ana,) = await gather(lobby, house, "Ana")
    speaker = house.clients[0]
    for number in range(700):
        await speaker.ok("chat:send", room.id, text=f"Line {number} of a long talk")
    await expect(ana.message("Line 699 of a long talk")).to_be_in_viewport()
    await ana.page.get_by_role("log", name="Messages").hover()
    await ana.page.mouse.wheel(0, -2_000)
    await expect(ana.message("Line 699 of a long talk")).not_to_be_in_viewport()
    await speaker.ok("chat:send", room.id, text="Who reads above is left there")
    await expect(ana.page.get_by_role("button", name=re.compile("1 new message"))).to_be_visible()
    await expect(ana.message("Who reads above is left there")).to_have_count(0)
