"""The audit and the keys for programs in the browser."""

import re
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import expect

from models.audit.tables import AuditEntry
from tests.audit.trail import until_noted
from tests.browser.administrators import administrator
from tests.browser.axe import violations
from tests.browser.layout import assert_fits, assert_tables_fit
from tests.browser.lobby import Lobby
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_act_is_found_opened_and_taken_out(lobby: Lobby, house: House) -> None:
    name = f"Zed {uuid4().hex[:10]}"
    zed = await house.account(name)
    room = await house.room(zed)
    await house.request("PATCH", f"/sessions/{room.id}", {"title": "Geometry"}, zed)
    root = await administrator(lobby, house, bypass_csp=True)
    await root.page.goto("/admin/audit")
    await root.field("Search the audit").fill(name)
    rows = root.page.get_by_role("table").get_by_role("row")
    await expect(rows).to_have_count(3)
    await expect(root.page).to_have_url(re.compile("q=Zed"))
    await root.button("Changed a session").click()
    sheet = root.page.get_by_role("dialog", name="Changed a session")
    change = sheet.get_by_role("row", name="title")
    await expect(change).to_contain_text("Algebra")
    await expect(change).to_contain_text("Geometry")
    assert await violations(root.page) == []
    await sheet.get_by_role("button", name="Only what they did").click()
    await expect(root.button("Take away: One person")).to_be_visible()
    async with root.page.expect_download() as started:
        await root.button("Export CSV").click()
    path = await (await started.value).path()
    assert path.read_text().count(name) == 2
    await root.page.reload()
    await expect(rows).to_have_count(3)
    await root.button("Take away: One person").click()
    await expect(root.page).not_to_have_url(re.compile("who="))
    await root.field("Search the audit").fill("nothing-that-anybody-did")
    await expect(root.page.get_by_text("Nothing like that was done")).to_be_visible()


async def test_what_was_refused_is_shown_as_refused(lobby: Lobby, house: House) -> None:
    name = f"Mallory {uuid4().hex[:10]}"
    mallory = await house.account(name)
    await house.get("/audit", mallory)
    await until_noted(house.context, AuditEntry.user_id == mallory.user_id)
    root = await administrator(lobby, house, size=(360, 740))
    await root.page.goto(f"/admin/audit?outcome=refused&who={mallory.user_id}")
    row = root.page.get_by_role("row", name="Tried: search audit")
    await expect(row).to_contain_text("Refused")
    await expect(row).to_contain_text(name)
    await assert_fits(root.page)
    await root.button("Tried: search audit").click()
    await expect(root.page.get_by_role("dialog").get_by_text("FORBIDDEN")).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["wide", "narrow"])
async def test_a_session_shows_its_own_acts_in_the_same_table(
    lobby: Lobby, house: House, size: tuple[int, int]
) -> None:
    name = f"Zed {uuid4().hex[:10]}"
    room = await house.room(await house.account(name))
    await house.request("PATCH", f"/sessions/{room.id}", {"title": "Geometry"}, room.owner)
    root = await administrator(lobby, house, size=size, bypass_csp=True)
    await root.page.goto(f"/sessions/{room.id}?tab=audit")
    rows = root.page.get_by_role("table").get_by_role("row")
    await expect(rows).to_have_count(3)
    await root.field("Search the audit").fill("session:updated")
    await expect(rows).to_have_count(2)
    await expect(root.page).to_have_url(re.compile(r"tab=audit&q=session%3Aupdated"))
    await expect(root.button("Export CSV")).to_have_count(0)
    await assert_fits(root.page)
    await root.button("Changed a session").click()
    sheet = root.page.get_by_role("dialog", name="Changed a session")
    await expect(sheet.get_by_role("row", name="title")).to_contain_text("Geometry")
    await expect(sheet.get_by_role("button", name="Only this session")).to_have_count(0)
    assert await violations(root.page) == []
    await sheet.get_by_role("button", name="Only what they did").click()
    await root.page.reload()
    await expect(rows).to_have_count(2)
    await expect(root.tab("Audit")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize(
    ("page", "size"),
    [("/admin/api-keys", (1280, 800)), ("/account/keys", (1280, 800)), ("/account/keys", (360, 740))],
    ids=["everybody's", "one's own", "one's own, narrow"],
)
async def test_a_key_is_made_shown_once_used_and_revoked(
    lobby: Lobby, house: House, page: str, size: tuple[int, int]
) -> None:
    root = await administrator(lobby, house, size=size, bypass_csp=True)
    await root.page.goto(page)
    name = f"Export {uuid4().hex[:8]}"
    await root.page.get_by_role("button", name="New key").first.click()
    dialog = root.page.get_by_role("dialog", name="New key")
    await dialog.get_by_role("textbox", name="Name").fill(name)
    await dialog.get_by_role("checkbox", name="session:view").check()
    assert await violations(root.page) == []
    await dialog.get_by_role("button", name="New key").click()
    made = root.page.get_by_role("dialog", name="The key is made")
    key = await made.get_by_role("group", name="Key").inner_text()
    assert key.startswith("cvk_")
    async with httpx.AsyncClient(base_url=house.site.url) as http:
        headers = {"Authorization": f"Bearer {key}"}
        assert (await http.get("/api/v1/sessions", headers=headers)).status_code == 200
        await made.get_by_role("button", name="I have it").click()
        row = root.page.get_by_role("row", name=name)
        await expect(row).to_contain_text("session:view")
        await expect(root.page.get_by_text(key)).to_have_count(0)
        await assert_fits(root.page)
        await assert_tables_fit(root.page)
        await root.button(f"Revoke {name}").click()
        await root.page.get_by_role("dialog").get_by_role("button", name="Revoke", exact=True).click()
        await expect(row).to_have_count(0)
        assert (await http.get("/api/v1/sessions", headers=headers)).status_code == 401
