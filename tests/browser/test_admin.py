"""The administration in the browser: who is offered it, and that every page of it can be used by everybody."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.administrators import administrator
from tests.browser.axe import violations
from tests.browser.layout import assert_fits, assert_tables_fit
from tests.browser.lobby import Lobby
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = {
    "users": "People",
    "roles": "Roles",
    "sessions": "Sessions",
    "audit": "Audit",
    "api-keys": "API keys",
}


async def test_only_who_may_is_offered_the_administration(lobby: Lobby, house: House) -> None:
    mia = await lobby.host("Mia")
    await expect(mia.page.get_by_role("link", name="Sessions", exact=True)).to_be_visible()
    await expect(mia.page.get_by_role("link", name="Admin", exact=True)).to_have_count(0)
    await mia.page.goto("/admin/roles")
    await expect(mia.heading("There is nothing here")).to_be_visible()
    root = await administrator(lobby, house)
    await root.page.goto("/")
    await root.page.get_by_role("link", name="Admin", exact=True).click()
    await root.page.get_by_role("navigation", name="Administration").get_by_role("link", name="Roles").click()
    await expect(root.heading("Roles")).to_be_visible()
    await expect(root.page.get_by_role("columnheader", name="Tenant administrator")).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["wide", "narrow"])
async def test_every_page_fits_and_axe_finds_nothing(
    lobby: Lobby, house: House, size: tuple[int, int]
) -> None:
    root = await administrator(lobby, house, "Maximiliane Hohenstein", size=size, bypass_csp=True)
    await house.live(title="An introduction to probability for everybody who has never counted " + "x" * 50)
    for path, name in PAGES.items():
        await root.page.goto(f"/admin/{path}")
        await expect(root.heading(name)).to_be_visible()
        await root.page.wait_for_load_state("networkidle")
        await assert_fits(root.page)
        await assert_tables_fit(root.page)
        assert await violations(root.page) == [], path


async def test_a_running_session_of_somebody_else_is_found_and_ended(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house)
    title = f"Algebra {uuid4().hex[:8]}"
    room, _ = await house.live(title=title)
    await root.page.goto("/admin/sessions")
    await root.field("Search sessions").fill(title)
    rows = root.page.get_by_role("table").get_by_role("row")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(1).get_by_text("Live")).to_be_visible()
    await root.button(f"End session: {title}").click()
    await (
        root.page.get_by_role("dialog", name=f"End {title} for everyone?")
        .get_by_role("button", name="End session")
        .click()
    )
    await expect(rows.nth(1).get_by_text("Ended")).to_be_visible()
    await root.page.get_by_role("link", name=title).click()
    await expect(root.page).to_have_url(re.compile(f"/sessions/{room.id}$"))
