"""Tenants over REST: made by super administrators, set up by their own, joined by whom they let in."""

from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
from PIL import Image

from models.identity.planting import system_role_id
from models.identity.system_roles import ADMIN, LECTURER, SUPER_ADMIN, TENANT_ADMIN
from models.ids import new_id
from models.tables import DEFAULT_TENANT
from tests.identity.keys import make_key
from tests.identity.people import PASSWORD, newcomer
from tests.realtime.house import House, Person
from tests.tenants.neighbours import add_neighbours, add_person, audit_of

API = "/api/v1"


async def ask(
    house: House,
    method: str,
    path: str,
    who: Person | None = None,
    *,
    across: str | None = None,
    **given: Any,
) -> httpx.Response:
    house.http.cookies.clear()
    headers = {} if who is None else {"Authorization": f"Bearer {who.token}"}
    if across is not None:
        headers["Convene-Tenant"] = across
    return await house.http.request(
        method, f"{API}{path}", headers={**headers, **given.pop("headers", {})}, **given
    )


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errorCode"]


async def test_a_super_administrator_makes_a_tenant_whose_administrator_moves_in(any_house: House) -> None:
    chief = await any_house.account("Sue", SUPER_ADMIN)
    slug = f"acme-{chief.user_id.hex[-12:]}" if chief.user_id else ""
    body = {"slug": slug, "name": "Acme", "admin_email": newcomer()["email"]}
    made = (await ask(any_house, "POST", "/tenants", chief, json=body)).json()["data"]
    assert made["tenant"]["registration"] == "invitation"
    assert made["tenant"]["limits"]["requests_per_hour"] == 1_000
    assert code_of(await ask(any_house, "POST", "/tenants", chief, json=body)) == (409, "TENANT_EXISTS")
    token = made["invitation_token"]
    shown = (await ask(any_house, "POST", "/auth/invitation", json={"token": token})).json()["data"]
    assert (shown["email"], shown["site"]["name"]) == (body["admin_email"], "Acme")
    fields = newcomer(email="ignored@example.org", invitation=token)
    joined = await ask(any_house, "POST", "/auth/register", json=fields)
    assert joined.status_code == 201, joined.text
    user = joined.json()["data"]["user"]
    assert (user["email"], user["roles"]) == (body["admin_email"], ["tenant_admin"])
    again = await ask(any_house, "POST", "/auth/register", json={**fields, "display_name": "Eve"})
    assert code_of(again) == (422, "LINK_NOT_VALID")
    who = Person("Ann", joined.json()["data"]["access_token"])
    own = (await ask(any_house, "GET", "/tenant", who)).json()["data"]
    assert (own["id"], own["slug"]) == (made["tenant"]["id"], slug)
    signs_in = {"email": body["admin_email"], "password": PASSWORD}
    assert code_of(await ask(any_house, "POST", "/auth/login", json=signs_in)) == (401, "INVALID_CREDENTIALS")
    inside = await ask(any_house, "POST", "/auth/login", json={**signs_in, "tenant": slug})
    assert inside.status_code == 200
    assert "tenant:created" in await audit_of(any_house, UUID(own["id"]))


async def test_one_address_may_have_an_account_in_each_tenant(house: House) -> None:
    there = await add_neighbours(house)
    fields = newcomer()
    here = await ask(house, "POST", "/auth/register", json=fields)
    other = await ask(house, "POST", "/auth/register", json={**fields, "tenant": there.slug})
    assert (here.status_code, other.status_code) == (201, 201)
    assert here.json()["data"]["user"]["id"] != other.json()["data"]["user"]["id"]


async def test_registration_is_as_the_tenant_says(house: House) -> None:
    there = await add_neighbours(house)

    async def set_rules(**rules: Any) -> httpx.Response:
        return await ask(house, "PATCH", "/tenant", there.person, json=rules)

    async def try_it(**fields: Any) -> httpx.Response:
        return await ask(house, "POST", "/auth/register", json=newcomer(tenant=there.slug, **fields))

    assert (await try_it()).status_code == 201
    assert (await set_rules(registration="invitation")).status_code == 200
    assert code_of(await try_it()) == (403, "REGISTRATION_CLOSED")
    assert code_of(await set_rules(registration="domains")) == (400, "VALIDATION_ERROR")
    changed = await set_rules(registration="domains", domains=["@School.example"])
    assert changed.json()["data"]["domains"] == ["school.example"]
    # This site sends no mail: an address that cannot answer shows nothing.
    assert code_of(await try_it(email="ann@school.example")) == (403, "REGISTRATION_CLOSED")
    assert code_of(await try_it(email="ann@school.example.evil.example")) == (403, "REGISTRATION_CLOSED")
    assert code_of(await ask(house, "POST", "/auth/register", json=newcomer(tenant="nowhere"))) == (
        404,
        "TENANT_NOT_FOUND",
    )


