"""A message is shown at once, and gets into the log exactly once, whatever happens to the link."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.cable import Cable
from tests.browser.lobby import Lobby
from tests.browser.record import chat
from tests.browser.visitor import Visitor
from tests.realtime.house import House, Room

pytestmark = pytest.mark.asyncio(loop_scope="session")

WAITING = "Will be sent when you are connected"


async def in_a_meeting(lobby: Lobby, house: House, cable: Cable) -> tuple[Room, Visitor, Visitor]:
    """A running meeting, a guest whose link can be cut, and one who sees what arrives; both with the chat open."""
    room, _ = await house.live()
    ben = await lobby.visitor("Ben", url=cable.url)
    witness = await lobby.visitor("Willa")
    for guest in (ben, witness):
        await guest.knock(room.code)
        await guest.open("Chat")
    ben.forgive()
    return room, ben, witness


async def test_what_is_written_without_a_link_arrives_once_and_in_order(
    lobby: Lobby, house: House, cable: Cable
) -> None:
    room, ben, witness = await in_a_meeting(lobby, house, cable)
    cable.cut()
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_visible()
    for text in ("first", "second", "first"):
        await ben.say(text)
    await expect(ben.chat.get_by_role("article").filter(has_text=WAITING)).to_have_count(3)
    await witness.say("Where is Ben?")
    cable.mend()
    await expect(ben.text("Caught up: 1 message")).to_be_visible()
    for person in (ben, witness):
        await expect(person.chat.get_by_role("article")).to_have_text(
            [re.compile("Where is Ben"), *map(re.compile, ("first", "second", "first"))]
        )
        await expect(person.text(WAITING)).to_have_count(0)
    assert await chat(house, room.id) == ["Where is Ben?", "first", "second", "first"]


async def test_a_message_whose_answer_is_lost_is_not_sent_twice(
    lobby: Lobby, house: House, cable: Cable
) -> None:
    room, ben, witness = await in_a_meeting(lobby, house, cable)
    cable.deafen()
    await ben.say("Only once")
    await expect(witness.message("Only once")).to_be_visible()
    await expect(ben.text("Sending…")).to_be_visible()
    cable.cut()
    await expect(ben.text(WAITING)).to_be_visible()
    cable.mend()
    await expect(ben.text(WAITING)).to_have_count(0)
    await ben.say("And then this")
    for person in (ben, witness):
        await expect(person.chat.get_by_role("article")).to_have_text(
            [re.compile("Only once"), re.compile("And then this")]
        )
    assert await chat(house, room.id) == ["Only once", "And then this"]


async def test_what_is_refused_after_all_says_so_and_can_be_discarded(
    lobby: Lobby, house: House, cable: Cable
) -> None:
    """Muted while the link was down: the text stays on the screen, with the reason why nobody else sees it."""
    room, ben, _ = await in_a_meeting(lobby, house, cable)
    cable.cut()
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_visible()
    await ben.say("Can you hear me?")
    await house.clients[0].ok("participant:mute_all", room.id)
    cable.mend()
    await expect(ben.text("Not sent")).to_be_visible()
    await expect(ben.text("Can you hear me?")).to_be_visible()
    await ben.button("Discard").click()
    await expect(ben.text("Can you hear me?")).to_have_count(0)
    assert await chat(house, room.id) == []
