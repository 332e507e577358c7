"""Sites of two workers: real processes over one database and one Redis."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.realtime.site import Site, serving
from tests.services.redis import RedisServer, redis_server
from tests.workers.pair import Pair, open_pair

SELDOM_S = 10.0


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(scope="module")
def two_sites(redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Site]]:
    """Two workers who look into the log so seldom that what arrives soon has come over the bus."""
    url = f"sqlite:///{tmp_path_factory.mktemp('two') / 'convene.db'}"
    with (
        serving(url, redis_url=redis.url, log_poll_s=SELDOM_S) as one,
        serving(url, redis_url=redis.url, log_poll_s=SELDOM_S) as other,
    ):
        yield one, other


@pytest.fixture
async def pair(two_sites: tuple[Site, Site]) -> AsyncIterator[Pair]:
    """People and rooms on two workers that hear each other over the bus."""
    async with open_pair(*two_sites) as pair:
        yield pair


@pytest.fixture(scope="module")
def mortal_redis() -> Iterator[RedisServer]:
    """A Redis to be killed, frozen and flushed. Who does so brings it back."""
    with redis_server() as server:
        yield server


@pytest.fixture(scope="module")
def mortal_sites(
    mortal_redis: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Site]]:
    """Two workers to be killed and frozen. Who does so brings them back."""
    url = f"sqlite:///{tmp_path_factory.mktemp('mortal') / 'convene.db'}"
    with serving(url, redis_url=mortal_redis.url) as one, serving(url, redis_url=mortal_redis.url) as other:
        yield one, other


@pytest.fixture
async def mortal_pair(mortal_sites: tuple[Site, Site]) -> AsyncIterator[Pair]:
    async with open_pair(*mortal_sites) as pair:
        yield pair
