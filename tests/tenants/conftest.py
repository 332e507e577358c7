"""The databases of these tests, and a site on which nothing happens by itself."""

from collections.abc import AsyncIterator

import pytest

from tests.migrations.conftest import empty_database
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import Site

__all__ = ["empty_database"]


@pytest.fixture
async def own_house(mortal_site: Site) -> AsyncIterator[House]:
    """A house on a site of its own: on one that is shared, people of earlier tests are still going out of rooms."""
    async with open_house(mortal_site) as house:
        yield house
