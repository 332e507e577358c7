"""A process full of members. It is told what to do in lines of JSON on its standard input, and answers in kind.

{"do": "come", "port": 1, "session_id": "...", "auths": [{"token": "..."}]}   -> {"came": 250, "within_s": 4.2}
{"do": "talk", "count": 100, "per_second": 20, "speakers": 5}                 -> {"refused": 0}
{"do": "tell", "expected": 100}      -> {"received": 25000, "complete": 250, "delays_us": [...]}
{"do": "go"}                                                                  -> {"gone": 250}
"""

import asyncio
import json
import sys
import time
from array import array
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import uvloop

from tests.bench.wire import Member

AT_ONCE = 10
"""How many come in at the same time."""

PATIENCE_S = 15.0
"""How long the last message may take to arrive."""

WORDS = "So that is how long a sentence in a chat may be, give or take a few words."

Order = dict[str, Any]


class Crowd:
    """The members of this process, and what they have heard since they were last asked."""

    def __init__(self) -> None:
        self._members: list[Member] = []
        self._delays_us = array("L")
        self._session_id = ""
        self._expected = 0
        self._heard_out = asyncio.Event()

    async def carry_out(self, order: Order) -> Order:
        """Does as it is told. Raises ConnectionError when a member loses its connection."""
        orders: dict[str, Callable[..., Awaitable[Order]]] = {
            "come": self._come,
            "talk": self._talk,
            "tell": self._tell,
            "go": self._go,
        }
        return await orders[order.pop("do")](**order)

    async def _come(self, port: int, session_id: str, auths: list[dict[str, Any]]) -> Order:
        self._session_id = session_id
        door = asyncio.Semaphore(AT_ONCE)
        began = time.monotonic()
        self._members = await asyncio.gather(*(self._enter(door, port, auth) for auth in auths))
        return {"came": len(self._members), "within_s": time.monotonic() - began}

    async def _enter(self, door: asyncio.Semaphore, port: int, auth: dict[str, Any]) -> Member:
        loop = asyncio.get_running_loop()
        async with door:
            _, member = await loop.create_connection(lambda: Member(auth, self._hear), "127.0.0.1", port)
            await member.connected
            ack = await member.command("session:join", {"session_id": self._session_id})
        if not ack["ok"]:
            raise ConnectionError(f"not let in: {ack}")
        return member

    def _hear(self, delay_ns: int) -> None:
        self._delays_us.append(delay_ns // 1_000)
        self._hear_out()

    def _hear_out(self) -> None:
        if self._expected and len(self._delays_us) >= self._expected:
            self._heard_out.set()

    async def _talk(self, count: int, per_second: float, speakers: int) -> Order:
        loop = asyncio.get_running_loop()
        began = loop.time()
        said = []
        for number in range(count):
            await asyncio.sleep(began + number / per_second - loop.time())
            speaker = self._members[number % speakers]
            said.append(asyncio.create_task(speaker.say(self._session_id, WORDS)))
        answers = await asyncio.gather(*said)
        return {"refused": sum(not answer["ok"] for answer in answers)}

    async def _tell(self, expected: int) -> Order:
        self._expected = expected * len(self._members)
        self._hear_out()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._heard_out.wait(), PATIENCE_S)
        complete = sum(member.heard == expected for member in self._members)
        delays = self._delays_us.tolist()
        self._delays_us = array("L")
        self._expected = 0
        self._heard_out.clear()
        for member in self._members:
            member.heard = 0
        return {"received": len(delays), "complete": complete, "delays_us": delays}

    async def _go(self) -> Order:
        for member in self._members:
            member.leave()
        return {"gone": len(self._members)}


async def main() -> None:
    """Carries out one order after the other until there are no more."""
    orders = asyncio.StreamReader(limit=2**24)
    reading = asyncio.StreamReaderProtocol(orders)
    await asyncio.get_running_loop().connect_read_pipe(lambda: reading, sys.stdin)
    crowd = Crowd()
    while line := await orders.readline():
        sys.stdout.write(json.dumps(await crowd.carry_out(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    uvloop.run(main())
