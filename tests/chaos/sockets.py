"""One socket of the stock client, which may get lost in every way: whatever waits on it is told at once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import aiohttp
import socketio
from engineio.base_client import connected_clients

from tests.realtime.client import Json, ReadAtOnce

PATIENCE_S: Final = 5.0
"""How long a client waits for a connection before it tries another way."""

ANSWER_WITHIN_S: Final = 20.0
"""A server answers within 15 seconds, if only to say that it cannot."""

Hear = Callable[[str, Json], None]


class Lost(Exception):
    """The socket is gone, or never came to be. `refusal` is what the server said to it, if it did."""

    def __init__(self, why: object, refusal: Any = None) -> None:
        super().__init__(f"{why} {refusal or ''}".strip())
        self.refusal = refusal


class Socket:
    """An open socket. `hear` gets every push, in order."""

    def __init__(self, http: aiohttp.ClientSession, hear: Hear) -> None:
        self.closed = asyncio.Event()
        self._refusal: Any = None
        self._stock = socketio.AsyncClient(reconnection=False, handle_sigint=False, http_session=http)
        self._stock.on("*", hear)
        self._stock.on("connect_error", self._refuse)
        self._stock.on("disconnect", self._end)

    async def connect(self, url: str, token: str, transport: str) -> None:
        """Raises Lost."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._stock.connect(
                    url, auth={"token": token}, transports=[transport], wait_timeout=PATIENCE_S
                )
        except (socketio.exceptions.ConnectionError, aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Lost(type(error).__name__, self._refusal) from error

    async def command(self, name: str, payload: Json) -> Json:
        """Sends a command and returns its answer. Raises Lost when the socket goes first."""
        answered: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        gone = asyncio.create_task(self.closed.wait())
        try:
            await self._stock.emit(name, payload, callback=lambda ack: _settle(answered, ack))
            waiting: set[asyncio.Future[Any]] = {answered, gone}
            await asyncio.wait(waiting, timeout=ANSWER_WITHIN_S, return_when=asyncio.FIRST_COMPLETED)
        except socketio.exceptions.SocketIOError as error:
            raise Lost(type(error).__name__) from error
        finally:
            gone.cancel()
        if not answered.done():
            raise Lost("closed" if self.closed.is_set() else f"no answer to {name}")
        return answered.result()

    async def goodbye(self) -> None:
        """Closes it in good order, if the link lets it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                await self._stock.disconnect()

    async def drop(self) -> None:
        """Lets go of everything, without a word to the server."""
        engine = self._stock.eio
        engine.state = "disconnected"
        loops = [task for task in (engine.read_loop_task, engine.write_loop_task) if task is not None]
        for task in loops:
            task.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        if engine in connected_clients:
            connected_clients.remove(engine)
        self.closed.set()

    def _refuse(self, error: Any = None) -> None:
        self._refusal = error.get("data", error) if isinstance(error, dict) else error

    def _end(self, *_reason: Any) -> None:
        self.closed.set()


@asynccontextmanager
async def connected(url: str, token: str, hear: Hear, transport: str = "websocket") -> AsyncIterator[Socket]:
    """An open socket for the block; dropped at its end. Raises Lost."""
    async with aiohttp.ClientSession(response_class=ReadAtOnce) as http:
        socket = Socket(http, hear)
        try:
            await socket.connect(url, token, transport)
            yield socket
        finally:
            await socket.drop()


def _settle(future: "asyncio.Future[Json]", ack: Json) -> None:
    if not future.done():
        future.set_result(ack)
