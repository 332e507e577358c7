"""The end of a worker: nobody comes in any more, everybody is told when to come back elsewhere, and what was begun is
finished and acknowledged before the sockets close.
"""

import asyncio
import random
from collections.abc import Callable, Collection
from typing import Final

import structlog

from models.errors import Unavailable
from realtime.connection import Connection
from realtime.signals import draining

log = structlog.get_logger(__name__)

BACK_PER_S: Final = 200.0
"""How many clients of one worker come back elsewhere each second."""
SHORTEST_S: Final = 0.2
LONGEST_S: Final = 10.0
FINISH_WITHIN_S: Final = 4.0
LOOK_EVERY_S: Final = 0.02
LEAVE_IN_PEACE_S: Final = 0.1
"""How long the last acknowledgements have to leave the machine."""


def spread_s(clients: int) -> float:
    """Over how many seconds so many clients come back."""
    return min(LONGEST_S, max(SHORTEST_S, clients / BACK_PER_S))


def leaving_soon() -> Unavailable:
    """The refusal of whatever comes too late. It is not done, and safe to be sent to the next worker."""
    return Unavailable("This server is draining: it is about to stop. Connect again.", SHORTEST_S)


async def drain(connections: Collection[Connection], is_idle: Callable[[], bool]) -> None:
    """Tells every client to come back elsewhere, and returns once what they asked for is done and acknowledged."""
    within_s = spread_s(len(connections))
    log.debug("drain.begins", sockets=len(connections))
    for connection in list(connections):
        # Clients that all came back in one moment would be a storm of our own making.
        connection.link.send(draining(random.uniform(0.0, within_s)))  # noqa: S311  nothing secret about it
    try:
        async with asyncio.timeout(FINISH_WITHIN_S):
            while not (is_idle() and all(one.is_idle for one in connections)):  # noqa: ASYNC110  a thousand inboxes
                await asyncio.sleep(LOOK_EVERY_S)
    except TimeoutError:
        log.warning("drain.unfinished", sockets=sum(not one.is_idle for one in connections))
    await asyncio.sleep(LEAVE_IN_PEACE_S)
