"""The lane: commands that share a transaction are judged one by one, and the law of the log holds."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select, update

from models.actors import Actor
from models.errors import RateLimited, Unavailable
from models.identity.tables import SignIn
from models.log.grouping import Grouped
from models.log.tables import AnsweredCommand
from models.rooms.tables import ChatMessage, Participant
from models.sessions.kinds import SessionStatus
from models.sessions.tables import Session
from models.transaction import Origin, Transaction
from tests.log.law import AUDIENCES, LawfulRoom
from tests.log.room import OWNER, Room, Site
from tests.log.talking import (
    PEOPLE,
    all_of,
    codes,
    held,
    open_lane,
    says,
    sign_in,
    talking_room,
    texts,
    token_of,
)


async def said_in(room: Room) -> list[ChatMessage]:
    """The messages of a room as they are stored."""
    query = (
        select(ChatMessage).where(ChatMessage.session_id == room.session_id).order_by(col(ChatMessage.seq))
    )
    async with room.site.context.database.read() as db:
        return list((await db.exec(query)).all())


async def test_the_law_holds_for_groups(any_site: Site) -> None:
    room = LawfulRoom(any_site)
    await talking_room(any_site, room)
    lane, groups = open_lane(any_site)
    for number in range(3):
        heard = len(any_site.heard.events)
        lines = [says(room, who, f"{who} {number} {n}") for n in range(6) for who in PEOPLE]
        outcomes = await all_of([lane.submit(line) for line in lines])
        assert codes(outcomes) == ["said"] * len(lines)
        await room._take_note(heard)
        for audience in AUDIENCES:
            *_, earlier, now = room.remembered[audience]
            room._check_law(audience, earlier, now, room.told)
    await room.check_all()
    # What arrived together was committed together.
    assert groups.sizes == [30, 30, 30]
    assert any_site.heard.events[-1].seq == len(any_site.heard.events)


async def test_a_refused_command_leaves_no_trace_in_the_others(any_site: Site) -> None:
    room = await talking_room(any_site)
    other = await talking_room(any_site)
    async with held(room) as tx:
        await tx.db.exec(
            update(Participant).where(col(Participant.id) == room.ids["ben"]).values(is_muted=True)
        )
    head = (await room_head(room)) + 1
    lane, groups = open_lane(any_site)
    stranger = token_of(other, "abel")
    lines = [
        says(room, OWNER, "First"),
        says(room, "ben", "I am muted"),
        says(room, "gus", "To nobody", reply_to=uuid4()),
        says(room, "gia", "Second"),
        says(room, stranger, "From another room"),
        says(room, "abel", "Third"),
    ]
    outcomes = await all_of([lane.submit(line) for line in lines])
    assert codes(outcomes) == [
        "said",
        "PARTICIPANT_MUTED",
        "MESSAGE_NOT_FOUND",
        "said",
        "SESSION_NOT_FOUND",
        "said",
    ]
    assert groups.sizes == [6]
    stored = await said_in(room)
    assert [one.text for one in stored] == ["First", "Second", "Third"]
    assert [one.seq for one in stored] == [head, head + 1, head + 2]
    reply = says(room, "gus", "To the first", reply_to=stored[0].id)
    assert codes(await all_of([lane.submit(reply)])) == ["said"]


async def room_head(room: Room) -> int:
    """Where the log of a room stands."""
    async with held(room) as tx:
        return tx.log.head_seq


async def test_a_fault_of_ours_fails_one_command_alone(any_site: Site) -> None:
    room = await talking_room(any_site)
    lane, _groups = open_lane(any_site)

    async def breaks(_tx: Transaction, _actor: Actor) -> dict[str, object]:
        raise ZeroDivisionError

    async def spoils(tx: Transaction, actor: Actor) -> dict[str, object]:
        actor.as_participant().display_name = "Somebody else"
        raise Unavailable

    asking = says(room, "ben", "").asking
    lines = [says(room, OWNER, f"Before {n}") for n in range(3)]
    lines += [Grouped(asking, Origin("test"), breaks), Grouped(asking, Origin("test"), spoils)]
    lines += [says(room, OWNER, f"After {n}") for n in range(3)]
    outcomes = await all_of([lane.submit(line) for line in lines])
    assert codes(outcomes) == ["said"] * 3 + ["INTERNAL_ERROR"] * 2 + ["said"] * 3
    assert [one.text for one in await said_in(room)] == texts(outcomes)
    async with any_site.context.database.read() as db:
        ben = (await db.exec(select(Participant).where(Participant.id == room.ids["ben"]))).one()
    assert ben.display_name == "Ben"


async def test_a_repeated_command_is_answered_with_the_first_answer(any_site: Site) -> None:
    room = await talking_room(any_site)
    lane, _groups = open_lane(any_site)
    command_id = uuid4()
    line = says(room, "ben", "Once", command_id=command_id)
    together = await all_of([lane.submit(line) for _ in range(3)])
    later = await all_of([lane.submit(line)])
    answers = [one.answer for one in together + later]
    assert answers == [answers[0]] * 4
    assert [one.is_repeated for one in together + later] == [False, True, True, True]
    assert [one.text for one in await said_in(room)] == ["Once"]
    other = says(room, "ben", "Twice", command_id=command_id, command="chat:edit")
    # Somebody else's id is another id.
    mine = says(room, "gus", "Mine", command_id=command_id)
    assert codes(await all_of([lane.submit(other), lane.submit(mine)])) == ["VALIDATION_ERROR", "said"]
    async with any_site.context.database.read() as db:
        assert len((await db.exec(select(AnsweredCommand))).all()) == 2


@pytest.mark.parametrize("group_limit", [1, 7, 256])
async def test_what_one_says_stays_in_order(any_site: Site, group_limit: int) -> None:
    room = await talking_room(any_site)
    lane, groups = open_lane(any_site, group_limit=group_limit)
    lines = [says(room, PEOPLE[n % len(PEOPLE)], f"Line {n}") for n in range(60)]
    outcomes = await all_of([lane.submit(line) for line in lines])
    assert [one.text for one in await said_in(room)] == texts(outcomes) == [f"Line {n}" for n in range(60)]
    assert max(groups.sizes) == min(group_limit, 60)
    assert sum(groups.sizes) == 60


@pytest.mark.parametrize("what", ["mute", "remove", "end", "delete", "revoke"])
async def test_nothing_is_committed_after_what_forbids_it(any_site: Site, what: str) -> None:
    room = await talking_room(any_site)
    lane, _groups = open_lane(any_site)
    claims = await sign_in(any_site, "ben") if what == "revoke" else token_of(room, "ben")
    assert codes(await all_of([lane.submit(says(room, claims, "Before"))])) == ["said"]
    async with held(room) as tx:
        waiting = [lane.submit(says(room, claims, f"After {n}")) for n in range(5)]
        await forbid(tx, room, what)
    refused = {
        "mute": "PARTICIPANT_MUTED",
        "remove": "PARTICIPANT_REMOVED",
        "end": "SESSION_OVER",
        "delete": "SESSION_NOT_FOUND",
        "revoke": "UNAUTHENTICATED",
    }
    assert codes(await all_of(waiting)) == [refused[what]] * 5
    assert [one.text for one in await said_in(room)] == ["Before"]


async def forbid(tx: Transaction, room: Room, what: str) -> None:
    """Changes what decides whether somebody may speak."""
    ben, session = col(Participant.id) == room.ids["ben"], col(Session.id) == room.session_id
    changes = {
        "mute": update(Participant).where(ben).values(is_muted=True),
        "remove": update(Participant).where(ben).values(status="removed", is_present=False),
        "end": update(Session).where(session).values(status=SessionStatus.ENDED),
        "delete": update(Session).where(session).values(deleted_at=tx.now),
        "revoke": update(SignIn).values(revoked_at=tx.now),
    }
    await tx.db.exec(changes[what])


# SQLite has one writer.
@pytest.mark.parametrize("any_site", ["postgresql"], indirect=True)
async def test_a_session_that_somebody_changes_holds_up_no_other(any_site: Site) -> None:
    busy, free = await talking_room(any_site), await talking_room(any_site)
    lane, _groups = open_lane(any_site)
    async with held(busy):
        waiting = [lane.submit(says(busy, "ben", f"Busy {n}")) for n in range(3)]
        for number in range(3):
            lines = [says(free, "ben", f"Free {number} {n}") for n in range(3)]
            assert codes(await all_of([lane.submit(line) for line in lines])) == ["said"] * 3
            waiting.append(lane.submit(says(busy, "ben", f"Busy {3 + number}")))
        assert not any(one.done() for one in waiting)
    outcomes = await all_of(waiting)
    assert texts(outcomes) == [f"Busy {n}" for n in range(6)]
    assert [one.text for one in await said_in(busy)] == texts(outcomes)


async def test_two_lanes_over_the_same_rooms_wait_for_each_other_only_briefly(any_site: Site) -> None:
    """As two processes do: nobody is refused, no lock is waited for in a circle, every log is without a gap."""
    rooms = [await talking_room(any_site) for _ in range(4)]
    lanes = [open_lane(any_site, group_limit=8)[0] for _ in range(2)]
    outcomes = await all_of(
        lane.submit(says(room, "ben", f"{number} {n}"))
        for n in range(20)
        for number, lane in enumerate(lanes)
        for room in (rooms if number else reversed(rooms))
    )
    assert set(codes(outcomes)) == {"said"}
    for room in rooms:
        stored = await said_in(room)
        assert [one.seq for one in stored] == list(range(stored[0].seq, stored[0].seq + 40))
        for number in range(2):
            own = [one.text for one in stored if one.text.startswith(f"{number} ")]
            assert own == [f"{number} {n}" for n in range(20)]


async def test_more_than_may_wait_is_refused_and_may_come_again(any_site: Site) -> None:
    room = await talking_room(any_site)
    lane, groups = open_lane(any_site, group_limit=2, queue_limit=5)
    async with held(room):
        waiting = [lane.submit(says(room, "ben", f"Line {n}")) for n in range(5)]
        with pytest.raises(RateLimited) as refused:
            _ = lane.submit(says(room, "ben", "Too much"))
        assert refused.value.details["retry_after_s"] > 0
        assert groups.turned_away == 1
    assert codes(await all_of(waiting)) == ["said"] * 5
    assert codes(await all_of([lane.submit(says(room, "ben", "Line 5"))])) == ["said"]
    assert lane.waiting == 0


async def test_a_lane_that_stops_ends_what_it_began_and_refuses_the_rest(any_site: Site) -> None:
    room = await talking_room(any_site)
    lane, _groups = open_lane(any_site, group_limit=2)
    begun = [lane.submit(says(room, "ben", f"Line {n}")) for n in range(2)]
    await asyncio.sleep(0)  # the group is taken in the next turn of the loop
    rest = [lane.submit(says(room, "ben", f"Line {n}")) for n in range(2, 5)]
    await lane.stop()
    outcomes = await all_of(begun + rest)
    assert codes(outcomes) == ["said"] * 2 + ["UNAVAILABLE"] * 3
    assert [one.text for one in await said_in(room)] == ["Line 0", "Line 1"]
    with pytest.raises(Unavailable):
        _ = lane.submit(says(room, "ben", "Too late"))


async def test_who_does_not_exist_is_refused_and_holds_up_nobody(any_site: Site) -> None:
    room = await talking_room(any_site)
    lane, _groups = open_lane(any_site)
    nowhere = Room(any_site)
    nowhere.session_id, nowhere.ids = UUID(int=7), room.ids
    lines = [says(nowhere, "ben", "Nowhere"), says(nowhere, token_of(room, "ben"), "Nowhere")]
    lines += [says(room, "ben", "Here")]
    outcomes = await all_of([lane.submit(line) for line in lines])
    assert codes(outcomes) == ["UNAUTHENTICATED", "SESSION_NOT_FOUND", "said"]
