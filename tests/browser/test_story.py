"""A whole class with four people in four browsers, from the first account to the history."""

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.async_api import expect

from tests.browser.cable import Cable
from tests.browser.lobby import Lobby
from tests.browser.record import chat, facts
from tests.browser.visitor import Visitor
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

TITLE = "Algebra, week 3"
MISSED = [f"Step {n}" for n in range(1, 6)]
NOT_READY = re.compile("Will be sent|Sending")


@dataclass
class Story:
    """Who is in it. `ben` comes by way of a link that can be cut."""

    host: Visitor
    ben: Visitor
    chloe: Visitor
    dora: Visitor
    code: str = ""

    @property
    def session_id(self) -> UUID:
        return self.dora.session_id

    @property
    def inside(self) -> tuple[Visitor, ...]:
        return (self.host, self.ben, self.chloe)


async def test_a_class_from_the_first_account_to_the_history(
    lobby: Lobby, house: House, cable: Cable
) -> None:
    story = Story(
        host=await lobby.host("Hana"),
        ben=await lobby.visitor("Ben", url=cable.url),
        chloe=await lobby.visitor("Chloe"),
        dora=await lobby.visitor("Dora"),
    )
    await begin(story)
    await find_the_session(story)
    await wait_and_be_admitted(story)
    await talk(story)
    await raise_hands(story)
    await be_muted_and_unmuted(story)
    await agree_to_a_recording(story)
    await reload_in_the_middle(story)
    await come_late(story)
    await stop_recording(story)
    await lose_the_link(story, cable)
    await be_removed(story)
    await end(story)
    await read_the_history(story)
    await assert_recorded(story, house)


async def begin(story: Story) -> None:
    host = story.host
    story.code = await host.start_session("Class", TITLE, without=("Muted on entry",))
    await expect(host.heading(TITLE)).to_be_visible()
    await expect(host.heading("Nobody else is here yet")).to_be_visible()


async def find_the_session(story: Story) -> None:
    """The preview answers while the code is being typed, and says what is wrong with one that nobody has."""
    ben = story.ben
    await ben.page.goto("/join")
    other = story.code[:-1] + ("A" if story.code[-1] != "A" else "B")
    await ben.field("Session code").press_sequentially(other)
    await expect(ben.text("No session has this code. Check it with your host.")).to_be_visible()
    await expect(ben.field("Your name")).to_have_count(0)
    await ben.field("Session code").press("Backspace")
    await ben.field("Session code").press_sequentially(story.code[-1])
    await expect(ben.heading(TITLE)).to_be_visible()
    await expect(ben.text("Hosted by Hana")).to_be_visible()
    await ben.button("Ask to join").click()
    await expect(ben.text("Enter your name.")).to_be_visible()
    await ben.field("Your name").fill("Ben")
    await ben.button("Ask to join").click()


async def wait_and_be_admitted(story: Story) -> None:
    host, ben, chloe = story.inside
    await expect(ben.heading("You are in the waiting room")).to_be_visible()
    await expect(ben.text("You are next")).to_be_visible()
    await chloe.knock(story.code)
    await expect(chloe.text("You are number 2 in line")).to_be_visible()
    await host.open("Waiting")
    await expect(host.text("2 people are waiting")).to_be_visible()
    await host.field("Write to everyone waiting").fill("Two more minutes, please")
    await host.button("Tell them").click()
    for guest in (ben, chloe):
        await expect(guest.text("Two more minutes, please")).to_be_visible()
    await host.admit("Ben")
    await ben.in_the_room()
    await expect(chloe.text("You are next")).to_be_visible()
    await host.admit("Chloe")
    await chloe.in_the_room()
    for person in story.inside:
        await person.open("People")
        for name in ("Hana", "Ben", "Chloe"):
            await expect(person.row(name)).to_be_visible()


