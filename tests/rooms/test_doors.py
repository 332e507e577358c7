"""Reasons to wait and reasons to stay outside: start, approval, seats, lock, opening time, consent, end."""

from datetime import UTC, datetime, timedelta

import pytest

from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.tables import Session
from tests.realtime.house import House
from tests.rooms.entering import refused_join


async def test_before_the_start_people_wait_even_without_approval(house: House) -> None:
    room = await house.room(await house.account())
    client = await house.client(await house.account("Mia"))
    joined = await client.join(room.code)
    assert (joined["status"], joined["position"]) == ("pending", 1)
    assert joined["session"]["title"] == "Algebra"
    assert joined["session"]["host_name"] == "Ada"
    assert not {"state", "events", "permissions"} & set(joined)


async def test_the_start_admits_those_who_waited_for_it(any_house: House) -> None:
    room = await any_house.room(await any_house.account("Hana"))
    guest = await any_house.guest(room, "Gus")
    waiting = [await any_house.client(guest), await any_house.client(await any_house.account("Mia"))]
    for client in waiting:
        assert (await client.join(room.id))["status"] == "pending"
    host = await any_house.host(room, start=False)
    await host.ok("session:start", room.id)
    for client in waiting:
        await client.event("participant:approved")
        assert (await client.join(room.id))["status"] == "approved"
    await host.event("participant:joined", lambda d: d["participant"]["display_name"] == "Gus")
    await host.event("participant:joined", lambda d: d["participant"]["display_name"] == "Mia")
    await any_house.assert_gapless(room)


async def test_the_start_admits_only_as_many_as_there_are_seats_first_come_first_served(house: House) -> None:
    room = await house.room(await house.account("Hana"), max_participants=2)
    host = await house.host(room, start=False)
    first = await house.client(await house.guest(room, "First"))
    second = await house.client(await house.guest(room, "Second"))
    assert (await first.join(room.id))["position"] == 1
    assert (await second.join(room.id))["position"] == 2
    await host.ok("session:start", room.id)
    await first.event("participant:approved")
    assert (await first.join(room.id))["status"] == "approved"
    moved = await second.event("waiting_room:position", lambda d: d["position"] == 1)
    assert "seq" not in moved.body
    assert [f for f in second.frames if f.type == "participant:approved"] == []


async def test_with_approval_people_wait_after_the_start_and_while_the_host_is_away(house: House) -> None:
    room, host = await house.live(requires_approval=True)
    guest = await house.guest(room, "Gus")
    client = await house.client(guest)
    assert (await client.join(room.id))["status"] == "pending"
    await host.event("waiting_room:updated", lambda d: d["participant_id"] == str(guest.participant_id))
    await host.ok("session:leave", room.id)
    late = await house.client(await house.account("Late"))
    assert (await late.join(room.id))["status"] == "pending"
    joined = await host.join(room.id)
    assert [w["display_name"] for w in joined["state"]["waiting"].values()] == ["Gus", "Late"]
    await host.ok("participant:approve", room.id, participant_id=guest.participant_id)
    await client.event("participant:approved", lambda d: d["participant_id"] == str(guest.participant_id))
    assert (await client.join(room.id))["status"] == "approved"


async def test_a_start_with_approval_admits_nobody(house: House) -> None:
    room = await house.room(await house.account(), requires_approval=True)
    client = await house.client(await house.guest(room))
    await client.join(room.id)
    host = await house.host(room)
    await host.ok("waiting_room:message", room.id, text="one moment")
    await client.event("waiting_room:messaged", lambda d: d["text"] == "one moment")
    assert [f.type for f in client.frames if f.type.startswith("participant:")] == []
    assert (await client.join(room.id))["status"] == "pending"


async def test_a_knock_can_be_taken_back(house: House) -> None:
    room, host = await house.live(requires_approval=True)
    guest = await house.guest(room)
    client = await house.client(guest)
    await client.join(room.id)
    await client.ok("session:leave", room.id)
    gone = await host.event("waiting_room:updated", lambda d: d["waiting"] is None)
    assert gone.data == {"participant_id": str(guest.participant_id), "waiting": None, "count": 0}
    assert (await house.participant(guest.participant_id)).status is ParticipantStatus.LEFT
    await host.refused("participant:approve", "ALREADY_DECIDED", room.id, participant_id=guest.participant_id)
    assert (await client.join(room.id))["status"] == "pending"


