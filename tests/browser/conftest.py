"""One browser and one site for all browser tests; people and a look behind the scenes for each of them."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from scripts.provision import prepare_client
from tests.browser.cable import Cable, cable_to
from tests.browser.lobby import Lobby, open_browser
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import Site, serving


@pytest.fixture(scope="session", autouse=True)
def built_client() -> None:
    """The pages as their sources are now, however the tests were started."""
    prepare_client()


@pytest.fixture(scope="session")
def browser_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that bears a reload or a cut link on a slow machine without taking it for a leave."""
    url = f"sqlite:///{tmp_path_factory.mktemp('browser') / 'convene.db'}"
    with serving(url, presence_grace_s=30.0) as site:
        yield site


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def house(browser_site: Site) -> AsyncIterator[House]:
    """The site behind the pages: its database, its API and its sockets."""
    async with open_house(browser_site) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def lobby(browser: Browser, house: House) -> AsyncIterator[Lobby]:
    """People with browsers. None of these may have complained when the test ends."""
    lobby = Lobby(browser, house.site.url)
    try:
        yield lobby
    finally:
        complaints = await lobby.close()
    assert complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def cable(browser_site: Site) -> AsyncIterator[Cable]:
    """Another way to the site, which can be cut."""
    async with cable_to(browser_site.settings.port) as cable:
        yield cable
