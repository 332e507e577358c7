"""A session in numbers, as tables and log hold it."""

from typing import Any

import pytest

from models.actors import load_actor
from models.rooms.chat import delete_message, send_message
from models.rooms.hands import lower_hand, raise_hand
from models.rooms.moderation import kick_participant, mute_participant
from models.rooms.poll_payloads import PollFields
from models.rooms.polls import create_poll
from models.rooms.statistics import PersonStatisticsQuery, list_person_statistics, load_statistics
from models.rooms.visibility import set_visibility
from models.sessions.editing import update_session
from models.sessions.kinds import SessionStatus
from models.sessions.lifecycle import end_session, pause_session, resume_session, start_session
from models.sessions.payloads import CreateSession, UpdateSession
from tests.log.room import Room, Site

MINUTE_MS = 60_000


async def numbers(room: Room, who: str = "ada") -> dict[str, Any]:
    async with room.site.context.database.read() as db:
        actor = await load_actor(db, room.principal(who), room.session_id)
        found = await load_statistics(db, actor, room.site.clock.now())
    return found.model_dump(exclude={"at"})


async def people(room: Room, **query: Any) -> list[tuple[str, float, int, int]]:
    async with room.site.context.database.read() as db:
        actor = await load_actor(db, room.principal("ada"), room.session_id)
        asked = PersonStatisticsQuery(**query)
        page = await list_person_statistics(db, actor, asked, room.site.clock.now())
    return [(one.display_name, one.present_s, one.messages, one.hands_raised) for one in page.items]


@pytest.fixture
async def room(any_site: Site) -> Room:
    room = Room(any_site)
    await room.create(CreateSession(title="Planning", status=SessionStatus.SCHEDULED))
    await room.join("ada")
    await room.act("ada", start_session)
    return room


async def test_an_empty_session_is_all_zeros(any_site: Site) -> None:
    room = Room(any_site)
    await room.create(CreateSession(title="Planning", status=SessionStatus.SCHEDULED))
    counted = await numbers(room)
    assert set(counted.values()) == {0}


async def test_the_room_now(room: Room) -> None:
    for who in ("ben", "gus", "gia"):
        await room.join(who)
    await room.act("ada", mute_participant, room.ids["ben"])
    await room.act("ada", set_visibility, room.ids["gia"], is_hidden=True)
    await room.act("gus", raise_hand)
    await room.act("ada", update_session, UpdateSession.model_validate({"requires_approval": True}))
    await room.join("gil")
    now = await numbers(room)
    wanted = {"present": 4, "guests": 2, "muted": 1, "hidden": 1, "hands": 1, "waiting": 1, "people": 4}
    assert {key: now[key] for key in wanted} == wanted


async def test_the_peak_is_the_most_at_once(room: Room) -> None:
    for who in ("ben", "gus", "gia"):
        await room.join(who)
    await room.leave("ben")
    await room.act("ada", kick_participant, room.ids["gus"])
    await room.join("ben")
    await room.act("ada", update_session, UpdateSession.model_validate({"requires_approval": True}))
    await room.join("gil")
    # Who is sent away from the door has never been in.
    await room.act("ada", kick_participant, room.ids["gil"])
    now = await numbers(room)
    assert (now["present"], now["peak"], now["people"]) == (3, 4, 4)


async def test_what_was_said_asked_and_raised(room: Room) -> None:
    await room.join("ben")
    first = await room.act("ben", send_message, "One.")
    await room.act("ben", send_message, "Two.")
    await room.act("ben", delete_message, first.id)
    await room.act("ada", create_poll, PollFields(question="Break?", options=["Yes", "No"]))
    for _ in range(2):
        await room.act("ben", raise_hand)
        await room.act("ben", lower_hand)
    now = await numbers(room)
    assert (now["messages"], now["polls"], now["hands_raised"], now["hands"]) == (1, 1, 2, 0)


async def test_time_runs_without_its_pauses_and_stands_still_after_the_end(room: Room) -> None:
    room.site.clock.turn(10 * MINUTE_MS)
    await room.act("ada", pause_session)
    room.site.clock.turn(5 * MINUTE_MS)
    assert (await numbers(room))["running_s"] == 600
    await room.act("ada", resume_session)
    room.site.clock.turn(MINUTE_MS)
    await room.act("ada", end_session)
    room.site.clock.turn(60 * MINUTE_MS)
    assert (await numbers(room))["running_s"] == 660


async def test_each_person_in_numbers_the_most_first(room: Room) -> None:
    await room.join("gus")
    room.site.clock.turn(2 * MINUTE_MS)
    await room.join("ben")
    await room.act("ben", send_message, "Hello.")
    await room.act("gus", raise_hand)
    room.site.clock.turn(MINUTE_MS)
    await room.leave("gus")
    room.site.clock.turn(MINUTE_MS)
    await room.join("gus")
    room.site.clock.turn(MINUTE_MS)
    rows = {"Ada": ("Ada", 300, 0, 0), "Ben": ("Ben", 180, 1, 0), "Gus": ("Gus", 240, 0, 1)}
    for sort, order in {
        "time": ("Ada", "Gus", "Ben"),
        "messages": ("Ben", "Ada", "Gus"),
        "hands": ("Gus", "Ada", "Ben"),
        "name": ("Ada", "Ben", "Gus"),
    }.items():
        assert await people(room, sort=sort) == [rows[name] for name in order], sort
    assert await people(room, page=2, limit=2) == [rows["Ben"]]
