"""Whoever was sent out keeps nothing: no seat, no role, no old token, no old answer."""

from uuid import uuid4

from tests.realtime.house import House, Person
from tests.rooms.people import MODERATOR, assemble


async def role_of(house: House, person_id: object) -> str:
    return str((await house.participant(person_id)).role)


async def test_a_pardoned_co_host_is_no_co_host(house: House) -> None:
    cast = await assemble(house)
    co_host = await house.account("Cora")
    client = await house.client(co_host)
    who = (await client.join(cast.room.id))["participant"]["id"]
    await cast.owner.ok("participant:approve", cast.room.id, participant_id=who)
    await cast.owner.ok("participant:set_role", cast.room.id, participant_id=who, role="co_host")
    await cast.owner.ok("participant:ban", cast.room.id, participant_id=who)
    await cast.owner.ok("participant:unban", cast.room.id, participant_id=who)
    assert await role_of(house, who) == "attendee"
    for path in ("", "/waiting-room", "/audit", "/state", "/events"):
        answer = await house.get(f"/sessions/{cast.room.id}{path}", co_host)
        assert (answer.status_code, answer.json()["errorCode"]) == (403, "NOT_JOINED")
    again = await house.client(co_host)
    assert (await again.join(cast.room.id))["status"] == "pending"


async def test_a_moderator_cannot_give_back_a_role_that_the_host_took(house: House) -> None:
    cast = await assemble(house)
    moderator = await cast.actor(MODERATOR)
    other = await cast.member("Carl")
    who = str(cast.id_of(other))
    await cast.owner.ok("participant:set_role", cast.room.id, participant_id=who, role="co_host")
    await cast.owner.ok("participant:kick", cast.room.id, participant_id=who)
    await moderator.ok("participant:approve", cast.room.id, participant_id=who)
    assert await role_of(house, who) == "attendee"


async def test_nobody_is_declined_by_somebody_below_them(house: House) -> None:
    cast = await assemble(house)
    moderator = await cast.actor(MODERATOR)
    waiting = await cast.knocker()
    who = str(cast.id_of(waiting))
    await cast.owner.ok("participant:set_role", cast.room.id, participant_id=who, role="co_host")
    await moderator.refused("participant:reject", "OUTRANKS_YOU", cast.room.id, participant_id=who)


async def test_an_answer_once_given_is_not_given_to_who_was_sent_out(house: House) -> None:
    room, host = await house.live()
    person = await house.account("Mia")
    client = await house.client(person)
    who = (await client.join(room.id))["participant"]["id"]
    command = {"session_id": str(room.id), "text": "hello", "command_id": str(uuid4())}
    assert (await client.command("chat:send", command))["ok"]
    headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": "once"}
    url = f"/api/v1/sessions/{room.id}/messages"
    assert (await house.http.post(url, json={"text": "hello"}, headers=headers)).status_code == 201
    await host.ok("participant:kick", room.id, participant_id=who)
    refused = await client.command("chat:send", command)
    assert refused["error"]["errorCode"] == "PARTICIPANT_REMOVED"
    again = await house.http.post(url, json={"text": "hello"}, headers=headers)
    assert (again.status_code, again.json()["errorCode"]) == (403, "PARTICIPANT_REMOVED")


async def listed(house: House, person: Person) -> list[str]:
    answer = await house.get("/sessions?deleted=true", person)
    return [one["id"] for one in answer.json()["data"]]


async def test_a_deleted_session_is_listed_only_for_who_may_restore_it(house: House) -> None:
    room, host = await house.live()
    member = await house.account("Mia")
    await (await house.client(member)).join(room.id)
    await host.ok("session:end", room.id)
    assert (await house.request("DELETE", f"/sessions/{room.id}", None, room.owner)).status_code == 204
    assert str(room.id) in await listed(house, room.owner)
    assert str(room.id) not in await listed(house, member)
