"""The paths of seed 004: co-hosts by account, and the waiting room of a meeting."""

from uuid import UUID

import httpx
from sqlmodel import select

from models.identity.tables import User
from models.ids import new_id
from models.rooms.tables import Participant
from tests.identity.people import bearer, code_of
from tests.realtime.house import House, Person, Room


async def add(house: House, room: Room, user_id: object, by: Person | None = None) -> httpx.Response:
    """Names a co-host."""
    token = (by or room.owner).token
    return await house.http.post(
        f"/api/meetings/{room.id}/co-hosts", json={"user_id": str(user_id)}, headers=bearer(token)
    )


async def dismiss(house: House, room: Room, user_id: object, by: Person | None = None) -> httpx.Response:
    """Dismisses one."""
    token = (by or room.owner).token
    return await house.http.delete(f"/api/meetings/{room.id}/co-hosts/{user_id}", headers=bearer(token))


async def row(house: House, room: Room, user_id: UUID | None) -> Participant:
    async with house.context.database.read() as db:
        query = select(Participant).where(Participant.session_id == room.id, Participant.user_id == user_id)
        return (await db.exec(query)).one()


async def test_a_co_host_who_has_never_come_in(any_house: House) -> None:
    room = await any_house.room(await any_house.account("Hana"), requires_approval=True)
    bob = await any_house.account("Bob")
    answer = await add(any_house, room, bob.user_id)
    assert answer.status_code == 201
    assert (answer.json()["data"]["role"], answer.json()["data"]["display_name"]) == ("co_host", "Bob")
    assert (await row(any_house, room, bob.user_id)).role == "co_host"
    waiting = await any_house.http.get(f"/api/meetings/{room.id}/waiting-room", headers=bearer(bob.token))
    assert waiting.status_code == 200
    assert (await any_house.post(f"/sessions/{room.id}/join", {}, bob))["status"] == "approved"
    assert (await add(any_house, room, bob.user_id)).status_code == 201
    types = [event.type for event in await any_house.assert_gapless(room)]
    assert types.count("participant:role_changed") == 1


async def test_a_co_host_is_dismissed(any_house: House) -> None:
    room = await any_house.room(await any_house.account("Hana"))
    bob = await any_house.account("Bob")
    await add(any_house, room, bob.user_id)
    assert (await dismiss(any_house, room, bob.user_id)).status_code == 204
    assert (await row(any_house, room, bob.user_id)).role == "attendee"
    assert code_of(await any_house.get(f"/sessions/{room.id}", bob)) == (403, "NOT_JOINED")
    assert code_of(await dismiss(any_house, room, bob.user_id)) == (404, "PARTICIPANT_NOT_FOUND")


async def test_whom_a_meeting_cannot_take_as_co_host(house: House) -> None:
    room = await house.room(await house.account("Hana"))
    closed, banned = await house.account("Cleo"), await house.account("Dan")
    await house.change(User, closed.user_id, is_active=False)
    participant = (await house.post(f"/sessions/{room.id}/join", {}, banned))["participant"]
    await house.post(f"/sessions/{room.id}/participants/{participant['id']}/ban", {}, room.owner)
    assert code_of(await add(house, room, new_id())) == (404, "USER_NOT_FOUND")
    assert code_of(await add(house, room, closed.user_id)) == (404, "USER_NOT_FOUND")
    assert code_of(await add(house, room, banned.user_id)) == (409, "CONFLICT")
    assert code_of(await add(house, room, "nobody")) == (400, "VALIDATION_ERROR")
    assert code_of(await dismiss(house, room, "nobody")) == (404, "USER_NOT_FOUND")
    assert code_of(await add(house, room, room.owner.user_id)) == (422, "LAST_HOST")


async def test_co_hosts_do_not_make_co_hosts(house: House) -> None:
    room = await house.room(await house.account("Hana"))
    bob, eve = await house.account("Bob"), await house.account("Eve")
    await add(house, room, bob.user_id)
    assert code_of(await add(house, room, eve.user_id, by=bob)) == (403, "FORBIDDEN")
    assert code_of(await add(house, room, bob.user_id, by=eve)) == (404, "SESSION_NOT_FOUND")


async def test_the_waiting_room_of_a_meeting(any_house: House) -> None:
    room = await any_house.room(await any_house.account("Hana"))
    first, second = await any_house.guest(room, "Gus"), await any_house.guest(room, "Eve")
    here, host = f"/api/meetings/{room.id}", bearer(room.owner.token)
    line = (await any_house.http.get(f"{here}/waiting-room", headers=host)).json()
    assert [one["display_name"] for one in line["data"]] == ["Gus", "Eve"]
    approved = await any_house.http.post(f"{here}/participants/{first.participant_id}/approve", headers=host)
    rejected = await any_house.http.post(f"{here}/participants/{second.participant_id}/reject", headers=host)
    assert approved.json()["data"]["status"] == "approved"
    assert rejected.json()["data"]["status"] == "declined"
