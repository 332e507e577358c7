"""The API reference in a real browser, under the policy that guards it."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright, expect

from server.contracts.openapi import AREAS
from server.http.pages import DIST
from tests.realtime.site import Site


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium is not None, "scripts/system-packages installs chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def test_the_reference_shows_every_area_and_asks_nobody_else(
    browser: Browser, sqlite_site: Site
) -> None:
    assert (DIST / "docs").is_dir(), "`npm run build` in static/ makes it; `make test` does so first"
    page = await browser.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"{sqlite_site.url}/docs")
    for area in AREAS:
        await expect(page.locator(f"#operations-tag-{area}")).to_be_visible()
    await page.locator("#operations-tag-sessions").click()
    await page.locator("#operations-sessions-create_session").click()
    await expect(page.get_by_text("Idempotency-Key").first).to_be_visible()
    await expect(page.get_by_role("link", name="AsyncAPI 3.0")).to_have_attribute("href", "/asyncapi.json")
    assert complaints == []
    assert [url for url in asked if not url.startswith((sqlite_site.url, "data:"))] == []
