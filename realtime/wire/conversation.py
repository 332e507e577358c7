"""What the server remembers of one client's packets."""

import asyncio
from collections import deque
from typing import Any

from realtime.wire.binary import Partial
from realtime.wire.frames import Frame


class Conversation:
    """Kept in the `state` of the client's Engine.IO session."""

    __slots__ = ("entering", "lane", "partial", "places", "refused", "running", "turns")

    def __init__(self) -> None:
        self.places: dict[str, str] = {}
        """The namespaces the client is known to be in, and its id in each."""
        self.entering: dict[str, list[Frame]] = {}
        """What is held, by namespace, until the client has been told that it is in."""
        self.turns: dict[str, asyncio.Task[None]] = {}
        """Comings and goings under way, by namespace."""
        self.partial: Partial | None = None
        self.refused = 0
        self.running = 0
        self.lane: deque[Any] | None = None
        """Calls of handlers that wait for the one before them, where handlers run one at a time."""
