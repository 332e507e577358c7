"""Everybody comes at once: after the server died, into a full room, while many talk."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from models.audit.tables import AuditEntry
from models.errors import Unavailable
from models.log.tables import SessionEvent
from realtime.turnstile import Turnstile
from tests.realtime.client import Client, Json, together
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person, Room
from tests.realtime.site import Site, serving
from tests.realtime.test_resume import keep_talking, place, say

CROWD = 300
AT_ONCE = 20
CURRENT_WITHIN_S = 60.0
"""For three hundred stock clients in one process beside the server; the figure itself is measured in tests/bench."""


@pytest.fixture(scope="module")
def stormy_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("stormy")
    with serving(f"sqlite:///{folder / 'convene.db'}", presence_grace_s=600.0) as site:
        yield site


@pytest.fixture
async def storm(stormy_site: Site) -> AsyncIterator[House]:
    async with open_house(stormy_site) as house:
        yield house


async def crowd(house: House, room: Room, size: int) -> list[Person]:
    """Guests in the room, who have not opened a socket yet."""
    door = asyncio.Semaphore(AT_ONCE)

    async def come(number: int) -> Person:
        async with door:
            return await house.guest(room, f"Guest {number}")

    return await together(*(come(number) for number in range(size)))


async def come_back(house: House, room: Room, person: Person, after: Json) -> tuple[Client, Json]:
    client = await house.client(person)
    return client, await client.join(room.id, after=after)


async def count(house: House, table: type[SessionEvent] | type[AuditEntry], room: Room) -> int:
    async with house.context.database.read() as db:
        query = select(func.count()).select_from(table).where(col(table.session_id) == room.id)
        return (await db.exec(query)).one()


async def test_three_hundred_who_come_back_after_a_crash_are_current_and_change_nothing(storm: House) -> None:
    room, host = await storm.live(max_participants=CROWD + 1)
    people = await crowd(storm, room, CROWD)
    before = place(await host.ok("session:sync", room.id))
    head = await say(host, room, 40)
    assert await count(storm, SessionEvent, room) == head
    storm.site.service.kill()
    storm.site.service.start()
    audited = await count(storm, AuditEntry, room)
    async with asyncio.timeout(CURRENT_WITHIN_S):
        back = await together(*(come_back(storm, room, person, before) for person in people))
    for _, joined in back:
        assert [event["seq"] for event in joined["events"]] == list(range(before["seq"] + 1, head + 1))
    assert (await count(storm, SessionEvent, room), await count(storm, AuditEntry, room)) == (head, audited)
    # And from there on they hear what happens, once.
    host = await storm.client(room.owner)
    await host.join(room.id)
    last = await say(host, room, 3)
    for client, _ in back:
        await client.until_seq(room.id, last)
        assert client.seqs(room.id) == list(range(before["seq"] + 1, last + 1))


async def test_many_who_missed_too_much_get_one_state_each_and_all_the_same(storm: House) -> None:
    room, host = await storm.live(max_participants=50)
    people = await crowd(storm, room, 30)
    before = place(await host.ok("session:sync", room.id))
    for _ in range(7):
        await say(host, room, 43)
    back = await together(*(come_back(storm, room, person, before) for person in people))
    states = [joined["state"] for _, joined in back]
    assert all("events" not in joined for _, joined in back)
    assert all(state == states[0] for state in states)
    assert len(states[0]["participants"]) == 31


async def test_many_resumes_while_a_hundred_events_a_second_arrive_leave_no_gap(storm: House) -> None:
    room, host = await storm.live(max_participants=50)
    people = await crowd(storm, room, 25)
    before = place(await host.ok("session:sync", room.id))
    done = asyncio.Event()
    talking = [asyncio.create_task(keep_talking(host, room, done)) for _ in range(4)]
    back = await together(*(come_back(storm, room, person, before) for person in people))
    await back[0][0].until_seq(room.id, back[-1][1]["seq"] + 20)
    done.set()
    last = max(await together(*talking))
    for client, _ in back:
        await client.until_seq(room.id, last)
        seqs = client.seqs(room.id)
        assert seqs == list(range(seqs[0], last + 1))


async def test_words_taken_back_are_told_to_nobody_who_comes_back(storm: House) -> None:
    room, host = await storm.live()
    [gus] = await crowd(storm, room, 1)
    before = place(await host.ok("session:sync", room.id))
    said = await host.ok("chat:send", room.id, text="Not for long.")
    await host.ok("chat:send", room.id, text="An answer.", reply_to=said["id"])
    await host.ok("chat:delete", room.id, message_id=said["id"])
    for _ in range(2):
        _, joined = await come_back(storm, room, gus, before)
        assert [event["type"] for event in joined["events"]] == ["chat:sent", "chat:sent", "chat:deleted"]
        assert "Not for long." not in str(joined)


async def test_who_was_sent_out_does_not_come_back_on_what_is_kept(storm: House) -> None:
    room, host = await storm.live()
    gus, gia = await crowd(storm, room, 2)
    before = place(await host.ok("session:sync", room.id))
    _, joined = await come_back(storm, room, gia, before)
    client = await storm.client(gus)
    await client.join(room.id)
    await client.vanish()
    again = await storm.client(gus)
    await host.ok("participant:kick", room.id, participant_id=str(gus.participant_id))
    await again.refused("session:join", "PARTICIPANT_REMOVED", room.id, after=place(joined))
    await again.until_closed()


async def test_a_turnstile_is_fair_and_does_not_let_the_line_grow_without_end() -> None:
    turnstile = Turnstile(at_once=1, in_line=3, patience_s=20.0)
    passed: list[int] = []
    first = asyncio.Event()

    async def pass_through(number: int) -> None:
        async with turnstile.turn():
            await first.wait()
            passed.append(number)

    tasks = [asyncio.create_task(pass_through(number)) for number in range(4)]
    await asyncio.sleep(0)
    assert turnstile.waiting == 3
    with pytest.raises(Unavailable) as refused:
        async with turnstile.turn():
            pytest.fail("the line is full")
    assert 1.0 <= refused.value.details["retry_after_s"] <= 10.0
    first.set()
    await asyncio.gather(*tasks)
    assert passed == [0, 1, 2, 3]


async def test_a_turnstile_tires_of_a_line_that_does_not_move() -> None:
    turnstile = Turnstile(at_once=1, in_line=3, patience_s=0.05)
    async with turnstile.turn():
        with pytest.raises(Unavailable):
            async with turnstile.turn():
                pytest.fail("let in beside somebody else")
    async with turnstile.turn():
        assert turnstile.waiting == 0
