"""The parts of the client: in every theme under the eyes of axe, with any accent, and as they behave."""

from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.browser.axe import violations
from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.shots import FOLDER
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

OPEN: Final[dict[str, Any]] = {"bypass_csp": True}
BRANDS: Final = ("#0b6e63", "#ffd400", "#e10600", "#1a73e8", "#7b2ff7", "#00c853", "#000000", "#ffffff")
AA: Final = 4.5
# How far apart the colours are that lie over each other, in every theme.
CONTRASTS: Final = """(brand) => {
    document.documentElement.style.setProperty("--brand", brand);
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const probe = document.createElement("span");
    const luminance = (colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const part = (value) => {
            const share = value / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        };
        const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
        return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const pairs = [["accent", "on-accent"], ["accent-hover", "on-accent"], ["accent-soft", "accent-text"],
        ["surface", "accent-text"], ["canvas", "accent-text"]];
    return [...document.querySelectorAll(".design-theme")].flatMap((theme) => {
        theme.append(probe);
        return pairs.map(([ground, text]) => {
            probe.style.background = `var(--${ground})`;
            probe.style.color = `var(--${text})`;
            const style = getComputedStyle(probe);
            const [a, b] = [luminance(style.backgroundColor), luminance(style.color)].sort((x, y) => y - x);
            return [`${brand}: ${theme.ariaLabel}: ${text} on ${ground}`, (a + 0.05) / (b + 0.05)];
        });
    });
}"""


async def open_design(lobby: Lobby, **options: Any) -> Visitor:
    visitor = await lobby.visitor("Dana", **OPEN | options)
    await visitor.page.goto("/design")
    await expect(visitor.heading("Light, high contrast")).to_be_visible()
    return visitor


async def photograph(page: Page, name: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    await page.screenshot(path=FOLDER / f"{name}.png", full_page=True, animations="disabled")


@pytest.mark.parametrize("size", [(1920, 1080), (360, 740)], ids=["wide", "narrow"])
async def test_every_part_in_every_theme(lobby: Lobby, size: tuple[int, int]) -> None:
    dana = await open_design(lobby, size=size)
    await assert_fits(dana.page)
    await photograph(dana.page, f"design-{'wide' if size[0] > 1000 else 'narrow'}")
    assert await violations(dana.page, ("light",)) == []


async def test_any_accent_can_be_read(lobby: Lobby) -> None:
    dana = await open_design(lobby)
    for brand in BRANDS:
        contrasts = dict(await dana.page.evaluate(CONTRASTS, brand))
        assert len(contrasts) == 20
        assert {pair: ratio for pair, ratio in contrasts.items() if ratio < AA} == {}


async def test_a_menu_by_keyboard(lobby: Lobby) -> None:
    dana = await open_design(lobby)
    more = dana.button("More").first
    await more.focus()
    await dana.page.keyboard.press("ArrowDown")
    items = dana.page.get_by_role("menu", name="More").first
    await expect(items.get_by_role("menuitem", name="Copy link")).to_be_focused()
    await dana.page.keyboard.press("End")
    await expect(items.get_by_role("menuitem", name="Delete")).to_be_focused()
    await dana.page.keyboard.press("s")
    await expect(items.get_by_role("menuitemcheckbox", name="Show names")).to_be_focused()
    assert await violations(dana.page, ("light",)) == []
    await dana.page.keyboard.press("Escape")
    await expect(more).to_be_focused()


async def test_a_tip_shows_on_focus_and_hover_and_goes_with_escape(lobby: Lobby) -> None:
    dana = await open_design(lobby)
    tip = dana.page.locator(".tip")
    await dana.button("Raise hand").first.hover()
    await expect(tip).to_be_visible()
    await dana.page.keyboard.press("Escape")
    await expect(tip).to_be_hidden()
    await dana.button("Link").or_(dana.link("Link")).first.focus()
    await dana.page.keyboard.press("Tab")
    await expect(tip).to_be_visible()
    await expect(tip).to_be_in_viewport(ratio=1)


async def test_a_dialog_and_a_sheet_give_the_focus_back(lobby: Lobby) -> None:
    dana = await open_design(lobby)
    for name in ("Dialog", "Sheet"):
        await dana.button(name).first.click()
        await expect(dana.dialog).to_be_visible()
        assert await violations(dana.page, ("light",)) == []
        await photograph(dana.page, f"design-{name.lower()}")
        await dana.page.keyboard.press("Escape")
        await expect(dana.dialog).to_have_count(0)
        await expect(dana.button(name).first).to_be_focused()


async def test_a_table_is_sorted_and_a_toast_undone(lobby: Lobby) -> None:
    dana = await open_design(lobby)
    table = dana.page.get_by_role("region", name="People, Light", exact=True)
    await table.get_by_role("button", name="Minutes").click()
    await expect(table.get_by_role("columnheader", name="Minutes")).to_have_attribute(
        "aria-sort", "ascending"
    )
    await expect(table.get_by_role("rowheader").first).to_have_text("Ana Lima")
    await table.get_by_role("button", name="Minutes").click()
    await expect(table.get_by_role("rowheader").first).not_to_have_text("Ana Lima")
    await dana.button("Toast").first.click()
    await dana.button("Undo").click()
    await expect(dana.text("It is back")).to_be_visible()


async def test_long_lists_draw_little_and_a_chat_stays_at_its_end(lobby: Lobby) -> None:
    dana = await open_design(lobby)
    theme = dana.page.get_by_role("region", name="Light", exact=True)
    fixed = theme.get_by_role("list", name="Fixed")
    assert await fixed.get_by_role("listitem").count() < 60
    varied = theme.get_by_role("list", name="Varied")
    await theme.get_by_role("button", name="Add a message").scroll_into_view_if_needed()
    await expect(varied.get_by_text("Message 2000.")).to_be_in_viewport()
    await theme.get_by_role("button", name="Add a message").click()
    await expect(varied.get_by_text("Message 2001.")).to_be_in_viewport()
    assert await varied.get_by_role("listitem").count() < 60


async def test_text_can_be_larger(lobby: Lobby) -> None:
    dana = await open_design(lobby, size=(360, 740))
    await dana.page.evaluate("() => (document.documentElement.dataset.textSize = 'larger')")
    await assert_fits(dana.page)
    line = dana.page.get_by_role("list", name="Fixed").first.get_by_role("listitem").first
    box = await line.bounding_box()
    assert box is not None
    assert round(box["height"]) == 52
