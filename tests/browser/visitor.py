"""Somebody at a browser: what a person does on the pages, in their words, and what the browser complains about."""

import re
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, WebError, expect

PASSWORD: Final = "correct horse battery"
NETWORK: Final = re.compile(r"net::ERR_|WebSocket (connection to|is closed)|Failed to fetch")
ROOM: Final = re.compile(r"/room/([0-9a-f-]{36})$")
WATCH_POLICY: Final = """
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
        console.error(`policy violated: ${effectiveDirective} by ${blockedURI}`));
"""


@dataclass
class Visitor:
    """One person with a browser of their own. `complaints` are errors of any of its pages, as they come."""

    name: str
    context: BrowserContext
    page: Page
    email: str = ""
    complaints: list[str] = field(default_factory=list)
    forgiven: list[re.Pattern[str]] = field(default_factory=list)

    def watch(self) -> None:
        """Notes what the browser complains about from now on."""
        self.context.on("console", self._hear)
        self.context.on("weberror", self._fail)

    def forgive(self, complaint: re.Pattern[str] = NETWORK) -> None:
        """Takes complaints of this kind for expected: by default those of a link that a test cuts."""
        self.forgiven.append(complaint)

    def unforgiven(self) -> list[str]:
        return [
            each for each in self.complaints if not any(pattern.search(each) for pattern in self.forgiven)
        ]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{self.name}: {message.text}")

    def _fail(self, error: WebError) -> None:
        self.complaints.append(f"{self.name}: {error.error}")

    # What is on the page.

    def button(self, name: str) -> Locator:
        """A button, or what can be chosen from a menu."""
        item = self.page.get_by_role("menuitem", name=name, exact=True)
        return self.page.get_by_role("button", name=name, exact=True).or_(item)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def field(self, name: str) -> Locator:
        return self.page.get_by_label(name, exact=True)

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name, exact=True)

    def text(self, text: str) -> Locator:
        return self.page.get_by_text(text, exact=True)

    def tab(self, name: str) -> Locator:
        return self.page.get_by_role("tab", name=name, exact=True)

    def row(self, name: str) -> Locator:
        """Somebody's line in the list of people."""
        people = self.page.get_by_role("list", name="People", exact=True)
        return people.get_by_role("listitem").filter(has_text=name)

    def message(self, text: str) -> Locator:
        """A message of the chat, or all that read the same."""
        said = self.page.get_by_text(re.compile(rf"^{re.escape(text)}( \(edited\))?$"))
        return self.chat.get_by_role("article").filter(has=said)

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def chat(self) -> Locator:
        return self.page.get_by_role("log", name="Messages")

    @property
    def session_id(self) -> UUID:
        """The session whose room this is."""
        found = ROOM.search(self.page.url)
        assert found is not None, self.page.url
        return UUID(found.group(1))

    # What a person does.

    async def ask_for_account(self, email: str | None = None) -> None:
        """Fills in what registering takes."""
        self.email = email or f"{uuid4().hex}@example.org"
        await self.page.goto("/register")
        await self.field("Your name").fill(self.name)
        await self.field("E-mail address").fill(self.email)
        await self.field("Password").fill(PASSWORD)
        await self.button("Create account").click()

    async def sign_up(self) -> None:
        """Makes an account and is signed in."""
        await self.ask_for_account()
        await expect(self.heading(f"Hello, {self.name}")).to_be_visible()

    async def start_session(self, kind: str, title: str, *, without: tuple[str, ...] = ()) -> str:
        """Starts a session now and is in its room; `without` are settings to turn off. Returns the code."""
        await self.page.goto("/sessions/new")
        await self.page.get_by_role("radio", name=kind, exact=True).check()
        await self.field("Title").fill(title)
        if without:
            await self.page.get_by_text("People and access", exact=True).click()
        for setting in without:
            await self.page.get_by_role("switch", name=setting, exact=True).uncheck()
        await self.button("Start now").click()
        await expect(self.page).to_have_url(ROOM)
        return await self.code()

    async def code(self) -> str:
        """The code that the room shows."""
        name = await self.page.get_by_role("button", name="Copy the link to").get_attribute("aria-label")
        assert name is not None
        return name.removeprefix("Copy the link to ")

    async def knock(self, code: str) -> None:
        """Comes by link, gives a name and asks to come in."""
        await self.page.goto(f"/join/{code}")
        await self.field("Your name").fill(self.name)
        await self.page.get_by_role("button", name=re.compile("^(Ask to join|Join now)$")).click()

    async def open(self, tab: str) -> None:
        """Shows a part of the side panel."""
        await self.tab(tab).click()
        await expect(self.tab(tab)).to_have_attribute("aria-selected", "true")

    async def hide_panel(self) -> None:
        """Takes the sheet away that lies over the stage on a narrow screen."""
        await self.page.get_by_role("complementary").get_by_role("button", name="Close").click()

    async def say(self, text: str) -> None:
        await self.field("Message").fill(text)
        await self.button("Send").click()

    async def admit(self, name: str) -> None:
        await self.open("Waiting")
        await self.button(f"Admit {name}").click()
        await expect(self.button(f"Admit {name}")).to_have_count(0)

    async def act_on(self, name: str, act: str) -> None:
        """Chooses something from a person's menu."""
        await self.open("People")
        await self.button(f"Actions for {name}").click()
        await self.button(act).click()

    async def act_at_once(self, act: str) -> None:
        """Does what stands in somebody's line of the list itself."""
        await self.open("People")
        await self.button(act).click()

    async def act_on_message(self, author: str, text: str, act: str) -> None:
        """Chooses something from a message's menu."""
        await self.message(text).hover()
        await self.button(f"Actions for {author}: {text[:40]}").click()
        await self.button(act).click()

    async def in_the_room(self) -> None:
        """Waits until the room is on the screen."""
        await expect(self.page.get_by_role("region", name="Room controls")).to_be_visible()
