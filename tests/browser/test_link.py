"""A message is shown at once, and gets into the log exactly once, whatever happens to the link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect
from sqlmodel import select

from models.identity.tables import SignIn, User
from models.transaction import Origin
from tests.browser.cable import Cable
from tests.browser.lobby import Lobby
from tests.browser.record import chat
from tests.browser.visitor import PASSWORD, Visitor
from tests.realtime.house import House, Room

pytestmark = pytest.mark.asyncio(loop_scope="session")

WAITING = "Will be sent when you are connected"


async def all_is_sent(visitor: Visitor) -> None:
    """Whatever they wrote has been answered for."""
    for mark in (WAITING, "Sending…"):
        await expect(visitor.text(mark)).to_have_count(0)


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


async def test_a_cut_while_typing_keeps_what_is_typed_and_can_be_mended_by_hand(
    lobby: Lobby, house: House, cable: Cable
) -> None:
    room, ben, _ = await in_a_meeting(lobby, house, cable)
    await ben.field("Message").press_sequentially("Half a sen")
    cable.cut()
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_visible()
    await ben.field("Message").press_sequentially("tence")
    cable.mend()
    await ben.button("Try now").click()
    await expect(ben.text("Connected again. You missed nothing.")).to_be_visible()
    await expect(ben.field("Message")).to_have_value("Half a sentence")
    await ben.page.reload()
    await ben.open("Chat")
    await expect(ben.field("Message")).to_have_value("Half a sentence")
    await ben.button("Send").click()
    await expect(ben.message("Half a sentence")).to_be_visible()
    await expect(ben.text("Sending…")).to_have_count(0)
    assert await chat(house, room.id) == ["Half a sentence"]


async def test_who_was_away_for_long_gets_the_whole_state(lobby: Lobby, house: House, cable: Cable) -> None:
    room, ben, _ = await in_a_meeting(lobby, house, cable)
    cable.cut()
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_visible()
    await ben.say("From afar")
    for number in range(1_100):
        await house.clients[0].ok("chat:send", room.id, text=f"Line {number}")
    cable.mend()
    await expect(ben.page.get_by_text("Caught up: more than 50 messages")).to_be_visible()
    await expect(ben.message("Line 1099")).to_have_count(1)
    await all_is_sent(ben)
    assert (await chat(house, room.id)).count("From afar") == 1


async def test_a_token_that_ran_out_during_a_cut_is_renewed_unseen(
    lobby: Lobby, house: House, cable: Cable
) -> None:
    room, host = await house.live()
    mia = await lobby.host("Mia", url=cable.url)
    mia.forgive()
    mia.forgive(re.compile("401"))
    await mia.page.goto(f"/room/{room.id}")
    await mia.in_the_room()
    await mia.open("Chat")
    cable.cut()
    await expect(mia.page.get_by_text("Reconnecting…")).to_be_visible()
    await mia.say("I was asleep")
    await mia.page.clock.set_fixed_time("2031-01-01T00:00:00Z")
    await host.ok("chat:send", room.id, text="Where is Mia?")
    cable.mend()
    await expect(mia.text("Caught up: 1 message")).to_be_visible()
    await all_is_sent(mia)
    assert await chat(house, room.id) == ["Where is Mia?", "I was asleep"]


async def test_who_was_signed_out_meanwhile_signs_in_and_is_back_in_the_room(
    lobby: Lobby, house: House, cable: Cable
) -> None:
    room, _ = await house.live(title="Planning")
    mia = await lobby.host("Mia", url=cable.url)
    mia.forgive()
    mia.forgive(re.compile("401"))
    await mia.page.goto(f"/room/{room.id}")
    await mia.in_the_room()
    await mia.open("Chat")
    await mia.field("Message").fill("Not yet sent")
    cable.cut()
    await expect(mia.page.get_by_text("Reconnecting…")).to_be_visible()
    await sign_out_everywhere(house, mia)
    cable.mend()
    await expect(mia.heading("Sign in again")).to_be_visible()
    await mia.link("Sign in").click()
    await mia.field("E-mail address or username").fill(mia.email)
    await mia.field("Password").fill(PASSWORD)
    await mia.button("Sign in").click()
    await mia.in_the_room()
    await mia.open("Chat")
    await expect(mia.field("Message")).to_have_value("Not yet sent")


async def sign_out_everywhere(house: House, visitor: Visitor) -> None:
    """Every sign-in of somebody is revoked, as from another device."""
    async with house.context.transaction(Origin()) as tx:
        mine = select(SignIn).join(User).where(User.email == visitor.email)
        for sign_in in (await tx.db.exec(mine)).all():
            sign_in.revoked_at = tx.now
            tx.revoke(sign_in.tenant_id, sign_in.id)


async def test_a_guest_whose_place_has_run_out_joins_again(lobby: Lobby, house: House, cable: Cable) -> None:
    room, ben, _ = await in_a_meeting(lobby, house, cable)
    ben.forgive(re.compile("401"))
    seat = await ben.page.evaluate(
        "id => JSON.parse(sessionStorage.getItem(`convene:seat:${id}`))", str(room.id)
    )
    await ben.page.evaluate(
        "([id, seat]) => sessionStorage.setItem(`convene:seat:${id}`, JSON.stringify({ ...seat, token: 'x.y.z' }))",
        [str(room.id), seat],
    )
    await ben.page.reload()
    await expect(ben.heading("Your place has run out")).to_be_visible()
    await ben.link("Join again").click()
    await expect(ben.field("Your name")).to_have_value("Ben")
    await ben.button("Join now").click()
    await ben.in_the_room()


async def test_a_laptop_that_slept_for_an_hour_finds_the_room_as_it_is(
    lobby: Lobby, house: House, cable: Cable
) -> None:
    """Frozen, cut off and woken an hour later: without a reload, and without anybody touching it."""
    room, host = await house.live()
    mia = await lobby.host("Mia", url=cable.url)
    mia.forgive()
    mia.forgive(re.compile("401"))
    await mia.page.goto(f"/room/{room.id}")
    await mia.in_the_room()
    await mia.open("Chat")
    await mia.page.evaluate("() => (window.stayed = true)")
    devtools = await mia.context.new_cdp_session(mia.page)
    await devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    cable.cut()
    await host.ok("chat:send", room.id, text="Good night")
    cable.mend()
    await mia.page.evaluate("() => { const now = Date.now; Date.now = () => now() + 3_600_000; }")
    await devtools.send("Page.setWebLifecycleState", {"state": "active"})
    await expect(mia.message("Good night")).to_be_visible()
    assert await mia.page.evaluate("() => window.stayed")


@pytest.mark.parametrize("wrong_by", ["-3_600_000", "3_600_000"])
async def test_a_clock_that_is_wrong_by_an_hour_shows_the_right_times(
    lobby: Lobby, house: House, wrong_by: str
) -> None:
    room, host = await house.live()
    ben = await lobby.visitor("Ben")
    await ben.context.add_init_script(f"{{ const now = Date.now; Date.now = () => now() + {wrong_by}; }}")
    await ben.knock(room.code)
    await ben.in_the_room()
    running = ben.page.get_by_label("Running time")
    await expect(running).to_have_text(re.compile(r"^[0-2]:\d\d$"))
    await ben.page.reload()
    await ben.in_the_room()
    await expect(running).to_have_text(re.compile(r"^[0-2]:\d\d$"))
    await ben.open("Chat")
    await ben.say("What time is it?")
    await host.event("chat:sent")
    sent = await ben.chat.locator("time").first.get_attribute("datetime")
    assert sent is not None
    assert abs(datetime.fromisoformat(sent) - datetime.now(UTC)) < timedelta(minutes=2)
