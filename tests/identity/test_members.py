"""Looking after accounts: found, changed, locked out, signed out, by who stands above them and by nobody else."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlmodel import select

from models.audit.tables import AuditEntry
from models.identity.system_roles import ADMIN, LECTURER, STUDENT, TENANT_ADMIN
from models.identity.tables import RoleAssignment, RoleDefinition, User
from models.ids import new_id
from tests.identity.keys import make_key
from tests.identity.people import AUTH, PASSWORD, code_of, newcomer, register
from tests.identity.post_office import PostOffice, token_in
from tests.realtime.house import House, Person


async def found(house: House, by: Person, **query: str | int | bool) -> dict[str, Any]:
    answer = await house.http.get(
        "/api/v1/users", params=query, headers={"Authorization": f"Bearer {by.token}"}
    )
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


def names(page: dict[str, Any]) -> list[str]:
    return [one["display_name"] for one in page["users"]]


async def member(house: House, who: Person, by: Person) -> dict[str, Any]:
    data: dict[str, Any] = (await house.get(f"/users/{who.user_id}", by)).json()["data"]
    return data


async def dismiss_all_administrators(house: House) -> None:
    async with house.context.database.write() as db:
        query = select(RoleAssignment).join(RoleDefinition).where(RoleDefinition.rank >= 60)
        for assignment in (await db.exec(query)).all():
            assignment.is_active = False
            db.add(assignment)


async def test_people_are_found_without_regard_to_case_and_accents(any_house: House) -> None:
    root = await any_house.account("Root", TENANT_ADMIN)
    mark = new_id().hex
    for name in (f"Zoë {mark}", f"{mark} ÉMILE", f"100% {mark}"):
        await any_house.account(name)
    assert names(await found(any_house, root, q=f"zoe {mark}")) == [f"Zoë {mark}"]
    assert names(await found(any_house, root, q=f"{mark.upper()} emile")) == [f"{mark} ÉMILE"]
    assert names(await found(any_house, root, q=f"0% {mark}")) == [f"100% {mark}"]
    assert names(await found(any_house, root, q=f"_% {mark}")) == []
    assert (await found(any_house, root, q=mark))["total"] == 3


async def test_pages_hold_everybody_once_in_order(any_house: House) -> None:
    root = await any_house.account("Root", TENANT_ADMIN)
    mark = new_id().hex
    people = [await any_house.account(f"{mark} {name}") for name in ("b", "a", "b", "c", "a")]
    for sort, expected in (
        ("name", sorted(["b", "a", "b", "c", "a"])),
        ("newest", ["a", "c", "b", "a", "b"]),
    ):
        seen: list[dict[str, Any]] = []
        after: dict[str, str] = {}
        while True:
            page = await found(any_house, root, q=mark, sort=sort, limit=2, **after)
            assert (page["total"] is None) == bool(after)
            seen += page["users"]
            if not page["has_more"]:
                break
            after = {"after": page["users"][-1]["id"]}
        assert [one["display_name"].removeprefix(f"{mark} ") for one in seen] == expected
        assert {one["id"] for one in seen} == {str(one.user_id) for one in people}


async def test_filters_say_who_has_a_role_who_is_locked_out_and_who_is_verified(any_house: House) -> None:
    root = await any_house.account("Root", TENANT_ADMIN)
    mark = new_id().hex
    ada = await any_house.account(f"Ada {mark}", LECTURER)
    ben = await any_house.account(f"Ben {mark}", STUDENT)
    await any_house.post(f"/users/{ben.user_id}/deactivate", {}, root)
    await any_house.change(User, ada.user_id, verified_at=any_house.context.clock.now())
    for query, expected in (
        ({"role": "lecturer"}, "Ada"),
        ({"role": "student"}, "Ben"),
        ({"status": "active"}, "Ada"),
        ({"status": "inactive"}, "Ben"),
        ({"verified": "true"}, "Ada"),
        ({"verified": "false"}, "Ben"),
    ):
        assert names(await found(any_house, root, q=mark, **query)) == [f"{expected} {mark}"], query


async def test_only_who_looks_after_accounts_sees_them(house: House) -> None:
    ada = await house.account("Ada", LECTURER)
    for path in ("", f"/{ada.user_id}", f"/{ada.user_id}/sign-ins"):
        assert code_of(await house.get(f"/users{path}", ada)) == (403, "FORBIDDEN")
    root = await house.account("Root", TENANT_ADMIN)
    assert code_of(await house.get(f"/users/{new_id()}", root)) == (404, "USER_NOT_FOUND")


async def test_an_account_is_changed_and_found_under_its_new_name(any_house: House) -> None:
    root = await any_house.account("Root", TENANT_ADMIN)
    ada = await any_house.account("Ada")
    other = await any_house.account("Other")
    await any_house.change(User, ada.user_id, verified_at=any_house.context.clock.now())
    new = new_id().hex
    changes = {"display_name": f"Lovelace {new}", "email": f"{new}@example.org"}
    answer = await any_house.request("PATCH", f"/users/{ada.user_id}", changes, root)
    data = answer.json()["data"]
    assert (data["display_name"], data["email"], data["is_verified"]) == (*changes.values(), False)
    assert names(await found(any_house, root, q=f"lovelace {new}")) == [f"Lovelace {new}"]
    taken = (await member(any_house, other, root))["email"]
    clash = await any_house.request("PATCH", f"/users/{ada.user_id}", {"email": taken}, root)
    assert code_of(clash) == (409, "ACCOUNT_EXISTS")
    assert (await member(any_house, ada, root))["email"] == changes["email"]


async def test_nobody_acts_on_somebody_of_their_own_rank(house: House) -> None:
    admin, other = await house.account("Admin", ADMIN), await house.account("Other", ADMIN)
    root = await house.account("Root", TENANT_ADMIN)
    for above in (other, root):
        assert (await member(house, above, admin))["may_change"] is False
        path = f"/users/{above.user_id}"
        for method, tail in (
            ("PATCH", ""),
            ("POST", "/deactivate"),
            ("POST", "/reactivate"),
            ("POST", "/password-reset"),
            ("DELETE", "/sign-ins"),
            ("DELETE", f"/sign-ins/{above.sign_in_id}"),
        ):
            answer = await house.request(method, path + tail, {} if method != "DELETE" else None, admin)
            assert code_of(answer) == (403, "OUTRANKS_YOU"), tail
    assert (await member(house, admin, admin))["may_change"] is True


async def test_what_asks_for_one_s_password_is_not_done_to_oneself_from_here(house: House) -> None:
    root = await house.account("Root", TENANT_ADMIN)
    path, email = f"/users/{root.user_id}", f"{new_id().hex}@evil.example"
    for method, tail, body in (
        ("PATCH", "", {"email": email}),
        ("DELETE", "/second-factor", None),
        ("DELETE", "", {"archive": True}),
    ):
        answer = await house.request(method, path + tail, body, root)
        assert code_of(answer) == (403, "FORBIDDEN"), tail
    assert (await house.request("PATCH", path, {"display_name": "Ruth"}, root)).is_success
    assert (await member(house, root, root))["email"] != email


async def test_a_key_does_not_reach_its_own_account_by_way_of_all_accounts(house: House) -> None:
    root = await house.account("Root", TENANT_ADMIN)
    key = await make_key(house, root, "admin:users", "session:create")
    path = f"/users/{root.user_id}"
    roles = (await house.get("/roles", root)).json()["data"]
    lecturer = next(role["id"] for role in roles if role["key"] == LECTURER)
    for method, tail, body in (
        ("PATCH", "", {"display_name": "Eve"}),
        ("PATCH", "", {"email": f"{new_id().hex}@evil.example"}),
        ("POST", "/roles", {"role_id": lecturer}),
        ("POST", "/password-reset", {}),
        ("DELETE", "/sign-ins", None),
        ("DELETE", "/second-factor", None),
        ("DELETE", "", {"archive": True}),
    ):
        answer = await house.request(method, path + tail, body, key)
        assert code_of(answer) == (403, "FORBIDDEN"), (method, tail)
    ada = await house.account("Ada")
    changed = await house.request("PATCH", f"/users/{ada.user_id}", {"display_name": "Ada L."}, key)
    assert changed.is_success


async def test_nobody_gets_into_an_account_that_may_do_more(house: House) -> None:
    root, adam = await house.account("Root", TENANT_ADMIN), await house.account("Adam", ADMIN)
    clerk = await house.account("Clara")
    role = {
        "key": f"clerk_{new_id().hex}",
        "name": "Clerk",
        "scope": "tenant",
        "permissions": ["admin:settings"],
    }
    made = await house.post("/roles", role, root)
    await house.post(f"/users/{clerk.user_id}/roles", {"role_id": made["id"]}, root)
    path, change = f"/users/{clerk.user_id}", {"email": f"{new_id().hex}@evil.example"}
    assert code_of(await house.request("PATCH", path, change, adam)) == (403, "FORBIDDEN")
    key = await make_key(house, root, "admin:users")
    assert code_of(await house.request("PATCH", path, change, key)) == (403, "FORBIDDEN")
    assert (await house.request("PATCH", path, change, root)).is_success


async def test_who_is_locked_out_is_cut_off_and_comes_back_with_the_same_roles(any_house: House) -> None:
    root = await any_house.account("Root", TENANT_ADMIN)
    ada = await any_house.account("Ada", LECTURER)
    socket = await any_house.client(ada)
    data = await any_house.post(f"/users/{ada.user_id}/deactivate", {}, root)
    assert data["is_active"] is False
    await socket.until_closed()
    assert code_of(await any_house.get("/users/me", ada)) == (401, "UNAUTHENTICATED")
    data = await any_house.post(f"/users/{ada.user_id}/reactivate", {}, root)
    assert (data["is_active"], data["roles"]) == (True, ["lecturer"])
    # What was signed in before stays signed out.
    assert code_of(await any_house.get("/users/me", ada)) == (401, "UNAUTHENTICATED")
    assert (await any_house.get("/users/me", await any_house.sign_in(ada))).status_code == 200
    async with any_house.context.database.read() as db:
        acts = (await db.exec(select(AuditEntry).where(AuditEntry.target_id == ada.user_id))).all()
    assert {(one.action, one.user_id) for one in acts} >= {
        ("user:deactivated", root.user_id),
        ("user:reactivated", root.user_id),
        ("account:sign_in_ended", root.user_id),
    }


async def test_a_password_opens_nothing_while_one_is_locked_out(house: House) -> None:
    root = await house.account("Root", TENANT_ADMIN)
    given = newcomer()
    user = (await register(house.http, **given))["user"]
    await house.post(f"/users/{user['id']}/deactivate", {}, root)
    log_in = {"email": given["email"], "password": PASSWORD}
    assert code_of(await house.http.post(f"{AUTH}/login", json=log_in)) == (401, "INVALID_CREDENTIALS")
    reset = await house.request("POST", f"/users/{user['id']}/password-reset", {}, root)
    assert code_of(reset) == (422, "ACCOUNT_INACTIVE")


async def test_nobody_locks_themselves_out_nor_the_last_administrator(any_house: House) -> None:
    await dismiss_all_administrators(any_house)
    root = await any_house.account("Root", TENANT_ADMIN)
    own = await any_house.request("POST", f"/users/{root.user_id}/deactivate", {}, root)
    assert code_of(own) == (403, "FORBIDDEN")
    # Whoever crosses into the tenant cannot take its last administrator either.
    cross = await any_house.account("Cross", "super_admin")
    async with any_house.context.database.write() as db:
        query = select(RoleDefinition).where(RoleDefinition.key == "super_admin")
        role = (await db.exec(query)).first()
        assert role is not None
        before = role.permissions
        role.permissions = role.permissions.replace("role:manage", "")
        db.add(role)
    try:
        last = await any_house.request("POST", f"/users/{root.user_id}/deactivate", {}, cross)
        assert code_of(last) == (422, "LAST_ADMINISTRATOR")
    finally:
        await any_house.change(RoleDefinition, role.id, permissions=before)


async def test_two_administrators_cannot_take_each_other_s_role_at_once(any_house: House) -> None:
    await dismiss_all_administrators(any_house)
    one, two = [await any_house.account(name, TENANT_ADMIN) for name in ("One", "Two")]
    roles = (await any_house.get("/roles", one)).json()["data"]
    role_id = next(role["id"] for role in roles if role["key"] == TENANT_ADMIN)
    answers = await asyncio.gather(
        *(
            any_house.request("DELETE", f"/users/{who.user_id}/roles/{role_id}", None, who)
            for who in (one, two)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [204, 422]


async def test_the_last_administrator_s_role_cannot_be_given_an_end(house: House) -> None:
    await dismiss_all_administrators(house)
    root = await house.account("Root", TENANT_ADMIN)
    roles = (await house.get("/roles", root)).json()["data"]
    role_id = next(role["id"] for role in roles if role["key"] == TENANT_ADMIN)
    body = {"role_id": role_id, "expires_at": "2100-01-01T00:00:00Z"}
    answer = await house.request("POST", f"/users/{root.user_id}/roles", body, root)
    assert code_of(answer) == (422, "LAST_ADMINISTRATOR")


async def test_somebody_is_signed_out_on_one_device_or_on_all(any_house: House) -> None:
    root = await any_house.account("Root", TENANT_ADMIN)
    ada = await any_house.account("Ada")
    elsewhere, third = await any_house.sign_in(ada), await any_house.sign_in(ada)
    listed = (await any_house.get(f"/users/{ada.user_id}/sign-ins", root)).json()["data"]
    assert {one["id"] for one in listed} == {str(one.sign_in_id) for one in (ada, elsewhere, third)}
    assert not any(one["is_current"] for one in listed)
    path = f"/users/{ada.user_id}/sign-ins"
    assert (await any_house.request("DELETE", f"{path}/{ada.sign_in_id}", None, root)).status_code == 204
    assert code_of(await any_house.get("/users/me", ada)) == (401, "UNAUTHENTICATED")
    ended = (await any_house.request("DELETE", path, None, root)).json()["data"]
    assert ended == {"ended": 2}
    foreign = f"/users/{third.user_id}/sign-ins/{root.sign_in_id}"
    assert code_of(await any_house.request("DELETE", foreign, None, root)) == (404, "SIGN_IN_NOT_FOUND")
    own = (await any_house.request("DELETE", f"/users/{root.user_id}/sign-ins", None, root)).json()["data"]
    assert own == {"ended": 0}


async def test_a_link_for_a_new_password_is_mailed(mailing: House, office: PostOffice) -> None:
    root = await mailing.account("Root", TENANT_ADMIN)
    ada = await mailing.account("Ada")
    email = (await member(mailing, ada, root))["email"]
    await mailing.post(f"/users/{ada.user_id}/password-reset", {}, root)
    letter = office.letter()
    assert email in letter["To"]
    new = {"token": token_in(letter), "password": "a new horse battery"}
    assert (await mailing.http.post(f"{AUTH}/password-reset/confirm", json=new)).is_success


async def test_nobody_is_flooded_with_invitations(mailing: House) -> None:
    root, invited = await mailing.account("Root", TENANT_ADMIN), {"email": newcomer()["email"]}
    allowed = mailing.site.settings.account_mails_per_hour
    answers = [
        (await mailing.request("POST", "/tenant/invitations", invited, root)).status_code
        for _ in range(allowed + 1)
    ]
    assert answers == [201] * allowed + [429]


async def test_without_mail_nothing_is_promised(house: House) -> None:
    root = await house.account("Root", TENANT_ADMIN)
    ada = await house.account("Ada")
    answer = await house.request("POST", f"/users/{ada.user_id}/password-reset", {}, root)
    assert code_of(answer) == (422, "MAIL_NOT_CONFIGURED")


@pytest.mark.parametrize(
    "query", ["?limit=0", "?limit=201", "?sort=rank", "?after=x", "?status=gone", "?page=1"]
)
async def test_what_cannot_be_asked_is_refused(house: House, query: str) -> None:
    root = await house.account("Root", TENANT_ADMIN)
    answer: httpx.Response = await house.get(f"/users{query}", root)
    assert code_of(answer) == (400, "VALIDATION_ERROR")
