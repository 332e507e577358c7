"""Signing in at another site: linked by an address that both have verified, and by nothing less."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlmodel import select

from models.audit.tables import AuditEntry
from models.identity.linked_tables import LinkedIdentity
from models.identity.tables import User
from tests.identity.people import AUTH, bearer, code_of, register
from tests.identity.test_second_factor import STEP, code, turned_on
from tests.identity.traveller import traveller
from tests.realtime.house import House, Person
from tests.services.oidc import Provider
from tests.tenants.neighbours import add_neighbours, audit_of

OWN = "/api/v1/users/me/identities"


async def known(house: House, *, verified: bool = True) -> dict[str, Any]:
    """An account with a password, whose address has answered or not."""
    user: dict[str, Any] = (await register(house.http))["user"]
    if verified:
        await house.change(User, UUID(user["id"]), verified_at=datetime.now(UTC))
    return user


async def acts_of(house: House, user_id: str) -> list[str]:
    async with house.context.database.read() as db:
        query = select(AuditEntry.action).where(AuditEntry.target_id == UUID(user_id))
        return list((await db.exec(query)).all())


async def test_a_stranger_gets_an_account_and_keeps_it(linked: House, provider: Provider) -> None:
    person = provider.comes()
    async with traveller(linked) as browser:
        arrival = await browser.sign_in(next="/join/abc?x=1")
        assert (arrival.path, arrival.query) == ("/sign-in", {"next": "/join/abc?x=1", "from": "provider"})
        first = (await browser.account())["user"]
    assert (first["email"], first["display_name"]) == (person["email"], "Ada Lovelace")
    assert first["is_verified"]
    assert first["roles"] == ["lecturer"]
    # What they are called there may change: the subject stays.
    provider.comes(sub=person["sub"], email="renamed@example.org", verified=False)
    async with traveller(linked) as browser:
        await browser.sign_in()
        assert (await browser.account())["user"]["id"] == first["id"]
    assert {"account:registered", "account:identity_linked", "account:logged_in"} <= set(
        await acts_of(linked, first["id"])
    )


async def test_no_password_signs_in_to_an_account_without_one(linked: House, provider: Provider) -> None:
    person = provider.comes()
    async with traveller(linked) as browser:
        await browser.sign_in()
    for password in ("x", " ", person["sub"]):
        body = {"email": person["email"], "password": password}
        assert code_of(await linked.http.post(f"{AUTH}/login", json=body)) == (401, "INVALID_CREDENTIALS")


async def test_an_account_is_linked_by_an_address_that_both_have_verified(
    linked: House, provider: Provider
) -> None:
    user = await known(linked)
    provider.comes(email=user["email"].upper())
    async with traveller(linked) as browser:
        await browser.sign_in()
        mine = await browser.account()
        assert mine["user"]["id"] == user["id"]
        headers = bearer(mine["access_token"])
        (identity,) = (await browser.http.get(OWN, headers=headers)).json()["data"]
        assert (identity["issuer"], identity["email"]) == (provider.url, user["email"])
        assert identity["is_last_way_in"] is False
        stranger = await linked.account()
        foreign = await linked.request("DELETE", f"/users/me/identities/{identity['id']}", None, stranger)
        assert code_of(foreign) == (404, "IDENTITY_NOT_FOUND")
        gone = await browser.http.delete(f"{OWN}/{identity['id']}", headers=headers)
        assert gone.status_code == 204
        assert (await browser.http.get(OWN, headers=headers)).json()["data"] == []
    acts = await acts_of(linked, user["id"])
    assert "account:identity_linked" in acts
    assert "account:identity_unlinked" in acts


async def test_the_last_way_in_stays(linked: House, provider: Provider) -> None:
    provider.comes()
    async with traveller(linked) as browser:
        await browser.sign_in()
        headers = bearer((await browser.account())["access_token"])
        (identity,) = (await browser.http.get(OWN, headers=headers)).json()["data"]
        assert identity["is_last_way_in"] is True
        refused = await browser.http.delete(f"{OWN}/{identity['id']}", headers=headers)
        assert code_of(refused) == (422, "LAST_WAY_IN")


async def test_an_address_that_was_only_typed_in_is_not_linked(linked: House, provider: Provider) -> None:
    user = await known(linked, verified=False)
    provider.comes(email=user["email"])
    async with traveller(linked) as browser:
        assert (await browser.sign_in()).refused == "ACCOUNT_NOT_LINKED"
        assert "convene_refresh" not in browser.http.cookies
    assert "account:identity_linked" not in await acts_of(linked, user["id"])


async def test_an_address_that_the_provider_has_not_verified_shows_nothing(
    linked: House, provider: Provider
) -> None:
    user = await known(linked)
    for claims in (
        {"email": user["email"], "verified": False},
        {"email": user["email"], "email_verified": "true"},
        {"verified": False},
        {"email": None},
        {"email": "no address"},
    ):
        provider.comes(**claims)
        async with traveller(linked) as browser:
            assert (await browser.sign_in()).refused == "ADDRESS_NOT_VERIFIED"
    async with linked.context.database.read() as db:
        rows = select(LinkedIdentity).where(LinkedIdentity.user_id == UUID(user["id"]))
        assert (await db.exec(rows)).all() == []


async def test_a_second_identity_with_the_same_address_is_not_linked(
    linked: House, provider: Provider
) -> None:
    user = await known(linked)
    provider.comes(email=user["email"])
    async with traveller(linked) as browser:
        assert (await browser.sign_in()).refused is None
    # The provider has given the address to somebody else meanwhile.
    provider.comes(email=user["email"])
    async with traveller(linked) as browser:
        assert (await browser.sign_in()).refused == "ACCOUNT_NOT_LINKED"


async def test_a_second_factor_is_asked_for_all_the_same(linked: House, provider: Provider) -> None:
    data, secret, _ = await turned_on(linked)
    await linked.change(User, UUID(data["user"]["id"]), verified_at=datetime.now(UTC))
    person = provider.comes(email=data["user"]["email"])
    for again in (False, True):
        provider.comes(**{**person, "email": person["email"] if not again else "other@example.org"})
        async with traveller(linked) as browser:
            arrival = await browser.sign_in(next="/sessions")
            assert arrival.query == {"next": "/sessions"}
            assert "convene_refresh" not in browser.http.cookies
            body = {"challenge": arrival.fragment, "code": code(secret, int(again))}
            answer = await browser.http.post(STEP, json=body)
            assert answer.json()["data"]["user"]["id"] == data["user"]["id"]


async def test_who_is_locked_out_stays_out(linked: House, provider: Provider) -> None:
    provider.comes()
    async with traveller(linked) as browser:
        await browser.sign_in()
        user = (await browser.account())["user"]
        await linked.change(User, UUID(user["id"]), is_active=False)
        assert (await browser.sign_in()).refused == "ACCOUNT_LOCKED"


async def test_a_tenant_has_its_own_accounts_and_rules(linked: House, provider: Provider) -> None:
    there = await add_neighbours(linked)
    provider.comes()
    users = []
    async with traveller(linked) as browser:
        for query in ({}, {"tenant": there.slug}):
            assert (await browser.sign_in(**query)).refused is None
            users.append((await browser.account())["user"]["id"])
    assert len(set(users)) == 2

    async def rules(person: Person, **given: Any) -> None:
        changed = await linked.request("PATCH", "/tenant", given, person)
        assert changed.status_code == 200, changed.text

    await rules(there.person, registration="invitation")
    provider.comes()
    async with traveller(linked) as browser:
        assert (await browser.sign_in(tenant=there.slug)).refused == "REGISTRATION_CLOSED"
        await rules(there.person, registration="domains", domains=["school.example"])
        assert (await browser.sign_in(tenant=there.slug)).refused == "REGISTRATION_CLOSED"
        provider.comes(email=f"{provider.person['sub']}@school.example")
        assert (await browser.sign_in(tenant=there.slug)).refused is None
    assert "account:identity_linked" in await audit_of(linked, there.tenant_id)


async def test_what_the_id_token_leaves_out_is_asked_for(linked: House, provider: Provider) -> None:
    person = provider.comes()
    told = {name: person.pop(name) for name in ("email", "email_verified")}
    provider.userinfo = {"sub": person["sub"], **told}
    async with traveller(linked) as browser:
        await browser.sign_in()
        assert (await browser.account())["user"]["email"] == told["email"]
    provider.comes(sub=person["sub"])
    provider.person.pop("email")
    provider.userinfo = {"sub": "somebody else", **told}
    async with traveller(linked) as browser:
        assert (await browser.sign_in()).refused == "PROVIDER_REFUSED"


async def test_the_site_says_where_one_may_sign_in(linked: House, house: House) -> None:
    offered = (await linked.http.get("/api/v1/site")).json()["data"]
    assert offered["provider"] == "School Login"
    assert (await house.http.get("/api/v1/site")).json()["data"]["provider"] is None
    for page in ("start", "callback"):
        assert code_of(await house.http.get(f"{AUTH}/oidc/{page}")) == (404, "NOT_FOUND")
