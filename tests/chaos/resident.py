"""Somebody who stays: comes back whatever happens, by whatever door, and repeats what was not acknowledged."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from uuid import uuid4

from tests.chaos.journal import HEARTBEAT, Journal
from tests.chaos.proxy import Link
from tests.chaos.sockets import Lost, Socket, connected
from tests.realtime.client import Json
from tests.realtime.house import Person, Room

GAP_S: Final = 1.0
"""How long a gap may stay open before a client asks."""

COMES_AGAIN_S: Final = (0.05, 0.5)
"""Between two attempts to come back: at random, so that not all come at once."""

RETRYABLE: Final = ("UNAVAILABLE", "RATE_LIMITED", "NOT_JOINED")


@dataclass
class Done:
    """A command that was answered for good, the answer, and how long it took with all its repetitions."""

    name: str
    payload: Json
    ack: Json
    took_s: float


@dataclass
class Heard:
    """The numbers that one socket heard, once it was up to `since`; after a sync that is not known."""

    since: int | None = None
    seqs: list[int] = field(default_factory=list)

    @property
    def is_unbroken(self) -> bool:
        """Whether they follow each other without a gap or repetition."""
        first = self.since + 1 if self.since is not None else next(iter(self.seqs), 0)
        return self.seqs == list(range(first, first + len(self.seqs)))


@dataclass
class Resident:
    """One person in one room. `journal` is what they make of what they hear; `heard` is what each socket heard."""

    person: Person
    room: Room
    doors: Sequence[Link]
    random: Random
    transports: Sequence[str] = ("websocket",)
    journal: Journal = field(default_factory=Journal)
    heard: list[Heard] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    participant_id: str = ""
    said: int = 0
    refusal: Json | None = None
    socket: Socket | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _living: asyncio.Task[None] | None = None

    def __str__(self) -> str:
        place = self.journal.place and self.journal.place["seq"]
        where = "in" if self.socket is not None else "out"
        return (
            f"{self.person.name}: {where}, at {place}, held {len(self.journal.held)}, lately {self.lost[-4:]}"
        )

    async def start(self) -> "Resident":
        """Comes in for the first time; from then on stays."""
        self._living = asyncio.create_task(self._live(), name=self.person.name)
        await self.until(lambda: self.socket is not None, 60)
        return self

    async def stop(self) -> None:
        """Vanishes without a word."""
        if self._living is not None:
            self._living.cancel()
            await asyncio.gather(self._living, return_exceptions=True)
            self._living = None

    async def do(self, name: str, **payload: Any) -> Json:
        """Carries a command through, whatever it takes. Returns its answer, which may be a refusal."""
        command = {"session_id": str(self.room.id), **payload, "command_id": str(uuid4())}
        asked_at = asyncio.get_running_loop().time()
        ack = await self.repeat(name, command)
        self.done.append(Done(name, command, ack, asyncio.get_running_loop().time() - asked_at))
        return ack

    async def say(self, more: str = "") -> Json:
        """Says something that nobody else says."""
        self.said += 1
        return await self.do("chat:send", text=f"{self.person.name} says {self.said} {more}".strip())

    async def repeat(self, name: str, command: Json) -> Json:
        """Sends a command as often as it takes to get an answer that is not "try again"."""
        while True:
            await self.until(lambda: self.socket is not None)
            socket = self.socket
            assert socket is not None
            try:
                ack = await socket.command(name, command)
            except Lost as error:
                self.lost.append(str(error))
                await self._let_go(socket)
                continue
            if ack["ok"] or ack["error"]["errorCode"] not in RETRYABLE:
                return ack
            self.lost.append(ack["error"]["errorCode"])
            if ack["error"]["errorCode"] == "NOT_JOINED":
                await self._come_in_again(socket)
            await asyncio.sleep(min(1.0, ack["error"]["details"].get("retry_after_s", 0.1)))

    async def until(self, is_so: Any, within_s: float | None = None) -> None:
        """Waits until something about this person is so, looking again whenever they hear something."""
        async with asyncio.timeout(within_s):
            while not is_so():
                assert self._living is None or not self._living.done(), (
                    f"{self.person.name} is out: {self.lost[-3:]}"
                )
                self._changed.clear()
                await self._changed.wait()

    async def until_at(self, seq: int, within_s: float | None = None) -> None:
        """Waits until they have applied the log up to `seq`."""
        await self.until(lambda: self.journal.stretches and self.journal.now.last >= seq, within_s)

    async def _live(self) -> None:
        while self.refusal is None:
            door, transport = self.random.choice(self.doors), self.random.choice(self.transports)
            self.heard.append(Heard())
            try:
                async with connected(door.url, self.person.token, self._hear, transport) as socket:
                    await self._come_in(socket)
                    await self._stay(socket)
            except Lost as error:
                self.lost.append(str(error))
            finally:
                self.socket = None
                self._changed.set()
            await asyncio.sleep(self.random.uniform(*COMES_AGAIN_S))

    async def _come_in_again(self, socket: Socket) -> None:
        """On the same socket: the server thought that they had left."""
        self.heard.append(Heard())
        try:
            await self._come_in(socket)
        except Lost as error:
            self.lost.append(str(error))
            await self._let_go(socket)

    async def _come_in(self, socket: Socket) -> None:
        place = self.journal.place
        ack = await socket.command(
            "session:join",
            {"session_id": str(self.room.id), **({} if place is None else {"after": place})},
        )
        if not ack["ok"]:
            if ack["error"]["errorCode"] not in RETRYABLE:
                self.refusal = ack["error"]
            raise Lost("not let in", ack["error"]["errorCode"])
        self.participant_id = ack["data"]["participant"]["id"]
        self.journal.caught_up(ack["data"])
        self.heard[-1].since = ack["data"]["seq"]
        self.socket = socket
        self._changed.set()

    async def _stay(self, socket: Socket) -> None:
        """Until the socket is gone; asks for what is missing for longer than a moment."""
        behind_since: int | None = None
        while not socket.closed.is_set():
            try:
                await asyncio.wait_for(socket.closed.wait(), GAP_S)
            except TimeoutError:
                last = self.journal.now.last
                if self.journal.is_elsewhere or (self.journal.is_behind and behind_since == last):
                    await self._ask(socket)
                behind_since = last if self.journal.is_behind else None

    async def _ask(self, socket: Socket) -> None:
        after = {} if self.journal.is_elsewhere else {"after": self.journal.place}
        ack = await socket.command("session:sync", {"session_id": str(self.room.id), **after})
        if ack["ok"]:
            # What this socket hears beside the answer is a repetition that is nobody's fault.
            self.heard.append(Heard())
            self.journal.caught_up(ack["data"])
            self._changed.set()

    async def _let_go(self, socket: Socket) -> None:
        if self.socket is socket:
            self.socket = None
        await socket.drop()

    def _hear(self, name: str, body: Json) -> None:
        if body.get("session_id") != str(self.room.id):
            return
        if name == HEARTBEAT:
            self.journal.heartbeat(body)
        elif "seq" in body:
            self.heard[-1].seqs.append(body["seq"])
            self.journal.hear({"type": name, **body})
        self._changed.set()
