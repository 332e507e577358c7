"""One site on two workers, and the people in its rooms on either."""

import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from redis.asyncio import Redis

from tests.realtime.client import Client, together
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person, Room
from tests.realtime.site import Site
from tests.services.processes import Service


@dataclass(frozen=True)
class Pair:
    """Two houses on one database: what is made in one is there in the other, but for the sockets."""

    one: House
    other: House

    async def live(self, **fields: Any) -> tuple[Room, Client]:
        """A running session, and its host's socket on the first worker."""
        return await self.one.live(**fields)

    async def member_there(self, room: Room, name: str = "Mia") -> tuple[Client, UUID]:
        """Somebody in the room, on the second worker."""
        return await self.other.member(room, name)

    async def again(self, house: House, person: Person, room: Room) -> Client:
        """One more socket of somebody, in the room."""
        client = await house.client(person)
        await client.join(room.id)
        return client

    async def assert_heard_alike(self, room: Room, *clients: Client) -> None:
        """Everybody has heard the log to its end, without a gap and once."""
        log = await self.one.assert_gapless(room)
        for client in clients:
            await client.until_seq(room.id, log[-1].seq)
            seqs = client.seqs(room.id)
            assert seqs == list(range(seqs[0], log[-1].seq + 1))
        texts = [client.texts(room.id) for client in clients]
        longest = max(texts, key=len)
        assert all(one == longest[len(longest) - len(one) :] for one in texts)


@asynccontextmanager
async def open_pair(one: Site, other: Site) -> AsyncIterator[Pair]:
    """A house on each of two workers. At the end neither must have logged a fault."""
    async with open_house(one) as first, open_house(other) as second:
        yield Pair(first, second)


async def ask(client: Redis, *words: object) -> Any:
    """Redis' answer to a command that its client has no method for."""
    return await client.execute_command(*words)  # type: ignore[no-untyped-call]  # redis has no types here


@contextmanager
def frozen(service: Service) -> Iterator[None]:
    """Stops a process in its tracks for the block, as a machine without air does."""
    assert service.process is not None
    os.killpg(service.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(service.process.pid, signal.SIGCONT)


async def talk(client: Client, room: Room, name: str, lines: int) -> None:
    """Says things one after the other; each must be acknowledged."""
    for number in range(lines):
        await client.ok("chat:send", room.id, text=f"{name} {number}")


async def talk_together(room: Room, clients: dict[str, Client], lines: int) -> None:
    """Everybody talks at once."""
    await together(*(talk(client, room, name, lines) for name, client in clients.items()))
