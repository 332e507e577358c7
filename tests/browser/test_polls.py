"""Writing a poll: its answers in rows, by keyboard alone, pasted, and within what a poll can hold."""

import os
from typing import Final

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

SIZES: Final = [(1280, 800), (360, 740)]
PASTE: Final = """(field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def answers(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("group", name="Answers").get_by_role("textbox")


async def new_poll(lobby: Lobby, **options: object) -> Visitor:
    host = await lobby.host("Hana", bypass_csp=True, **options)
    await host.start_session("Meeting", "Plenum")
    if (host.page.viewport_size or {"width": 0})["width"] < 500:
        await host.button("Chat").click()
    await host.open("Polls")
    await host.button("New poll").click()
    await expect(host.field("Question")).to_be_focused()
    return host


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
async def test_a_poll_is_written_by_keyboard_alone(lobby: Lobby, size: tuple[int, int]) -> None:
    host = await new_poll(lobby, size=size)
    keys = host.page.keyboard
    await keys.type("Which day?")
    await keys.press("Tab")
    for number, day in enumerate(("Monday", "Tuesday", "Wednesday"), 1):
        await expect(host.field(f"Answer {number}")).to_be_focused()
        await keys.type(day)
        await keys.press("Enter")
    await expect(host.field("Answer 4")).to_be_focused()
    # An empty row adds none, and goes as it came.
    await keys.press("Enter")
    await expect(answers(host)).to_have_count(4)
    await keys.press("Backspace")
    await expect(host.field("Answer 3")).to_be_focused()
    await expect(answers(host)).to_have_count(3)
    assert await violations(host.page) == []
    await assert_fits(host.page)
    await keys.press("Shift+Tab")
    await expect(host.button("Remove answer 2")).to_be_focused()
    await keys.press("Enter")
    await expect(host.field("Answer 2")).to_be_focused()
    await expect(host.field("Answer 2")).to_have_value("Wednesday")
    await host.button("Ask the room").focus()
    await keys.press("Enter")
    options = host.page.get_by_role("group", name="Which day?").get_by_role("radio")
    await expect(options).to_have_count(2)
    await expect(host.page.get_by_role("radio", name="Wednesday")).to_be_visible()


async def test_lines_that_are_pasted_become_answers_as_far_as_there_is_room(lobby: Lobby) -> None:
    host = await new_poll(lobby)
    await host.field("Question").fill("Which number?")
    await host.field("Answer 1").fill("none")
    await host.field("Answer 2").evaluate(PASTE, "one\n\ntwo\nthree")
    await expect(answers(host)).to_have_count(4)
    await expect(host.field("Answer 4")).to_be_focused()
    await expect(host.field("Answer 4")).to_have_value("three")
    await host.field("Answer 4").evaluate(PASTE, "\n".join(f"{n}" for n in range(10)))
    await expect(answers(host)).to_have_count(10)
    await expect(host.text("3 lines have no room: ten answers are the most.")).to_be_visible()
    await expect(host.button("Add an answer")).to_have_count(0)
    await expect(host.field("Answer 4")).to_have_value("three0")
    await expect(host.field("Answer 10")).to_be_focused()
    assert await violations(host.page) == []
    await assert_fits(host.page)


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
async def test_what_is_wrong_is_said_beside_its_row(lobby: Lobby, size: tuple[int, int]) -> None:
    host = await new_poll(lobby, size=size)
    await host.button("Ask the room").click()
    await expect(host.text("Write a question.")).to_be_visible()
    await expect(host.field("Question")).to_be_focused()
    await expect(host.field("Answer 1")).to_have_accessible_description("Write at least two answers.")
    await host.field("Question").fill("Now?")
    await host.field("Answer 1").fill("Yes")
    await host.field("Answer 2").fill("yes ")
    await expect(host.field("Answer 2")).to_have_accessible_description("The same as answer 1.")
    await host.button("Add an answer").click()
    await host.field("Answer 3").fill("x" * 121)
    await expect(host.field("Answer 3")).to_have_accessible_description("Too long by 1 character.")
    await host.button("Ask the room").click()
    await expect(host.field("Answer 2")).to_be_focused()
    assert await violations(host.page) == []
    await assert_fits(host.page)
    if folder := os.environ.get("LOOK"):
        await host.page.screenshot(path=f"{folder}/poll-{size[0]}.png")
    await host.button("Remove answer 3").click()
    await host.field("Answer 2").fill("No")
    await host.button("Ask the room").click()
    await expect(host.page.get_by_role("group", name="Now?").get_by_role("radio")).to_have_count(2)


async def test_who_closes_a_poll_sees_its_results_without_voting(lobby: Lobby) -> None:
    host = await lobby.host("Hana")
    code = await host.start_session("Meeting", "Plenum", without=("Waiting room",))
    gus = await lobby.visitor("Gus")
    await gus.knock(code)
    await gus.in_the_room()
    await host.open("Polls")
    await host.button("New poll").click()
    await host.field("Question").fill("Tea?")
    for number, answer in enumerate(("Yes", "No"), 1):
        await host.field(f"Answer {number}").fill(answer)
    await host.button("Ask the room").click()
    await gus.button("Show poll").click()
    await expect(gus.button("Show results")).to_have_count(0)
    await gus.page.get_by_role("radio", name="No").check()
    await gus.button("Vote").click()
    await host.button("Show results").click()
    results = host.page.get_by_role("table", name="Results: Tea?")
    await expect(results.get_by_role("row", name="No")).to_contain_text("1 vote · 100%")
    await host.button("Back to the answers").click()
    await expect(host.page.get_by_role("radio", name="Yes")).to_be_visible()


async def test_the_note_of_a_poll_leads_to_it_and_goes_with_it(lobby: Lobby, house: House) -> None:
    room, speaker = await house.live(kind="meeting", title="Plenum")
    gus = await lobby.visitor("Gus")
    await gus.knock(room.code)
    await gus.in_the_room()
    note = gus.page.get_by_label("Notifications", exact=True).locator(".toast")
    first = await speaker.ok("poll:create", room.id, question="Tea?", options=["Yes", "No"])
    await expect(note).to_contain_text("New poll: Tea?")
    await note.get_by_role("button", name="Show poll").click()
    await expect(gus.tab("Polls")).to_have_attribute("aria-selected", "true")
    await expect(gus.page.get_by_role("radio", name="Yes")).to_be_visible()
    await expect(note).to_have_count(0)
    await speaker.ok("poll:close", room.id, poll_id=first["id"])
    second = await speaker.ok("poll:create", room.id, question="Coffee?", options=["Yes", "No"])
    await expect(note).to_contain_text("New poll: Coffee?")
    await speaker.ok("poll:close", room.id, poll_id=second["id"])
    await expect(note).to_have_count(0)
    await speaker.ok("poll:create", room.id, question="Water?", options=["Yes", "No"])
    await expect(note).to_contain_text("New poll: Water?")
    await speaker.ok("session:end", room.id)
    await expect(gus.heading("The session has ended")).to_be_visible()
    await expect(note).to_have_count(0)
