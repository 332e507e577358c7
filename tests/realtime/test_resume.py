"""Coming back: exactly what was missed, once and in order, or the whole room where that is shorter or safer."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, delete, update

from models.ids import new_epoch
from models.log.tables import SessionEvent, SessionLog
from models.rooms.tables import ChatMessage
from tests.realtime.client import Client, Json, assert_error, together
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Room
from tests.realtime.site import Site, serving
from tests.rooms.people import MODERATOR, assemble

FEW = 20


@pytest.fixture(scope="module")
def forgetful_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that replays few events."""
    folder: Path = tmp_path_factory.mktemp("forgetful")
    with serving(f"sqlite:///{folder / 'convene.db'}", replay_limit=FEW) as site:
        yield site


async def say(client: Client, room: Room, count: int) -> int:
    """Says several things; returns where the log stands then."""
    acks = await together(
        *(
            client.command("chat:send", {"session_id": str(room.id), "text": f"Line {n}"})
            for n in range(count)
        )
    )
    assert all(ack["ok"] for ack in acks)
    return max(int(ack["seq"]) for ack in acks)


def place(data: Json) -> dict[str, Any]:
    """The point a client has come to, from the answer to a join or sync."""
    return {"epoch": data["epoch"], "seq": data["seq"]}


async def test_the_missed_events_come_in_order_and_live_goes_on(any_house: House) -> None:
    room, host = await any_house.live()
    mia = await any_house.account("Mia")
    client = await any_house.client(mia)
    before = await client.join(room.id)
    await client.vanish()
    await host.ok("session:lock", room.id)
    last = await say(host, room, 5)
    again = await any_house.client(mia)
    joined = await again.join(room.id, after=place(before))
    assert "state" not in joined
    assert [e["seq"] for e in joined["events"]] == list(range(before["seq"] + 1, joined["seq"] + 1))
    assert joined["seq"] == last
    stored = {e.seq: e.type for e in await any_house.stored_log(room)}
    assert [e["type"] for e in joined["events"]] == [stored[e["seq"]] for e in joined["events"]]
    last = await say(host, room, 3)
    await again.until_seq(room.id, last)
    assert again.seqs(room.id) == list(range(before["seq"] + 1, last + 1))


async def test_what_is_for_hosts_stands_as_hidden_in_a_replay(any_house: House) -> None:
    cast = await assemble(any_house)
    member = await cast.member()
    before = await member.ok("session:sync", cast.room.id)
    await cast.knocker("Wil")
    await say(cast.owner, cast.room, 1)
    synced = await member.ok("session:sync", cast.room.id, after=place(before))
    assert [e["type"] for e in synced["events"]] == ["event:hidden", "chat:sent"]
    assert (synced["events"][0]["data"], synced["events"][0]["actor"]) == ({}, None)
    assert "Wil" not in str(synced)
    of_host = await cast.owner.ok("session:sync", cast.room.id, after=place(before))
    assert [e["type"] for e in of_host["events"]] == ["waiting_room:updated", "chat:sent"]


async def test_who_has_everything_gets_nothing(house: House) -> None:
    room, host = await house.live()
    now = await host.ok("session:sync", room.id)
    again = await host.ok("session:sync", room.id, after=place(now))
    assert (again["events"], again["seq"], again["epoch"]) == ([], now["seq"], now["epoch"])


async def test_over_the_limit_comes_the_state(forgetful_site: Site) -> None:
    async with open_house(forgetful_site) as house:
        room, host = await house.live()
        start = place(await host.ok("session:sync", room.id))
        await say(host, room, FEW)
        within = await host.ok("session:sync", room.id, after=start)
        assert len(within["events"]) == FEW
        await say(host, room, 1)
        over = await host.ok("session:sync", room.id, after=start)
        assert "events" not in over
        assert over["seq"] == start["seq"] + FEW + 1
        assert len(over["state"]["messages"]) == FEW + 1


