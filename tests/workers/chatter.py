"""Somebody who talks on whatever happens to the servers: comes back, resumes, and repeats what got no answer."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

from tests.realtime.client import Client, Json, Refused
from tests.realtime.house import House, Person, Room

TRY_AGAIN = {"UNAVAILABLE", "RATE_LIMITED"}
RETRY_S = 0.05


@dataclass
class Chatter:
    """What one person said, what was acknowledged of it, and what they heard. `seq` is the last they know."""

    house: House
    room: Room
    person: Person
    client: Client
    epoch: str
    start: int
    seq: int
    heard: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)
    resumed: int = 0

    async def talk(self, until: asyncio.Event) -> None:
        """Says one thing after the other; each is said until it is acknowledged."""
        number = 0
        while not until.is_set():
            number += 1
            text = f"{self.person.name} {number}"
            await self._say({"session_id": str(self.room.id), "text": text, "command_id": str(uuid4())})

    async def hear_up_to(self, seq: int) -> None:
        """Waits until the log has been heard so far, on whatever socket that takes."""
        while self.seq < seq:
            hearing = asyncio.ensure_future(self.client.until_seq(self.room.id, seq))
            closed = asyncio.ensure_future(self.client.closed.wait())
            await asyncio.wait({hearing, closed}, return_when=asyncio.FIRST_COMPLETED)
            for one in (hearing, closed):
                one.cancel()
            await asyncio.gather(hearing, closed, return_exceptions=True)
            self._take_down()
            if self.seq < seq:
                await self._come_back()

    async def _say(self, command: Json) -> None:
        while command["text"] not in self.acknowledged:
            sending = asyncio.ensure_future(self.client.command("chat:send", command))
            closed = asyncio.ensure_future(self.client.closed.wait())
            await asyncio.wait({sending, closed}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done() and sending.exception() is None:
                self._note(command, sending.result())
            if closed.done():
                await self._come_back()
            for one in (sending, closed):
                one.cancel()
            await asyncio.gather(sending, closed, return_exceptions=True)

    def _note(self, command: Json, ack: Json) -> None:
        if ack["ok"]:
            self.acknowledged[command["text"]] = ack["data"]["seq"]
        else:
            assert ack["error"]["errorCode"] in TRY_AGAIN, ack

    async def _come_back(self) -> None:
        self._take_down()
        while True:
            with suppress(Refused, AssertionError, TimeoutError, OSError):
                self.client = await self.house.client(self.person)
                after = {"epoch": self.epoch, "seq": self.seq}
                joined = await self.client.join(self.room.id, after=after)
                assert "events" in joined
                self.resumed += 1
                return
            # Nobody takes connections yet, or the one that did is about to stop.
            await asyncio.sleep(RETRY_S)

    def _take_down(self) -> None:
        self.heard += [seq for seq in self.client.seqs(self.room.id) if seq > self.seq]
        self.texts += self.client.texts(self.room.id)
        self.seq = max([self.seq, *self.heard])
        self.client.frames.clear()


async def chatter(house: House, room: Room, name: str) -> Chatter:
    """Somebody new in the room."""
    person = await house.account(name)
    client = await house.client(person)
    joined = await client.join(room.id)
    return Chatter(house, room, person, client, joined["epoch"], joined["seq"], joined["seq"])


async def assert_nothing_lost(house: House, room: Room, chatters: list[Chatter]) -> None:
    """Everybody heard every event once and in order; what was acknowledged is there, once."""
    log = await house.assert_gapless(room)
    said = {event.seq for event in log if event.type == "chat:sent"}
    for one in chatters:
        await one.hear_up_to(log[-1].seq)
        assert one.heard == list(range(one.start + 1, log[-1].seq + 1))
    acknowledged = [seq for one in chatters for seq in one.acknowledged.values()]
    assert sorted(acknowledged) == sorted(said)
    texts = max((one.texts for one in chatters), key=len)
    assert len(texts) == len(set(texts))
