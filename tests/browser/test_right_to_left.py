"""In the language for tests: written from right to left, and every word of ours in brackets."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

SPEAK: Final = 'localStorage.setItem("convene:language", "ar-XB");'
SIZES: Final = {"wide": (1280, 800), "narrow": (360, 740)}
TITLE: Final = "Abc 1"
MESSAGE: Final = "Xyz 2"
QUESTION: Final = "Qrs 3"

# What can be read or heard: texts that are shown, and names and hints of what is shown. Keys are called as on the
# keyboard, and languages by their own names.
READABLE: Final = """() => {
    const isForeign = (each) => each.closest("kbd, script, style, noscript, option[lang], body [lang]") !== null;
    const all = [...document.querySelectorAll("body, body *")];
    const shown = all.filter((each) => each.checkVisibility() && !isForeign(each));
    const texts = shown.flatMap((each) => [...each.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE));
    const hints = ["aria-label", "aria-description", "title", "placeholder", "alt", "data-tip"];
    return [
        document.title,
        ...texts.map((node) => node.data),
        ...shown.flatMap((each) => hints.map((hint) => each.getAttribute(hint) ?? "")),
    ];
}"""
BRACKETED: Final = re.compile("\u2067\\[[^\u2067\u2069]*\\]\u2069")
ENGLISH: Final = re.compile("[A-Za-z]{2,}")


# What the owner of a site calls it.
SITE = "Convene"


def left_in_english(text: str, known: list[str]) -> str | None:
    """What is neither from the catalogue nor said by a person, if there is anything."""
    while BRACKETED.search(text):
        text = BRACKETED.sub("", text)
    for each in (SITE, *known):
        text = text.replace(each, "")
    return text.strip() if ENGLISH.search(text) else None


@dataclass
class Walk:
    """Looks at one page after the other at both sizes; pictures of all are left in a folder to look at."""

    visitor: Visitor
    folder: Path
    known: list[str] = field(default_factory=list)

    async def go(self, name: str, path: str) -> None:
        for size, (width, height) in SIZES.items():
            await self.visitor.page.set_viewport_size({"width": width, "height": height})
            await self.visitor.page.goto(path)
            await expect(self.visitor.page.locator("h1").first).to_be_visible()
            await self.visitor.page.wait_for_load_state("networkidle")
            await self.look(f"{name}-{size}")

    async def look(self, name: str) -> None:
        page = self.visitor.page
        await page.screenshot(path=self.folder / f"{name}.png", full_page=True, animations="disabled")
        assert await page.locator("html").get_attribute("dir") == "rtl"
        texts = await page.evaluate(READABLE)
        missed = [left_in_english(text, self.known) for text in texts]
        assert [each for each in missed if each] == [], name
        await assert_fits(page)

    async def open_tabs(self, name: str) -> None:
        tabs = self.visitor.page.get_by_role("tab")
        for number in range(await tabs.count()):
            await tabs.nth(number).click()
            await expect(tabs.nth(number)).to_have_attribute("aria-selected", "true")
            await self.visitor.page.wait_for_load_state("networkidle")
            await self.look(f"{name}-{number}")


async def speak_from_right_to_left(visitor: Visitor) -> Page:
    await visitor.context.add_init_script(SPEAK)
    return visitor.page


async def test_pages_for_everybody(lobby: Lobby, tmp_path: Path) -> None:
    host = await lobby.host("Hana")
    code = await host.start_session("Class", TITLE)
    visitor = await lobby.visitor("Gus")
    await speak_from_right_to_left(visitor)
    walk = Walk(visitor, tmp_path, [TITLE, "Hana", "Gus", code, "K7MPQ2"])
    for name, path in (
        ("home", "/"),
        ("sign-in", "/sign-in"),
        ("register", "/register"),
        ("forgot", "/forgot-password"),
        ("join-empty", "/join"),
        ("join", f"/join/{code}"),
        ("not-found", "/nowhere"),
    ):
        await walk.go(name, path)
    page = visitor.page
    await page.goto(f"/join/{code}")
    await page.locator("input[autocomplete=name]").fill("Gus")
    await page.locator("main button[type=submit]").last.click()
    await expect(page).to_have_url(re.compile("/room/"))
    await expect(page.locator("h1")).to_be_visible()
    await walk.look("waiting")


async def test_pages_of_members(lobby: Lobby, tmp_path: Path) -> None:
    host = await lobby.host("Hana")
    code = await host.start_session("Class", TITLE)
    session = host.session_id
    await speak_from_right_to_left(host)
    walk = Walk(host, tmp_path, [TITLE, "Hana", code, "K7MPQ2", host.email, "pt-BR", "UTC"])
    for name, path in (
        ("home", "/"),
        ("sessions", "/sessions"),
        ("month", "/sessions?view=month"),
        ("week", "/sessions?view=week"),
        ("create", "/sessions/new"),
        ("edit", f"/sessions/{session}/edit"),
        ("account", "/account"),
        ("preferences", "/account/preferences"),
        ("security", "/account/security"),
        ("notifications", "/account/notifications"),
        ("privacy", "/account/privacy"),
        ("replay", f"/sessions/{session}/replay"),
        ("history", f"/sessions/{session}"),
    ):
        await walk.go(name, path)
    await walk.open_tabs("history-tab")


async def test_a_room(lobby: Lobby, tmp_path: Path) -> None:
    host = await lobby.host("Hana")
    code = await host.start_session("Class", TITLE)
    guest = await lobby.visitor("Gus")
    await guest.knock(code)
    await host.admit("Gus")
    await guest.in_the_room()
    await host.open("Chat")
    await host.say(MESSAGE)
    other = await lobby.visitor("Kim")
    await other.knock(code)
    await speak_from_right_to_left(host)
    walk = Walk(host, tmp_path, [TITLE, MESSAGE, QUESTION, "Hana", "Gus", "Kim", code])
    for size, (width, height) in SIZES.items():
        await host.page.set_viewport_size({"width": width, "height": height})
        await host.page.reload()
        await expect(host.page.locator(".controls")).to_be_visible()
        await walk.look(f"room-{size}")
        if size == "narrow":
            await host.page.locator(".controls .control-spot button").last.click()
        await walk.open_tabs(f"room-{size}")
        await host.page.keyboard.press("Escape")
    await expect(host.page.locator(".controls .leave")).to_be_in_viewport(ratio=1)
