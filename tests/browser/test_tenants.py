"""A tenant in the browser: its look, who may register, invitations, and all tenants for super administrators."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Locator, Page, expect

from models.identity.system_roles import SUPER_ADMIN
from models.ids import new_id
from tests.browser.administrators import administrator
from tests.browser.axe import violations
from tests.browser.layout import assert_fits, assert_tables_fit
from tests.browser.lobby import Lobby
from tests.browser.visitor import PASSWORD, Visitor
from tests.realtime.house import House
from tests.tenants.neighbours import add_neighbours

pytestmark = pytest.mark.asyncio(loop_scope="session")


BRAND = "getComputedStyle(document.documentElement).getPropertyValue('--brand').trim()"


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


async def open_menu(page: Page, name: str, act: str) -> None:
    """Chooses something from an organisation's menu in the list of all."""
    await page.get_by_role("button", name=f"Actions for {name}").click()
    await page.get_by_role("menuitem", name=act).click()


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
    await add_neighbours(house, name="The Association for Donaudampfschifffahrtsgesellschaftskapitäne")
    await root.page.goto("/admin/settings")
    await root.page.get_by_label("E-mail address").fill(f"{new_id().hex}@example.org")
    await root.page.get_by_role("button", name="Invite").click()
    await expect(root.page.get_by_label(re.compile("sends no mail"))).to_be_visible()
    for path, name in {"settings": "Settings", "tenants": "Organisations"}.items():
        await root.page.goto(f"/admin/{path}")
        await expect(root.heading(name)).to_be_visible()
        await root.page.wait_for_load_state("networkidle")
        await assert_fits(root.page)
        await assert_tables_fit(root.page)
        assert await violations(root.page) == [], path


async def test_another_tenant_is_renamed_and_given_limits(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house, role=SUPER_ADMIN, bypass_csp=True)
    root.forgive(re.compile("409"))
    page, key = root.page, new_id().hex[-10:]
    await make_tenant(page, key)
    await open_menu(page, f"North {key}", "Edit")
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
    await open_menu(page, f"South {key}", "Edit")
    again = page.get_by_role("dialog", name=f"Edit South {key}")
    await expect(again.get_by_label("Sessions, made by one person")).to_have_value("7")


async def rename(page: Page, bar: Locator, key: str) -> None:
    """Gives another organisation a name, which the bar has from then on. A reload changes nothing."""
    await page.goto("/admin/settings")
    await expect(bar).to_contain_text(f"You act in North {key}")
    await page.get_by_label("Name", exact=True).fill(f"South {key}")
    await page.get_by_role("button", name="Save").first.click()
    await expect(bar).to_contain_text(f"You act in South {key}")


async def assert_other_tab_is_at_home(root: Visitor, key: str) -> None:
    other = await root.context.new_page()
    await other.goto("/admin/settings")
    await expect(other.get_by_label("Name", exact=True)).not_to_have_value(f"South {key}")
    await expect(other.get_by_role("complementary", name="Another organisation")).to_have_count(0)
    await other.close()


async def test_one_acts_in_another_organisation_and_comes_back(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house, role=SUPER_ADMIN, bypass_csp=True)
    page, key = root.page, new_id().hex[-10:]
    link = await make_tenant(page, key)
    nora = (await lobby.visitor("Nora")).page
    await move_in(nora, key, link)
    await dress(nora, key)
    own = await page.evaluate(BRAND)
    await open_menu(page, f"North {key}", "Act in this organisation")
    bar = page.get_by_role("complementary", name="Another organisation")
    await expect(bar).to_contain_text(f"You act in North {key}")
    # Its people, its look, its settings; nothing of one's own rooms.
    await expect(page.get_by_role("link", name="Nora")).to_be_visible()
    await expect(page.get_by_text(root.email)).to_have_count(0)
    await expect(page.get_by_role("link").get_by_role("img", name=f"North {key}")).to_be_visible()
    assert await page.evaluate(BRAND) == "#aa3366"
    await expect(page.get_by_role("link", name="New session")).to_have_count(0)
    assert await violations(page) == []
    await rename(page, bar, key)
    await assert_other_tab_is_at_home(root, key)
    # Where one acts in one's own name, one has to leave first.
    await page.goto("/sessions/new")
    await expect(root.heading("Not while you act in another organisation")).to_be_visible()
    await assert_fits(page)
    await bar.get_by_role("button", name=f"Leave South {key}").click()
    await expect(root.heading("Organisations")).to_be_visible()
    await expect(bar).to_have_count(0)
    assert await page.evaluate(BRAND) == own
    await page.get_by_role("link", name="People", exact=True).click()
    await page.get_by_label("Search people").fill(root.email)
    await expect(page.get_by_text(root.email).first).to_be_visible()


async def test_acting_in_another_organisation_ends_at_sign_out(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house, role=SUPER_ADMIN, size=(360, 740))
    page, key = root.page, new_id().hex[-10:]
    await make_tenant(page, key)
    await open_menu(page, f"North {key}", "Act in this organisation")
    bar = page.get_by_role("complementary", name="Another organisation")
    await expect(bar).to_be_visible()
    # All of it has come: what is still asked for while one signs out is refused.
    await expect(page.get_by_text("Nobody is like that")).to_be_visible()
    await expect(page.get_by_role("link", name=f"North {key}")).to_be_visible()
    await assert_fits(page)
    await root.button("Account").click()
    await root.button("Sign out").click()
    await expect(bar).to_have_count(0)
    await page.goto("/sign-in?next=/admin/tenants")
    await root.field("E-mail address or username").fill(root.email)
    await root.field("Password").fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
    await expect(root.heading("Organisations")).to_be_visible()
    await expect(bar).to_have_count(0)
    assert await page.evaluate("sessionStorage.getItem('convene:acting')") is None
