"""One uvicorn for all tests of the wire, on the loop it is served with, and an eye on what goes wrong inside it."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, Final, Literal

import pytest
import pytest_asyncio
import uvloop

from tests.wire.engines import Server, socket_server, websocket_protocol
from tests.wire.reference import reference_server
from tests.wire.site import Address, Site, running_site

PHASES: Final[tuple[Literal["setup"], Literal["call"]]] = ("setup", "call")

Serve = Callable[[Server], Address]


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], Any]]:
    """The loop that uvicorn serves with where it is installed."""
    return {"uvloop": uvloop.new_event_loop}


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def site() -> AsyncIterator[Site]:
    async with running_site(websocket_protocol()) as running:
        yield running


@pytest.fixture
def serve(site: Site) -> Iterator[Serve]:
    """Makes servers reachable for the length of a test."""
    with ExitStack() as stack:
        yield lambda server: stack.enter_context(site.serving(server))


@pytest.fixture
def at(serve: Serve) -> Address:
    """The address of a server that does what the protocol's own test suite expects of one."""
    return serve(reference_server(socket_server()))


@pytest.fixture(autouse=True)
def nothing_broke(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test behind which an exception nobody expected stands in the log."""
    yield
    broken = [
        record.getMessage()
        for phase in PHASES
        for record in caplog.get_records(phase)
        if record.exc_info and record.levelno >= logging.ERROR
    ]
    assert not broken
