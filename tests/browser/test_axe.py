"""Every page under the eyes of axe-core, light and dark: nothing serious, nothing critical."""

from typing import Any, Final

import pytest
from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor
from tests.realtime.house import House, Room

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Axe comes into the page as a script, which the site's own policy would not let in.
OPEN: Final[dict[str, Any]] = {"bypass_csp": True}
NARROW: Final = (360, 740)


async def assert_accessible(visitor: Visitor) -> None:
    found = await violations(visitor.page)
    assert found == [], f"{visitor.page.url}\n" + "\n".join(found)


async def test_the_pages_for_everybody(lobby: Lobby, house: House) -> None:
    room, _ = await house.live(kind="class", title="Algebra")
    visitor = await lobby.visitor("Gus", **OPEN)
    for path, heading in (
        ("/", "Meet, teach, decide together"),
        ("/sign-in", "Welcome back"),
        ("/register", "Create your account"),
        ("/join", "Join a session"),
        (f"/join/{room.code}", "Algebra"),
        (f"/room/{room.id}", "Who are you?"),
        ("/nowhere", "There is nothing here"),
    ):
        await visitor.page.goto(path)
        await expect(visitor.heading(heading)).to_be_visible()
        await assert_accessible(visitor)
    await visitor.page.goto("/register")
    await visitor.button("Create account").click()
    await expect(visitor.text("Enter your name.")).to_be_visible()
    await assert_accessible(visitor)


async def test_the_pages_for_members(lobby: Lobby, house: House) -> None:
    mia = await lobby.host("Mia", **OPEN)
    await mia.page.goto("/sessions")
    await expect(mia.page.get_by_role("main")).to_contain_text("sessions")
    await assert_accessible(mia)
    await mia.start_session("Class", "Algebra, week 3")
    session_id = mia.session_id
    await mia.page.goto("/")
    await mia.button("Account").click()
    await expect(mia.page.get_by_role("link", name="Algebra, week 3").first).to_be_visible()
    await assert_accessible(mia)
    await mia.page.goto("/sessions")
    await expect(mia.page.get_by_role("link", name="Algebra, week 3").first).to_be_visible()
    await assert_accessible(mia)
    for path in ("/sessions/new", f"/sessions/{session_id}/edit"):
        await mia.page.goto(path)
        for fold in ("People and access", "In the room", "Details"):
            await mia.text(fold).click()
        await assert_accessible(mia)


@pytest.mark.parametrize("size", [(1280, 800), NARROW], ids=["wide", "narrow"])
async def test_the_room_of_a_guest(lobby: Lobby, house: House, size: tuple[int, int]) -> None:
    room, host = await house.live(kind="class", title="Algebra")
    guest = await lobby.visitor("Gus", size=size, **OPEN)
    await guest.knock(room.code)
    await expect(guest.text("You are next")).to_be_visible()
    await assert_accessible(guest)
    await host.ok("participant:approve_all", room.id)
    await guest.in_the_room()
    await host.ok("participant:unmute_all", room.id)
    await fill(house, room)
    await guest.button("Raise hand").click()
    await assert_accessible(guest)
    if size == NARROW:
        await guest.button("Chat").click()
    for tab in ("People", "Chat"):
        await guest.open(tab)
        await assert_accessible(guest)
    await host.ok("recording:start", room.id)
    await expect(guest.dialog).to_be_visible()
    await assert_accessible(guest)
    await guest.button("I agree").click()
    await host.ok("session:end", room.id)
    await expect(guest.heading("The session has ended")).to_be_visible()
    await assert_accessible(guest)


async def fill(house: House, room: Room) -> None:
    """A few words and a few people."""
    host = house.clients[0]
    for number in range(4):
        await host.ok("chat:send", room.id, text=f"Line {number}")
        person = await house.guest(room, f"Guest {number}")
        assert person.participant_id is not None
        await host.ok("participant:approve", room.id, participant_id=person.participant_id)
        await (await house.client(person)).join(room.id)


async def test_the_room_of_a_host_and_its_history(lobby: Lobby, house: House) -> None:
    host = await lobby.host("Hana", **OPEN)
    code = await host.start_session("Class", "Algebra")
    room = Room(host.session_id, code, await house.account("Nobody"))
    await assert_accessible(host)
    for name in ("Ann", "Bob"):
        await house.guest(room, name)
    await host.open("Waiting")
    await expect(host.text("2 people are waiting")).to_be_visible()
    await assert_accessible(host)
    await host.button("Admit Ann").click()
    await host.open("Chat")
    await host.say("Good morning")
    await host.button("Start recording").click()
    await assert_accessible(host)
    await host.button("Pause session").click()
    await expect(host.heading("Paused by Hana")).to_be_visible()
    await assert_accessible(host)
    await host.button("Resume session").click()
    await host.button("End session").click()
    await expect(host.dialog).to_be_visible()
    await assert_accessible(host)
    await host.button("End for everyone").click()
    await host.link("See the history").click()
    for tab in ("Timeline", "People", "Chat", "Recordings", "Audit"):
        await host.open(tab)
        shown = host.page.get_by_role("tabpanel")
        await expect(shown.get_by_role("listitem").or_(shown.get_by_role("row")).first).to_be_visible()
        await assert_accessible(host)