async def talk(story: Story) -> None:
    host, ben, _ = story.inside
    for person in story.inside:
        await person.open("Chat")
    await host.say("Good morning")
    await expect(ben.message("Good morning")).to_be_visible()
    await ben.say("Good mornign, Hana")
    for person in story.inside:
        await expect(person.message("Good mornign, Hana")).to_be_visible()
    await ben.act_on_message("Ben", "Good mornign, Hana", "Edit message")
    await expect(ben.field("Message")).to_have_value("Good mornign, Hana")
    await ben.field("Message").fill("Good morning, Hana")
    await ben.button("Save").click()
    await ben.say("Wrong window")
    for person in story.inside:
        await expect(person.message("Good morning, Hana")).to_contain_text("(edited)")
        await expect(person.message("Wrong window")).to_be_visible()
    await ben.act_on_message("Ben", "Wrong window", "Delete message")
    await ben.dialog.get_by_role("button", name="Delete", exact=True).click()
    for person in story.inside:
        await expect(person.text("Message deleted")).to_be_visible()
        await expect(person.text("Wrong window")).to_have_count(0)


async def raise_hands(story: Story) -> None:
    """Whoever asks first stands first, and a hand that is taken down leaves the queue."""
    host, ben, chloe = story.inside
    await chloe.button("Raise hand").click()
    await expect(host.text("1. Chloe")).to_be_visible()
    await ben.button("Raise hand").click()
    await expect(host.text("2. Ben")).to_be_visible()
    await chloe.button("Lower hand").click()
    await expect(host.text("1. Ben")).to_be_visible()
    await host.act_at_once("Lower the hand of Ben")
    await expect(ben.button("Raise hand")).to_be_visible()
    await expect(host.text("1. Ben")).to_have_count(0)


async def be_muted_and_unmuted(story: Story) -> None:
    host, ben, _ = story.inside
    await host.act_at_once("Mute Ben")
    await expect(
        ben.text("You are muted and cannot write. Raise your hand to ask for the floor.")
    ).to_be_visible()
    await expect(ben.field("Message")).to_have_count(0)
    await expect(host.row("Ben")).to_contain_text("Muted by Hana")
    await host.act_at_once("Unmute Ben")
    await ben.say("Here I am again")
    await host.open("Chat")
    await expect(host.message("Here I am again")).to_be_visible()


async def agree_to_a_recording(story: Story) -> None:
    host, ben, chloe = story.inside
    await host.button("Start recording").click()
    for person in story.inside:
        await expect(
            person.page.get_by_text("This session is being recorded. Started by Hana.")
        ).to_be_visible()
    await expect(host.dialog).to_have_count(0)
    for guest in (ben, chloe):
        await expect(guest.dialog).to_contain_text("This session is being recorded")
        await guest.page.keyboard.press("Escape")
        await expect(guest.dialog).to_be_visible()
        await guest.button("I agree").click()
        await expect(guest.dialog).to_have_count(0)
    await host.button("Pause recording").click()
    for person in story.inside:
        await expect(person.page.get_by_text("The recording is paused.")).to_be_visible()


async def reload_in_the_middle(story: Story) -> None:
    _, ben, _ = story.inside
    await ben.page.reload()
    await ben.in_the_room()
    await ben.open("Chat")
    await expect(ben.chat.get_by_role("article")).to_have_count(4)
    await expect(ben.message("Good morning, Hana")).to_contain_text("(edited)")
    await expect(ben.message("Here I am again")).to_be_visible()
    await expect(ben.dialog).to_have_count(0)


async def come_late(story: Story) -> None:
    """Who comes while it is recorded agrees before coming in, and then has everything that was said."""
    host, dora = story.host, story.dora
    await host.button("Resume recording").click()
    await dora.page.goto(f"/join/{story.code}")
    await dora.field("Your name").fill("Dora")
    await dora.button("Ask to join").click()
    await expect(dora.text("Agree to being recorded to come in.")).to_be_visible()
    await dora.field("I agree to being recorded").check()
    await dora.button("Ask to join").click()
    await host.admit("Dora")
    await dora.in_the_room()
    await expect(dora.page.get_by_text("This session is being recorded. Started by Hana.")).to_be_visible()
    await dora.open("People")
    for name in ("Hana", "Ben", "Chloe", "Dora"):
        await expect(dora.row(name)).to_be_visible()
    await dora.open("Chat")
    await expect(dora.chat.get_by_role("article")).to_have_text(
        [re.compile("Good morning"), re.compile("edited"), re.compile("deleted"), re.compile("Here I am")]
    )


