"""Deleting an account for good: nothing is left of the person, and everything of what happened."""

import io
from typing import Any
from uuid import UUID

import orjson
import pytest
from PIL import Image
from sqlalchemy import Connection, text
from sqlmodel import SQLModel, select

from models.audit.chain import seal
from models.audit.tables import ERASED, AuditEntry
from models.audit.verifying import verify
from models.identity.system_roles import TENANT_ADMIN
from models.identity.tables import User
from models.identity.tokens import AccessClaims
from models.rooms.erasure_event import FORMER
from models.sessions.tables import Session
from models.tables import DEFAULT_TENANT
from tests.identity.people import AUTH, COOKIE, PASSWORD, bearer, code_of, newcomer, register
from tests.realtime.house import House, Person, Room

ME = "/users/me"


async def somebody(house: House, name: str) -> Person:
    """An account with a password, and a name that stands nowhere else."""
    data = await register(house.http, **newcomer(display_name=name))
    claims = house.context.tokens.read(data["access_token"])
    assert isinstance(claims, AccessClaims)
    return Person(name, data["access_token"], UUID(data["user"]["id"]), claims.sign_in_id)


async def delete(house: House, person: Person, **fields: Any) -> Any:
    return await house.request("DELETE", ME, {"password": PASSWORD, **fields}, person)


async def cells(house: House) -> list[str]:
    """Every value in the database that could hold a name."""

    def read(connection: Connection) -> list[str]:
        return [
            str(value)
            for table in SQLModel.metadata.sorted_tables
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608 - our own names
            for value in row
            if not isinstance(value, int | float | bool | None)
        ]

    async with house.context.database.read() as db:
        return await (await db.connection()).run_sync(read)


async def test_nothing_is_left_of_the_person(any_house: House) -> None:
    room, host = await any_house.live(requires_approval=True)
    zoe = await somebody(any_house, "Zoraida Quux")
    png = io.BytesIO()
    Image.new("RGB", (300, 300), "teal").save(png, "PNG")
    headers = {**bearer(zoe.token), "Content-Type": "image/png"}
    await any_house.http.post(f"/api/v1{ME}/avatar", content=png.getvalue(), headers=headers)
    socket = await any_house.client(zoe)
    waiting = await socket.join(room.id)
    await host.ok("participant:approve", room.id, participant_id=waiting["participant"]["id"])
    joined = await socket.join(room.id)
    mine = joined["participant"]["id"]
    await socket.ok("participant:raise_hand", room.id)
    await socket.ok("chat:send", room.id, text="Good morning")
    await host.ok("chat:send", room.id, text="Hello @Zoraida Quux!", mentions=[mine])
    await host.ok("participant:set_role", room.id, participant_id=mine, role="presenter")
    email = (await any_house.get(ME, zoe)).json()["data"]["email"]
    assert (await delete(any_house, zoe)).is_success
    left = [one for one in await cells(any_house) if "Zoraida" in one or "zoraida" in one or email in one]
    assert left == []
    # What happened is still there, in its order, and folds into what the tables hold.
    log = await any_house.assert_gapless(room)
    assert log[-1].type == "participant:erased"
    told = await host.event("participant:erased")
    assert told.data == {"participant_id": mine, "display_name": FORMER}
    state = (await host.ok("session:sync", room.id))["state"]
    assert_marked(state["messages"], mine)
    sent = [orjson.loads(one.data)["participant"] for one in log if one.type == "participant:joined"]
    rest = (await any_house.get(f"/sessions/{room.id}/participants", room.owner)).json()["data"]
    for shown in (sent, rest):
        people = {(one["display_name"], one["is_erased"], one["avatar_url"]) for one in shown}
        assert people == {("Hana", False, None), (FORMER, True, None)}


def assert_marked(messages: list[dict[str, Any]], participant_id: str) -> None:
    """What they said, and what was said to them, is theirs no more."""
    assert [(one["display_name"], one["is_erased"], one["text"]) for one in messages] == [
        (FORMER, True, "Good morning"),
        ("Hana", False, f"Hello @{FORMER}!"),
    ]
    mentioned = {"participant_id": participant_id, "display_name": FORMER, "is_erased": True}
    assert messages[1]["mentions"] == [mentioned]


