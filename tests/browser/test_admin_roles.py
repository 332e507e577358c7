"""Roles in the browser: the matrix, and a role of the tenant's own from its making to its end."""

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.administrators import administrator
from tests.browser.axe import violations
from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_matrix_shows_every_role_and_what_it_allows(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house)
    await root.page.goto("/admin/roles")
    matrix = root.page.get_by_role("table")
    await expect(matrix.get_by_role("columnheader", name="Tenant administrator")).to_be_visible()
    making = matrix.get_by_role("row", name="Make sessions")
    assert await making.get_by_text("Not allowed", exact=True).count() >= 1
    await root.page.get_by_role("radio", name="In a session").check()
    await expect(matrix.get_by_role("columnheader", name="Observer")).to_be_visible()
    await expect(matrix.get_by_role("row", name="Make sessions")).to_have_count(0)


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["wide", "narrow"])
async def test_a_role_is_made_changed_and_deleted(lobby: Lobby, house: House, size: tuple[int, int]) -> None:
    root = await administrator(lobby, house, size=size, bypass_csp=True)
    name = f"Tutor {uuid4().hex[:6]}"
    await root.page.goto("/admin/roles")
    await root.page.get_by_role("radio", name="In a session").check()
    await root.button("New role").click()
    sheet = root.page.get_by_role("dialog", name="New role")
    await sheet.get_by_role("button", name="Save").click()
    await expect(sheet.get_by_text("Give the role a name.")).to_be_visible()
    await sheet.get_by_label("Name of the role").fill(name)
    await sheet.get_by_label("Stands on").select_option("Moderator")
    await sheet.get_by_role("checkbox", name="Unmute people").check()
    await assert_fits(root.page)
    assert await violations(root.page) == []
    await sheet.get_by_role("button", name="Save").click()
    head = root.page.get_by_role("button", name=f"Change {name}")
    await head.click()
    sheet = root.page.get_by_role("dialog", name=f"Change {name}")
    await expect(sheet.get_by_role("checkbox", name="Unmute people")).to_be_checked()
    await sheet.get_by_role("button", name="Delete", exact=True).click()
    question = root.page.get_by_role("dialog", name=f"Delete {name}?")
    await question.get_by_role("button", name="Delete").click()
    await expect(head).to_have_count(0)