async def test_an_invitation_gives_its_role_and_can_be_taken_back(house: House) -> None:
    there = await add_neighbours(house)
    roles = (await ask(house, "GET", "/roles", there.person)).json()["data"]
    by_key = {one["key"]: one["id"] for one in roles}
    address = newcomer()["email"]
    student = {"email": address, "role_id": by_key["student"]}
    first = (await ask(house, "POST", "/tenant/invitations", there.person, json=student)).json()["data"]
    second = (await ask(house, "POST", "/tenant/invitations", there.person, json=student)).json()["data"]
    listed = (await ask(house, "GET", "/tenant/invitations", there.person)).json()
    assert [one["id"] for one in listed["data"]] == [second["id"]]
    assert listed["data"][0]["token"] is None
    used = await ask(house, "POST", "/auth/register", json=newcomer(invitation=first["token"]))
    assert code_of(used) == (422, "LINK_NOT_VALID")
    joined = await ask(house, "POST", "/auth/register", json=newcomer(invitation=second["token"]))
    assert joined.json()["data"]["user"]["roles"] == ["student"]
    too_high = {"email": newcomer()["email"], "role_id": by_key["super_admin"]}
    refused = await ask(house, "POST", "/tenant/invitations", there.person, json=too_high)
    assert code_of(refused) == (403, "OUTRANKS_YOU")
    third = {"email": newcomer()["email"]}
    made = (await ask(house, "POST", "/tenant/invitations", there.person, json=third)).json()["data"]
    gone = await ask(house, "DELETE", f"/tenant/invitations/{made['id']}", there.person)
    assert gone.status_code == 204
    late = await ask(house, "POST", "/auth/register", json=newcomer(invitation=made["token"]))
    assert code_of(late) == (422, "LINK_NOT_VALID")


async def test_nobody_invites_to_what_they_may_not_do_themselves(any_house: House) -> None:
    root, clerk = await any_house.account("Root", TENANT_ADMIN), await any_house.account("Clara")
    key = await make_key(any_house, root, "admin:settings")
    fields = {"key": f"clerk_{new_id().hex}", "name": "Clerk", "scope": "tenant", "rank": 65}
    role = await any_house.post("/roles", {**fields, "permissions": ["admin:settings"]}, root)
    await any_house.post(f"/users/{clerk.user_id}/roles", {"role_id": role["id"]}, root)
    admin = str(system_role_id(DEFAULT_TENANT, ADMIN))
    for who in (key, clerk):
        invited = {"email": newcomer()["email"], "role_id": admin}
        refused = await any_house.request("POST", "/tenant/invitations", invited, who)
        assert code_of(refused) == (403, "FORBIDDEN")
        # That of newcomers is for the settings to give, which they may change.
        invited = {"email": newcomer()["email"]}
        assert (await any_house.request("POST", "/tenant/invitations", invited, who)).status_code == 201


async def test_a_tenant_does_not_raise_its_own_limits(house: House) -> None:
    there = await add_neighbours(house)
    chief = await house.account("Sue", SUPER_ADMIN)

    async def set_limits(who: Person, across: str | None = None, **limits: int | None) -> httpx.Response:
        return await ask(house, "PATCH", "/tenant", who, across=across, json={"limits": limits})

    refused = await set_limits(there.person, requests_per_hour=1_001)
    assert code_of(refused) == (403, "FORBIDDEN")
    assert refused.json()["details"] == {"field": "requests_per_hour", "most": 1_000}
    assert (await set_limits(there.person, requests_per_hour=10)).is_success
    assert (await set_limits(there.person, requests_per_hour=1_000)).is_success
    raised = await set_limits(chief, str(there.tenant_id), requests_per_hour=5_000)
    assert raised.json()["data"]["limits"]["requests_per_hour"] == 5_000
    # What a form sends along as it was is no change.
    kept = await set_limits(there.person, requests_per_hour=5_000, sessions_per_hour=3)
    assert kept.is_success
    assert (await set_limits(there.person, requests_per_hour=None)).is_success


async def test_a_tenants_look_is_there_for_everybody(house: House) -> None:
    there = await add_neighbours(house)
    look = {"name": "North School", "accent": "#aa3366", "limits": {"sessions_per_hour": 3}}
    await ask(house, "PATCH", "/tenant", there.person, json=look)
    content = BytesIO()
    Image.new("RGBA", (900, 300), "#aa3366").save(content, "PNG")
    png = {"Content-Type": "image/png"}
    sent = await ask(
        house, "POST", "/tenant/logo", there.person, content=content.getvalue() + b"<script>", headers=png
    )
    assert sent.json()["data"]["limits"]["sessions_per_hour"] == 3
    shown = (await ask(house, "GET", "/site", params={"tenant": there.slug})).json()["data"]
    assert (shown["name"], shown["accent"]) == ("North School", "#aa3366")
    logo = await house.http.get(shown["logo_url"])
    assert (logo.status_code, logo.headers["content-type"]) == (200, "image/webp")
    with Image.open(BytesIO(logo.content)) as picture:
        assert picture.size == (480, 160)
    own = (await ask(house, "GET", "/site", there.person)).json()["data"]
    assert own == shown
    assert (await ask(house, "GET", "/site")).json()["data"]["name"] == "Convene"
    bad = await ask(house, "POST", "/tenant/logo", there.person, content=b"<svg/>", headers=png)
    assert code_of(bad) == (422, "PICTURE_NOT_READABLE")
    assert code_of(await ask(house, "PATCH", "/tenant", there.person, json={"accent": "red"}))[0] == 400


