"""Before the room: a code or a link says what it leads to, and why not, and changes while one looks at it."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect

from tests.browser.lobby import Lobby
from tests.browser.visitor import PASSWORD
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_guest_with_a_link_is_in_with_one_click(lobby: Lobby, house: House) -> None:
    room, _ = await house.live(title="Design review")
    gus = await lobby.visitor("Gus")
    await gus.page.goto(f"/join/{room.code}")
    await expect(gus.page.get_by_role("heading", level=1, name="Design review")).to_be_visible()
    await gus.field("Your name").fill("Gus")
    await gus.button("Join now").click()
    await gus.in_the_room()
    # The next time even the name is there.
    other, _ = await house.live(title="Planning")
    await gus.page.goto(f"/join/{other.code}")
    await expect(gus.field("Your name")).to_have_value("Gus")
    await gus.button("Join now").click()
    await gus.in_the_room()


async def test_a_whole_link_can_be_pasted_where_the_code_belongs(lobby: Lobby, house: House) -> None:
    room, _ = await house.live(title="Design review")
    gus = await lobby.visitor("Gus")
    await gus.page.goto("/join")
    await gus.field("Session code").fill(
        f" Join us: https://meet.example.org/join/{room.code.lower()}?from=mail "
    )
    await expect(gus.field("Session code")).to_have_value(room.code)
    await expect(gus.heading("Design review")).to_be_visible()
    await expect(gus.field("Session code")).to_be_focused()
    await gus.field("Session code").fill("ABCABC")
    await expect(gus.text("No session has this code. Check it with your host.")).to_be_visible()
    await expect(gus.heading("Design review")).to_have_count(0)


async def test_doors_that_open_while_one_looks_need_no_reload(lobby: Lobby, house: House) -> None:
    start = datetime.now(UTC) + timedelta(minutes=30, seconds=8)
    room = await house.room(await house.account("Hana"), kind="lecture", title="Tides", start_time=start)
    gus = await lobby.visitor("Gus")
    await gus.page.goto(f"/join/{room.code}")
    await expect(gus.page.get_by_role("timer")).to_contain_text("Doors open in0:0")
    await expect(gus.button("Join now")).to_be_disabled()
    await gus.field("Your name").fill("Gus")
    await expect(gus.page.get_by_role("timer")).to_have_count(0)
    await gus.button("Join now").click()
    await expect(gus.heading("You are in the waiting room")).to_be_visible()


async def test_what_changes_at_the_door_is_seen_without_a_reload(lobby: Lobby, house: House) -> None:
    room, host = await house.live(title="Design review", max_participants=2)
    await host.ok("session:lock", room.id)
    gus = await lobby.visitor("Gus")
    await gus.page.goto(f"/join/{room.code}")
    locked = gus.page.get_by_text("A host has locked this session")
    await expect(locked).to_be_visible()
    await expect(gus.text("1 of 2 are in")).to_be_visible()
    await host.ok("session:unlock", room.id)
    await expect(locked).to_have_count(0)
    ann = await house.client(await house.guest(room, "Ann"))
    await ann.join(room.id)
    await expect(gus.text("Every seat is taken: 2 of 2.")).to_be_visible()
    await expect(gus.button("Join now")).to_be_disabled()
    await ann.ok("session:leave", room.id)
    await expect(gus.button("Join now")).to_be_enabled()


async def test_a_session_for_accounts_is_joined_after_signing_in(lobby: Lobby, house: House) -> None:
    room, _ = await house.live(title="Parser workshop", kind="coding", requires_approval=False)
    mia = await lobby.host("Mia")
    await mia.button("Account").click()
    await mia.button("Sign out").click()
    await mia.page.goto(f"/join/{room.code}")
    await expect(mia.page.get_by_text("This session is for people with an account")).to_be_visible()
    await mia.link("Sign in to join").click()
    await mia.field("E-mail address or username").fill(mia.email)
    await mia.field("Password").fill(PASSWORD)
    await mia.button("Sign in").click()
    await expect(mia.heading("Parser workshop")).to_be_visible()
    await mia.button("Join now").click()
    await mia.in_the_room()


async def test_what_is_over_says_why_and_asks_for_nothing(lobby: Lobby, house: House) -> None:
    room = await house.room(await house.account("Hana"), title="Board meeting")
    await house.post(f"/sessions/{room.id}/cancel", {"reason": "The hall is flooded."}, room.owner)
    gus = await lobby.visitor("Gus")
    await gus.page.goto(f"/join/{room.code}")
    await expect(gus.text("This session was cancelled: The hall is flooded.")).to_be_visible()
    await expect(gus.field("Your name")).to_have_count(0)
    await gus.button("Use another code").click()
    await expect(gus.field("Session code")).to_be_focused()


async def test_who_was_banned_is_told_at_the_door(lobby: Lobby, house: House) -> None:
    room, host = await house.live(title="Among friends")
    gus = await lobby.visitor("Gus")
    await gus.knock(room.code)
    await gus.in_the_room()
    joined = await host.event("participant:joined", lambda d: d["participant"]["display_name"] == "Gus")
    await host.ok("participant:ban", room.id, participant_id=joined.data["participant"]["id"])
    await expect(gus.heading("You cannot come back to this session")).to_be_visible()
    await gus.page.goto(f"/join/{room.code}")
    await expect(gus.text("A host has banned you from this session.")).to_be_visible()
    await expect(gus.link("Come back into the room")).to_have_count(0)
