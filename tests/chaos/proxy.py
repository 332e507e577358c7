"""A TCP link that can be broken in every way a network has: cut, refused, half-open, stalled, slow, narrow."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, Literal

from tests.services.ports import LOOPBACK

Direction = Literal["up", "down"]
"""`up` is from the client to the server."""

BOTH: Final[tuple[Direction, ...]] = ("up", "down")
CHUNK_BYTES: Final = 65_536
CHUNKS_UNDER_WAY: Final = 8

SOCKET_BYTES: Final = 65_536
"""The kernel's buffers on our side of a link: small, so that a reader who stalls is felt by the server soon."""

SLICES_PER_S: Final = 20
RESET: Final = struct.pack("ii", 1, 0)


@dataclass
class Weather:
    """What a direction of a link is like just now."""

    delay_s: float = 0.0
    bytes_per_s: int | None = None
    loses: bool = False
    flows: asyncio.Event = field(default_factory=asyncio.Event)

    def clear(self) -> None:
        self.delay_s, self.bytes_per_s, self.loses = 0.0, None, False
        self.flows.set()


class Pipe:
    """One direction of one connection. Once it has lost a byte it loses all that follow: TCP never skips."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, weather: Weather) -> None:
        self._reader, self._writer, self._weather = reader, writer, weather
        self._under_way: asyncio.Queue[tuple[float, bytes | None]] = asyncio.Queue(CHUNKS_UNDER_WAY)
        self._is_lost = False

    async def run(self) -> None:
        """Carries bytes, and then the end, which is as late or lost as any byte."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._take())
            group.create_task(self._give())

    async def _take(self) -> None:
        loop = asyncio.get_running_loop()
        chunk: bytes | None = b"-"
        while chunk:
            try:
                chunk = await self._reader.read(CHUNK_BYTES)
            except OSError:
                chunk = None
            await self._under_way.put((loop.time() + self._weather.delay_s, chunk))

    async def _give(self) -> None:
        loop = asyncio.get_running_loop()
        chunk: bytes | None = b"-"
        while chunk:
            due, chunk = await self._under_way.get()
            await asyncio.sleep(due - loop.time())
            await self._weather.flows.wait()
            self._is_lost = self._is_lost or self._weather.loses
            if not self._is_lost:
                await self._pass_on(chunk)

    async def _pass_on(self, chunk: bytes | None) -> None:
        try:
            if chunk is None:
                reset(self._writer)
            elif not chunk:
                self._writer.write_eof()
            else:
                await self._write(chunk)
        except (OSError, RuntimeError):
            # Who reads is gone; who writes hears of that by the other direction.
            self._is_lost = True

    async def _write(self, chunk: bytes) -> None:
        rest = memoryview(chunk)
        while rest:
            await self._weather.flows.wait()
            speed = self._weather.bytes_per_s
            size = len(rest) if speed is None else max(1, speed // SLICES_PER_S)
            self._writer.write(rest[:size])
            await self._writer.drain()
            if speed is not None:
                await asyncio.sleep(size / speed)
            rest = rest[size:]


def reset(writer: asyncio.StreamWriter) -> None:
    """Ends a connection at once, with a reset instead of a goodbye."""
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()


@dataclass(eq=False)
class Tunnel:
    """One connection through a link."""

    writers: tuple[asyncio.StreamWriter, asyncio.StreamWriter]

    def reset(self) -> None:
        """Resets both ends."""
        for writer in self.writers:
            reset(writer)

    def close(self) -> None:
        """Lets go of both ends; what was written to them still goes out."""
        for writer in self.writers:
            writer.close()


class Link:
    """A port that leads to another one. Every fault lasts until `heal`."""

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.port = 0
        self._weather: dict[Direction, Weather] = {direction: Weather() for direction in BOTH}
        self._listener: asyncio.Server | None = None
        self._tunnels: set[Tunnel] = set()
        self._carrying: set[asyncio.Task[None]] = set()
        self.heal()

    @property
    def tunnels(self) -> int:
        """How many connections go through it now."""
        return len(self._tunnels)

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    async def open(self) -> None:
        """Takes connections, on the same port every time."""
        if self._listener is None:
            self._listener = await asyncio.start_server(
                self._accept, LOOPBACK, self.port, limit=CHUNK_BYTES, reuse_address=True
            )
            self.port = self._listener.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Cuts everything and takes no more connections."""
        self.refuse()
        self.cut()
        for task in list(self._carrying):
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    def refuse(self) -> None:
        """Takes no new connections; those that are there stay."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def cut(self, at_most: int | None = None) -> None:
        """Resets the connections that are there, or the `at_most` that came first."""
        for tunnel in list(self._tunnels)[:at_most]:
            tunnel.reset()

    def lose(self, direction: Direction) -> None:
        """Half-open: what is sent in this direction is taken and never arrives.

        A connection that has lost something stays dead when the link has healed, and neither end is told.
        """
        self._weather[direction].loses = True

    def stall(self, directions: Iterable[Direction] = BOTH) -> None:
        """Nothing moves, and nothing is lost: it arrives when the link has healed."""
        for direction in directions:
            self._weather[direction].flows.clear()

    def delay(self, seconds: float) -> None:
        """Everything arrives so much later, in both directions."""
        for weather in self._weather.values():
            weather.delay_s = seconds

    def throttle(self, bytes_per_s: int, direction: Direction = "down") -> None:
        """Each connection carries no more than this."""
        self._weather[direction].bytes_per_s = bytes_per_s

    def heal(self) -> None:
        """Ends every fault but refusing, which `open` ends."""
        for weather in self._weather.values():
            weather.clear()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._carrying.add(task)
        try:
            await self._carry(reader, writer)
        finally:
            self._carrying.discard(task)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await _reach(self.target_port)
        except OSError:
            reset(writer)
            return
        tunnel = Tunnel((writer, far_writer))
        self._tunnels.add(tunnel)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(Pipe(reader, far_writer, self._weather["up"]).run())
                group.create_task(Pipe(far_reader, writer, self._weather["down"]).run())
            tunnel.close()
        except asyncio.CancelledError:
            tunnel.reset()
        finally:
            self._tunnels.discard(tunnel)


async def _reach(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    loop = asyncio.get_running_loop()
    connection = socket.socket()
    connection.setblocking(False)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BYTES)
    try:
        await loop.sock_connect(connection, (LOOPBACK, port))
    except BaseException:
        connection.close()
        raise
    return await asyncio.open_connection(sock=connection, limit=CHUNK_BYTES)


@asynccontextmanager
async def link_to(port: int) -> AsyncIterator[Link]:
    """An open link to a port of this machine, for the block."""
    link = Link(port)
    await link.open()
    try:
        yield link
    finally:
        await link.close()
