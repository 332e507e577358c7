"""What a program does with somebody's key stands in the trail as the key's, whichever endpoint it asks."""

from typing import Any, Final
from uuid import uuid4

from sqlmodel import select

from models.audit.tables import DONE, AuditEntry
from models.audit.who import ActorKind
from models.identity.system_roles import SUPER_ADMIN
from models.permissions import Permission
from server.http.crossing import HEADER
from tests.identity.keys import make_key
from tests.identity.people import bearer
from tests.identity.test_avatars import picture
from tests.realtime.house import House, Person
from tests.security.rest_people import ask, make_world
from tests.security.rest_rights import ENDPOINT

BY_THE_WALK: Final = {
    "account:erased",
    "account:sign_in_ended",
    "invitation:created",
    "invitation:deleted",
    "participant:role_changed",
    "role:created",
    "role:unassigned",
    "session:created",
    "session:ended",
    "tenant:created",
    "tenant:logo_changed",
    "user:deactivated",
    "user:reactivated",
    "user:updated",
}
"""What must have been done for this to show anything; there is more."""


async def rows_of(house: House, person: Person) -> list[AuditEntry]:
    async with house.context.everywhere().database.read() as db:
        query = select(AuditEntry).where(AuditEntry.user_id == person.user_id)
        return list((await db.exec(query)).all())


async def test_every_endpoint_notes_the_key(house: House) -> None:
    world = await make_world(house, SUPER_ADMIN)
    assert world.person is not None
    key = await make_key(house, world.person, *Permission)
    before = {row.id for row in await rows_of(house, key)}
    # What is taken away comes last: the rest is about it.
    for endpoint in sorted(ENDPOINT.values(), key=lambda one: one.method == "DELETE"):
        if endpoint.takes_keys:
            await ask(house, endpoint, world, key.token)
    rows = [row for row in await rows_of(house, key) if row.id not in before]
    assert {row.action for row in rows if row.outcome == DONE} >= BY_THE_WALK
    by_others = {
        row.action for row in rows if (row.actor_kind, row.actor_id) != (ActorKind.API_KEY, key.sign_in_id)
    }
    assert by_others == set()


async def test_so_do_the_tenants_and_who_crosses(house: House) -> None:
    chief = await house.account("Chief", SUPER_ADMIN)
    key = await make_key(house, chief, *Permission)
    made = await house.post("/tenants", {"slug": uuid4().hex[:20], "name": "Elsewhere"}, key)
    elsewhere = made["tenant"]["id"]
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("PATCH", "/tenant", {"json": {"accent": "#336699"}}),
        ("PATCH", f"/tenants/{elsewhere}", {"json": {"name": "Nowhere"}}),
        ("GET", "/users", {"headers": {HEADER: elsewhere}}),
        ("POST", "/tenant/logo", {"content": picture(), "headers": {"Content-Type": "image/png"}}),
        ("DELETE", "/tenant/logo", {}),
    ]
    for method, path, given in requests:
        headers = {**bearer(key.token), **given.pop("headers", {})}
        answer = await house.http.request(method, f"/api/v1{path}", headers=headers, **given)
        assert answer.is_success, answer.text
    noted = [(row.action, row.actor_kind) for row in await rows_of(house, chief)]
    for action in ("tenant:created", "tenant:crossed", "tenant:updated", "tenant:logo_changed"):
        kinds = {kind for one, kind in noted if one == action}
        assert kinds == {ActorKind.API_KEY}, action