async def test_the_declined_are_told_why_and_stay_out_until_a_host_says_otherwise(house: House) -> None:
    room, host = await house.live(requires_approval=True)
    guest = await house.guest(room)
    client = await house.client(guest)
    await client.join(room.id)
    await host.ok("participant:reject", room.id, participant_id=guest.participant_id, reason="Wrong class.")
    told = await client.event("participant:declined")
    assert told.data == {"participant_id": str(guest.participant_id), "reason": "Wrong class."}
    assert "seq" not in told.body
    await refused_join(client, "PARTICIPANT_DECLINED", session_id=room.id)
    await refused_join(client, "PARTICIPANT_DECLINED", code=room.code)
    await host.refused("participant:reject", "ALREADY_DECIDED", room.id, participant_id=guest.participant_id)
    await host.ok("participant:approve", room.id, participant_id=guest.participant_id)
    assert (await client.join(room.id))["status"] == "approved"


async def test_a_full_room_takes_nobody_but_its_hosts(house: House) -> None:
    room, host = await house.live(max_participants=2)
    await house.member(room)
    late = await house.client(await house.account())
    await refused_join(late, "SESSION_FULL", session_id=room.id)
    answer = await house.request("POST", f"/sessions/{room.id}/join", {"display_name": "Gus"})
    assert (answer.status_code, answer.json()["errorCode"]) == (422, "SESSION_FULL")
    await host.ok("session:leave", room.id)
    await (await house.member(room, "Third"))[0].ok("chat:send", room.id, text="two again")
    assert (await host.join(room.id))["status"] == "approved"


async def test_the_seat_of_somebody_admitted_is_kept_for_a_while(house: House) -> None:
    room, host = await house.live(max_participants=2, requires_approval=True)
    first, second = await house.guest(room, "First"), await house.guest(room, "Second")
    await host.ok("participant:approve", room.id, participant_id=first.participant_id)
    await host.refused("participant:approve", "SESSION_FULL", room.id, participant_id=second.participant_id)
    # An hour later they still have not come.
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    await house.change(Participant, first.participant_id, admitted_at=long_ago)
    await host.ok("participant:approve", room.id, participant_id=second.participant_id)
    assert (await (await house.client(second)).join(room.id))["status"] == "approved"
    await refused_join(await house.client(first), "SESSION_FULL", session_id=room.id)


async def test_a_locked_room_keeps_newcomers_out_and_lets_members_reload(house: House) -> None:
    room, host = await house.live()
    mia = await house.account("Mia")
    client = await house.client(mia)
    await client.join(room.id)
    await host.ok("session:lock", room.id)
    await client.event("session:locked")
    await refused_join(await house.client(await house.account()), "SESSION_LOCKED", code=room.code)
    again = await house.client(mia)
    assert (await again.join(room.id))["status"] == "approved"
    await host.ok("session:unlock", room.id)
    await again.event("session:unlocked")
    await house.member(room, "Late")


async def test_who_waited_before_the_lock_keeps_waiting_and_may_be_let_in(house: House) -> None:
    room, host = await house.live(requires_approval=True)
    guest = await house.guest(room)
    client = await house.client(guest)
    await client.join(room.id)
    await host.ok("session:lock", room.id)
    again = await house.client(guest)
    assert (await again.join(room.id))["status"] == "pending"
    await host.ok("participant:approve", room.id, participant_id=guest.participant_id)
    await again.event("participant:approved")
    assert (await again.join(room.id))["status"] == "approved"


async def test_the_doors_open_as_long_before_the_start_as_the_session_says(house: House) -> None:
    start = datetime.now(UTC) + timedelta(hours=2)
    room = await house.room(await house.account(), start_time=start, settings={"opens_minutes_before": 30})
    client = await house.client(await house.account())
    error = await refused_join(client, "SESSION_NOT_OPEN", session_id=room.id)
    opens = datetime.fromisoformat(error["details"]["opens_at"])
    assert abs(opens - (start - timedelta(minutes=30))) < timedelta(seconds=1)
    await house.host(room, start=False)
    await house.change(Session, room.id, start_time=datetime.now(UTC) + timedelta(minutes=29))
    assert (await client.join(room.id))["status"] == "pending"