async def test_sockets_tokens_and_cookies_are_dead(any_house: House) -> None:
    room, _ = await any_house.live()
    zoe = await somebody(any_house, "Zoe")
    socket = await any_house.client(zoe)
    await socket.join(room.id)
    cookies = dict(any_house.http.cookies)
    answer = await delete(any_house, zoe)
    assert "Max-Age=0" in answer.headers["set-cookie"]
    await socket.until_closed()
    assert code_of(await any_house.get(ME, zoe)) == (401, "UNAUTHENTICATED")
    headers = {"Cookie": f"{COOKIE}={cookies[COOKIE]}"}
    again = await any_house.http.post(f"{AUTH}/refresh", headers=headers)
    assert code_of(again) == (401, "UNAUTHENTICATED")


async def test_the_address_is_free_again(house: House) -> None:
    person = newcomer()
    token = (await register(house.http, **person))["access_token"]
    assert (await delete(house, Person("Ada", token))).is_success
    signed_in = await house.http.post(f"{AUTH}/login", json={"email": person["email"], "password": PASSWORD})
    assert code_of(signed_in) == (401, "INVALID_CREDENTIALS")
    await register(house.http, **person)


async def test_it_takes_the_password(house: House) -> None:
    zoe = await somebody(house, "Zoe")
    for wrong in ("wrong horse battery", None):
        answer = await house.request("DELETE", ME, {"password": wrong}, zoe)
        assert code_of(answer) == (403, "WRONG_PASSWORD")
    assert (await house.get(ME, zoe)).is_success


async def test_the_trail_tells_what_was_done_and_not_by_whom(any_house: House) -> None:
    room, _ = await any_house.live()
    zoe = await somebody(any_house, "Zoraida Quux")
    socket = await any_house.client(zoe)
    await socket.join(room.id)
    assert (await any_house.request("PATCH", ME, {"display_name": "Zoraida Quuux"}, zoe)).is_success
    await seal(any_house.context)
    assert (await delete(any_house, zoe)).is_success
    assert [one for one in await cells(any_house) if "Zoraida" in one] == []
    async with any_house.context.database.read() as db:
        query = select(AuditEntry).where(AuditEntry.user_id == zoe.user_id, AuditEntry.action != ERASED)
        trail = (await db.exec(query)).all()
    assert {"account:registered", "account:updated", "participant:joined"} <= {one.action for one in trail}
    assert {(one.actor_name, one.address, one.agent) for one in trail} == {("", "", "")}
    while await seal(any_house.context):
        pass
    (sound,) = [one for one in await verify(any_house.context.database) if one.tenant_id == DEFAULT_TENANT]
    assert sound.is_sound, sound
    assert sound.blanked >= len(trail)


async def test_who_owns_sessions_is_asked_what_becomes_of_them(any_house: House) -> None:
    zoe = await somebody(any_house, "Zoe")
    room = await any_house.room(zoe, title="Latin")
    refused = await delete(any_house, zoe)
    assert code_of(refused) == (409, "OWNS_SESSIONS")
    details = refused.json()["details"]
    assert (details["total"], [one["title"] for one in details["sessions"]]) == (1, ["Latin"])
    both = await delete(any_house, zoe, archive=True, reassign_to=str(room.id))
    assert code_of(both) == (400, "VALIDATION_ERROR")
    assert (await any_house.get(ME, zoe)).is_success


async def started(house: House, zoe: Person, *, paused: bool = False) -> Room:
    room = await house.room(zoe)
    await house.post(f"/sessions/{room.id}/start", {}, zoe)
    if paused:
        await house.post(f"/sessions/{room.id}/pause", {}, zoe)
    return room


async def test_archived_sessions_come_to_their_end_and_stay(any_house: House) -> None:
    zoe = await somebody(any_house, "Zoe")
    scheduled, live = await any_house.room(zoe), await started(any_house, zoe)
    paused = await started(any_house, zoe, paused=True)
    assert (await delete(any_house, zoe, archive=True)).is_success
    async with any_house.context.database.read() as db:
        found = {one.id: one.status for one in (await db.exec(select(Session))).all()}
    assert [found[one.id] for one in (scheduled, live, paused)] == ["cancelled", "ended", "ended"]
    for one in (scheduled, live, paused):
        log = await any_house.assert_gapless(one)
        assert log[-1].type == "participant:erased"


