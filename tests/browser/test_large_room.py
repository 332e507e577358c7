"""A room that is too large to be told everybody: the stage, the count, and the others page by page."""

from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor
from tests.realtime.client import Client
from tests.realtime.house import House, Room
from tests.realtime.site import Site, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

LIMIT, GUESTS = 6, 60


@pytest.fixture(scope="module")
def browser_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site on which few people make a large room."""
    url = f"sqlite:///{tmp_path_factory.mktemp('large') / 'convene.db'}"
    with serving(url, presence_grace_s=30.0, roster_limit=LIMIT) as site:
        yield site


async def come(house: House, room: Room, number: int) -> Client:
    guest = await house.guest(room, f"Guest {number:02}")
    client = await house.client(guest)
    await client.join(room.id)
    return client


async def enter_large(lobby: Lobby, house: House) -> tuple[Visitor, Room, list[Client]]:
    """A host in a room of sixty, which is ten times what its roster tells."""
    host = await lobby.host("Hana")
    code = await host.start_session("Meeting", "Everybody", without=("Waiting room",))
    room = Room(host.session_id, code, await house.account("Nobody"))
    clients = [await come(house, room, number) for number in range(GUESTS)]
    await expect(host.tab("People")).to_have_accessible_description(f"{GUESTS + 1} people")
    return host, room, clients


async def test_a_large_room_shows_its_stage_and_finds_anybody(lobby: Lobby, house: House) -> None:
    host, room, clients = await enter_large(lobby, house)
    people = host.page.get_by_role("list", name="People", exact=True)
    await host.open("People")
    # The host by the summary; the others by the first page of those that are fetched.
    await expect(people.get_by_text("Hana (you)").first).to_be_visible()
    await expect(people.get_by_text("Guest 03", exact=True)).to_be_visible()
    await clients[42].ok("participant:raise_hand", room.id)
    await expect(people.get_by_role("heading", name="Raised hands 1")).to_be_visible()
    await expect(people.get_by_text("Guest 42", exact=True)).to_be_visible()
    await host.page.get_by_role("searchbox").fill("guest 57")
    await expect(people.get_by_text("Guest 57", exact=True)).to_be_visible()
    await expect(people.get_by_text("Guest 03", exact=True)).to_have_count(0)
    await host.act_at_once("Mute Guest 57")
    await clients[57].event("participant:muted")
    await expect(host.row("Guest 57")).to_contain_text("Muted")
    await host.page.get_by_role("searchbox").fill("")
    await host.page.get_by_role("button", name="Next page").click()
    await expect(people.get_by_text("Guest 55", exact=True)).to_be_visible()


async def test_somebody_among_many_knows_of_themselves(lobby: Lobby, house: House) -> None:
    host, room, _ = await enter_large(lobby, house)
    guest = await lobby.visitor("Vera")
    await guest.knock(room.code)
    await expect(guest.tab("People")).to_have_accessible_description(f"{GUESTS + 2} people")
    await guest.button("Raise hand").click()
    await expect(guest.button("Lower hand")).to_be_visible()
    await guest.button("Lower hand").click()
    await expect(guest.button("Raise hand")).to_be_visible()
    await host.open("People")
    await host.page.get_by_role("searchbox").fill("Vera")
    await host.act_at_once("Mute Vera")
    await expect(guest.page.get_by_text("muted you.").first).to_be_visible()


async def test_who_comes_while_one_looks_is_counted(lobby: Lobby, house: House) -> None:
    host, room, _ = await enter_large(lobby, house)
    people = host.page.get_by_role("list", name="People", exact=True)
    await host.open("People")
    await expect(people.get_by_role("heading", name=f"Everyone {GUESTS + 1}")).to_be_visible()
    await come(house, room, GUESTS)
    await expect(people.get_by_role("heading", name=f"Everyone {GUESTS + 2}")).to_be_visible()
