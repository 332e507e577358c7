"""Long polling by hand, one request at a time."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Final

import httpx

from tests.wire.engines import WITHIN_S
from tests.wire.site import Address

SEPARATOR: Final = "\x1e"
POLLING: Final = {"transport": "polling"}


@dataclass(frozen=True)
class Poller:
    """One session over long polling."""

    at: Address
    handshake: dict[str, Any]

    @property
    def sid(self) -> str:
        sid: str = self.handshake["sid"]
        return sid

    @property
    def target(self) -> str:
        return self.at.target(**POLLING, sid=self.sid)

    async def get(self) -> httpx.Response:
        return await self.at.http.get(self.target)

    async def post(self, body: str | bytes) -> httpx.Response:
        content = body.encode() if isinstance(body, str) else body
        return await self.at.http.post(self.target, content=content)

    async def poll(self) -> list[str]:
        """The packets of the next poll."""
        answer = await self.get()
        assert answer.status_code == 200, answer.text
        return answer.text.split(SEPARATOR)

    async def send(self, *packets: str) -> None:
        """Sends packets in one body, which the server must take."""
        answer = await self.post(SEPARATOR.join(packets))
        assert answer.status_code == 200, answer.text

    async def packets(self, number: int) -> list[str]:
        """The next packets, over as many polls as it takes; there must not be more of them."""
        found: list[str] = []
        async with asyncio.timeout(WITHIN_S):
            while len(found) < number:
                found += [packet for packet in await self.poll() if packet != "6"]
        assert len(found) == number, found
        return found

    async def until_gone(self) -> None:
        """Reads what the server has left to say; then the session must be unknown."""
        async with asyncio.timeout(WITHIN_S):
            while (await self.get()).status_code == 200:
                continue
        assert (await self.get()).status_code == 400


async def opened(at: Address) -> Poller:
    """A fresh session."""
    answer = await at.http.get(at.target(**POLLING))
    assert answer.status_code == 200, answer.text
    assert answer.text.startswith("0"), answer.text
    return Poller(at, json.loads(answer.text[1:]))


async def joined(at: Address) -> Poller:
    """A session that is connected to the reference server's main namespace."""
    poller = await opened(at)
    await poller.send("40")
    answers = await poller.packets(2)
    assert any(answer.startswith("40{") for answer in answers)
    return poller
