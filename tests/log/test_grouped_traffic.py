"""Groups through the front door: order on a socket, a killed server, two servers on one file, a full disk."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import col, select

from models.log.tables import AnsweredCommand
from tests.realtime.client import Client, Json, together
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person, Room
from tests.realtime.site import Site, serving

IN_FLIGHT = 8
WRITERS = 10
LINES_EACH = 15


@pytest.fixture(params=["sqlite", "postgresql"])
async def any_house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """People and rooms on a running site; what else is called a site here has no doors."""
    async with open_house(request.getfixturevalue(f"{request.param}_site")) as house:
        yield house


def line(room: Room, text: str) -> Json:
    """A line of chat that may be sent again."""
    return {"session_id": str(room.id), "text": text, "command_id": str(uuid4())}


async def test_nothing_of_a_socket_overtakes_its_messages(any_house: House) -> None:
    room, _host = await any_house.live()
    other, _other_host = await any_house.live()
    mia, _ = await any_house.member(room)
    await mia.join(other.id)
    commands = []
    for number in range(10):
        commands += [("chat:send", line(room, f"{number} {n}")) for n in range(5)]
        commands += [("participant:raise_hand", {"session_id": str(room.id)})]
        commands += [("participant:lower_hand", {"session_id": str(room.id)})]
    commands += [("chat:send", line(one, f"Last {n}")) for n in range(3) for one in (other, room)]
    acks = await together(*(mia.command(name, payload) for name, payload in commands))
    assert all(ack["ok"] for ack in acks)
    own = [
        ack["seq"]
        for (_, payload), ack in zip(commands, acks, strict=True)
        if payload["session_id"] == str(room.id)
    ]
    assert own == sorted(own)
    told = [e.type for e in await any_house.assert_gapless(room)][-len(own) :]
    round_ = ["chat:sent"] * 5 + ["participant:hand_raised", "participant:hand_lowered"]
    assert told == round_ * 10 + ["chat:sent"] * 3


async def test_a_mute_bites_within_what_is_under_way(any_house: House) -> None:
    room, host = await any_house.live()
    mia, mia_id = await any_house.member(room)
    saying = asyncio.gather(*(mia.command("chat:send", line(room, f"Line {n}")) for n in range(300)))
    await host.event("chat:sent")
    target = {"session_id": str(room.id), "participant_id": str(mia_id)}
    muted = await host.command("participant:mute", target)
    acks = await saying
    said = [ack["seq"] for ack in acks if ack["ok"]]
    assert said == sorted(said)
    assert not said or said[-1] < muted["seq"]
    assert {ack["error"]["errorCode"] for ack in acks if not ack["ok"]} <= {"PARTICIPANT_MUTED"}
    stored = [e.seq for e in await any_house.assert_gapless(room) if e.type == "chat:sent"]
    assert stored == said


@dataclass
class Chatterbox:
    """Somebody with several messages on their way at any time, who repeats what was not acknowledged."""

    room: Room
    person: Person
    client: Client
    acknowledged: dict[str, Json] = field(default_factory=dict)
    unanswered: dict[str, Json] = field(default_factory=dict)

    async def talk(self, number: int) -> None:
        """One of several who talk at the same time, until cut off."""
        count = 0
        while True:
            count += 1
            await self.say(line(self.room, f"{self.person.name} {number} {count}"))

    async def say(self, command: Json) -> None:
        self.unanswered[command["text"]] = command
        ack = await self.client.command("chat:send", command)
        assert ack["ok"], ack
        self.acknowledged[command["text"]] = ack
        del self.unanswered[command["text"]]


async def test_a_server_killed_under_grouped_traffic_loses_nothing(mortal_site: Site) -> None:
    async with open_house(mortal_site) as house:
        room, host = await house.live()
        people = []
        for number in range(3):
            person = await house.account(f"Talker{number}")
            client = await house.client(person)
            await client.join(room.id)
            people.append(Chatterbox(room, person, client))
        talking = [asyncio.create_task(one.talk(n)) for one in people for n in range(IN_FLIGHT)]
        await host.event("chat:sent", lambda d: d["message"]["seq"] > 150)
        mortal_site.service.kill()
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        mortal_site.service.start()
        for one in people:
            one.client = await house.client(one.person)
            await one.client.join(room.id)
            await together(*(one.say(command) for command in list(one.unanswered.values())))
        log = {e.seq: e.data for e in await house.assert_gapless(room) if e.type == "chat:sent"}
        acknowledged = {ack["seq"]: text for one in people for text, ack in one.acknowledged.items()}
        assert sorted(log) == sorted(acknowledged)
        assert all(f'"text":"{text}"' in log[seq] for seq, text in acknowledged.items())


async def test_two_servers_with_ten_writers_each_share_one_file(tmp_path: Path) -> None:
    """Nobody is refused, whatever the other process does, and everybody has an answer within the client's limit."""
    url = f"sqlite:///{tmp_path / 'convene.db'}"
    with ExitStack() as stack:
        sites = [stack.enter_context(serving(url)) for _ in range(2)]
        async with open_house(sites[0]) as here, open_house(sites[1]) as there:
            room = await here.room(await here.account("Hana"))
            await here.host(room)
            writers = [await house.member(room) for _ in range(WRITERS) for house in (here, there)]

            async def write(client: Client) -> None:
                for count in range(LINES_EACH):
                    await client.ok("chat:send", room.id, text=f"Line {count}")

            await together(*(write(client) for client, _ in writers))
            log = await here.assert_gapless(room)
            assert [e.type for e in log].count("chat:sent") == len(writers) * LINES_EACH


async def test_a_full_disk_is_told_and_got_over(tmp_path: Path) -> None:
    """No file of the server may grow: nothing is acknowledged, nothing half done, and with room again all goes on."""
    with serving(f"sqlite:///{tmp_path / 'convene.db'}") as site:
        async with open_house(site) as house:
            room, host = await house.live()
            for number in range(5):
                await host.ok("chat:send", room.id, text=f"Before {number}")
            process = site.service.process
            assert process is not None
            _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
            size = (tmp_path / "convene.db-wal").stat().st_size
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size + 8_192, most))
            said = await together(
                *(host.command("chat:send", line(room, f"Full {n}" * 200)) for n in range(100))
            )
            raised = [
                await host.command(f"participant:{what}_hand", {"session_id": str(room.id)})
                for what in ("raise", "lower") * 3
            ]
            refused = [ack["error"]["errorCode"] for ack in [*said, *raised] if not ack["ok"]]
            assert set(refused) == {"UNAVAILABLE"}
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))
            await host.ok("chat:send", room.id, text="After")
            log = await house.assert_gapless(room)
            stored = {e.seq for e in log if e.type == "chat:sent"}
            acknowledged = {ack["seq"] for ack in said if ack["ok"]}
            assert acknowledged <= stored
            # Five before, those that found room, one after.
            assert len(stored) == 6 + len(acknowledged)
            async with house.context.database.read() as db:
                query = select(AnsweredCommand).where(col(AnsweredCommand.session_id) == room.id)
                assert len((await db.exec(query)).all()) == len(acknowledged)
