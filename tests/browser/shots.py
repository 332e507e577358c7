"""Pictures of every page into shots/: wide and narrow, light, dark and in high contrast, with 1 to 200 in the room.

`python -m tests.browser.shots` or `make shots`. They are for people to look at; nothing is compared.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from playwright.async_api import expect
from sqlmodel import select

from models.identity.assignments import give_role
from models.identity.system_roles import SUPER_ADMIN
from models.identity.tables import User
from models.transaction import Origin
from tests.browser.lobby import Lobby, open_browser
from tests.browser.shot_people import LINES, NAMES, SESSIONS
from tests.browser.visitor import PASSWORD, Visitor
from tests.realtime.client import Json
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person, Room
from tests.realtime.site import serving

FOLDER: Final = Path(__file__).parents[2] / "shots"
SIZES: Final = {"wide": (1280, 800), "narrow": (360, 740)}
LOOKS: Final[dict[str, tuple[Literal["light", "dark"], Literal["no-preference", "more"]]]] = {
    "light": ("light", "no-preference"),
    "dark": ("dark", "no-preference"),
    "contrast": ("light", "more"),
}
PUBLIC: Final = {
    "home-open": "/",
    "sign-in": "/sign-in",
    "register": "/register",
    "forgot-password": "/forgot-password",
    "reset-password": "/reset-password#token",
    "confirm-registration": "/confirm-registration#token",
    "confirm-email": "/confirm-email#token",
    "join-empty": "/join",
}
USUAL_SEATS: Final = 100
TABS: Final = ("People", "Chat", "Waiting", "Polls")


@dataclass(frozen=True)
class Studio:
    """Where the pictures are made: a host with a token for what nobody needs to see being clicked."""

    house: House
    lobby: Lobby
    host: Visitor
    owner: Person

    async def picture(self, visitor: Visitor, name: str) -> None:
        """The page as it is, in every look at the present size."""
        width = (visitor.page.viewport_size or {"width": 0})["width"]
        size = next(size for size, (wide, _) in SIZES.items() if wide == width)
        for look, (scheme, contrast) in LOOKS.items():
            await visitor.page.emulate_media(color_scheme=scheme, contrast=contrast, reduced_motion="reduce")
            path = FOLDER / f"{name}-{size}-{look}.png"
            await visitor.page.screenshot(path=path, animations="disabled")

    async def pictures(self, visitor: Visitor, name: str, path: str) -> None:
        """A page of the site, in every size."""
        for width, height in SIZES.values():
            await visitor.page.set_viewport_size({"width": width, "height": height})
            await visitor.page.goto(path)
            await expect(visitor.page.get_by_role("main")).to_be_visible()
            await visitor.page.wait_for_load_state("networkidle")
            # As high as the page is, so that what sticks to the window's edge does not lie across its middle.
            whole: int = await visitor.page.evaluate("() => document.documentElement.scrollHeight")
            await visitor.page.set_viewport_size({"width": width, "height": max(height, whole)})
            await self.picture(visitor, name)

    async def room(self, kind: str, title: str, people: int, waiting: int = 0) -> Room:
        """A running session of the host with so many people in it, and so many at its door."""
        about: Json = {"title": title, "kind": kind, "status": "scheduled"}
        if people > USUAL_SEATS:
            about["max_participants"] = people
        made = await self.house.post("/sessions", about, self.owner)
        room = Room(made["id"], made["code"], self.owner)
        socket = await self.house.client(self.owner)
        await socket.join(str(room.code))
        await socket.ok("session:start", room.id)
        for name in NAMES[: people - 1]:
            guest = await self.house.guest(room, name)
            if kind == "class":
                await socket.ok("participant:approve", room.id, participant_id=guest.participant_id)
            await (await self.house.client(guest)).join(room.code)
        if people > 1:
            await self._talk(room)
        for name in NAMES[people - 1 : people - 1 + waiting]:
            await self.house.guest(room, name)
        return room

    async def _talk(self, room: Room) -> None:
        await self.house.clients[0].ok("participant:unmute_all", room.id)
        speakers = self.house.clients[-4:]
        for number, line in enumerate(LINES):
            await speakers[number % len(speakers)].ok("chat:send", room.id, text=line)
        for speaker in speakers[:2]:
            await speaker.ok("participant:raise_hand", room.id)


async def show_room(studio: Studio, room: Room, name: str, tabs: tuple[str, ...]) -> None:
    """The host's view of a room: with the stage alone where the panel would cover it, and each part of the panel."""
    host = studio.host
    for size, (width, height) in SIZES.items():
        await host.page.set_viewport_size({"width": width, "height": height})
        await host.page.goto(f"/room/{room.id}")
        await host.in_the_room()
        if size == "narrow":
            await studio.picture(host, name)
            await host.button("Chat").click()
        for tab in tabs:
            await host.open(tab)
            await studio.picture(host, f"{name}-{tab.lower()}")


async def show_public_pages(studio: Studio, room: Room) -> None:
    visitor = await studio.lobby.visitor("Gus")
    for name, path in PUBLIC.items():
        await studio.pictures(visitor, name, path)
    await studio.pictures(visitor, "not-found", "/nowhere")
    await studio.pictures(visitor, "join", f"/join/{room.code}")
    await visitor.knock(room.code)
    await expect(visitor.heading("You are in the waiting room")).to_be_visible()
    await studio.pictures(visitor, "waiting-room", f"/room/{room.id}")


