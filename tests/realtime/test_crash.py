"""The server dies, or forgets to say what it did: nothing that was acknowledged is lost, nothing is heard twice."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from uuid import uuid4

import pytest
from sqlmodel import select

from models.actors import Actor, act_in_session
from models.identity.assignments import as_principal
from models.identity.tables import User
from models.rooms.chat import send_message
from models.rooms.moderation import kick_participant
from models.rooms.waiting_room import approve_participant, reject_participant
from models.transaction import Origin, Transaction
from tests.realtime.client import Client, Json, assert_error, together
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person, Room
from tests.realtime.site import Site

TALKERS = 4
BEFORE_THE_CRASH = 60


@dataclass
class Talker:
    """Somebody who talks without pause, comes back after a crash, and repeats what was not acknowledged."""

    house: House
    room: Room
    person: Person
    client: Client
    epoch: str
    seq: int
    heard: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    acknowledged: dict[str, Json] = field(default_factory=dict)
    unanswered: list[Json] = field(default_factory=list)
    said: int = 0

    async def talk(self, stop: asyncio.Event) -> None:
        """Says one thing after the other until told to stop or cut off."""
        while not stop.is_set():
            self.said += 1
            line = f"{self.person.name} {self.said}"
            command = {"session_id": str(self.room.id), "text": line, "command_id": str(uuid4())}
            self.unanswered.append(command)
            if not await self.send(command):
                return

    async def send(self, command: Json) -> bool:
        """Whether it was done. A server that is about to stop says that it was not."""
        ack = await self.client.command("chat:send", command)
        if not ack["ok"]:
            assert_error(ack, "UNAVAILABLE")
            return False
        self.acknowledged[command["text"]] = ack
        self.unanswered.remove(command)
        return True

    async def come_back(self) -> None:
        """Resumes on a new socket where the old one was cut, and repeats what got no answer."""
        self.take_down()
        self.client = await self.house.client(self.person)
        joined = await self.client.join(self.room.id, after={"epoch": self.epoch, "seq": self.seq})
        assert "events" in joined
        for command in list(self.unanswered):
            assert await self.send(command)

    async def hear_up_to(self, seq: int) -> None:
        await self.client.until_seq(self.room.id, seq)
        self.take_down()

    def take_down(self) -> None:
        """Notes what this socket heard."""
        self.heard += self.client.seqs(self.room.id)
        self.texts += self.client.texts(self.room.id)
        self.seq = max([self.seq, *self.heard])


async def test_a_killed_server_loses_nothing_that_was_acknowledged(mortal_site: Site) -> None:
    async def kill() -> None:
        mortal_site.service.kill()

    await go_down_under_traffic(mortal_site, kill)


@pytest.mark.parametrize("mortal_site", ["sqlite"], indirect=True)
async def test_a_server_that_is_stopped_ends_in_time_and_loses_nothing(mortal_site: Site) -> None:
    async def stop() -> None:
        process = mortal_site.service.process
        assert process is not None
        # Stopping by force, which it comes to after ten seconds, would show in the status.
        await asyncio.to_thread(mortal_site.service.stop)
        assert process.returncode == 0

    await go_down_under_traffic(mortal_site, stop)


@pytest.mark.parametrize("mortal_site", ["sqlite"], indirect=True)
async def test_who_polls_does_not_hold_up_the_end(mortal_site: Site) -> None:
    async with open_house(mortal_site) as house:
        room, _host = await house.live()
        client = await house.client(await house.account(), ("polling",))
        await client.join(room.id)
        process = mortal_site.service.process
        assert process is not None
        await asyncio.to_thread(mortal_site.service.stop)
        await client.until_closed()
        assert process.returncode == 0
        # Neither cancelled when the time was over, nor told of socket by socket.
        assert mortal_site.log_since(house.log_size) == []
        mortal_site.service.start()


async def go_down_under_traffic(site: Site, go_down: Callable[[], Awaitable[None]]) -> None:
    """People talk, the server ends and comes back, they resume and talk on: everyone has heard everything once."""
    async with open_house(site) as house:
        room, host = await house.live()
        people = [await talker(house, room, f"Talker{n}") for n in range(TALKERS)]
        starts = [one.seq for one in people]
        stop = asyncio.Event()
        talking = [asyncio.create_task(one.talk(stop)) for one in people]
        await host.event("chat:sent", lambda d: d["message"]["seq"] > starts[-1] + BEFORE_THE_CRASH)
        await go_down()
        for client in house.clients:
            await client.until_closed()
        await give_up(talking)
        site.service.start()
        await together(*(one.come_back() for one in people))
        head = (await house.stored_log(room))[-1].seq
        talking = [asyncio.create_task(one.talk(stop)) for one in people]
        await people[0].client.until_seq(room.id, head + BEFORE_THE_CRASH)
        stop.set()
        await together(*talking)
        await assert_nothing_lost(house, room, people, starts)


async def talker(house: House, room: Room, name: str) -> Talker:
    person = await house.account(name)
    client = await house.client(person)
    joined = await client.join(room.id)
    return Talker(house, room, person, client, joined["epoch"], joined["seq"])


async def give_up(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def assert_nothing_lost(house: House, room: Room, people: list[Talker], starts: list[int]) -> None:
    log = await house.assert_gapless(room)
    said = [e for e in log if e.type == "chat:sent"]
    for one, start in zip(people, starts, strict=True):
        await one.hear_up_to(log[-1].seq)
        assert one.heard == list(range(start + 1, log[-1].seq + 1))
        assert not one.unanswered
    everything = people[0].texts
    assert all(one.texts == everything[-len(one.texts) :] for one in people)
    # Each thing was said once, even what had to be repeated for want of an answer.
    assert len(everything) == len(set(everything))
    acknowledged = {ack["data"]["seq"]: text for one in people for text, ack in one.acknowledged.items()}
    assert sorted(acknowledged) == [e.seq for e in said]


async def test_what_another_process_commits_is_heard_by_way_of_the_log(any_house: House) -> None:
    """As after a crash between commit and publish: nobody here was told, the log alone knows."""
    room, host = await any_house.live()
    gus = await any_house.guest(room)
    guest = await any_house.client(gus)
    await guest.join(room.id)

    async def say_and_kick(tx: Transaction, actor: Actor) -> None:
        await send_message(tx, actor, "Nobody was told of this.")
        assert gus.participant_id is not None
        await kick_participant(tx, actor, gus.participant_id)

    await elsewhere(any_house, room, say_and_kick)
    for client in (host, guest):
        await client.event("chat:sent", lambda d: d["message"]["text"] == "Nobody was told of this.")
        await client.event("participant:kicked")
    await guest.until_closed()
    await host.ok("chat:send", room.id, text="And on.")
    log = await any_house.assert_gapless(room)
    await host.until_seq(room.id, log[-1].seq)
    seqs = host.seqs(room.id)
    assert seqs == list(range(seqs[0], log[-1].seq + 1))


async def test_two_processes_talking_into_one_room_make_one_order(any_house: House) -> None:
    room, host = await any_house.live()
    mia, _ = await any_house.member(room)
    for number in range(15):
        there = partial(send_message, text=f"There {number}")
        await together(
            host.ok("chat:send", room.id, text=f"Here {number}"), elsewhere(any_house, room, there)
        )
    log = await any_house.assert_gapless(room)
    for client in (host, mia):
        await client.until_seq(room.id, log[-1].seq)
        seqs = client.seqs(room.id)
        assert seqs == list(range(seqs[0], log[-1].seq + 1))
    assert len(mia.texts(room.id)) == 30
    assert host.texts(room.id) == mia.texts(room.id)


async def test_who_waits_hears_what_another_process_decides(any_house: House) -> None:
    room, _host = await any_house.live(requires_approval=True)
    guests = [await any_house.guest(room, name) for name in ("First", "Second", "Third")]
    line = [await any_house.client(guest) for guest in guests]
    for client in line:
        await client.join(room.id)

    async def decide(tx: Transaction, actor: Actor) -> None:
        first, second, _ = (guest.participant_id for guest in guests)
        assert first is not None
        assert second is not None
        await reject_participant(tx, actor, first, "Full.")
        await approve_participant(tx, actor, second)

    await elsewhere(any_house, room, decide)
    await line[0].event("participant:declined", lambda d: d["reason"] == "Full.")
    await line[1].event("participant:approved")
    await line[2].event("waiting_room:position", lambda d: d["position"] == 1)
    assert (await line[1].join(room.id))["status"] == "approved"


async def elsewhere(house: House, room: Room, act: Callable[[Transaction, Actor], Awaitable[object]]) -> None:
    """Does something as the owner in a process that shares nothing with the server but the database."""
    async with house.context.transaction(Origin("test")) as tx:
        user = (await tx.db.exec(select(User).where(User.id == room.owner.user_id))).one()
        principal = await as_principal(tx.db, user, tx.now)
        await act(tx, await act_in_session(tx, principal, room.id))


async def test_who_was_in_when_the_server_died_has_the_grace_period(mortal_site: Site) -> None:
    async with open_house(mortal_site) as house:
        room, _host = await house.live()
        (stays, stays_id), (goes, goes_id) = (
            await house.member(room, "Stays"),
            await house.member(room, "Goes"),
        )
        waiting = await house.room(room.owner, requires_approval=True)
        guest = await house.guest(waiting)
        knocker = await house.client(guest)
        await knocker.join(waiting.id)
        mortal_site.service.kill()
        mortal_site.service.start()
        host = await house.client(room.owner)
        await host.join(room.id)
        again = await house.client(Person("Stays", await house.new_token(stays_id)))
        await again.join(room.id)
        await host.event("participant:left", lambda d: d["participant_id"] == str(goes_id))
        upto = (await host.command("chat:send", {"session_id": str(room.id), "text": "marker"}))["seq"]
        await host.refute_event(
            "participant:left",
            lambda d: d["participant_id"] == str(stays_id),
            session_id=room.id,
            upto=upto,
        )
        # Who waits has longer, and keeps their place.
        joined = await (await house.client(guest)).join(waiting.id)
        assert (joined["status"], joined["position"]) == ("pending", 1)
        assert stays.closed.is_set()
        assert goes.closed.is_set()