async def test_a_draft_is_for_its_hosts(house: House) -> None:
    room = await house.room(await house.account(), status="draft")
    client = await house.client(await house.account())
    await refused_join(client, "SESSION_NOT_OPEN", session_id=room.id)
    await refused_join(client, "SESSION_NOT_OPEN", code=room.code)
    host = await house.host(room, start=False)
    await host.refused("session:start", "INVALID_TRANSITION", room.id)


@pytest.mark.parametrize("end", ["session:end", "session:cancel"])
async def test_what_is_over_is_over_for_everybody(house: House, end: str) -> None:
    room, host = await house.live(requires_approval=True)
    member_account = await house.account("Mia")
    member, waiting = await house.client(member_account), await house.client(await house.account("Wil"))
    knocked = (await member.join(room.id))["participant"]["id"]
    await host.ok("participant:approve", room.id, participant_id=knocked)
    await member.join(room.id)
    await waiting.join(room.id)
    await host.ok(end, room.id, **({"reason": "Fire alarm."} if end == "session:cancel" else {}))
    past = {"session:end": "session:ended", "session:cancel": "session:cancelled"}[end]
    await member.event(past)
    told = await waiting.event("participant:declined")
    assert told.data["reason"] == past
    for client in (member, waiting, host):
        await refused_join(client, "SESSION_OVER", session_id=room.id)
    await member.refused("chat:send", "SESSION_OVER", room.id, text="anyone?")
    assert not (await house.participant(knocked)).is_present


async def test_guests_are_turned_away_where_accounts_are_asked_for(house: House) -> None:
    room, _host = await house.live(settings={"allow_guests": False})
    answer = await house.request("POST", "/sessions/join", {"code": room.code, "display_name": "Gus"})
    assert (answer.status_code, answer.json()["errorCode"]) == (403, "GUESTS_NOT_ALLOWED")
    await house.member(room)


async def test_a_recorded_room_is_entered_by_those_who_agree(house: House) -> None:
    room, host = await house.live()
    inside, _ = await house.member(room)
    await host.ok("recording:start", room.id)
    client = await house.client(await house.account("Mia"))
    await refused_join(client, "CONSENT_REQUIRED", session_id=room.id)
    await refused_join(client, "CONSENT_REQUIRED", session_id=room.id, consent=False)
    answer = await house.request("POST", f"/sessions/{room.id}/join", {"display_name": "Gus"})
    assert answer.json()["errorCode"] == "CONSENT_REQUIRED"
    joined = await client.join(room.id, consent=True)
    assert joined["participant"]["consented_at"] is not None
    # Asked once is enough; those who were in before are not sent out.
    await client.ok("session:leave", room.id)
    assert (await client.join(room.id))["status"] == "approved"
    await inside.ok("chat:send", room.id, text="I stay")


async def test_who_began_the_recording_comes_back_without_being_asked(house: House) -> None:
    room, host = await house.live()
    other, other_id = await house.member(room)
    await host.ok("participant:set_role", room.id, participant_id=other_id, role="co_host")
    await host.ok("recording:start", room.id)
    await host.ok("session:leave", room.id)
    await other.ok("session:leave", room.id)
    await refused_join(other, "CONSENT_REQUIRED", session_id=room.id)
    again = await host.join(room.id)
    assert (again["status"], again["participant"]["consented_at"]) == ("approved", None)


async def test_who_waits_may_reload_and_keeps_their_place(house: House) -> None:
    room, host = await house.live(requires_approval=True)
    first, second = await house.guest(room, "First"), await house.guest(room, "Second")
    before = await house.client(first)
    await before.join(room.id)
    await before.vanish()
    again = await house.client(first)
    assert (await again.join(room.id))["position"] == 1
    other = await house.client(second)
    assert (await other.join(room.id))["position"] == 2
    await host.ok("participant:approve", room.id, participant_id=first.participant_id)
    await again.event("participant:approved")
    assert [f for f in other.frames if f.type == "participant:approved"] == []
    knocks = [e for e in await house.stored_log(room) if e.type == "waiting_room:updated"]
    assert len(knocks) == 3
