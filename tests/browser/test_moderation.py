"""Moderation by three at a time: every act one or two clicks, each said, and taken back where it can be."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def three(lobby: Lobby) -> tuple[Visitor, Visitor, Visitor]:
    """A host and two guests in a meeting."""
    host = await lobby.host("Hana", bypass_csp=True)
    code = await host.start_session("Meeting", "Three of us")
    guests = [await lobby.visitor(name) for name in ("Ben", "Chloe")]
    for guest in guests:
        await guest.knock(code)
        await guest.in_the_room()
    await host.open("People")
    return host, guests[0], guests[1]


async def undo(host: Visitor, said: str, holds_now: str | None = None) -> None:
    """Takes back what the latest note says, and reads what holds now."""
    note = host.page.get_by_label("Notifications", exact=True).locator(".toast").filter(has_text=said)
    await note.get_by_role("button", name="Undo").click()
    await expect(host.text(holds_now or f"Taken back: {said}")).to_be_visible()


MAY_COME = "Ben may come in again, by choosing “Try again”"


def tile(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("region", name="Stage").get_by_role("listitem").filter(has_text=name)


async def test_acts_are_said_and_taken_back(lobby: Lobby) -> None:
    host, ben, chloe = await three(lobby)
    await host.act_at_once("Mute Ben")
    await expect(ben.page.get_by_text("Hana muted you.").first).to_be_visible()
    await chloe.open("People")
    await expect(chloe.row("Ben")).to_contain_text("Muted by Hana")
    await undo(host, "Ben is muted")
    await expect(ben.page.get_by_text("Hana gave you your voice back.").first).to_be_visible()

    await host.button("Actions for Ben").click()
    await host.page.get_by_role("menuitem", name="Mute Ben", exact=True).click()
    await undo(host, "Ben is muted")
    await host.act_on("Chloe", "Make co-host")
    await expect(chloe.page.get_by_text("Hana made you a co-host.").first).to_be_visible()
    await expect(chloe.button("Mute Ben")).to_be_visible()
    await undo(host, "Chloe is now a co-host")
    await expect(chloe.button("Mute Ben")).to_have_count(0)

    await host.act_on("Ben", "Remove Ben")
    await expect(ben.heading("A host removed you")).to_be_visible()
    await undo(host, "Ben was removed", MAY_COME)
    await ben.button("Try again").click()
    await ben.in_the_room()

    await host.act_on("Ben", "Ban Ben")
    await expect(ben.heading("You cannot come back to this session")).to_be_visible()
    await undo(host, "Ben was banned", MAY_COME)
    await ben.page.reload()
    await ben.in_the_room()


async def test_muting_all_gives_back_only_what_it_took(lobby: Lobby) -> None:
    host, _ben, chloe = await three(lobby)
    await host.act_at_once("Mute Ben")
    panel = host.page.get_by_role("complementary")
    await panel.get_by_role("button", name="Mute all", exact=True).click()
    await expect(chloe.page.get_by_text("Hana muted you.").first).to_be_visible()
    await undo(host, "1 person muted")
    await expect(host.button("Mute Chloe")).to_have_count(1)
    await expect(host.button("Unmute Ben")).to_be_visible()


async def test_who_is_hidden_is_seen_by_hosts_and_themselves_only(lobby: Lobby) -> None:
    host, ben, chloe = await three(lobby)
    for guest in (ben, chloe):
        await guest.open("People")
    await host.act_on("Ben", "Hide Ben")
    await expect(chloe.row("Ben")).to_have_count(0)
    await expect(tile(chloe, "Ben")).to_have_count(0)
    await expect(host.row("Ben").get_by_label("Hidden: only hosts see them")).to_be_visible()
    await expect(ben.text("You are hidden: only hosts see you.").first).to_be_visible()
    await expect(ben.row("Ben (you)")).to_be_visible()
    assert await violations(host.page) == []
    await undo(host, "Ben is shown to hosts only")
    await expect(chloe.row("Ben")).to_be_visible()
    await expect(tile(chloe, "Ben")).to_be_visible()


async def test_hands_are_called_in_their_order_from_the_stage(lobby: Lobby) -> None:
    host, ben, chloe = await three(lobby)
    await chloe.button("Raise hand").click()
    await expect(host.button("1. Chloe")).to_be_visible()
    await ben.button("Raise hand").click()
    await expect(host.button("2. Ben")).to_be_visible()
    await host.button("1. Chloe").click()
    await expect(chloe.page.get_by_text("Hana lowered your hand: your turn, or later.").first).to_be_visible()
    await expect(host.button("1. Ben")).to_be_visible()


async def test_a_session_in_numbers_and_what_roles_may_do(lobby: Lobby) -> None:
    host, ben, _chloe = await three(lobby)
    await ben.open("Chat")
    await ben.say("Hello")
    await expect(ben.message("Hello")).to_be_visible()
    await host.button("Statistics").click()
    await expect(host.heading("Statistics")).to_be_focused()
    figures = host.page.locator(".figure")
    await expect(figures.filter(has_text="In the room")).to_contain_text("3")
    await expect(figures.filter(has_text="Most at once")).to_contain_text("3")
    each = host.page.get_by_role("table", name="Each person")
    await each.get_by_role("button", name="Messages").click()
    await expect(each.get_by_role("row").nth(1)).to_contain_text("Ben")
    await expect(each.get_by_role("columnheader", name="Messages")).to_have_attribute(
        "aria-sort", "descending"
    )
    assert await violations(host.page) == []
    await host.button("Back").click()
    await host.button("What each role may do").click()
    await expect(host.page.get_by_text("All that moderators may do, and:").first).to_be_visible()
    assert await violations(host.page) == []


async def test_locking_is_taken_back(lobby: Lobby) -> None:
    host, *_ = await three(lobby)
    await host.button("Lock room").click()
    await expect(host.button("Unlock room")).to_be_visible()
    await undo(host, "The room is locked")
    await expect(host.button("Lock room")).to_be_visible()


async def test_who_could_end_the_session_is_asked_whether_they_only_leave(lobby: Lobby) -> None:
    host, ben, _ = await three(lobby)
    await host.button("Leave").click()
    await expect(host.dialog).to_contain_text("the session goes on without you")
    await host.page.keyboard.press("Escape")
    await host.in_the_room()
    await host.button("Leave").click()
    await host.button("Only leave").click()
    await expect(host.heading("You have left")).to_be_visible()
    await ben.in_the_room()
    await host.page.goto(f"/room/{host.session_id}")
    await host.in_the_room()
    await host.button("Leave").click()
    await host.button("End for everyone").click()
    await expect(ben.heading("The session has ended")).to_be_visible()
    assert await lobby.close() == []


async def test_who_is_declined_by_mistake_is_let_in_and_one_who_waits_is_written_to(lobby: Lobby) -> None:
    host = await lobby.host("Hana", bypass_csp=True)
    code = await host.start_session("Class", "Algebra")
    una, uwe = [await lobby.visitor(name) for name in ("Una", "Uwe")]
    for person in (una, uwe):
        await person.knock(code)
        await expect(person.heading("You are in the waiting room")).to_be_visible()
    await host.open("Waiting")
    await host.button("Write to Una").click()
    await expect(host.page.get_by_role("textbox", name="Write to Una")).to_be_focused()
    await host.page.get_by_role("textbox", name="Write to Una").fill("Which class are you from?")
    await host.button("Tell them").click()
    await expect(una.text("Which class are you from?")).to_be_visible()
    await expect(uwe.text("Which class are you from?")).to_have_count(0)
    assert await violations(host.page) == []
    await host.button("Decline Uwe").click()
    await expect(uwe.heading("Not this time")).to_be_visible()
    await undo(host, "Uwe was declined", "Uwe may come in again, by choosing “Try again”")
    await uwe.button("Try again").click()
    await uwe.in_the_room()
