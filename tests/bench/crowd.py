"""The clients of a measurement, all in this process: they come in, talk, hear, and are asked what they heard."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Final, TypeVar

import orjson

from tests.bench.client import Client, Ear, Inflater, framed
from tests.bench.dialects import Command, Seat
from tests.bench.subjects import Subject
from tests.services.ports import LOOPBACK

Found = TypeVar("Found")

AT_ONCE: Final = 20
"""How many come in at the same time."""
PUT_OFF: Final = "UNAVAILABLE"
PUT_OFF_S: Final = 1.0
MAX_PUT_OFF: Final = 30
PATIENCE_S: Final = 20.0
"""How long the last message may take to arrive."""


class Crowd:
    """Clients of one subject, and how much was said in each room."""

    def __init__(self, subject: Subject, *, inflates: bool = False) -> None:
        self.subject = subject
        self._inflates = inflates
        self.ear = Ear()
        self.put_off = 0
        self.clients: list[Client] = []
        self.rooms: dict[str, list[Client]] = {}
        self._said: dict[str, int] = {}

    async def come(
        self, seats: Sequence[Seat], *, at_once: int = AT_ONCE, enter: bool = True
    ) -> list[Client]:
        """Opens a connection for each seat, and takes part in its room. Raises ConnectionError."""
        door = asyncio.Semaphore(at_once)
        came = await asyncio.gather(*(self._come(door, seat, enter=enter) for seat in seats))
        self.clients.extend(came)
        return came

    async def say(self, room: str) -> None:
        """The first member of a room says something; returns when everybody in it has heard that."""
        self.speak(room)
        await self.ear.heard(PATIENCE_S)

    def speak(self, room: str) -> None:
        """The first member of a room says something; everybody in it is expected to hear that."""
        number, dialect = self._count(room, 1), self.subject.dialect
        self.rooms[room][0].tell(*dialect.say(room, number), acked=dialect.acks)

    async def burst(self, room: str, count: int) -> None:
        """So many things are said in a room at once; returns when everybody in it has heard all of them."""
        first = self._count(room, count)
        dialect = self.subject.dialect
        for command in dialect.burst(room, first, count):
            self.rooms[room][0].tell(*command, acked=dialect.acks)
        await self.ear.heard(PATIENCE_S)

    def put_in_place(self, old: Client, new: Client, room: str) -> None:
        """Lets a new connection be what a lost one was."""
        members = self.rooms[room]
        members[members.index(old)] = new
        self.clients.append(new)

    def leave(self) -> None:
        """Drops all connections."""
        for client in self.clients:
            client.leave()

    def _count(self, room: str, count: int) -> int:
        first = self._said.get(room, 0)
        self._said[room] = first + count
        self.ear.expect(count * len(self.rooms[room]))
        return first

    async def open(self, seat: Seat) -> Client:
        """A connection that the server has accepted. Raises OSError."""
        loop, port = asyncio.get_running_loop(), self.subject.ports[seat.worker]
        heard = self.subject.dialect.heard
        inflater = Inflater() if self._inflates else None
        _, client = await loop.create_connection(
            lambda: Client(self.ear, heard, seat.auth, inflater), LOOPBACK, port
        )
        await client.connected
        if inflater is not None and not inflater.is_agreed:
            raise ConnectionError("the server does not compress")
        return client

    async def patiently(self, attempt: Callable[[], Awaitable[Found]]) -> Found:
        """Tries again when a busy server asks for that. Raises ConnectionError when it is refused for good."""
        for _ in range(MAX_PUT_OFF):
            try:
                return await attempt()
            except ConnectionError as refusal:
                if PUT_OFF not in str(refusal):
                    raise
            self.put_off += 1
            await asyncio.sleep(PUT_OFF_S)
        raise ConnectionError(f"put off {MAX_PUT_OFF} times")

    async def _come(self, door: asyncio.Semaphore, seat: Seat, *, enter: bool) -> Client:
        async with door:
            return await self.patiently(partial(self._enter if enter else self.open, seat))

    async def _enter(self, seat: Seat) -> Client:
        client = await self.open(seat)
        try:
            await self.subject.dialect.enter(client, seat.room)
        except ConnectionError:
            client.leave()
            raise
        client.next = self._said.get(seat.room, 0)
        self.rooms.setdefault(seat.room, []).append(client)
        return client


class Questions:
    """Clients that ask the same again and again, with so many questions of each under way, and count the answers."""

    def __init__(self, commands: Sequence[tuple[Client, Command]], in_flight: int) -> None:
        self._frames = {client: _asked(command) for client, command in commands}
        self._in_flight = in_flight
        self._asked = 0
        self._answered = 0
        self._count = 0
        self._all = asyncio.Event()

    async def ask(self, count: int) -> float:
        """Asks so often altogether; returns the seconds it took. Raises TimeoutError."""
        self._asked, self._answered, self._count = 0, 0, count
        self._all.clear()
        began = time.monotonic()
        for client in self._frames:
            client.acked = self._answer
            for _ in range(self._in_flight):
                self._ask(client)
        await asyncio.wait_for(self._all.wait(), PATIENCE_S + count / 100)
        return time.monotonic() - began

    def _answer(self, client: Client) -> None:
        self._answered += 1
        if self._answered == self._count:
            self._all.set()
        self._ask(client)

    def _ask(self, client: Client) -> None:
        if self._asked < self._count:
            self._asked += 1
            client.transport.write(self._frames[client])


def _asked(command: Command) -> bytes:
    name, payload = command
    return framed(b"427" + orjson.dumps([name, payload]))


@asynccontextmanager
async def crowd(subject: Subject, *, inflates: bool = False) -> AsyncIterator[Crowd]:
    """A crowd that is gone at the end of the block; `inflates` if it offers compression, as browsers do."""
    people = Crowd(subject, inflates=inflates)
    try:
        yield people
    finally:
        people.leave()
