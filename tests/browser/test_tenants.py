"""A tenant in the browser: its look, who may register, invitations, and all tenants for super administrators."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Page, expect

from models.identity.system_roles import SUPER_ADMIN
from models.ids import new_id
from tests.browser.administrators import administrator
from tests.browser.axe import violations
from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


BRAND = "getComputedStyle(document.documentElement).getPropertyValue('--brand').trim()"
PASSWORD = "correct horse battery"


async def make_tenant(page: Page, key: str) -> str:
    """Makes a tenant; the link by which its administrator moves in."""
    await page.goto("/admin/tenants")
    await page.get_by_role("button", name="New organisation").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name", exact=True).fill(f"North {key}")
    await dialog.get_by_label("Short name").fill(f"north-{key}")
    await dialog.get_by_label("E-mail address").fill(f"{key}@north.example")
    await dialog.get_by_role("button", name="New organisation").click()
    link = await page.get_by_label(re.compile("sends no mail")).input_value()
    await expect(page.get_by_role("row", name=re.compile(f"North {key}"))).to_be_visible()
    return link


async def move_in(page: Page, key: str, link: str) -> None:
    """Makes the account that the link invites to."""
    await page.goto(link)
    await expect(page.get_by_text(f"You are invited to North {key}")).to_be_visible()
    await expect(page.get_by_label("E-mail")).to_have_value(f"{key}@north.example")
    await page.get_by_label("Name").fill("Nora")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_role("link", name=f"North {key}")).to_be_visible()


async def dress(page: Page, key: str) -> None:
    """Chooses a colour and a logo."""
    await page.goto("/admin/settings")
    await page.get_by_label("Use a colour").check()
    await page.get_by_label("Accent colour").fill("#aa3366")
    content = BytesIO()
    Image.new("RGB", (480, 120), "#aa3366").save(content, "PNG")
    logo: FilePayload = {"name": "logo.png", "mimeType": "image/png", "buffer": content.getvalue()}
    await page.locator("input[type=file]").set_input_files(logo)
    await expect(page.get_by_role("link").get_by_role("img", name=f"North {key}")).to_be_visible()
    await page.get_by_role("button", name="Save").first.click()
    await expect(page.get_by_text("Saved").first).to_be_visible()
    assert await page.evaluate(BRAND) == "#aa3366"


async def test_a_tenant_is_made_moved_into_and_dressed(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house, role=SUPER_ADMIN)
    key = new_id().hex[-10:]
    link = await make_tenant(root.page, key)
    nora = (await lobby.visitor("Nora")).page
    await move_in(nora, key, link)
    await dress(nora, key)
    # Before anybody has signed in, the address says whose site it is.
    page = (await lobby.visitor("Sid")).page
    await page.goto(f"/sign-in?tenant=north-{key}")
    await expect(page.get_by_role("img", name=f"North {key}")).to_be_visible()
    assert await page.evaluate(BRAND) == "#aa3366"
    await page.get_by_label("E-mail").fill(f"{key}@north.example")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("link", name="Sessions", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["wide", "narrow"])
async def test_the_pages_fit_and_axe_finds_nothing(lobby: Lobby, house: House, size: tuple[int, int]) -> None:
    root = await administrator(lobby, house, role=SUPER_ADMIN, size=size, bypass_csp=True)
    await root.page.goto("/admin/settings")
    await root.page.get_by_label("E-mail address").fill(f"{new_id().hex}@example.org")
    await root.page.get_by_role("button", name="Invite").click()
    await expect(root.page.get_by_label(re.compile("sends no mail"))).to_be_visible()
    for path, name in {"settings": "Settings", "tenants": "Organisations"}.items():
        await root.page.goto(f"/admin/{path}")
        await expect(root.heading(name)).to_be_visible()
        await root.page.wait_for_load_state("networkidle")
        await assert_fits(root.page)
        assert await violations(root.page) == [], path


async def test_another_tenant_is_renamed_and_given_limits(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house, role=SUPER_ADMIN, bypass_csp=True)
    root.forgive(re.compile("409"))
    page, key = root.page, new_id().hex[-10:]
    await make_tenant(page, key)
    await page.get_by_role("button", name=f"Edit North {key}").click()
    dialog = page.get_by_role("dialog", name=f"Edit North {key}")
    await dialog.get_by_label("Name", exact=True).fill(f"South {key}")
    await dialog.get_by_label("Short name").fill("main")
    await dialog.get_by_label("Sessions, made by one person").fill("7")
    assert await violations(page) == []
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_text("already an organisation with this short name")).to_be_visible()
    await dialog.get_by_label("Short name").fill(f"south-{key}")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("row", name=re.compile(f"South {key}"))).to_contain_text(f"south-{key}")
    await page.get_by_role("button", name=f"Edit South {key}").click()
    again = page.get_by_role("dialog", name=f"Edit South {key}")
    await expect(again.get_by_label("Sessions, made by one person")).to_have_value("7")
