"""Single rights, roles of the tenant's own, and why somebody may do something."""

from typing import Any

import pytest

from models.identity.system_roles import TENANT_ADMIN
from models.ids import new_id, new_secret
from tests.identity.keys import make_key
from tests.identity.people import code_of
from tests.realtime.house import House
from tests.rooms.people import CO_HOST, HOST, MODERATOR, assemble


async def test_single_rights_count_at_once(any_house: House) -> None:
    cast = await assemble(any_house)
    room, owner = cast.room.id, cast.owner
    mia = await cast.member("Mia")
    about: dict[str, Any] = {"participant_id": str(cast.id_of(mia))}
    await owner.ok("participant:set_permissions", room, **about, allow=["session:lock"], deny=["chat:send"])
    changed = (await mia.event("participant:permissions_changed")).data
    assert "session:lock" in changed["permissions"]
    assert "chat:send" not in changed["permissions"]
    assert set((await mia.join(room))["permissions"]) == set(changed["permissions"])
    await mia.refused("chat:send", "FORBIDDEN", room, text="Hello.")
    await mia.ok("session:lock", room)
    await owner.ok("participant:set_permissions", room, **about)
    await mia.ok("chat:send", room, text="Hello.")
    await mia.refused("session:unlock", "FORBIDDEN", room)


async def test_who_is_sent_out_loses_what_they_were_given(house: House) -> None:
    cast = await assemble(house)
    mia = await cast.member("Mia")
    about: dict[str, Any] = {"participant_id": str(cast.id_of(mia))}
    await cast.owner.ok("participant:set_permissions", cast.room.id, **about, allow=["session:lock"])
    await cast.owner.ok("participant:kick", cast.room.id, **about)
    assert (await house.participant(about["participant_id"])).permissions == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"allow": ["chat:send"], "deny": ["chat:send"]},
        {"allow": ["admin:users"]},
        {"allow": ["waiting_room:view"]},
        {"deny": ["waiting_room:view"]},
        {"allow": ["fly"]},
        {"allow": "chat:send"},
    ],
)
async def test_what_is_no_single_right(house: House, fields: dict[str, Any]) -> None:
    cast = await assemble(house)
    mia = await cast.member("Mia")
    about = {"participant_id": str(cast.id_of(mia)), **fields}
    await cast.owner.refused("participant:set_permissions", "VALIDATION_ERROR", cast.room.id, **about)


async def test_nobody_gives_a_right_that_they_lack(house: House) -> None:
    cast = await assemble(house)
    co_host, mia = await cast.actor(CO_HOST), await cast.member("Mia")
    about: dict[str, Any] = {"participant_id": str(cast.id_of(mia)), "allow": ["session:delete"]}
    await co_host.refused("participant:set_permissions", "FORBIDDEN", cast.room.id, **about)
    await cast.owner.ok("participant:set_permissions", cast.room.id, **about)
    # What the owner has given may stay while somebody else gives more.
    about["allow"] += ["session:lock"]
    await co_host.ok("participant:set_permissions", cast.room.id, **about)


async def test_a_role_of_the_tenants_own(any_house: House) -> None:
    admin = await any_house.account("Root", TENANT_ADMIN)
    cast = await assemble(any_house)
    mia = await cast.member("Mia")
    about: dict[str, Any] = {"participant_id": str(cast.id_of(mia))}
    key = f"scribe_{new_secret()[:8].lower().replace('-', 'a').replace('_', 'b')}"
    role = await any_house.post(
        "/roles",
        {
            "key": key,
            "name": "Scribe",
            "scope": "session",
            "base": "attendee",
            "permissions": ["chat:send", "chat:moderate"],
        },
        admin,
    )
    await cast.owner.ok("participant:set_custom_role", cast.room.id, **about, role_id=role["id"])
    assert (await mia.join(cast.room.id))["permissions"] == ["chat:moderate", "chat:send"]
    await mia.refused("participant:raise_hand", "FORBIDDEN", cast.room.id)
    changes = {"permissions": ["chat:send", "participant:raise_hand"]}
    await any_house.request("PATCH", f"/roles/{role['id']}", changes, admin)
    await mia.event(
        "participant:permissions_changed", lambda told: "participant:raise_hand" in told["permissions"]
    )
    await mia.ok("participant:raise_hand", cast.room.id)
    own = await any_house.get(f"/sessions/{cast.room.id}/permissions?{_query(about)}", cast.room.owner)
    why = {one["permission"]: one for one in own.json()["data"]}
    assert why["chat:send"]["because"] == [{"rule": "custom_role", "role": key}]
    assert not why["chat:moderate"]["allowed"]
    await cast.owner.ok("participant:set_role", cast.room.id, **about, role="attendee")
    assert (await any_house.participant(about["participant_id"])).permissions == {}
    assert (await any_house.request("DELETE", f"/roles/{role['id']}", None, admin)).status_code == 204


