"""Keys for programs: what they open, what they do not, and how they end."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from models.audit.tables import AuditEntry
from models.identity.api_key_tables import ApiKey
from models.identity.system_roles import ADMIN, STUDENT, TENANT_ADMIN
from models.identity.tables import RoleAssignment, SignIn
from models.ids import hash_secret, new_id
from tests.audit.trail import until_noted
from tests.identity.keys import OWN, make_key
from tests.identity.people import code_of
from tests.realtime.house import House, Person

EVERYTHING_IN_ROOMS = ["session:view", "session:join", "chat:send", "participant:mute"]


async def test_a_key_is_shown_once_and_stored_as_its_hash(any_house: House) -> None:
    ada = await any_house.account("Ada")
    key = await make_key(any_house, ada, "session:view", "session:create")
    listed = (await any_house.get(OWN, ada)).json()["data"]
    assert [(one["name"], one["prefix"], one["scopes"]) for one in listed] == [
        ("Nightly export", key.token[:12], ["session:create", "session:view"])
    ]
    assert key.token not in str(listed)
    async with any_house.context.database.read() as db:
        row = (await db.exec(select(ApiKey).where(ApiKey.id == key.sign_in_id))).one()
    assert row.key_hash == hash_secret(key.token)
    assert row.last_used_at is None


async def test_a_key_does_what_its_scopes_say_and_no_more(any_house: House) -> None:
    ada = await any_house.account("Ada")
    key = await make_key(any_house, ada, "session:create", "session:view")
    made = await any_house.post("/sessions", {"title": "By a program"}, key)
    assert (await any_house.get(f"/sessions/{made['id']}", key)).status_code == 200
    path = f"/sessions/{made['id']}"
    assert code_of(await any_house.request("PATCH", path, {"title": "No"}, key)) == (403, "FORBIDDEN")
    narrow = await make_key(any_house, ada, "session:create")
    for wanted in (path, "/sessions"):
        assert code_of(await any_house.get(wanted, narrow)) == (403, "FORBIDDEN"), wanted
    assert code_of(await any_house.request("POST", f"{path}/join", {}, key)) == (403, "FORBIDDEN")


async def test_a_key_never_does_what_its_owner_may_not(any_house: House) -> None:
    stan = await any_house.account("Stan", STUDENT)
    body = {"name": "Mine", "scopes": ["session:create"]}
    assert code_of(await any_house.request("POST", OWN, body, stan)) == (403, "FORBIDDEN")
    adam = await any_house.account("Adam", ADMIN)
    key = await make_key(any_house, adam, "admin:users")
    assert (await any_house.get("/users", key)).status_code == 200
    async with any_house.context.database.read() as db:
        query = select(RoleAssignment.id).where(RoleAssignment.user_id == adam.user_id)
        assignment_id = (await db.exec(query)).one()
    await any_house.change(RoleAssignment, assignment_id, is_active=False)
    assert code_of(await any_house.get("/users", key)) == (403, "FORBIDDEN")


async def test_a_key_does_not_reach_the_account_itself(house: House) -> None:
    ada = await house.account("Ada")
    key = await make_key(house, ada, *EVERYTHING_IN_ROOMS)
    assert (await house.get("/users/me", key)).status_code == 200
    for method, path, body in (
        ("PATCH", "/users/me", {"display_name": "Eve"}),
        ("POST", OWN, {"name": "Another", "scopes": ["session:view"]}),
        ("GET", "/users/me/export", None),
        ("DELETE", "/users/me/sign-ins", None),
        ("POST", "/users/me/password", {"current_password": "x" * 12, "new_password": "y" * 12}),
    ):
        assert code_of(await house.request(method, path, body, key)) == (403, "FORBIDDEN"), path


async def test_a_program_comes_into_a_room_by_its_key(any_house: House) -> None:
    room, _ = await any_house.live()
    ada = await any_house.account("Ada")
    key = await make_key(any_house, ada, "session:view", "session:join")
    client = await any_house.client(key)
    joined = await client.join(room.id)
    assert joined["status"] == "approved"
    assert joined["permissions"] == ["session:join", "session:view"]
    await client.refused("chat:send", "FORBIDDEN", room.id, text="Hello")


async def test_a_participant_token_got_by_a_key_has_its_scopes(any_house: House) -> None:
    room, _ = await any_house.live()
    ada = await any_house.account("Ada")
    key = await make_key(any_house, ada, "session:view", "session:join")
    joined = await any_house.post(f"/sessions/{room.id}/join", {}, key)
    person = Person("Ada", joined["token"])
    said = await any_house.request("POST", f"/sessions/{room.id}/messages", {"text": "Hello"}, person)
    assert code_of(said) == (403, "FORBIDDEN")


async def test_what_is_done_by_what_a_key_got_is_the_keys_doing(any_house: House) -> None:
    room, _ = await any_house.live()
    _, mia = await any_house.member(room)
    key = await make_key(any_house, room.owner, *EVERYTHING_IN_ROOMS)
    joined = await any_house.post(f"/sessions/{room.id}/join", {}, key)
    await any_house.post(f"/sessions/{room.id}/participants/{mia}/mute", {}, Person("key", joined["token"]))
    (row,) = await until_noted(
        any_house.context, AuditEntry.action == "participant:muted", AuditEntry.target_id == mia
    )
    assert (row.actor_kind, row.actor_id, row.user_id) == ("api_key", key.sign_in_id, room.owner.user_id)
    assert row.actor_name.startswith("Nightly export (")


async def test_a_key_hears_what_only_hosts_hear_by_its_scope_alone(any_house: House) -> None:
    room, host = await any_house.live()
    ben = await any_house.account("Ben")
    listens = ("session:view", "session:join")
    keys = [await make_key(any_house, who, *listens) for who in (room.owner, ben)]
    wide = await make_key(any_house, room.owner, *listens, "waiting_room:view")
    owners, bens, all_ears = [await any_house.client(one) for one in (*keys, wide)]
    bens_id = (await bens.join(room.id))["participant"]["id"]
    for one in (owners, all_ears):
        await one.join(room.id)
    # Who becomes a host while they listen hears no more by it either.
    await host.ok("participant:set_role", room.id, participant_id=bens_id, role="co_host")
    change = {"settings": {"requires_approval": True}}
    assert (await any_house.request("PATCH", f"/sessions/{room.id}", change, room.owner)).is_success
    visitor = await any_house.client(await any_house.account("Mia"))
    mias = (await visitor.join(room.id))["participant"]["id"]
    await all_ears.event("waiting_room:updated")
    await host.ok("chat:send", room.id, text="Hello")
    for one in (owners, bens):
        await one.event("chat:sent")
        assert mias not in str(one.frames)
    for path in ("state", "events"):
        for key, hears in ((keys[0], False), (keys[1], False), (wide, True)):
            told = await any_house.get(f"/sessions/{room.id}/{path}", key)
            assert (told.status_code, mias in told.text) == (200, hears), path


async def test_a_revoked_key_is_dead_and_its_sockets_are_closed(any_house: House) -> None:
    ada = await any_house.account("Ada")
    key = await make_key(any_house, ada, *EVERYTHING_IN_ROOMS)
    client = await any_house.client(key)
    gone = await any_house.request("DELETE", f"{OWN}/{key.sign_in_id}", None, ada)
    assert gone.status_code == 204
    await client.until_closed()
    assert code_of(await any_house.get("/sessions", key)) == (401, "UNAUTHENTICATED")
    again = await any_house.request("DELETE", f"{OWN}/{key.sign_in_id}", None, ada)
    assert code_of(again) == (404, "API_KEY_NOT_FOUND")
    assert (await any_house.get(OWN, ada)).json()["data"] == []
    (row,) = await until_noted(
        any_house.context, AuditEntry.action == "key:revoked", AuditEntry.target_id == key.sign_in_id
    )
    assert (row.target_kind, row.details) == ("api_key", {"name": "Nightly export"})


async def test_keys_run_out_and_those_of_the_locked_out_open_nothing(any_house: House) -> None:
    ada = await any_house.account("Ada")
    key = await make_key(any_house, ada, "session:view")
    now = any_house.context.clock.now()
    await any_house.change(SignIn, key.sign_in_id, expires_at=now - timedelta(seconds=1))
    assert code_of(await any_house.get("/sessions", key)) == (401, "UNAUTHENTICATED")
    past = {"name": "Old", "scopes": ["session:view"], "expires_at": (now - timedelta(days=1)).isoformat()}
    assert code_of(await any_house.request("POST", OWN, past, ada)) == (400, "VALIDATION_ERROR")
    adam = await any_house.account("Adam", ADMIN)
    other = await make_key(any_house, ada, "session:view")
    await any_house.post(f"/users/{ada.user_id}/deactivate", {}, adam)
    assert code_of(await any_house.get("/sessions", other)) == (401, "UNAUTHENTICATED")


async def test_whoever_looks_after_accounts_sees_and_revokes_everybodys_keys(any_house: House) -> None:
    ada, adam = await any_house.account("Ada"), await any_house.account("Adam", ADMIN)
    key = await make_key(any_house, ada, "session:view")
    listed = (await any_house.get("/api-keys", adam)).json()["data"]
    (shown,) = [one for one in listed if one["id"] == str(key.sign_in_id)]
    assert shown["owner"] == {"id": str(ada.user_id), "display_name": "Ada"}
    assert code_of(await any_house.get("/api-keys", ada)) == (403, "FORBIDDEN")
    ben = await any_house.account("Ben")
    strange = await any_house.request("DELETE", f"{OWN}/{key.sign_in_id}", None, ben)
    assert code_of(strange) == (404, "API_KEY_NOT_FOUND")
    assert (await any_house.request("DELETE", f"/api-keys/{key.sign_in_id}", None, adam)).status_code == 204
    assert code_of(await any_house.get("/sessions", key)) == (401, "UNAUTHENTICATED")


async def test_nobody_revokes_the_keys_of_those_above_them(house: House) -> None:
    root, adam = await house.account("Root", TENANT_ADMIN), await house.account("Adam", ADMIN)
    key = await make_key(house, root, "session:view")
    path = f"/api-keys/{key.sign_in_id}"
    assert code_of(await house.request("DELETE", path, None, adam)) == (403, "OUTRANKS_YOU")
    own = await make_key(house, adam, "session:view")
    assert (await house.request("DELETE", f"/api-keys/{own.sign_in_id}", None, adam)).status_code == 204


@pytest.mark.parametrize("act", ["lock out", "delete"])
async def test_what_was_got_by_a_key_hears_nothing_once_its_owner_is_gone(house: House, act: str) -> None:
    room, _ = await house.live()
    ada, root = await house.account("Ada"), await house.account("Root", TENANT_ADMIN)
    key = await make_key(house, ada, "session:view", "session:join")
    joined = await house.post(f"/sessions/{room.id}/join", {}, key)
    socket = await house.client(joined["token"])
    await socket.join(room.id)
    path = f"/users/{ada.user_id}"
    if act == "delete":
        assert (await house.request("DELETE", path, {}, root)).is_success
    else:
        await house.post(f"{path}/deactivate", {}, root)
    await socket.until_closed()


async def test_what_was_got_by_a_key_ends_with_it(house: House) -> None:
    room, _ = await house.live()
    ada = await house.account("Ada")
    ends = (house.context.clock.now() + timedelta(hours=1)).replace(microsecond=0)
    key = await make_key(house, ada, "session:view", "session:join", expires_at=ends.isoformat())
    joined = await house.post(f"/sessions/{room.id}/join", {}, key)
    assert datetime.fromisoformat(joined["expires_at"]) == ends


async def test_the_last_use_is_written_once_a_minute(house: House) -> None:
    ada = await house.account("Ada")
    key = await make_key(house, ada, "session:view")
    for _ in range(3):
        await house.get("/sessions", key)
    first = (await house.get(OWN, ada)).json()["data"][0]["last_used_at"]
    assert first is not None
    await house.get("/sessions", key)
    assert (await house.get(OWN, ada)).json()["data"][0]["last_used_at"] == first
    assert key.sign_in_id is not None
    await house.change(ApiKey, key.sign_in_id, last_used_at=house.context.clock.now() - timedelta(minutes=2))
    await house.get("/sessions", key)
    assert (await house.get(OWN, ada)).json()["data"][0]["last_used_at"] >= first


@pytest.mark.parametrize("token", ["cvk_", "cvk_" + "x" * 43, "cvk_" + "x" * 4_000, "cvk_\u00e4"])
async def test_what_is_no_key_opens_nothing(house: House, token: str) -> None:
    answer = await house.http.get("/api/v1/sessions", headers={b"Authorization": f"Bearer {token}".encode()})
    assert code_of(answer) == (401, "UNAUTHENTICATED")


async def test_keys_are_no_devices_and_stay_when_one_signs_out_elsewhere(house: House) -> None:
    ada = await house.account("Ada")
    key = await make_key(house, ada, "session:view")
    listed = (await house.get("/users/me/sign-ins", ada)).json()["data"]
    assert [one["id"] for one in listed] == [str(ada.sign_in_id)]
    await house.request("DELETE", "/users/me/sign-ins", None, ada)
    assert (await house.get("/sessions", key)).status_code == 200
    unknown = await house.request("DELETE", f"{OWN}/{new_id()}", None, ada)
    assert code_of(unknown) == (404, "API_KEY_NOT_FOUND")
    async with house.context.database.read() as db:
        rows = (await db.exec(select(AuditEntry).where(col(AuditEntry.action) == "key:created"))).all()
    assert key.token not in str([row.model_dump() for row in rows])
