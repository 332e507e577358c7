"""Whatever people write is shown as they wrote it: nothing runs, and no page loses its shape."""

import pytest
from playwright.async_api import expect

from tests.browser.layout import assert_fits, assert_untouched
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCRIPT = "<script>window.hacked = 1</script>"
IMAGE = '"><img src=x onerror="window.hacked=2">'
NAME = "<b>Mallory</b><img src=x onerror=hacked=3>"
TITLE = f"{SCRIPT} {IMAGE} {'W' * 150}"
TEXTS = (
    SCRIPT,
    IMAGE,
    "javascript:window.hacked=4",
    "[click](javascript:window.hacked=5) <a href='javascript:window.hacked=6'>me</a>",
    "{{constructor.constructor('window.hacked=7')()}} ${window.hacked=8}",
    "\u200f\u05e9\u05dc\u05d5\u05dd\u200f (and back)",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽 é Z̷̧̡a̶l̸g̵o̴",
    "a b\u00a0c\nsecond line\n\n\tthird",
    "W" * 4_000,
)
TURNED = "\u202eback to front"
NARROW = (360, 740)


async def test_hostile_texts_are_texts(lobby: Lobby) -> None:
    host = await lobby.host(NAME, size=NARROW)
    code = await host.start_session("Class", TITLE, without=("Muted on entry",))
    guest = await lobby.visitor(NAME, size=NARROW)
    await knock_and_be_told(guest, host, code)
    await guest.in_the_room()
    session_id = guest.session_id
    await write_and_read(guest, host)
    await see_people(host)
    await host.hide_panel()
    await host.button("More").click()
    await host.button("End session").click()
    await host.button("End for everyone").click()
    await expect(guest.heading("The session has ended")).to_be_visible()
    for path in ("/", "/sessions", f"/sessions/{session_id}"):
        await host.page.goto(path)
        await expect(host.page.get_by_text(SCRIPT).first).to_be_visible()
        await check(host)
    for tab in ("People", "Chat", "Recordings", "Audit"):
        await host.open(tab)
        await expect(host.page.get_by_role("tabpanel").get_by_role("status")).to_have_count(0)
        await check(host)


async def check(*visitors: Visitor) -> None:
    for visitor in visitors:
        await assert_fits(visitor.page)
        await assert_untouched(visitor.page)


async def knock_and_be_told(guest: Visitor, host: Visitor, code: str) -> None:
    await guest.page.goto(f"/join/{code}")
    await expect(guest.heading(TITLE)).to_be_visible()
    await check(guest)
    await guest.field("Your name").fill(NAME)
    await guest.button("Ask to join").click()
    await expect(guest.text("You are next")).to_be_visible()
    await host.button("People").click()
    await host.open("Waiting")
    await host.field("Write to everyone waiting").fill(IMAGE + "W" * 400)
    await host.button("Tell them").click()
    await expect(guest.page.get_by_text(IMAGE + "W")).to_be_visible()
    await check(guest, host)
    await host.button(f"Admit {NAME}").click()


async def write_and_read(guest: Visitor, host: Visitor) -> None:
    await guest.button("Chat").click()
    for text in TEXTS:
        await guest.say(text)
    await host.open("Chat")
    for person in (guest, host):
        await expect(person.chat.get_by_role("article")).to_have_count(len(TEXTS))
        for number, text in enumerate(TEXTS):
            said = person.chat.get_by_role("article").nth(number).get_by_text(text, exact=True)
            assert text == await said.text_content()
        await expect(person.chat.get_by_role("link")).to_have_count(0)
        await check(person)
    await guest.say(TURNED)
    await expect(guest.text("Not sent")).to_be_visible()
    await expect(host.chat.get_by_role("article")).to_have_count(len(TEXTS))


async def see_people(host: Visitor) -> None:
    await host.open("People")
    await expect(host.page.get_by_text(NAME, exact=True).first).to_be_visible()
    # The host, who is called the same, stands above.
    await host.button(f"Actions for {NAME}").last.click()
    await check(host)
    await host.button("Remove with a reason…").click()
    await expect(host.dialog).to_contain_text(f"Send {NAME} out?")
    await check(host)
    await host.button("Cancel").click()
