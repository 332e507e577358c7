"""Rooms over REST: coming in, being let in, being moderated, and what one may read."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from models.audit.tables import AuditEntry
from models.ids import new_id
from models.permissions import Role
from models.rooms.tables import Participant, ParticipantStatus
from tests.identity.people import code_of
from tests.realtime.house import House, Person, Room

Json = dict[str, Any]


async def live(house: House, **fields: Any) -> Room:
    """A running session."""
    room = await house.room(await house.account("Hana"), **fields)
    await house.post(f"/sessions/{room.id}/start", None, room.owner)
    return room


async def joined(house: House, room: Room, person: Person) -> Json:
    """How an account came in."""
    return await house.post(f"/sessions/{room.id}/join", {}, person)


async def member(house: House, room: Room, role: Role = Role.ATTENDEE) -> tuple[Person, str]:
    """An account in the room, and the id of its participant."""
    person = await house.account(role.value)
    participant_id = (await joined(house, room, person))["participant"]["id"]
    if role is not Role.ATTENDEE:
        await house.post(
            f"/sessions/{room.id}/participants/{participant_id}/role", {"role": role}, room.owner
        )
    return person, participant_id


async def on(
    house: House, room: Room, participant_id: object, verb: str, by: Person, body: Json | None = None
) -> httpx.Response:
    """Does something to somebody."""
    path = f"/sessions/{room.id}/participants/{participant_id}/{verb}"
    return await house.request("POST", path, body or {}, by)


async def test_a_guest_comes_in_with_a_code_and_a_token_for_this_room(any_house: House) -> None:
    room, other = await live(any_house), await live(any_house)
    guest = await any_house.post("/sessions/join", {"code": room.code.lower(), "display_name": "Gus"})
    assert guest["status"] == "approved"
    assert guest["session_id"] == str(room.id)
    assert (guest["participant"]["display_name"], guest["participant"]["user_id"]) == ("Gus", None)
    assert set(guest) == {"participant", "status", "session_id", "token", "expires_at"}
    person = Person("Gus", guest["token"])
    assert (await any_house.get(f"/sessions/{room.id}/state", person)).status_code == 200
    assert code_of(await any_house.get(f"/sessions/{other.id}/state", person)) == (404, "SESSION_NOT_FOUND")


async def test_coming_again_is_the_same_participant(any_house: House) -> None:
    room = await live(any_house)
    person = await any_house.account("Mia")
    first, again = await joined(any_house, room, person), await joined(any_house, room, person)
    assert first["participant"]["id"] == again["participant"]["id"]
    assert first["participant"]["display_name"] == "Mia"
    log = await any_house.assert_gapless(room)
    assert [event.type for event in log].count("participant:joined") == 1


async def test_a_guest_says_what_to_be_called(house: House) -> None:
    room = await live(house)
    answer = await house.request("POST", f"/sessions/{room.id}/join", {})
    assert (code_of(answer), answer.json()["details"]["field"]) == ((400, "VALIDATION_ERROR"), "display_name")


@pytest.mark.parametrize("path", ["/sessions/join", "/sessions/{unknown}/join"])
async def test_what_leads_nowhere(house: House, path: str) -> None:
    body = {"display_name": "Gus"} | ({"code": "ABCDEF"} if path == "/sessions/join" else {})
    answer = await house.request("POST", path.replace("{unknown}", str(new_id())), body)
    assert code_of(answer) == (404, "SESSION_NOT_FOUND")


async def test_who_waits_reads_nothing_and_is_let_in(any_house: House) -> None:
    room = await live(any_house, requires_approval=True)
    waiting = await any_house.guest(room)
    for what in ("", "/state", "/events", "/messages", "/participants"):
        answer = await any_house.get(f"/sessions/{room.id}{what}", waiting)
        assert code_of(answer) == (403, "PARTICIPANT_WAITING")
    line = (await any_house.get(f"/sessions/{room.id}/waiting-room", room.owner)).json()
    assert [one["id"] for one in line["data"]] == [str(waiting.participant_id)]
    assert line["pagination"]["total"] == 1
    approved = await on(any_house, room, waiting.participant_id, "approve", room.owner)
    assert approved.json()["data"]["status"] == "approved"
    again = await on(any_house, room, waiting.participant_id, "approve", room.owner)
    assert code_of(again) == (409, "ALREADY_DECIDED")
    came = await any_house.post(f"/sessions/{room.id}/join", {}, waiting)
    assert (came["status"], came["participant"]["is_present"]) == ("approved", True)


async def test_who_was_never_let_in_reads_nothing_after_going_away(house: House) -> None:
    room = await live(house, requires_approval=True)
    waiting = await house.guest(room)
    await house.change(Participant, waiting.participant_id, status=ParticipantStatus.LEFT)
    for what in ("", "/state", "/events", "/messages"):
        assert code_of(await house.get(f"/sessions/{room.id}{what}", waiting)) == (403, "NOT_JOINED")


async def test_who_is_declined_hears_why_not(house: House) -> None:
    room = await live(house, requires_approval=True)
    waiting = await house.guest(room)
    declined = await on(house, room, waiting.participant_id, "reject", room.owner, {"reason": "Not today."})
    assert declined.json()["data"]["status"] == "declined"
    assert code_of(await house.get(f"/sessions/{room.id}", waiting)) == (403, "PARTICIPANT_DECLINED")
    again = await house.request("POST", f"/sessions/{room.id}/join", {}, waiting)
    assert code_of(again) == (403, "PARTICIPANT_DECLINED")


async def test_everybody_who_waits_as_far_as_there_are_seats(any_house: House) -> None:
    room = await live(any_house, requires_approval=True, max_participants=2)
    people = [await any_house.guest(room, f"Guest {n}") for n in range(3)]
    result = await any_house.post(f"/sessions/{room.id}/participants/approve-all", None, room.owner)
    assert result["participant_ids"] == [str(one.participant_id) for one in people[:2]]
    assert result["remaining"] == 1


@pytest.mark.parametrize(
    ("verb", "field", "value"),
    [
        ("mute", "is_muted", True),
        ("unmute", "is_muted", False),
        ("kick", "status", "removed"),
        ("ban", "status", "banned"),
    ],
)
async def test_moderating(any_house: House, verb: str, field: str, value: object) -> None:
    room = await live(any_house)
    _, participant_id = await member(any_house, room)
    done = await on(any_house, room, participant_id, verb, room.owner)
    assert done.json()["data"][field] == value
    assert getattr(await any_house.participant(participant_id), field) == value


async def test_sent_out_means_out_whatever_token_is_held(house: House) -> None:
    room = await live(house)
    guest = await house.guest(room)
    await on(house, room, guest.participant_id, "kick", room.owner, {"reason": "Enough."})
    assert code_of(await house.get(f"/sessions/{room.id}/state", guest)) == (403, "PARTICIPANT_REMOVED")
    assert (await on(house, room, guest.participant_id, "approve", room.owner)).status_code == 200
    assert (await house.post(f"/sessions/{room.id}/join", {}, guest))["status"] == "approved"
    async with house.context.database.read() as db:
        query = select(AuditEntry).where(
            AuditEntry.session_id == room.id, AuditEntry.action == "participant:kicked"
        )
        entry = (await db.exec(query)).one()
    assert (entry.target_id, entry.user_id) == (guest.participant_id, room.owner.user_id)
    assert (entry.details, entry.address) == ({"reason": "Enough."}, "127.0.0.1")


async def test_a_ban_is_lifted(house: House) -> None:
    room = await live(house)
    person, participant_id = await member(house, room)
    await on(house, room, participant_id, "ban", room.owner)
    assert code_of(await house.request("POST", f"/sessions/{room.id}/join", {}, person)) == (
        403,
        "PARTICIPANT_BANNED",
    )
    assert (await on(house, room, participant_id, "unban", room.owner)).status_code == 200
    assert (await joined(house, room, person))["participant"]["id"] == participant_id


async def test_muting_everybody(house: House) -> None:
    room = await live(house)
    ids = {(await member(house, room))[1] for _ in range(3)}
    path = f"/sessions/{room.id}/participants"
    muted = await house.post(f"{path}/mute-all", None, room.owner)
    unmuted = await house.post(f"{path}/unmute-all", None, room.owner)
    assert set(muted["participant_ids"]) == set(unmuted["participant_ids"]) == ids


MAY: dict[str, set[Role]] = {
    "approve": {Role.HOST, Role.CO_HOST, Role.INSTRUCTOR, Role.MODERATOR},
    "reject": {Role.HOST, Role.CO_HOST, Role.INSTRUCTOR, Role.MODERATOR},
    "mute": {Role.HOST, Role.CO_HOST, Role.INSTRUCTOR, Role.MODERATOR},
    "unmute": {Role.HOST, Role.CO_HOST, Role.INSTRUCTOR, Role.MODERATOR},
    "kick": {Role.HOST, Role.CO_HOST, Role.INSTRUCTOR, Role.MODERATOR},
    "ban": {Role.HOST, Role.CO_HOST, Role.INSTRUCTOR},
    "role": {Role.HOST, Role.CO_HOST, Role.INSTRUCTOR},
}


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_do_what_to_whom(house: House, role: Role) -> None:
    room = await live(house, requires_approval=True)
    await house.request("PATCH", f"/sessions/{room.id}", {"requires_approval": False}, room.owner)
    person = room.owner if role is Role.HOST else (await member(house, room, role))[0]
    for verb, allowed in MAY.items():
        target = (await member(house, room))[1]
        if verb in ("approve", "reject"):
            await house.change(Participant, UUID(target), status=ParticipantStatus.PENDING, is_present=False)
        answer = await on(
            house, room, target, verb, person, {"role": "presenter"} if verb == "role" else None
        )
        if role in allowed:
            assert answer.status_code == 200, (verb, answer.text)
        else:
            assert code_of(answer) == (403, "FORBIDDEN"), verb


READ: dict[str, set[Role]] = {
    "": set(Role),
    "/participants": set(Role),
    "/messages": set(Role),
    "/recordings": set(Role),
    "/events": set(Role),
    "/state": set(Role),
    "/waiting-room": {Role.HOST, Role.CO_HOST, Role.INSTRUCTOR, Role.MODERATOR},
    "/audit": {Role.HOST, Role.CO_HOST, Role.INSTRUCTOR},
}


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_read_what(house: House, role: Role) -> None:
    room = await live(house)
    person = room.owner if role is Role.HOST else (await member(house, room, role))[0]
    for what, allowed in READ.items():
        answer = await house.get(f"/sessions/{room.id}{what}", person)
        assert answer.status_code == (200 if role in allowed else 403), what


async def test_the_roster_in_pages(any_house: House) -> None:
    room = await live(any_house)
    ids = [(await member(any_house, room))[1] for _ in range(3)]
    await on(any_house, room, ids[2], "ban", room.owner)
    path = f"/sessions/{room.id}/participants"
    everyone = (await any_house.get(f"{path}?limit=2", room.owner)).json()
    assert everyone["pagination"]["total"] == 4
    assert [one["id"] for one in everyone["data"]] == ids[:2]
    present = (await any_house.get(f"{path}?present=true", room.owner)).json()["data"]
    assert {one["id"] for one in present} == set(ids[:2])
    banned = (await any_house.get(f"{path}?status=banned", room.owner)).json()["data"]
    assert [one["id"] for one in banned] == [ids[2]]


async def test_who_was_sent_out_is_for_hosts_to_see(house: House) -> None:
    room = await live(house, requires_approval=True)
    person = await house.guest(room)
    await on(house, room, person.participant_id, "approve", room.owner)
    await house.post(f"/sessions/{room.id}/join", {}, person)
    waiting = await house.guest(room)
    path = f"/sessions/{room.id}/participants"
    for query in ("", "?status=pending", "?status=banned", "?present=false"):
        seen = (await house.get(f"{path}{query}", person)).json()["data"]
        assert str(waiting.participant_id) not in [one["id"] for one in seen]


async def test_the_chat_from_its_end_backwards(any_house: House) -> None:
    room = await live(any_house)
    person, _ = await member(any_house, room)
    path = f"/sessions/{room.id}/messages"
    said = [await any_house.post(path, {"text": f"line {n}"}, person) for n in range(5)]
    answer = await any_house.post(path, {"text": "indeed", "reply_to": said[0]["id"]}, person)
    assert answer["reply_to"] == said[0]["id"]
    last = (await any_house.get(f"{path}?limit=2", person)).json()["data"]
    assert [one["text"] for one in last] == ["line 4", "indeed"]
    before = (await any_house.get(f"{path}?limit=3&before={last[0]['seq']}", person)).json()["data"]
    assert [one["text"] for one in before] == ["line 1", "line 2", "line 3"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 4_001, "a\x07b", "a\u202eb"])
async def test_what_cannot_be_said(house: House, text: str) -> None:
    room = await live(house)
    person, _ = await member(house, room)
    answer = await house.request("POST", f"/sessions/{room.id}/messages", {"text": text}, person)
    assert (code_of(answer), answer.json()["details"]["field"]) == ((400, "VALIDATION_ERROR"), "text")


async def test_who_is_not_in_the_room_cannot_speak(house: House) -> None:
    room = await live(house)
    answer = await house.request("POST", f"/sessions/{room.id}/messages", {"text": "hi"}, room.owner)
    assert code_of(answer) == (403, "NOT_JOINED")