@pytest.mark.parametrize(
    "after",
    [{"epoch": "000000000000", "seq": 1}, {"epoch": None, "seq": 10_000}, {"epoch": None, "seq": 2**62}],
)
async def test_a_place_that_never_was_gets_the_state(house: House, after: dict[str, Any]) -> None:
    room, host = await house.live()
    now = await host.ok("session:sync", room.id)
    synced = await host.ok("session:sync", room.id, after={**after, "epoch": after["epoch"] or now["epoch"]})
    assert synced["state"] == now["state"]


@pytest.mark.parametrize(
    "after",
    [
        {"epoch": "x"},
        {"seq": 1},
        {"epoch": "x", "seq": -1},
        {"epoch": "x", "seq": 2**63},
        {"epoch": "x" * 17, "seq": 1},
        7,
    ],
)
async def test_a_place_that_cannot_be_is_refused(house: House, after: Any) -> None:
    room, host = await house.live()
    assert_error(
        await host.command("session:sync", {"session_id": str(room.id), "after": after}), "VALIDATION_ERROR"
    )


async def test_a_change_of_role_in_the_gap_gets_the_state(any_house: House) -> None:
    cast = await assemble(any_house)
    member = await cast.member()
    before = place(await member.ok("session:sync", cast.room.id))
    await cast.owner.ok(
        "participant:set_role", cast.room.id, participant_id=cast.id_of(member), role=MODERATOR
    )
    await cast.knocker()
    synced = await member.ok("session:sync", cast.room.id, after=before)
    assert "events" not in synced
    assert (synced["state"]["audience"], len(synced["state"]["waiting"])) == ("hosts", 1)
    # A change of somebody else's role is an event like any other.
    of_owner = await cast.owner.ok("session:sync", cast.room.id, after=before)
    assert of_owner["events"][0]["type"] == "participant:role_changed"


async def test_a_new_epoch_is_noticed_and_the_room_goes_on(any_house: House) -> None:
    """The log was restored from a backup behind the server's back: its numbers start lower than they were."""
    room, host = await any_house.live()
    mia, _ = await any_house.member(room)
    await say(host, room, 10)
    # Came when the numbers were higher than they will be after the cut.
    late, _ = await any_house.member(room, "Lea")
    log = await any_house.stored_log(room)
    epoch, head = new_epoch(), log[-1].seq
    await cut_log(any_house, room, head - 5, epoch)
    beat = await mia.beat(room.id, epoch)
    assert beat["seq"] == head - 5
    synced = await mia.ok("session:sync", room.id, after={"epoch": "old", "seq": head})
    assert (synced["epoch"], synced["seq"]) == (epoch, head - 5)
    ack = await host.command("chat:send", {"session_id": str(room.id), "text": "after the cut"})
    assert ack["seq"] == head - 4
    for client in (mia, late, host):
        await client.event("chat:sent", lambda d: d["message"]["text"] == "after the cut")


async def cut_log(house: House, room: Room, head: int, epoch: str) -> None:
    async with house.context.database.write() as db:
        for table in (SessionEvent, ChatMessage):
            await db.exec(delete(table).where(col(table.session_id) == room.id, col(table.seq) > head))
        change = update(SessionLog).where(col(SessionLog.session_id) == room.id)
        await db.exec(change.values(epoch=epoch, head_seq=head))


async def test_resuming_while_a_hundred_events_a_second_arrive_leaves_no_gap(any_house: House) -> None:
    room, host = await any_house.live()
    mia = await any_house.account("Mia")
    first = await any_house.client(mia)
    come_to = place(await first.join(room.id))
    start = come_to["seq"]
    done = asyncio.Event()
    talking = [asyncio.create_task(keep_talking(host, room, done)) for _ in range(4)]
    heard: list[int] = []
    client = first
    for _ in range(8):
        await client.until_seq(room.id, (client.last_seq(room.id) or come_to["seq"]) + 15)
        await client.vanish()
        heard += [seq for seq in client.seqs(room.id) if seq > come_to["seq"]]
        come_to["seq"] = max(heard)
        client = await any_house.client(mia)
        joined = await client.join(room.id, after=dict(come_to))
        assert "events" in joined
    done.set()
    last = max(await together(*talking))
    await client.until_seq(room.id, last)
    heard += [seq for seq in client.seqs(room.id) if seq > come_to["seq"]]
    assert heard == list(range(start + 1, last + 1))


