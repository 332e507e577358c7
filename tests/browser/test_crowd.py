"""A full house: one browser among sixty people, and a line of twenty at the door."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor
from tests.realtime.house import House, Room

pytestmark = pytest.mark.asyncio(loop_scope="session")

INSIDE, IN_LINE = 39, 20
AT_ONCE = 10


async def come(house: House, room: Room, numbers: range) -> None:
    """Guests come by socket, ten at a time: into the room, or to its door."""
    door = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with door:
            guest = await house.guest(room, f"Guest {number:02}")
            await (await house.client(guest)).join(room.id)

    await asyncio.gather(*(one(number) for number in numbers))


async def everybody_listed(person: Visitor) -> list[str]:
    """The names in the list of people, read by scrolling through it as a person would."""
    people = person.page.get_by_role("list", name="People", exact=True)
    names: dict[str, None] = {}
    for place in range(0, 80 * 48, 480):
        await people.locator("..").evaluate("(box, top) => box.scrollTo(0, top)", place)
        await expect(people.get_by_role("listitem").first).to_be_visible()
        for text in await people.get_by_text(re.compile(r"^Guest \d\d$")).all_text_contents():
            names[text] = None
    return list(names)


async def test_sixty_people_and_a_line_at_the_door(lobby: Lobby, house: House) -> None:
    host = await lobby.host("Hana")
    code = await host.start_session("Class", "Everybody", without=("Waiting room",))
    room = Room(host.session_id, code, await house.account("Nobody"))
    await come(house, room, range(INSIDE))
    await expect(host.tab("People")).to_have_accessible_description(f"{INSIDE + 1} people")
    await host.page.goto(f"/sessions/{room.id}/edit")
    await host.page.get_by_text("People and access", exact=True).click()
    await host.page.get_by_role("switch", name="Waiting room", exact=True).check()
    await host.button("Save changes").click()
    await expect(host.link("Open room")).to_be_visible()
    await come(house, room, range(INSIDE, INSIDE + IN_LINE))
    await host.link("Open room").click()
    await host.open("Waiting")
    await expect(host.text(f"{IN_LINE} people are waiting")).to_be_visible()
    await expect(host.page.get_by_role("button", name=re.compile("^Admit Guest")).first).to_be_visible()
    await host.button("Admit all").click()
    await expect(host.text("Nobody is waiting")).to_be_visible()
    for client in house.clients[-IN_LINE:]:
        await client.event("participant:approved")
        await client.join(room.id)
    await expect(host.tab("People")).to_have_accessible_description("60 people")
    await host.open("People")
    assert await everybody_listed(host) == [f"Guest {n:02}" for n in range(INSIDE + IN_LINE)]
    await assert_fits(host.page)
    await host.field("Search people").fill("Guest 41")
    await expect(host.row("Guest 41")).to_be_visible()
    await expect(host.row("Guest 42")).to_have_count(0)


async def test_no_tile_of_the_audience_is_cut_off(lobby: Lobby, house: House) -> None:
    host = await lobby.host("Hana")
    code = await host.start_session("Class", "Algebra", without=("Waiting room",))
    room = Room(host.session_id, code, await house.account("Nobody"))
    await come(house, room, range(30))
    await expect(host.tab("People")).to_have_accessible_description("31 people")
    tiles = host.page.get_by_role("list", name="Everyone", exact=True).get_by_role("listitem")
    # The window by which the stage has two rows, one row, and three columns.
    for width, height, shown in ((1000, 700, 10), (1280, 480, 7), (360, 740, 6)):
        await host.page.set_viewport_size({"width": width, "height": height})
        await expect(tiles).to_have_count(shown)
        await expect(tiles.last).to_contain_text(f"+{30 - shown + 1}")
        for place in (0, shown - 1):
            await expect(tiles.nth(place)).to_be_in_viewport(ratio=1)
