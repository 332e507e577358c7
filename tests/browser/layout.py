"""Whether a page keeps its shape: nothing may stick out sideways, and nothing foreign may have run."""

from typing import Final

from playwright.async_api import Page

STICKING_OUT: Final = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .map((each) => ({ each, ...each.getBoundingClientRect().toJSON() }))
        .filter(({ left, right }) => left < -1 || right > width + 1)
        .map(({ each, left, right }) => `${each.tagName}.${each.className} reaches from ${left} to ${right}`);
}"""


async def assert_fits(page: Page) -> None:
    """Nothing has to be scrolled to sideways."""
    sticking_out = await page.evaluate(STICKING_OUT)
    assert sticking_out == [], f"{page.url}: {sticking_out[:5]}"


TABLES: Final = """() => [...document.querySelectorAll(".table-box:not(.matrix-box)")]
    .filter((each) => each.scrollWidth > each.clientWidth + 1)
    .map((each) => `${each.ariaLabel}: ${each.scrollWidth} in ${each.clientWidth}`)"""


async def assert_tables_fit(page: Page) -> None:
    """No table has to be scrolled sideways, but for a matrix of roles."""
    too_wide = await page.evaluate(TABLES)
    assert too_wide == [], f"{page.url}: {too_wide}"


async def assert_untouched(page: Page) -> None:
    """No text of anybody has become a script, an element or a link."""
    assert await page.evaluate("() => window.hacked") is None
    foreign = page.locator("img, iframe, script:not([src^='/assets/']), a[href^='javascript']")
    assert await foreign.count() == 0, await foreign.first.evaluate("each => each.outerHTML")
