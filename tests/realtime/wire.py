"""A WebSocket that speaks Engine.IO by hand: for what a stock client would never send, and for seeing every byte."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.realtime.client import WITHIN_S, Json


@dataclass
class Wire:
    """One open WebSocket. `received` holds every message as it came; pings are answered, unless it plays dead."""

    socket: ClientConnection
    received: list[str | bytes] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    plays_dead: bool = False
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _next_id: int = 1_000

    async def send(self, message: str | bytes) -> None:
        """Sends a message as it is; to a closed socket, nothing."""
        try:
            await self.socket.send(message)
        except ConnectionClosed:
            self.closed.set()

    async def log_in(self, token: str) -> None:
        """CONNECTs and waits for the answer."""
        await self.send("40" + json.dumps({"token": token}))
        await self.message(lambda text: text.startswith("40"))

    async def command(self, name: Any, *arguments: Any) -> Json:
        """Sends an event that asks for an ack, and returns the ack."""
        self._next_id += 1
        return await self.acknowledged(self._next_id, json.dumps([name, *arguments]))

    async def acknowledged(self, ack_id: int, event: str) -> Json:
        """Sends an event, its JSON given, under an ack id, and returns the ack."""
        await self.send(f"42{ack_id}{event}")
        head = f"43{ack_id}["
        answer = await self.message(lambda text: text.startswith(head))
        ack: Json = json.loads(answer[len(head) - 1 :])[0]
        return ack

    async def message(self, fits: Callable[[str], bool]) -> str:
        """The first text message that fits, whether it is here already or comes yet."""

        def found() -> list[str]:
            return [one for one in self.received if isinstance(one, str) and fits(one)]

        await self.until(lambda: bool(found()))
        return found()[0]

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Waits until something is so, looking again with each message."""
        async with asyncio.timeout(WITHIN_S):
            while not is_so():
                assert not self.closed.is_set(), "the server has closed the socket"
                self._changed.clear()
                await self._changed.wait()

    async def until_closed(self) -> None:
        """Waits until the server has closed the socket."""
        await asyncio.wait_for(self.closed.wait(), WITHIN_S)

    async def read(self) -> None:
        """Takes in what comes, until the end."""
        try:
            async for message in self.socket:
                if message == "2":
                    if not self.plays_dead:
                        await self.send("3")
                else:
                    self.received.append(message)
                    self._changed.set()
        except ConnectionClosed:
            pass
        finally:
            self.closed.set()
            self._changed.set()


@asynccontextmanager
async def wire(url: str, token: str | None = None) -> AsyncIterator[Wire]:
    """An open WebSocket to a site, logged in if a token is given."""
    address = url.replace("http://", "ws://") + "/socket.io/?EIO=4&transport=websocket"
    async with connect(
        address, max_size=None, max_queue=None, open_timeout=WITHIN_S, compression=None
    ) as socket:
        opened = Wire(socket)
        reading = asyncio.create_task(opened.read())
        try:
            await opened.message(lambda text: text.startswith("0"))
            if token is not None:
                await opened.log_in(token)
            yield opened
        finally:
            await socket.close()
            await reading
