"""Signed in once, one stays so: tokens are renewed without a word, until one signs out."""

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Response, expect

from tests.browser.lobby import Lobby
from tests.browser.visitor import PASSWORD
from tests.realtime.site import Site, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

TTL_S = 5


@pytest.fixture
def hasty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose access tokens are good for five seconds."""
    url = f"sqlite:///{tmp_path_factory.mktemp('hasty') / 'convene.db'}"
    with serving(url, presence_grace_s=30.0, access_token_ttl_s=TTL_S) as site:
        yield site


def is_refresh(response: Response) -> bool:
    return response.url.endswith("/auth/refresh")


async def test_the_room_goes_on_when_the_token_has_run_out(browser: Browser, hasty_site: Site) -> None:
    lobby = Lobby(browser, hasty_site.url)
    host = await lobby.host("Hana")
    code = await host.start_session("Meeting", "A long one")
    guest = await lobby.visitor("Gus")
    await guest.knock(code)
    for person in (host, guest):
        await person.open("Chat")
    for text in ("after the first", "after the second"):
        async with host.page.expect_response(is_refresh) as renewal:
            await expect(host.heading("A long one")).to_be_visible()
        assert (await renewal.value).ok
        await host.say(text)
        await expect(guest.message(text)).to_be_visible()
        await expect(host.chat.get_by_text("Sending…")).to_have_count(0)
    await expect(guest.chat.get_by_role("article")).to_have_count(2)
    assert await lobby.close() == []


async def test_a_wrong_password_says_so_and_the_right_one_leads_on(lobby: Lobby) -> None:
    known = await lobby.host("Mia")
    visitor = await lobby.visitor("Mia again")
    visitor.forgive(re.compile("status of 401"))
    await visitor.page.goto("/sessions")
    await visitor.field("E-mail address or username").fill(known.email)
    await visitor.field("Password").fill("not the password")
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page.get_by_role("alert")).to_be_visible()
    await visitor.field("Password").fill(PASSWORD)
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.heading("Sessions")).to_be_visible()
    await visitor.page.reload()
    await expect(visitor.heading("Sessions")).to_be_visible()
