"""The first page: for strangers, for a newcomer, and for somebody with sessions."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect

from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import PASSWORD
from tests.realtime.house import House, Person

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_newcomer_is_told_what_to_do(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    await expect(mia.text("No sessions yet")).to_be_visible()
    await mia.page.get_by_role("main").get_by_role("link", name="New session").last.click()
    await expect(mia.page).to_have_url("/sessions/new")


async def test_what_runs_and_what_comes_is_first(lobby: Lobby, house: House) -> None:
    mia = await lobby.host("Mia", timezone_id="UTC")
    signed_in = await house.post("/auth/login", {"email": mia.email, "password": PASSWORD})
    owner = Person(mia.name, signed_in["access_token"])
    soon = datetime.now(UTC) + timedelta(days=3)
    planned = {
        "title": "In three days",
        "kind": "class",
        "status": "scheduled",
        "start_time": soon.isoformat(),
    }
    await house.post("/sessions", planned, owner)
    await mia.start_session("Meeting", "Running now")
    await mia.page.goto("/")
    live = mia.page.get_by_role("list", name="Live now")
    await expect(live.get_by_role("link", name="Running now", exact=True)).to_be_visible()
    await expect(mia.page.get_by_role("list", name="Coming up")).to_contain_text("In three days")
    await expect(mia.page.get_by_role("list", name="Recent")).to_have_count(0)


async def test_a_code_says_at_once_what_it_leads_to(lobby: Lobby, house: House) -> None:
    room, _ = await house.live(title="Open to all")
    gus = await lobby.visitor("Gus", size=(360, 740))
    await gus.page.goto("/")
    await gus.field("Session code").fill(room.code.lower())
    await expect(gus.heading("Open to all")).to_be_visible()
    await assert_fits(gus.page)
    await gus.button("Continue").click()
    await expect(gus.page).to_have_url(f"/join/{room.code}")
