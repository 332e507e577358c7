"""Who hears what: audiences, and what stands in the place of what is not for one's ears."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from models.log.catalogue import EVENTS
from models.log.event import EVERYONE, HIDDEN, HOSTS, audience_of, may_hear, people
from models.log.logged import LoggedEvent
from models.permissions import Role
from models.rooms.hands import set_language
from models.rooms.moderation import (
    ban_participant,
    kick_participant,
    mute_participant,
    set_role,
    unmute_participant,
)
from models.sessions.kinds import SessionKind, SessionStatus
from models.sessions.payloads import CreateSession
from tests.log.law import AUDIENCES, TickingRoom
from tests.log.room import Site
from tests.log.scenarios import a_class_with_a_waiting_room

ANA, BEN = UUID(int=1), UUID(int=2)
FOR_HOSTS = {
    "participant:added",
    "participant:approved",
    "participant:declined",
    "participant:unbanned",
    "waiting_room:messaged",
    "waiting_room:updated",
}


@pytest.mark.parametrize(
    ("audience", "own", "participant_id", "hears"),
    [
        (EVERYONE, EVERYONE, ANA, True),
        (EVERYONE, HOSTS, ANA, True),
        (EVERYONE, HOSTS, None, True),
        (HOSTS, HOSTS, ANA, True),
        (HOSTS, HOSTS, None, True),
        (HOSTS, EVERYONE, ANA, False),
        (HOSTS, EVERYONE, None, False),
        (people(ANA), EVERYONE, ANA, True),
        (people(ANA, BEN), EVERYONE, BEN, True),
        (people(ANA), EVERYONE, BEN, False),
        (people(ANA), HOSTS, BEN, False),
        (people(ANA), HOSTS, None, False),
        (people(), EVERYONE, None, False),
    ],
)
def test_may_hear(*, audience: str, own: str, participant_id: UUID | None, hears: bool) -> None:
    assert may_hear(audience, own, participant_id) is hears


@pytest.mark.parametrize("role", Role)
def test_who_may_see_the_waiting_room_hears_of_it(role: Role) -> None:
    quiet = (Role.ATTENDEE, Role.PRESENTER, Role.LEARNER, Role.OBSERVER)
    expected = EVERYONE if role in quiet else HOSTS
    assert audience_of(role) == expected


def test_what_is_for_hosts_alone() -> None:
    assert {event.type for event in EVENTS if event.audience == HOSTS} == FOR_HOSTS
    assert {event.audience for event in EVENTS} == {EVERYONE, HOSTS}


def test_a_hidden_event_tells_its_place_and_time_alone() -> None:
    at = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    secret = LoggedEvent(BEN, "e", 7, "participant:declined", ANA, HOSTS, at, '{"reason":"secret"}')
    hidden = secret.heard_by(EVERYONE, ANA)
    assert hidden.as_dict() == {
        "type": HIDDEN,
        "session_id": str(BEN),
        "seq": 7,
        "at": "2026-11-21T09:00:00.000Z",
        "actor": None,
        "data": {},
    }
    assert secret.heard_by(HOSTS, None) is secret


async def test_nothing_of_those_who_wait_reaches_everyone(site: Site) -> None:
    room = TickingRoom(site)
    await a_class_with_a_waiting_room(room)
    heard = {audience: room.heard_by(audience) for audience in AUDIENCES}
    assert [one.seq for one in heard["everyone"]] == [one.seq for one in heard["hosts"]]
    assert HIDDEN not in {one.type for one in heard["hosts"]}
    # Gil knocked, went away and knocked again, and came in only in the end.
    gil = str(room.ids["gil"])
    told = [one for one in heard["everyone"] if gil in one.body()]
    assert told == []
    assert [one.type for one in heard["hosts"] if gil in one.data] == [
        "waiting_room:updated",
        "waiting_room:updated",
        "waiting_room:updated",
        "participant:approved",
        "waiting_room:updated",
    ]


async def test_what_happens_to_those_outside_is_for_hosts(site: Site) -> None:
    room = TickingRoom(site)
    await room.create(CreateSession(title="Algebra", kind=SessionKind.CLASS, status=SessionStatus.SCHEDULED))
    await room.join("gus")
    gus = room.ids["gus"]
    await room.act("ada", mute_participant, gus)
    await room.act("ada", unmute_participant, gus)
    await room.act("ada", set_language, gus, "de")
    await room.act("ada", set_role, gus, Role.PRESENTER)
    await room.act("ada", kick_participant, gus, "noise")
    await room.act("ada", ban_participant, gus, None)
    assert {one.type for one in room.heard_by("everyone")} == {"session:created", HIDDEN}
    assert {one.type for one in room.heard_by("hosts")} >= {"participant:muted", "participant:kicked"}