async def test_why_somebody_may_do_something(house: House) -> None:
    admin = await house.account("Root", TENANT_ADMIN)
    cast = await assemble(house)
    mia, moderator = await cast.member("Mia"), await cast.actor(MODERATOR)
    about: dict[str, Any] = {"participant_id": str(cast.id_of(mia))}
    await cast.owner.ok("participant:set_permissions", cast.room.id, **about, deny=["chat:send"])
    path = f"/sessions/{cast.room.id}/permissions"
    seen = {
        one["permission"]: one
        for one in (await house.get(f"{path}?{_query(about)}", cast.room.owner)).json()["data"]
    }
    assert seen["chat:send"]["because"] == [
        {"rule": "session_role", "role": "attendee"},
        {"rule": "denied", "role": None},
    ]
    assert not seen["chat:send"]["allowed"]
    assert (seen["session:end"]["allowed"], seen["session:end"]["because"]) == (False, [])
    by_admin = (await house.get(path, admin)).json()["data"]
    assert all(one["because"][0] == {"rule": "tenant_role", "role": "tenant_admin"} for one in by_admin)
    token = await house.new_token(cast.id_of(moderator))
    answer = await house.http.get(
        f"/api/v1{path}?{_query(about)}", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.json()["errorCode"] == "FORBIDDEN"


def _query(about: dict[str, Any]) -> str:
    return f"participant_id={about['participant_id']}"


async def warden(house: House, base: str = CO_HOST) -> str:
    """A role that may do little but change roles."""
    root = await house.account("Root", TENANT_ADMIN)
    rights = ["session:view", "session:join", "waiting_room:view", "participant:set_role"]
    about = {"key": f"warden_{new_id().hex}", "name": "Warden", "scope": "session", "base": base}
    role_id: str = (await house.post("/roles", {**about, "permissions": rights}, root))["id"]
    return role_id


async def test_nobody_comes_to_more_by_a_role_than_who_gives_it_has(any_house: House) -> None:
    cast = await assemble(any_house)
    room, role_id = cast.room.id, await warden(any_house)
    wanda, mia = await cast.member("Wanda"), await cast.member("Mia")
    own = {"participant_id": str(cast.id_of(wanda))}
    await cast.owner.ok("participant:set_custom_role", room, **own, role_id=role_id)
    # The plain role that her own one stands on, for herself.
    await wanda.refused("participant:set_role", "FORBIDDEN", room, **own, role=CO_HOST)
    about = {"participant_id": str(cast.id_of(mia))}
    await wanda.refused("participant:set_role", "FORBIDDEN", room, **about, role=MODERATOR)
    await wanda.ok("participant:set_role", room, **about, role="observer")


async def test_what_was_denied_is_not_taken_back_by_oneself(house: House) -> None:
    cast = await assemble(house)
    room, host = cast.room.id, await cast.actor(HOST)
    own = {"participant_id": str(cast.id_of(host))}
    await cast.owner.ok("participant:set_permissions", room, **own, deny=["session:end"])
    await host.refused("participant:set_permissions", "FORBIDDEN", room, **own)
    mia = await cast.member("Mia")
    about = {"participant_id": str(cast.id_of(mia))}
    await host.refused("participant:set_role", "FORBIDDEN", room, **about, role=CO_HOST)
    await host.ok("participant:set_role", room, **about, role=MODERATOR)
    await cast.owner.ok("participant:set_permissions", room, **own)
    await host.ok("participant:set_role", room, **about, role=CO_HOST)


async def test_a_key_gives_nobody_what_it_has_not(house: House) -> None:
    cast = await assemble(house)
    mia = await cast.member("Mia")
    key = await make_key(house, cast.room.owner, "session:view", "participant:set_role")
    path = f"/sessions/{cast.room.id}/participants/{cast.id_of(mia)}/role"
    answer = await house.request("POST", path, {"role": CO_HOST}, key)
    assert code_of(answer) == (403, "FORBIDDEN")