async def test_a_super_administrator_crosses_and_the_tenant_can_see_it(any_house: House) -> None:
    there = await add_neighbours(any_house)
    chief = await any_house.account("Sue", SUPER_ADMIN)
    across = str(there.tenant_id)
    users = (await ask(any_house, "GET", "/users", chief, across=across)).json()["data"]
    assert str(there.person.user_id) in str(users)
    assert str(chief.user_id) not in str(users)
    renamed = await ask(any_house, "PATCH", "/tenant", chief, across=across, json={"name": "Renamed"})
    assert renamed.json()["data"]["name"] == "Renamed"
    assert (await audit_of(any_house, there.tenant_id)).count("tenant:crossed") == 2
    # In one's own name nobody crosses, and for others there is nothing to cross into.
    me = await ask(any_house, "GET", "/users/me", chief, across=across)
    assert code_of(me) == (404, "TENANT_NOT_FOUND")
    made = await ask(
        any_house, "POST", "/sessions", chief, across=across, json={"title": "Algebra", "kind": "meeting"}
    )
    assert code_of(made) == (404, "TENANT_NOT_FOUND")
    admin = await any_house.account("Adam", TENANT_ADMIN)
    assert code_of(await ask(any_house, "GET", "/users", admin, across=across)) == (404, "TENANT_NOT_FOUND")
    nowhere = await ask(any_house, "GET", "/users", chief, across="no-id")
    assert code_of(nowhere) == (404, "TENANT_NOT_FOUND")


async def test_who_is_in_a_tenant_that_is_closed_is_out_at_once(any_house: House) -> None:
    there = await add_neighbours(any_house)
    chief = await any_house.account("Sue", SUPER_ADMIN)
    lecturer = await add_person(any_house, there.tenant_id, LECTURER)
    client = await any_house.client(lecturer)
    path = f"/tenants/{there.tenant_id}"
    closed = await ask(any_house, "PATCH", path, chief, json={"is_active": False})
    assert closed.json()["data"]["is_active"] is False
    await client.until_closed()
    assert code_of(await ask(any_house, "GET", "/users/me", lecturer)) == (401, "UNAUTHENTICATED")
    assert code_of(await ask(any_house, "GET", "/site", params={"tenant": there.slug}))[0] == 404
    await ask(any_house, "PATCH", path, chief, json={"is_active": True})
    assert (await ask(any_house, "GET", "/users/me", lecturer)).status_code == 200
    own = f"/tenants/{DEFAULT_TENANT}"
    assert code_of(await ask(any_house, "PATCH", own, chief, json={"is_active": False}))[0] == 400


async def test_a_super_administrator_deletes_an_account_elsewhere(any_house: House) -> None:
    there = await add_neighbours(any_house)
    joined = await ask(any_house, "POST", "/auth/register", json=newcomer(tenant=there.slug))
    path = f"/users/{joined.json()['data']['user']['id']}"
    chief = await any_house.account("Sue", SUPER_ADMIN)
    across = str(there.tenant_id)
    gone = await ask(any_house, "DELETE", path, chief, across=across, json={})
    assert gone.status_code == 200, gone.text
    assert code_of(await ask(any_house, "GET", path, chief, across=across)) == (404, "USER_NOT_FOUND")


async def test_a_key_is_good_for_guests_of_every_tenant_and_across(any_house: House) -> None:
    there = await add_neighbours(any_house)
    body = {"title": "Algebra", "kind": "meeting", "status": "scheduled"}
    made = (await ask(any_house, "POST", "/sessions", there.person, json=body)).json()["data"]
    keyed: Any = {"headers": {"Idempotency-Key": made["id"]}, "json": {"display_name": "Gus"}}
    first = await ask(any_house, "POST", f"/sessions/{made['id']}/join", **keyed)
    again = await ask(any_house, "POST", f"/sessions/{made['id']}/join", **keyed)
    assert first.status_code == again.status_code == 200, first.text
    ids = {answer.json()["data"]["participant"]["id"] for answer in (first, again)}
    assert len(ids) == 1
    chief = await any_house.account("Sue", SUPER_ADMIN)
    role = {"key": f"aide_{made['id'][-6:]}", "name": "Aide", "scope": "tenant", "permissions": []}
    for across in (None, str(there.tenant_id)):
        given: Any = {"headers": {"Idempotency-Key": made["id"]}, "json": role}
        answer = await ask(any_house, "POST", "/roles", chief, across=across, **given)
        assert answer.status_code == 201, answer.text
