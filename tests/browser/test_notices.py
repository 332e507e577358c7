"""What calls somebody in a room: read out, by a sound, and outside the page; and that it is theirs to turn off."""

import re
from dataclasses import dataclass
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.browser.lobby import Lobby
from tests.browser.visitor import PASSWORD, Visitor
from tests.realtime.client import Client
from tests.realtime.house import House, Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="session")

# A sound is two tones, one after the other.
TONES: Final = 2
QUIET_MS: Final = 3_000
LISTEN: Final = """
    window.tones = 0;
    window.heard = [];
    window.notices = [];
    const { start } = AudioScheduledSourceNode.prototype;
    AudioScheduledSourceNode.prototype.start = function (...when) {
        window.tones += 1;
        return start.apply(this, when);
    };
    window.Notification = class extends Notification {
        constructor(title, options) {
            super(title, options);
            window.notices.push(`${title}: ${options.body}`);
        }
    };
    new MutationObserver(() => {
        for (const line of document.querySelectorAll(".sr-only[role=log] p")) {
            if (!window.heard.includes(line.textContent)) window.heard.push(line.textContent);
        }
    }).observe(document, { childList: true, subtree: true, characterData: true });
"""
LOOK_AWAY: Final = """() => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@dataclass
class Ear:
    """A host in a room who hears what the browser plays and says; the settings are in a tab beside it."""

    host: Visitor
    settings: Page
    house: House
    room: Room
    sounds: int = 0

    async def heard(self, text: str) -> None:
        """Waits until it is read out."""
        await self.host.page.wait_for_function("text => window.heard.includes(text)", arg=text)

    async def sounded(self) -> None:
        """There was one more sound than before. Time goes on until the next one could come."""
        self.sounds += 1
        await self.host.page.wait_for_function("n => window.tones === n", arg=TONES * self.sounds)
        await self.host.page.clock.fast_forward(QUIET_MS)

    async def silent(self) -> None:
        """There was no sound since the last one."""
        assert await self.host.page.evaluate("() => window.tones") == TONES * self.sounds

    async def turn_off(self, setting: str) -> None:
        await self.settings.get_by_role("switch", name=setting, exact=True).uncheck()
        await expect(self.settings.get_by_role("status").filter(has_text="Saved")).to_be_visible()

    async def comes(self, name: str) -> Client:
        """Somebody without an account comes in."""
        client = await self.house.client(await self.house.guest(self.room, name))
        await client.join(self.room.code)
        return client


async def ear(lobby: Lobby, house: House, **fields: object) -> Ear:
    """A host alone in a running session, with everything as it is for a new account."""
    host = await lobby.host("Hana")
    signed_in = await house.post("/auth/login", {"email": host.email, "password": PASSWORD})
    owner = Person(host.name, signed_in["access_token"])
    made = await house.post(
        "/sessions", {"title": "Plenum", "kind": "meeting", "status": "scheduled", **fields}, owner
    )
    room = Room(made["id"], made["code"], owner)
    await house.post(f"/sessions/{room.id}/start", {}, owner)
    await host.context.add_init_script(LISTEN)
    await host.context.grant_permissions(["notifications"])
    await host.page.clock.install()
    await host.page.goto(f"/room/{room.id}")
    await host.in_the_room()
    settings = await host.context.new_page()
    await settings.goto("/account/notifications")
    await expect(settings.get_by_role("switch", name="Sounds", exact=True)).to_be_checked()
    return Ear(host, settings, house, room)


async def test_who_comes_asks_and_writes_is_read_out_and_heard(lobby: Lobby, house: House) -> None:
    ear_of = await ear(lobby, house)
    host = ear_of.host
    await host.open("People")
    gus = await ear_of.comes("Gus")
    await ear_of.heard("Gus joined")
    await ear_of.sounded()
    await gus.ok("participant:raise_hand", ear_of.room.id)
    await ear_of.heard("Gus raised a hand")
    await ear_of.sounded()
    await gus.ok("chat:send", ear_of.room.id, text="Hello")
    await ear_of.heard("New message from Gus")
    await ear_of.sounded()
    await expect(host.page.get_by_role("tab", name=re.compile("^Chat"))).to_contain_text("1")
    # What one sees come needs no sound.
    await host.page.get_by_role("tab", name=re.compile("^Chat")).click()
    await gus.ok("chat:send", ear_of.room.id, text="Can you read me?")
    await ear_of.heard("Gus: Can you read me?")
    await ear_of.silent()
    await gus.ok("session:leave", ear_of.room.id)
    await ear_of.heard("Gus left")
    await ear_of.silent()


async def test_what_is_turned_off_in_another_tab_is_not_told(lobby: Lobby, house: House) -> None:
    ear_of = await ear(lobby, house)
    host, room = ear_of.host, ear_of.room
    await ear_of.turn_off("People coming and going")
    gus = await ear_of.comes("Gus")
    await expect(host.row("Gus")).to_be_visible()
    await ear_of.silent()
    await ear_of.turn_off("Raised hands")
    await gus.ok("participant:raise_hand", room.id)
    await expect(host.row("Gus").get_by_role("button", name="Lower the hand of Gus")).to_be_visible()
    await ear_of.silent()
    await ear_of.settings.get_by_role("radiogroup", name="Messages").get_by_role("radio", name="None").check()
    await expect(ear_of.settings.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    await gus.ok("chat:send", room.id, text="Hello")
    await expect(host.page.get_by_role("tab", name=re.compile("^Chat"))).to_contain_text("1")
    await ear_of.silent()
    assert await host.page.evaluate("() => window.heard") == []


async def test_without_sounds_it_is_still_read_out(lobby: Lobby, house: House) -> None:
    ear_of = await ear(lobby, house)
    await ear_of.turn_off("Sounds")
    await ear_of.comes("Gus")
    await ear_of.heard("Gus joined")
    await ear_of.silent()


async def test_who_looks_elsewhere_is_told_by_the_browser_if_they_allowed_it(
    lobby: Lobby, house: House
) -> None:
    ear_of = await ear(lobby, house, kind="class")
    host, page = ear_of.host, ear_of.host.page
    notices = "() => window.notices"
    await house.guest(ear_of.room, "Ann")
    await ear_of.heard("Ann is waiting")
    await ear_of.sounded()
    assert await page.evaluate(notices) == []
    await page.evaluate(LOOK_AWAY)
    await house.guest(ear_of.room, "Ben")
    await ear_of.heard("Ben is waiting")
    assert await page.evaluate(notices) == []
    await ear_of.settings.get_by_role("switch", name="Browser notifications", exact=True).check()
    await expect(ear_of.settings.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    await house.guest(ear_of.room, "Cem")
    await page.wait_for_function("() => window.notices.length > 0")
    assert await page.evaluate(notices) == ["Plenum: Cem is waiting"]
    await expect(host.page).to_have_title(re.compile("Plenum"))
