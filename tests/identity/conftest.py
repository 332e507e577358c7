"""A site that sends mail, with its post office, and one that lets people sign in elsewhere, with that place."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.identity.people import AUTH, newcomer
from tests.identity.post_office import PostOffice, open_post_office
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import Site, serving
from tests.services.oidc import Provider, open_provider
from tests.services.ports import LOOPBACK, free_port


@pytest.fixture(scope="session")
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture(scope="session")
def mailing_site(office: PostOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('mailing') / 'convene.db'}"
    with serving(url, **office.settings, account_mails_per_hour=50, mail_requests_per_minute=100_000) as site:
        yield site


@pytest.fixture
async def mailing(mailing_site: Site, office: PostOffice) -> AsyncIterator[House]:
    """The site, with an empty letter box: what tests before this one left to be sent has come and is gone."""
    async with open_house(mailing_site) as house:
        last = newcomer()
        await house.http.post(f"{AUTH}/register", json=last)
        while office.letter()["To"].addresses[0].addr_spec != last["email"]:
            continue  # They come in the order in which they were sent.
        yield house


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    with open_provider() as provider:
        yield provider


@pytest.fixture(scope="session")
def linked_site(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url, port = f"sqlite:///{tmp_path_factory.mktemp('linked') / 'convene.db'}", free_port()
    with serving(url, port=port, public_url=f"http://{LOOPBACK}:{port}", **provider.settings) as site:
        yield site


@pytest.fixture
async def linked(linked_site: Site) -> AsyncIterator[House]:
    """A site where one may sign in at another one."""
    async with open_house(linked_site) as house:
        yield house
