"""Those who do not come in, or may not stay, are told so and why."""

import pytest
from playwright.async_api import expect

from tests.browser.lobby import Lobby
from tests.browser.record import facts
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_is_declined_is_told_and_can_be_admitted_after_all(lobby: Lobby) -> None:
    host = await lobby.host("Hana")
    code = await host.start_session("Class", "By invitation")
    guest = await lobby.visitor("Gus")
    await guest.knock(code)
    await host.open("Waiting")
    await host.button("Decline Gus").click()
    await expect(host.text("Nobody is waiting")).to_be_visible()
    await expect(guest.heading("Not this time")).to_be_visible()
    await guest.button("Try again").click()
    await expect(guest.heading("Not this time")).to_be_visible()
    session_id = host.session_id
    await host.page.goto(f"/sessions/{session_id}")
    await host.open("People")
    await host.button("Let back in").click()
    await expect(host.button("Let back in")).to_have_count(0)
    await guest.button("Try again").click()
    await guest.in_the_room()


async def test_who_is_banned_cannot_come_back(lobby: Lobby, house: House) -> None:
    host = await lobby.host("Hana")
    code = await host.start_session("Meeting", "Among friends")
    guest = await lobby.visitor("Gus")
    await guest.knock(code)
    await guest.in_the_room()
    await host.act_on("Gus", "Ban Gus")
    await expect(host.text("Gus was banned")).to_be_visible()
    await expect(guest.heading("You cannot come back to this session")).to_be_visible()
    await expect(guest.button("Try again")).to_have_count(0)
    await guest.page.reload()
    await expect(guest.heading("You cannot come back to this session")).to_be_visible()
    assert len(await facts(house, host.session_id, "participant:banned")) == 1


async def test_a_locked_room_says_so_before_one_asks(lobby: Lobby) -> None:
    host = await lobby.host("Hana")
    code = await host.start_session("Meeting", "Closed doors")
    await host.button("Lock room").click()
    await expect(host.button("Unlock room")).to_be_visible()
    guest = await lobby.visitor("Gus")
    await guest.page.goto(f"/join/{code}")
    await expect(guest.heading("Closed doors")).to_be_visible()
    await expect(guest.button("Join now")).to_be_disabled()
    await host.button("Unlock room").click()
    await guest.page.reload()
    await guest.field("Your name").fill("Gus")
    await guest.button("Join now").click()
    await guest.in_the_room()
