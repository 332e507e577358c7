"""Accounts: made, entered, kept open, left; and what a stolen cookie is worth."""

from uuid import UUID

import pytest
from sqlmodel import select

from models.identity.system_roles import SUPER_ADMIN
from models.identity.tables import Revocation, SignIn, User
from tests.identity.keys import make_key
from tests.identity.people import AUTH, COOKIE, PASSWORD, bearer, code_of, newcomer, register
from tests.realtime.house import House

ME = "/api/v1/users/me"


async def test_registering_signs_in(any_house: House) -> None:
    data = await register(any_house.http, email="Ada.Lovelace+1@Example.org", display_name="  Ada  ")
    assert data["token_type"] == "Bearer"
    assert data["user"]["email"] == "ada.lovelace+1@example.org"
    assert data["user"]["username"] == "ada.lovelace1"
    assert data["user"]["display_name"] == "Ada"
    assert data["user"]["roles"] == ["lecturer"]
    assert data["user"]["permissions"] == ["session:create"]
    me = await any_house.http.get(ME, headers=bearer(data["access_token"]))
    assert me.json()["data"] == data["user"]
    async with any_house.context.database.read() as db:
        user = (await db.exec(select(User).where(User.id == UUID(data["user"]["id"])))).one()
    assert user.password_hash.startswith("$argon2id$")


async def test_the_refresh_cookie_is_for_us_alone(house: House) -> None:
    answer = await house.http.post(f"{AUTH}/register", json=newcomer())
    cookie = answer.headers["set-cookie"]
    name, *attributes = cookie.split("; ")
    assert name.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "Path=/api/v1/auth", "SameSite=strict", "Max-Age=2592000"} <= set(attributes)
    assert "Secure" not in attributes
    assert name.partition("=")[2] not in answer.text


async def test_two_accounts_cannot_share_an_address(any_house: House) -> None:
    person = newcomer()
    await register(any_house.http, **person)
    again = await any_house.http.post(f"{AUTH}/register", json={**person, "email": person["email"].upper()})
    assert code_of(again) == (409, "ACCOUNT_EXISTS")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "ada"),
        ("email", "ada@@example.org"),
        ("password", "too-short"),
        ("password", "x" * 201),
        ("display_name", "   "),
        ("display_name", "A\u202eda"),
        ("username", "a b"),
    ],
)
async def test_what_is_typed_in_is_checked(house: House, field: str, value: str) -> None:
    answer = await house.http.post(f"{AUTH}/register", json=newcomer(**{field: value}))
    assert code_of(answer) == (400, "VALIDATION_ERROR")
    assert answer.json()["details"]["field"] == field


async def test_signing_in_by_address_or_name(house: House) -> None:
    user = (await register(house.http))["user"]
    for name in (user["email"].upper(), user["username"]):
        answer = await house.http.post(f"{AUTH}/login", json={"email": name, "password": PASSWORD})
        assert answer.json()["data"]["user"]["id"] == user["id"]


async def test_a_wrong_name_and_a_wrong_password_sound_alike(house: House) -> None:
    user = (await register(house.http))["user"]
    wrong = {"email": user["email"], "password": "wrong horse battery"}
    unknown = {"email": newcomer()["email"], "password": PASSWORD}
    answers = [await house.http.post(f"{AUTH}/login", json=body) for body in (wrong, unknown)]
    assert [code_of(answer) for answer in answers] == [(401, "INVALID_CREDENTIALS")] * 2
    assert answers[0].json() == answers[1].json()


async def test_a_refresh_token_is_good_once_and_its_theft_is_noticed(any_house: House) -> None:
    await register(any_house.http)
    stolen = any_house.http.cookies[COOKIE]
    fresh = await any_house.http.post(f"{AUTH}/refresh")
    assert fresh.status_code == 200
    token = fresh.json()["data"]["access_token"]
    kept = any_house.http.cookies[COOKIE]
    assert kept != stolen
    any_house.http.cookies.clear()
    thief = await any_house.http.post(f"{AUTH}/refresh", headers={"Cookie": f"{COOKIE}={stolen}"})
    assert code_of(thief) == (401, "REFRESH_TOKEN_REUSED")
    owner = await any_house.http.post(f"{AUTH}/refresh", headers={"Cookie": f"{COOKIE}={kept}"})
    assert code_of(owner) == (401, "UNAUTHENTICATED")
    assert code_of(await any_house.http.get(ME, headers=bearer(token))) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("cookie", ["", "nonsense", "01a1fd3559ce77f7b1c08a3de2cc0b53.x", "é"])