async def show_own_pages(studio: Studio, room: Room) -> None:
    for about in SESSIONS:
        await studio.house.post("/sessions", dict(about), studio.owner)
    for name, path in (
        ("home", "/"),
        ("sessions", "/sessions"),
        ("sessions-month", "/sessions?view=month"),
        ("sessions-week", "/sessions?view=week"),
        ("new-session", "/sessions/new"),
        ("session-ready", f"/sessions/{room.id}/ready"),
        ("edit-session", f"/sessions/{room.id}/edit"),
        ("history", f"/sessions/{room.id}"),
        ("profile", "/account/profile"),
        ("preferences", "/account/preferences"),
        ("notifications", "/account/notifications"),
        ("security", "/account/security"),
        ("keys", "/account/keys"),
        ("privacy", "/account/privacy"),
    ):
        await studio.pictures(studio.host, name, path)


async def show_administration(studio: Studio) -> None:
    """Every page that somebody who may do everything is offered."""
    async with studio.house.context.transaction(Origin()) as tx:
        user = (await tx.db.exec(select(User).where(User.email == studio.host.email))).one()
        await give_role(tx, user, SUPER_ADMIN)
    page = studio.host.page
    await page.goto("/admin")
    await expect(page.get_by_role("main")).to_be_visible()
    links = page.get_by_role("navigation", name="Administration").get_by_role("link")
    await expect(links.first).to_be_visible()
    for path in [await link.get_attribute("href") for link in await links.all()]:
        assert path is not None
        await studio.pictures(studio.host, path.strip("/").replace("/", "-"), path)


async def show_sheets(studio: Studio) -> None:
    """What opens over the pages of the administration."""
    host = studio.host
    for name, path, opener in (
        ("admin-user", "/admin/users", host.link(host.name)),
        ("admin-role", "/admin/roles", host.button("New role")),
        ("admin-act", "/admin/audit", host.button("Signed in").first),
        ("admin-key", "/admin/api-keys", host.button("New key")),
        ("admin-tenant", "/admin/tenants", host.button("New organisation")),
    ):
        for width, height in SIZES.values():
            await host.page.set_viewport_size({"width": width, "height": height})
            await host.page.goto(path)
            await opener.click()
            await expect(host.dialog).to_be_visible()
            await host.page.wait_for_load_state("networkidle")
            await studio.picture(host, name)


async def show_acting(studio: Studio) -> None:
    """A super administrator in another organisation."""
    page = studio.host.page
    tenant: Json = {"slug": "north-school", "name": "North School", "admin_email": "nora@north.example"}
    made = await studio.house.post("/tenants", tenant, studio.owner)
    path = f"/tenants/{made['tenant']['id']}"
    await studio.house.request("PATCH", path, {"accent": "#7a3fb8"}, studio.owner)
    await page.goto("/admin/tenants")
    await page.get_by_role("button", name="Actions for North School").click()
    await page.get_by_role("menuitem", name="Act in this organisation").click()
    await expect(page.get_by_role("button", name="Leave North School")).to_be_visible()
    await studio.pictures(studio.host, "acting-settings", "/admin/settings")
    await studio.pictures(studio.host, "acting-elsewhere", "/sessions")
    await page.get_by_role("button", name="Leave North School").click()


async def show_moments(studio: Studio, room: Room) -> None:
    """What comes up in a room: a menu, a question, a recording, the end."""
    host = studio.host
    for width, height in SIZES.values():
        await host.page.set_viewport_size({"width": width, "height": height})
        await host.page.goto(f"/room/{room.id}")
        await host.in_the_room()
        if width < 500:
            await host.button("People").click()
        await host.open("People")
        await host.button(f"Actions for {NAMES[0]}").click()
        await studio.picture(host, "person-menu")
        await host.page.get_by_role("menuitem", name="Remove with a reason…").click()
        await studio.picture(host, "remove-dialog")
        await host.button("Cancel").click()
    socket = await studio.house.client(studio.owner)
    await socket.join(room.code)
    await socket.ok("recording:start", room.id)
    await show_room(studio, room, "room-recording", ("Chat",))
    await socket.ok("session:pause", room.id)
    await show_room(studio, room, "room-paused", ("People",))
    await socket.ok("session:resume", room.id)
    await socket.ok("session:end", room.id)
    await expect(host.heading("The session has ended")).to_be_visible()
    for width, height in SIZES.values():
        await host.page.set_viewport_size({"width": width, "height": height})
        await studio.picture(host, "ended")


async def main() -> None:
    """Makes all pictures anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="convene-shots-") as folder:
        await take_in(f"sqlite:///{Path(folder) / 'convene.db'}")


async def take_in(database_url: str) -> None:
    """Opens a site over an empty database, with a host who is signed in."""
    with serving(database_url, presence_grace_s=600.0, waiting_grace_s=3_600) as site:
        async with open_browser() as browser, open_house(site) as house:
            lobby = Lobby(browser, site.url)
            host = await lobby.host("Hana Okafor")
            signed_in = await house.post("/auth/login", {"email": host.email, "password": PASSWORD})
            await take(Studio(house, lobby, host, Person(host.name, signed_in["access_token"])))
            await lobby.close()


async def take(studio: Studio) -> None:
    alone = await studio.room("meeting", "Planning", 1)
    five = await studio.room("meeting", "Design review", 5)
    crowd = await studio.room("meeting", "All hands", 200)
    lesson = await studio.room("class", "Algebra, week 3", 12, waiting=4)
    await show_public_pages(studio, lesson)
    await show_own_pages(studio, five)
    for name, room in (("room-1", alone), ("room-5", five), ("room-200", crowd)):
        await show_room(studio, room, name, ("People", "Chat"))
    await show_room(studio, lesson, "room-class", TABS)
    await show_moments(studio, five)
    await show_administration(studio)
    await show_sheets(studio)
    await show_acting(studio)


if __name__ == "__main__":
    asyncio.run(main())