async def stop_recording(story: Story) -> None:
    await story.host.button("Stop recording").click()
    for person in (*story.inside, story.dora):
        await expect(person.page.get_by_text("This session is being recorded.")).to_have_count(0)


async def lose_the_link(story: Story, cable: Cable) -> None:
    """What is being typed stays, and what was said meanwhile comes once and in order."""
    host, ben, _ = story.inside
    await host.open("Chat")
    await ben.field("Message").fill("What I was about to")
    ben.forgive()
    cable.cut()
    await expect(ben.page.get_by_text("Reconnecting… What you type is kept.")).to_be_visible()
    await ben.field("Message").press_sequentially(" say")
    for text in MISSED:
        await host.say(text)
        await expect(host.message(text)).to_be_visible()
        await expect(host.message(text)).not_to_contain_text(NOT_READY)
    cable.mend()
    await expect(ben.text("Caught up: 5 messages")).to_be_visible()
    await expect(ben.field("Message")).to_have_value("What I was about to say")
    steps = ben.chat.get_by_role("article").filter(has_text="Step")
    await expect(steps).to_have_text([re.compile(text) for text in MISSED])
    await ben.button("Send").click()
    await expect(host.message("What I was about to say")).to_have_count(1)


async def be_removed(story: Story) -> None:
    host, ben, chloe = story.inside
    await host.act_on("Ben", "Remove with a reason…")
    await expect(host.dialog).to_contain_text("Send Ben out?")
    await host.field("Reason (optional)").fill("Too many puns")
    await host.button("Remove").click()
    await expect(ben.heading("A host removed you")).to_be_visible()
    await expect(ben.text("“Too many puns”")).to_be_visible()
    await ben.button("Try again").click()
    await expect(ben.heading("A host removed you")).to_be_visible()
    await ben.page.goto(f"/join/{story.code}")
    await expect(ben.page.get_by_text("A host removed you from this session.")).to_be_visible()
    await expect(ben.link("Come back into the room")).to_have_count(0)
    await chloe.open("People")
    await expect(chloe.row("Ben")).to_have_count(0)


async def end(story: Story) -> None:
    await story.host.button("Pause session").click()
    await expect(story.chloe.heading("Paused by Hana")).to_be_visible()
    await story.host.button("Resume session").click()
    await expect(story.chloe.heading("Paused by Hana")).to_have_count(0)
    # From a pause, too: the client resumes first.
    await story.host.button("Pause session").click()
    await expect(story.chloe.heading("Paused by Hana")).to_be_visible()
    await story.host.button("End session").click()
    await story.host.button("End for everyone").click()
    for person in (story.host, story.chloe, story.dora):
        await expect(person.heading("The session has ended")).to_be_visible()


async def read_the_history(story: Story) -> None:
    host = story.host
    await host.link("See the history").click()
    await expect(host.heading(TITLE)).to_be_visible()
    lines = host.page.get_by_role("tabpanel").get_by_role("listitem")
    await host.open("Timeline")
    for happened in (
        "Hana admitted Ben",
        "Hana started a recording",
        "Hana removed Ben",
        "Hana ended the session",
    ):
        await host.field("Search").fill(happened)
        await expect(lines.filter(has_text=happened)).to_have_count(1)
    await host.open("People")
    await expect(lines).to_have_count(4)
    await expect(lines.filter(has_text="Ben")).to_contain_text("Removed")
    await host.open("Chat")
    await expect(lines.filter(has_text="Step")).to_have_text([re.compile(text) for text in MISSED])
    await expect(lines.filter(has_text="Message deleted")).to_have_count(1)
    await host.open("Recordings")
    await expect(lines).to_have_count(1)
    await expect(lines).to_contain_text("recorded")


async def assert_recorded(story: Story, house: House) -> None:
    """The log has every message once, in order, and neither the reload nor the cut link was a leave."""
    sent = await chat(house, story.session_id)
    assert [text for text in sent if text.startswith("Step")] == MISSED
    assert len(sent) == len(set(sent))
    (kicked,) = await facts(house, story.session_id, "participant:kicked")
    left = await facts(house, story.session_id, "participant:left")
    assert [fact for fact in left if fact.seq < kicked.seq] == []
