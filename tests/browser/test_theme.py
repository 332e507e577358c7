"""Light or dark: as the system has it, or as one chooses, at once and for good."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.lobby import Lobby
from tests.browser.visitor import PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="session")

BRIGHTNESS = """() => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[0];
}"""


async def is_dark(page: Page) -> bool:
    brightness: int = await page.evaluate(BRIGHTNESS)
    return brightness < 80


async def test_a_chosen_theme_is_applied_at_once_and_kept(lobby: Lobby) -> None:
    mia = await lobby.host("Mia", color_scheme="light")
    assert not await is_dark(mia.page)
    await mia.button("Account").click()
    async with mia.page.expect_response("**/api/v1/users/me") as kept:
        await mia.page.get_by_role("radio", name="Dark", exact=True).check()
        assert await is_dark(mia.page)
    assert (await kept.value).ok
    await mia.page.reload()
    await expect(mia.heading("Hello, Mia")).to_be_visible()
    assert await is_dark(mia.page)
    elsewhere = await lobby.visitor("Mia on another machine", color_scheme="light")
    await elsewhere.page.goto("/sign-in")
    await elsewhere.field("E-mail address or username").fill(mia.email)
    await elsewhere.field("Password").fill(PASSWORD)
    await elsewhere.button("Sign in").click()
    await expect(elsewhere.heading("Hello, Mia")).to_be_visible()
    assert await is_dark(elsewhere.page)


async def test_without_a_choice_the_system_decides(lobby: Lobby) -> None:
    visitor = await lobby.visitor("Gus", color_scheme="dark")
    await visitor.page.goto("/")
    await expect(visitor.heading("Join a session")).to_be_visible()
    assert await is_dark(visitor.page)
    await visitor.page.emulate_media(color_scheme="light")
    assert not await is_dark(visitor.page)
