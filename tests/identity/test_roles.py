"""Roles as rows: who makes them, who gives them, how long they last, and what they are good for at once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from models.audit.tables import AuditEntry
from models.identity.assignments import end_expired_roles
from models.identity.planting import system_role_id
from models.identity.system_roles import (
    ADMIN,
    DESCRIPTIONS,
    LECTURER,
    STUDENT,
    SUPER_ADMIN,
    SYSTEM_ROLES,
    TENANT_ADMIN,
)
from models.identity.tables import RoleAssignment, RoleDefinition
from models.ids import new_id
from models.permissions import Permission
from models.tables import DEFAULT_TENANT
from tests.realtime.house import House, Person

TUTOR: dict[str, Any] = {
    "key": "tutor",
    "name": "Tutor",
    "scope": "tenant",
    "permissions": ["session:create", "admin:analytics"],
    "rank": 30,
}


def system(key: str) -> str:
    return str(system_role_id(DEFAULT_TENANT, key))


async def refused(house: House, method: str, path: str, body: Any, person: Person) -> tuple[int, str]:
    answer = await house.request(method, path, body, person)
    return answer.status_code, answer.json()["errorCode"]


def test_every_permission_is_described() -> None:
    assert set(DESCRIPTIONS) == set(Permission)


async def test_the_systems_roles_are_there_and_stay(any_house: House) -> None:
    admin = await any_house.account("Root", TENANT_ADMIN)
    listed = (await any_house.get("/roles", admin)).json()["data"]
    assert {one["key"]: one["permissions"] for one in listed if one["is_system"]} == {
        role.key: sorted(role.permissions) for role in SYSTEM_ROLES
    }
    fixed = (422, "SYSTEM_ROLE_IS_FIXED")
    path = f"/roles/{system(STUDENT)}"
    assert await refused(any_house, "PATCH", path, {"name": "Pupil"}, admin) == fixed
    assert await refused(any_house, "DELETE", path, None, admin) == fixed


async def test_a_role_is_made_given_changed_and_taken(any_house: House) -> None:
    admin = await any_house.account("Root", TENANT_ADMIN)
    ben = await any_house.account("Ben", STUDENT)
    about = {**TUTOR, "key": f"tutor_{ben.user_id.hex[-8:]}" if ben.user_id else "tutor"}
    assert await refused(any_house, "POST", "/sessions", {"title": "Algebra", "kind": "meeting"}, ben) == (
        403,
        "FORBIDDEN",
    )
    role = await any_house.post("/roles", about, admin)
    assert await refused(any_house, "POST", "/roles", about, admin) == (409, "ROLE_EXISTS")
    given = await any_house.post(f"/users/{ben.user_id}/roles", {"role_id": role["id"]}, admin)
    assert (given["role"]["key"], given["is_active"]) == (about["key"], True)
    await any_house.post("/sessions", {"title": "Algebra", "kind": "meeting"}, ben)
    assert await refused(any_house, "DELETE", f"/roles/{role['id']}", None, admin) == (409, "ROLE_IN_USE")
    await any_house.request("PATCH", f"/roles/{role['id']}", {"permissions": []}, admin)
    assert (await refused(any_house, "POST", "/sessions", {"title": "Algebra", "kind": "meeting"}, ben))[
        0
    ] == 403
    taken = await any_house.request("DELETE", f"/users/{ben.user_id}/roles/{role['id']}", None, admin)
    assert taken.status_code == 204
    gone = await refused(any_house, "DELETE", f"/users/{ben.user_id}/roles/{role['id']}", None, admin)
    assert gone == (404, "ROLE_NOT_ASSIGNED")
    assert (await any_house.request("DELETE", f"/roles/{role['id']}", None, admin)).status_code == 204
    async with any_house.context.database.read() as db:
        acts = (await db.exec(select(AuditEntry.action).where(AuditEntry.target_id == ben.user_id))).all()
    assert sorted(acts) == ["role:assigned", "role:unassigned"]


async def test_nobody_gives_what_they_do_not_have(house: House) -> None:
    admin = await house.account("Ann", ADMIN)
    root = await house.account("Root", TENANT_ADMIN)
    ben = await house.account("Ben")
    for person, key in ((admin, TENANT_ADMIN), (admin, SUPER_ADMIN), (root, SUPER_ADMIN)):
        body = {"role_id": system(key)}
        assert await refused(house, "POST", f"/users/{ben.user_id}/roles", body, person) == (403, "FORBIDDEN")
    body = {"role_id": system(STUDENT)}
    assert (await house.request("POST", f"/users/{ben.user_id}/roles", body, admin)).status_code == 201
    assert await refused(house, "POST", f"/users/{root.user_id}/roles", body, admin) == (403, "OUTRANKS_YOU")
    assert await refused(house, "POST", f"/users/{ben.user_id}/roles", body, ben) == (403, "FORBIDDEN")
    assert await refused(house, "POST", "/roles", TUTOR, admin) == (403, "FORBIDDEN")
    too_much = {**TUTOR, "permissions": ["tenant:manage"]}
    assert await refused(house, "POST", "/roles", too_much, root) == (403, "FORBIDDEN")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": "X"}, "key"),
        ({"permissions": ["everything"]}, "permissions.0"),
        ({"scope": "session"}, ""),
        ({"scope": "session", "rank": None, "base": "attendee"}, "rank"),
        ({"rank": 80}, "rank"),
        ({"name": "a\u202eb"}, "name"),
        ({"is_system": True}, "is_system"),
    ],
)
async def test_what_is_no_role(house: House, changes: dict[str, Any], field: str) -> None:
    admin = await house.account("Root", TENANT_ADMIN)
    answer = await house.request("POST", "/roles", {**TUTOR, **changes}, admin)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "VALIDATION_ERROR")
    assert answer.json()["details"]["field"] == field


async def test_a_role_ends_at_its_minute_on_open_sockets_too(any_house: House) -> None:
    root = await any_house.account("Root", SUPER_ADMIN)
    ann = await any_house.account("Ann")
    room, _host = await any_house.live()
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    body = {"role_id": system(ADMIN), "expires_at": soon}
    given = await any_house.post(f"/users/{ann.user_id}/roles", body, root)
    socket = await any_house.client(ann)
    await socket.ok("session:lock", room.id)
    await any_house.change(RoleAssignment, UUID(given["id"]), expires_at=any_house.context.clock.now())
    await socket.refused("session:unlock", "SESSION_NOT_FOUND", room.id)
    await end_expired_roles(any_house.context)
    await socket.until_closed()
    async with any_house.context.database.read() as db:
        query = select(RoleAssignment).where(RoleAssignment.id == UUID(given["id"]))
        assert not (await db.exec(query)).one().is_active


async def test_nobody_makes_their_own_term_longer(any_house: House) -> None:
    root = await any_house.account("Root", SUPER_ADMIN)
    tem = await any_house.account("Tem", STUDENT)
    path, now = f"/users/{tem.user_id}/roles", datetime.now(UTC)
    about = {**TUTOR, "key": f"tutor_{new_id().hex}", "permissions": []}
    helper = (await any_house.post("/roles", about, root))["id"]
    await any_house.post(path, {"role_id": helper}, root)
    until = (now + timedelta(hours=1)).isoformat()
    await any_house.post(path, {"role_id": system(TENANT_ADMIN), "expires_at": until}, root)
    later = (now + timedelta(hours=2)).isoformat()
    for body in (
        {"role_id": system(TENANT_ADMIN)},
        {"role_id": system(ADMIN)},
        {"role_id": system(TENANT_ADMIN), "expires_at": later},
    ):
        assert await refused(any_house, "POST", path, body, tem) == (403, "FORBIDDEN")
    # Nor by way of a role that they keep.
    more = {"permissions": ["role:manage"]}
    assert await refused(any_house, "PATCH", f"/roles/{helper}", more, tem) == (403, "FORBIDDEN")
    sooner = {"role_id": system(TENANT_ADMIN), "expires_at": (now + timedelta(minutes=30)).isoformat()}
    assert (await any_house.request("POST", path, sooner, tem)).status_code == 201


async def test_a_role_that_has_not_begun_gives_nothing_yet(house: House) -> None:
    root = await house.account("Root", TENANT_ADMIN)
    ben = await house.account("Ben", STUDENT)
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    body = {"role_id": system(LECTURER), "starts_at": later}
    await house.post(f"/users/{ben.user_id}/roles", body, root)
    me = (await house.get("/users/me", ben)).json()["data"]
    assert (me["roles"], me["permissions"]) == (["student"], [])
    past = {"role_id": system(LECTURER), "expires_at": "2020-01-01T00:00:00Z"}
    answer = await house.request("POST", f"/users/{ben.user_id}/roles", past, root)
    assert answer.json()["details"]["field"] == "expires_at"


async def test_the_last_who_looks_after_roles_keeps_them(house: House) -> None:
    async with house.context.database.write() as db:
        query = select(RoleAssignment).join(RoleDefinition).where(RoleDefinition.rank >= 60)
        for assignment in (await db.exec(query)).all():
            assignment.is_active = False
            db.add(assignment)
    root = await house.account("Root", TENANT_ADMIN)
    path = f"/users/{root.user_id}/roles/{system(TENANT_ADMIN)}"
    assert await refused(house, "DELETE", path, None, root) == (422, "LAST_ADMINISTRATOR")
    second = await house.account("Second", TENANT_ADMIN)
    assert (await house.request("DELETE", path, None, root)).status_code == 204
    assert (await house.get("/users/me", second)).status_code == 200


async def test_a_role_keeps_what_nobody_else_could_do(house: House) -> None:
    async with house.context.database.write() as db:
        query = select(RoleAssignment).join(RoleDefinition).where(RoleDefinition.rank >= 60)
        for assignment in (await db.exec(query)).all():
            assignment.is_active = False
            db.add(assignment)
    root = await house.account("Root", TENANT_ADMIN)
    about = {
        **TUTOR,
        "key": f"boss_{new_id().hex}",
        "rank": 70,
        "permissions": ["role:manage", "admin:users"],
    }
    boss = (await house.post("/roles", about, root))["id"]
    path, without = f"/users/{root.user_id}/roles", {"permissions": ["admin:users"]}
    await house.post(path, {"role_id": boss}, root)
    assert (await house.request("DELETE", f"{path}/{system(TENANT_ADMIN)}", None, root)).status_code == 204
    last = (422, "LAST_ADMINISTRATOR")
    assert await refused(house, "PATCH", f"/roles/{boss}", without, root) == last
    await house.account("Second", TENANT_ADMIN)
    assert (await house.request("PATCH", f"/roles/{boss}", without, root)).is_success
