"""A site without doors, for the tests of this area."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.log.room import Site, open_site


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with open_site(tmp_path) as site:
        yield site