async def test_refreshing_with_what_is_no_refresh_token(house: House, cookie: str) -> None:
    headers = {"Cookie": f"{COOKIE}={cookie}".encode()}
    answer = await house.http.post(f"{AUTH}/refresh", headers=headers)  # type: ignore[arg-type]
    assert code_of(answer) == (401, "UNAUTHENTICATED")


async def test_who_knows_only_which_sign_in_it_is_cannot_end_it(any_house: House) -> None:
    chief = await any_house.account("Chief", SUPER_ADMIN)
    key = await make_key(any_house, chief, "session:view")
    for one in (chief, key):
        assert one.sign_in_id is not None
        for secret in ("x", f"{'x' * 43}.{'0' * 32}", ".", "x.é"):
            headers = {"Cookie": f"{COOKIE}={one.sign_in_id.hex}.{secret}".encode()}
            answer = await any_house.http.post(f"{AUTH}/refresh", headers=headers)  # type: ignore[arg-type]
            assert code_of(answer) == (401, "UNAUTHENTICATED")
        assert (await any_house.get("/sessions", one)).is_success


async def test_signing_out_ends_tokens_cookie_and_sockets(any_house: House) -> None:
    data = await register(any_house.http)
    cookie = any_house.http.cookies[COOKIE]
    answer = await any_house.http.post(f"{AUTH}/logout", headers=bearer(data["access_token"]))
    assert answer.status_code == 200
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert code_of(await any_house.http.get(ME, headers=bearer(data["access_token"]))) == (
        401,
        "UNAUTHENTICATED",
    )
    again = await any_house.http.post(f"{AUTH}/refresh", headers={"Cookie": f"{COOKIE}={cookie}"})
    assert code_of(again) == (401, "UNAUTHENTICATED")
    async with any_house.context.database.read() as db:
        query = select(SignIn).where(SignIn.user_id == UUID(data["user"]["id"]))
        sign_in = (await db.exec(query)).one()
        assert sign_in.revoked_at is not None
        revoked = (await db.exec(select(Revocation).where(Revocation.subject_id == sign_in.id))).all()
    assert len(revoked) == 1


async def test_signing_out_with_the_cookie_alone(house: House) -> None:
    token = (await register(house.http))["access_token"]
    assert (await house.http.post(f"{AUTH}/logout")).status_code == 200
    assert code_of(await house.http.get(ME, headers=bearer(token))) == (401, "UNAUTHENTICATED")


async def test_an_account_that_is_closed_is_closed_at_once(house: House) -> None:
    data = await register(house.http)
    await house.change(User, UUID(data["user"]["id"]), is_active=False)
    assert code_of(await house.http.get(ME, headers=bearer(data["access_token"]))) == (401, "UNAUTHENTICATED")
    assert code_of(await house.http.post(f"{AUTH}/refresh")) == (401, "UNAUTHENTICATED")
    again = {"email": data["user"]["email"], "password": PASSWORD}
    assert code_of(await house.http.post(f"{AUTH}/login", json=again)) == (401, "INVALID_CREDENTIALS")


async def test_changing_oneself(house: House) -> None:
    token = (await register(house.http))["access_token"]
    named = await house.http.patch(ME, json={"display_name": "Countess"}, headers=bearer(token))
    assert named.json()["data"]["display_name"] == "Countess"
    changed = await house.http.patch(
        ME, json={"preferences": {"language": "pt-BR", "theme": "dark"}}, headers=bearer(token)
    )
    assert changed.json()["data"]["display_name"] == "Countess"
    preferences = changed.json()["data"]["preferences"]
    assert (preferences["language"], preferences["theme"]) == ("pt-BR", "dark")
    refused = await house.http.patch(ME, json={"role": "admin"}, headers=bearer(token))
    assert refused.json()["details"]["errors"] == [{"field": "role", "reason": "is not a known field"}]


async def test_a_guest_is_no_account(house: House) -> None:
    guest = await house.guest(await house.room(await house.account()))
    for method, path in (("GET", "/users/me"), ("GET", "/sessions"), ("POST", "/sessions")):
        answer = await house.request(method, path, {"title": "Algebra"} if method == "POST" else None, guest)
        assert code_of(answer) == (401, "UNAUTHENTICATED")
