"""What happened, over REST: the log without a gap for anybody, the state, the audit."""

from datetime import datetime
from typing import Any

from models.log.catalogue import apply
from models.log.state import RoomState
from tests.identity.people import code_of
from tests.realtime.house import House, Person, Room

Json = dict[str, Any]


async def eventful(house: House) -> tuple[Room, Person]:
    """A session in which something was said behind closed doors, and an attendee of it."""
    room = await house.room(await house.account("Hana"), requires_approval=True)
    await house.post(f"/sessions/{room.id}/start", None, room.owner)
    await house.post(f"/sessions/{room.id}/join", None, room.owner)
    guest = await house.guest(room)
    await house.post(f"/sessions/{room.id}/participants/{guest.participant_id}/approve", None, room.owner)
    await house.post(f"/sessions/{room.id}/join", None, guest)
    await house.post(f"/sessions/{room.id}/messages", {"text": "hello"}, guest)
    await house.guest(room, "Eve")
    return room, guest


async def events(house: House, room: Room, person: Person, query: str = "") -> list[Json]:
    answer = await house.get(f"/sessions/{room.id}/events?{query}", person)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["data"]
    return found


async def test_what_is_not_for_ones_ears_keeps_its_place(any_house: House) -> None:
    room, guest = await eventful(any_house)
    host, attendee = await events(any_house, room, room.owner), await events(any_house, room, guest)
    assert [one["seq"] for one in attendee] == [one["seq"] for one in host] == list(range(1, len(host) + 1))
    hidden = {
        one["type"] for one, heard in zip(host, attendee, strict=True) if heard["type"] == "event:hidden"
    }
    assert hidden == {"waiting_room:updated", "participant:approved"}
    for heard in attendee:
        if heard["type"] == "event:hidden":
            assert (heard["actor"], heard["data"]) == (None, {})
    assert "Eve" not in str(attendee)


async def test_the_log_in_parts(house: House) -> None:
    room, guest = await eventful(house)
    whole = await events(house, room, guest)
    parts: list[Json] = []
    while part := await events(house, room, guest, f"after={len(parts)}&limit=3"):
        assert len(part) <= 3
        parts += part
    assert parts == whole


async def test_the_log_leads_to_the_state(any_house: House) -> None:
    room, guest = await eventful(any_house)
    for person in (room.owner, guest):
        state = (await any_house.get(f"/sessions/{room.id}/state", person)).json()["data"]
        log = await events(any_house, room, person)
        assert state["seq"] == log[-1]["seq"]
        empty: Json = {
            "present": 0,
            "participants": {},
            "waiting": {},
            "messages": [],
            "recording": None,
            "polls": {},
        }
        folded = RoomState.model_validate({**state["state"], **empty})
        for event in log:
            folded = apply(folded, event["type"], datetime.fromisoformat(event["at"]), event["data"])
        assert folded == RoomState.model_validate(state["state"])


async def test_the_log_outlives_the_session_for_those_who_were_there(house: House) -> None:
    room, guest = await eventful(house)
    await house.post(f"/sessions/{room.id}/end", None, room.owner)
    assert (await events(house, room, guest))[-1]["type"] == "session:ended"
    stranger = await house.account("Mallory")
    answer = await house.get(f"/sessions/{room.id}/events", stranger)
    assert code_of(answer) == (404, "SESSION_NOT_FOUND")


async def test_the_limits_of_a_part(house: House) -> None:
    room, guest = await eventful(house)
    for query in ("limit=1001", "limit=0", "after=-1", f"after={2**31}", "before=5"):
        answer = await house.get(f"/sessions/{room.id}/events?{query}", guest)
        assert code_of(answer) == (400, "VALIDATION_ERROR"), query


async def test_the_audit_says_who_did_what(any_house: House) -> None:
    room, guest = await eventful(any_house)
    path = f"/sessions/{room.id}/audit"
    trail = (await any_house.get(path, room.owner)).json()
    assert [one["action"] for one in reversed(trail["data"])] == [
        "session:created",
        "session:started",
        "participant:joined",
        "participant:approved",
        "participant:joined",
    ]
    assert trail["pagination"]["total"] == 5
    approved = (await any_house.get(f"{path}?action=participant:approved", room.owner)).json()["data"]
    assert [one["target_id"] for one in approved] == [str(guest.participant_id)]
    assert approved[0]["user_id"] == str(room.owner.user_id)
    for query, count in (
        ("action=participant:", 3),
        ("outcome=refused", 0),
        ("q=Hana", 4),
        ("actor_kind=guest", 1),
    ):
        found = (await any_house.get(f"{path}?{query}", room.owner)).json()
        assert found["pagination"]["total"] == count, (query, found)
    elsewhere = await any_house.get(f"{path}?session_id={room.id}", room.owner)
    assert code_of(elsewhere) == (400, "VALIDATION_ERROR")
    assert "hello" not in str(trail)
    assert code_of(await any_house.get(path, guest)) == (403, "FORBIDDEN")