async def keep_talking(client: Client, room: Room, done: asyncio.Event) -> int:
    seq = 0
    while not done.is_set():
        seq = await say(client, room, 1)
    return seq


async def test_joining_afresh_while_events_arrive_leaves_no_gap(any_house: House) -> None:
    room, host = await any_house.live()
    done = asyncio.Event()
    talking = [asyncio.create_task(keep_talking(host, room, done)) for _ in range(4)]
    joined = []
    for number in range(10):
        client = await any_house.client(await any_house.account(f"Member {number}"))
        joined.append((client, (await client.join(room.id))["seq"]))
    done.set()
    last = max(await together(*talking))
    for client, since in joined:
        await client.until_seq(room.id, last)
        assert client.seqs(room.id) == list(range(since + 1, client.seqs(room.id)[-1] + 1))


async def test_a_command_repeated_on_another_socket_is_done_once(any_house: House) -> None:
    room, _host = await any_house.live()
    mia = await any_house.account("Mia")
    first = await any_house.client(mia)
    await first.join(room.id)
    command = {"session_id": str(room.id), "text": "Once.", "command_id": str(uuid4())}
    answer = await first.command("chat:send", command)
    assert answer["ok"]
    await first.vanish()
    second = await any_house.client(mia)
    await second.join(room.id)
    assert await second.command("chat:send", command) == answer
    # At the same time on two sockets, too.
    other = {**command, "command_id": str(uuid4()), "text": "Once, at once."}
    third = await any_house.client(mia)
    await third.join(room.id)
    answers = await together(second.command("chat:send", other), third.command("chat:send", other))
    assert answers[0] == answers[1]
    said = [e.seq for e in await any_house.assert_gapless(room) if e.type == "chat:sent"]
    assert said == [answer["seq"], answers[0]["seq"]]


async def test_a_command_id_is_for_one_command_of_one_person(house: House) -> None:
    room, host = await house.live()
    mia, _ = await house.member(room)
    key = str(uuid4())
    mine = await host.ok("chat:send", room.id, text="Mine.", command_id=key)
    hers = await mia.ok("chat:send", room.id, text="Hers.", command_id=key)
    assert mine["id"] != hers["id"]
    await host.refused("participant:raise_hand", "VALIDATION_ERROR", room.id, command_id=key)
    error = await host.refused("chat:send", "VALIDATION_ERROR", room.id, text="No.", command_id="x")
    assert error["details"]["field"] == "command_id"


async def test_a_refused_command_may_be_tried_again_under_its_id(house: House) -> None:
    room, host = await house.live()
    mia, mia_id = await house.member(room)
    command = {"text": "At last.", "command_id": str(uuid4())}
    await host.ok("participant:mute", room.id, participant_id=mia_id)
    await mia.refused("chat:send", "PARTICIPANT_MUTED", room.id, **command)
    await host.ok("participant:unmute", room.id, participant_id=mia_id)
    await mia.ok("chat:send", room.id, **command)


async def test_one_socket_in_two_rooms_hears_both_apart(house: House) -> None:
    first, _ = await house.live()
    second, _ = await house.live("Ola")
    client = await house.client(await house.account("Mia"))
    for room in (first, second):
        await client.join(room.id)
    await say(client, first, 3)
    await say(client, second, 2)
    for room, count in ((first, 3), (second, 2)):
        last = (await house.stored_log(room))[-1].seq
        await client.until_seq(room.id, last)
        assert len(client.texts(room.id)) == count
        seqs = client.seqs(room.id)
        assert seqs == list(range(seqs[0], last + 1))
