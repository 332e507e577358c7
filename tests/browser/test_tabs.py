"""Two tabs of one person are one participant."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.lobby import Lobby
from tests.browser.record import facts
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def quick_house(sqlite_site: Site) -> AsyncIterator[House]:
    """A site that takes a lost link for a leave after two seconds."""
    async with open_house(sqlite_site) as house:
        yield house


async def test_who_closes_one_of_two_tabs_stays(browser: Browser, quick_house: House) -> None:
    lobby = Lobby(browser, quick_house.site.url)
    room, host = await quick_house.live()
    await host.event("session:started")
    mia = await lobby.host("Mia")
    await mia.page.goto(f"/room/{room.id}")
    await mia.in_the_room()
    second = await mia.context.new_page()
    await second.goto(f"/room/{room.id}")
    await expect(second.get_by_role("tab", name="People")).to_have_accessible_description("2 people")
    await second.close()
    # Somebody whose link is lost after that is gone by the time that Mia would have been.
    passing, passing_id = await quick_house.member(room, "Pia")
    await passing.vanish()
    await host.event("participant:left", lambda data: data["participant_id"] == str(passing_id))
    await mia.open("Chat")
    await mia.say("Still here")
    await host.event("chat:sent", lambda data: data["message"]["text"] == "Still here")
    joined = [
        fact.data["participant"]["id"] for fact in await facts(quick_house, room.id, "participant:joined")
    ]
    left = [fact.data["participant_id"] for fact in await facts(quick_house, room.id, "participant:left")]
    assert len(joined) == len(set(joined)) == 3
    assert left == [str(passing_id)]
    assert await lobby.close() == []


async def test_who_leaves_in_one_of_two_tabs_stays_in_the_other(lobby: Lobby, house: House) -> None:
    room, _ = await house.live()
    mia = await lobby.host("Mia")
    await mia.page.goto(f"/room/{room.id}")
    await mia.in_the_room()
    second = await mia.context.new_page()
    await second.goto(f"/room/{room.id}")
    await second.get_by_role("button", name="Leave", exact=True).click()
    await expect(second.get_by_role("heading", name="You have left")).to_be_visible()
    await mia.open("Chat")
    await mia.say("Still here")
    await expect(mia.chat.get_by_text("Sending…")).to_have_count(0)
    await expect(mia.message("Still here")).to_be_visible()
    assert await facts(house, room.id, "participant:left") == []


async def test_signing_out_in_one_tab_signs_out_the_other(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    second = await mia.context.new_page()
    await second.goto("/sessions")
    await expect(second.get_by_role("heading", name="Sessions", exact=True)).to_be_visible()
    await mia.button("Account").click()
    await mia.button("Sign out").click()
    await expect(mia.link("Sign in")).to_be_visible()
    await expect(second.get_by_role("heading", name="Welcome back")).to_be_visible()