async def test_a_co_host_takes_over(any_house: House) -> None:
    zoe, ben = await somebody(any_house, "Zoe"), await any_house.account("Ben")
    stranger = await any_house.account("Stan")
    room = await any_house.room(zoe)
    await any_house.post(
        f"/sessions/{room.id}/participants", {"user_id": str(ben.user_id), "role": "co_host"}, zoe
    )
    owned = (await any_house.get(f"{ME}/owned", zoe)).json()["data"]
    assert owned["successors"] == [{"user_id": str(ben.user_id), "display_name": "Ben"}]
    refused = await delete(any_house, zoe, reassign_to=str(stranger.user_id))
    assert code_of(refused) == (404, "USER_NOT_FOUND")
    assert (await delete(any_house, zoe, reassign_to=str(ben.user_id))).is_success
    session = (await any_house.get(f"/sessions/{room.id}", ben)).json()["data"]
    assert session["owner_id"] == str(ben.user_id)
    await any_house.post(f"/sessions/{room.id}/start", {}, ben)


async def test_administrators_delete_who_stands_below_them(any_house: House) -> None:
    admin = await any_house.account("Ada", TENANT_ADMIN)
    zoe, heir = await somebody(any_house, "Zoe"), await any_house.account("Heir")
    room = await any_house.room(zoe)
    path = f"/users/{zoe.user_id}"
    assert code_of(await any_house.request("DELETE", path, {}, heir)) == (403, "FORBIDDEN")
    assert code_of(await any_house.request("DELETE", path, {}, admin)) == (409, "OWNS_SESSIONS")
    given = {"reassign_to": str(heir.user_id)}
    assert (await any_house.request("DELETE", path, given, admin)).is_success
    assert code_of(await any_house.get(path, admin)) == (404, "USER_NOT_FOUND")
    assert code_of(await any_house.request("DELETE", path, {}, admin)) == (404, "USER_NOT_FOUND")
    session = (await any_house.get(f"/sessions/{room.id}", heir)).json()["data"]
    assert session["owner_id"] == str(heir.user_id)
    async with any_house.context.database.read() as db:
        row = (await db.exec(select(User).where(User.id == zoe.user_id))).one()
    assert (row.display_name, row.is_active, row.email) == (FORMER, False, f"{row.id.hex}@erased.invalid")


@pytest.mark.parametrize("name", ["a", "Former participant", "%", '"'])
async def test_whatever_one_is_called(house: House, name: str) -> None:
    room, host = await house.live()
    zoe = await somebody(house, name)
    socket = await house.client(zoe)
    await socket.join(room.id)
    await socket.ok("chat:send", room.id, text='a "%" Former participant')
    assert (await delete(house, zoe)).is_success
    state = (await host.ok("session:sync", room.id))["state"]
    assert state["messages"][0]["text"] == 'a "%" Former participant'


async def test_who_spoke_to_the_erased_keeps_their_name(house: House) -> None:
    room, host = await house.live(requires_approval=True)
    zoe = await somebody(house, "Zoe")
    waiting = (await (await house.client(zoe)).join(room.id))["participant"]["id"]
    await host.ok("waiting_room:message", room.id, participant_id=waiting, text="In a minute")
    assert (await delete(house, zoe)).is_success
    log = await house.assert_gapless(room)
    (told,) = [orjson.loads(one.data) for one in log if one.type == "waiting_room:messaged"]
    assert told == {"participant_id": waiting, "text": "In a minute", "display_name": "Hana"}


async def test_a_session_says_that_its_owner_is_erased(house: House) -> None:
    admin, zoe = await house.account("Ada", TENANT_ADMIN), await somebody(house, "Zoe")
    room = await house.room(zoe)
    own = (await house.get(f"/sessions/{room.id}", zoe)).json()["data"]
    assert (own["owner_name"], own["is_owner_erased"]) == ("Zoe", False)
    assert (await delete(house, zoe, archive=True)).is_success
    left = (await house.get(f"/sessions/{room.id}", admin)).json()["data"]
    assert (left["owner_name"], left["is_owner_erased"]) == (FORMER, True)
