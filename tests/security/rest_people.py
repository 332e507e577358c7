"""Everybody who may knock at the REST API, each with a world of their own, and a good request to each endpoint."""

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import httpx

from models.identity import system_roles
from models.tables import DEFAULT_TENANT
from server.http.endpoint import Endpoint
from tests.realtime.client import Client, Json
from tests.realtime.house import House, Person
from tests.rooms.people import IN_ROOM, OBSERVER, Cast, assemble

NOBODY, GUEST, WAITING = "nobody", "guest", "waiting"
ASKS_FOR_A_CODE: Final = {"GET /api/v1/sessions/preview"}
ACCOUNTS: Final = (
    system_roles.STUDENT,
    system_roles.LECTURER,
    system_roles.TEACHER,
    system_roles.ADMIN,
    system_roles.TENANT_ADMIN,
    system_roles.SUPER_ADMIN,
)
"""Accounts that have no place in the session."""

EVERYBODY: Final = (NOBODY, WAITING, GUEST, *IN_ROOM, *ACCOUNTS)


@dataclass(frozen=True)
class World:
    """A live session with people in every state, and an account, for one person to be tried on."""

    cast: Cast
    person: Person | None
    names: dict[str, str]
    """What stands for the parameters of a path."""
    special: dict[str, dict[str, str]]
    """The same for single endpoints, by "METHOD path"."""


async def make_world(house: House, who: str) -> World:
    """Everything that a request may be about, and the person who asks."""
    cast = await assemble(house)
    person = await _person(cast, who)
    owner, room = cast.room.owner, cast.room
    target, out, banned = [await cast.member(name) for name in ("Tara", "Otto", "Bruno")]
    knockers = [str(cast.id_of(await cast.knocker(name))) for name in ("Una", "Uwe", "Udo", "Ute")]
    poll = await cast.owner.ok("poll:create", room.id, question="Break?", options=["Yes", "No"])
    recording = await house.post(f"/sessions/{room.id}/recordings", {}, owner)
    member = await house.account("Timo", system_roles.STUDENT)
    chief = await house.account("Theo", system_roles.TENANT_ADMIN)
    role = await house.post("/roles", _role(), chief)
    spare = await house.post("/roles", _role(), chief)
    room_role = await house.post("/roles", {**_role(), "scope": "session", "base": "attendee"}, chief)
    await house.post(f"/users/{member.user_id}/roles", {"role_id": role["id"]}, chief)
    invitation = await house.post("/tenant/invitations", {"email": f"{uuid4().hex}@example.org"}, chief)
    co_host = await house.account("Cora")
    await house.post(f"/../meetings/{room.id}/co-hosts", {"user_id": str(co_host.user_id)}, owner)
    about = "/api/v1/sessions/{session_id}/participants/{participant_id}"
    return World(
        cast,
        person,
        {
            "session_id": str(room.id),
            "participant_id": str(cast.id_of(target)),
            "user_id": str(member.user_id),
            "sign_in_id": str(member.sign_in_id),
            "role_id": role["id"],
            "spare_role_id": spare["id"],
            "room_role_id": room_role["id"],
            "poll_id": poll["id"],
            "recording_id": recording["id"],
            "tenant_id": str(DEFAULT_TENANT),
            "invitation_id": invitation["id"],
            "key_id": await _key(house, member),
            "identity_id": str(uuid4()),
        },
        {
            f"POST {about}/approve": {"participant_id": knockers[0]},
            f"POST {about}/reject": {"participant_id": knockers[1]},
            "POST /api/meetings/{session_id}/participants/{participant_id}/approve": {
                "participant_id": knockers[2]
            },
            "POST /api/meetings/{session_id}/participants/{participant_id}/reject": {
                "participant_id": knockers[3]
            },
            "DELETE /api/meetings/{session_id}/co-hosts/{user_id}": {"user_id": str(co_host.user_id)},
            f"POST {about}/kick": {"participant_id": str(cast.id_of(out))},
            f"POST {about}/ban": {"participant_id": str(cast.id_of(banned))},
            f"POST {about}/unban": {"participant_id": str(cast.id_of(banned))},
            "DELETE /api/v1/roles/{role_id}": {"role_id": spare["id"]},
            "DELETE /api/v1/users/me/api-keys/{key_id}": {"key_id": await _key(house, person)},
            "DELETE /api/v1/users/me/sign-ins/{sign_in_id}": {
                "sign_in_id": await _other_sign_in(house, person)
            },
        },
    )


async def _other_sign_in(house: House, person: Person | None) -> str:
    if person is None or person.user_id is None:
        return str(uuid4())
    return str((await house.sign_in(person)).sign_in_id)


async def _key(house: House, person: Person | None) -> str:
    if person is None or person.user_id is None:
        return str(uuid4())
    made = await house.post("/users/me/api-keys", _NEW_KEY, person)
    return str(made["id"])


_NEW_KEY: Final = {"name": "Export", "scopes": ["session:view"]}


def _role() -> Json:
    key = f"helper_{uuid4().hex[:12]}"
    return {"key": key, "name": "Helper", "scope": "tenant", "permissions": []}


async def _person(cast: Cast, who: str) -> Person | None:
    if who == NOBODY:
        return None
    if who in ACCOUNTS:
        return await cast.house.account(who.capitalize(), who)
    if who in (GUEST, WAITING):
        guest = await cast.house.guest(cast.room)
        client = await cast.house.client(guest)
        await client.join(cast.room.id)
        if who == GUEST:
            await cast.owner.ok("participant:approve", cast.room.id, participant_id=str(guest.participant_id))
            await client.join(cast.room.id)
        return guest
    return await _in_room(cast, who)


async def _in_room(cast: Cast, role: str) -> Person:
    account = await cast.house.account(role.capitalize(), system_roles.STUDENT)
    client: Client = await cast.house.client(account)
    joined = await client.join(cast.room.id)
    about = {"participant_id": joined["participant"]["id"]}
    await cast.owner.ok("participant:approve", cast.room.id, **about)
    await client.join(cast.room.id)
    await cast.owner.ok("participant:set_role", cast.room.id, **about, role=role)
    return account


async def ask(house: House, endpoint: Endpoint, world: World, token: str | None) -> httpx.Response:
    """Sends a well-formed request to an endpoint, with this token and nothing else that says who asks."""
    key = key_of(endpoint)
    path = endpoint.path
    for name, value in {**world.names, **world.special.get(key, {})}.items():
        path = path.replace(f"{{{name}}}", value)
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    house.http.cookies.clear()
    if endpoint.upload is not None:
        headers["Content-Type"] = endpoint.upload.media_types[0]
        return await house.http.request(endpoint.method, path, content=b"x", headers=headers)
    query = {"code": world.cast.room.code} if key in ASKS_FOR_A_CODE else None
    body = body_for(key, world) if endpoint.method in ("POST", "PATCH") else body_for(key, world) or None
    return await house.http.request(endpoint.method, path, params=query, json=body, headers=headers)


def key_of(endpoint: Endpoint) -> str:
    """How the tables call an endpoint."""
    return f"{endpoint.method} {endpoint.path}"


def body_for(key: str, world: World) -> Json:
    """A body that nothing is wrong with."""
    names = world.names
    bodies: dict[str, Json] = {
        "POST /api/v1/auth/register": {
            "email": f"{uuid4().hex}@example.org",
            "password": "correct horse battery",
            "display_name": "Nora",
        },
        "POST /api/v1/auth/register/confirm": {"token": "x" * 43},
        "POST /api/v1/auth/login": {"email": "nobody@example.org", "password": "correct horse battery"},
        "POST /api/v1/auth/second-step": {"challenge": "x", "code": "123456"},
        "POST /api/v1/users/me/second-factor": {"password": "not this one"},
        "DELETE /api/v1/users/me/second-factor": {"password": "not this one"},
        "POST /api/v1/users/me/second-factor/confirm": {"code": "123456"},
        "POST /api/v1/users/me/second-factor/recovery-codes": {"password": "not this one"},
        "POST /api/v1/auth/email": {"token": "x" * 43},
        "POST /api/v1/auth/password-reset": {"email": "nobody@example.org"},
        "POST /api/v1/auth/password-reset/confirm": {"token": "x" * 43, "password": "correct horse battery"},
        "POST /api/v1/users/me/api-keys": dict(_NEW_KEY),
        "POST /api/v1/roles": _role(),
        "PATCH /api/v1/roles/{role_id}": {"name": "Aide"},
        "POST /api/v1/users/{user_id}/roles": {"role_id": names["spare_role_id"]},
        "PATCH /api/v1/users/{user_id}": {"display_name": "Timon"},
        "PATCH /api/v1/users/me": {"display_name": "Nora"},
        "POST /api/v1/users/me/password": {
            "current_password": "not this one",
            "new_password": "correct horse battery",
        },
        "POST /api/v1/users/me/email": {"email": "new@example.org", "password": "not this one"},
        "POST /api/v1/auth/invitation": {"token": "x" * 43},
        "POST /api/v1/tenant/invitations": {"email": f"{uuid4().hex}@example.org"},
        "POST /api/v1/tenants": {"slug": uuid4().hex[:20], "name": "Another"},
        "POST /api/v1/sessions": {"title": "Algebra", "kind": "meeting"},
        "PATCH /api/v1/sessions/{session_id}": {"title": "Geometry"},
        "POST /api/v1/sessions/{session_id}/cancel": {"reason": "Fire alarm."},
        "POST /api/v1/sessions/join": {"code": world.cast.room.code, "display_name": "Nora"},
        "POST /api/v1/sessions/{session_id}/join": {"display_name": "Nora"},
        "POST /api/v1/sessions/{session_id}/participants": {"user_id": names["user_id"]},
        "POST /api/v1/sessions/{session_id}/messages": {"text": "Hello."},
        "POST /api/v1/sessions/{session_id}/polls": {"question": "Again?", "options": ["Yes", "No"]},
        "POST /api/v1/sessions/{session_id}/polls/{poll_id}/vote": {"choices": [0]},
        "PATCH /api/v1/sessions/{session_id}/recordings/{recording_id}": {"state": "paused"},
        "POST /api/meetings/{session_id}/co-hosts": {"user_id": names["user_id"]},
    }
    about = "POST /api/v1/sessions/{session_id}/participants/{participant_id}"
    bodies |= {
        f"{about}/role": {"role": OBSERVER},
        f"{about}/visibility": {"is_hidden": True},
        f"{about}/custom-role": {"role_id": names["room_role_id"]},
        f"{about}/permissions": {"deny": ["reaction:send"]},
    }
    return bodies.get(key, {})
