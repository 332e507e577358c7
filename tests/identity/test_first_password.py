"""An account that was made at another site sets its first password; and keys that end with a change of password."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlmodel import col, select

from models.audit.tables import AuditEntry
from models.identity.tables import SignIn
from tests.identity.keys import OWN, make_key
from tests.identity.people import AUTH, PASSWORD, bearer, code_of, register
from tests.identity.traveller import traveller
from tests.realtime.house import House, Person
from tests.services.oidc import Provider

ME = "/api/v1/users/me"
NEW = "a new horse battery"


async def arrived(house: House) -> dict[str, Any]:
    """Somebody who has just come from the provider."""
    async with traveller(house) as browser:
        await browser.sign_in()
        return await browser.account()


async def set_password(house: House, token: str, **fields: object) -> httpx.Response:
    body = {"new_password": NEW, **fields}
    return await house.http.post(f"{ME}/password", json=body, headers=bearer(token))


async def acts_of(house: House, user_id: str) -> list[str]:
    async with house.context.database.read() as db:
        query = select(AuditEntry.action).where(AuditEntry.target_id == UUID(user_id))
        return list((await db.exec(query)).all())


async def begin_earlier(house: House, user_id: str, ago: timedelta) -> None:
    """Makes every sign-in of somebody so old."""
    async with house.context.database.write() as db:
        for one in (await db.exec(select(SignIn).where(SignIn.user_id == UUID(user_id)))).all():
            one.created_at = datetime.now(UTC) - ago
            db.add(one)


async def test_who_has_just_come_sets_one_and_signs_in_with_it(linked: House, provider: Provider) -> None:
    person = provider.comes()
    elsewhere, mine = await arrived(linked), await arrived(linked)
    assert mine["user"]["has_password"] is False
    assert (await set_password(linked, mine["access_token"])).is_success
    me = (await linked.http.get(ME, headers=bearer(mine["access_token"]))).json()["data"]
    assert me["has_password"] is True
    over = await linked.http.get(ME, headers=bearer(elsewhere["access_token"]))
    assert code_of(over) == (401, "UNAUTHENTICATED")
    body = {"email": person["email"], "password": NEW}
    assert (await linked.http.post(f"{AUTH}/login", json=body)).is_success
    (identity,) = (await linked.http.get(f"{ME}/identities", headers=bearer(mine["access_token"]))).json()[
        "data"
    ]
    assert identity["is_last_way_in"] is False
    acts = await acts_of(linked, mine["user"]["id"])
    assert acts.count("account:password_set") == 1
    assert "account:password_changed" not in acts
    # From now on the old one has to be told, however fresh the sign-in.
    again = await set_password(linked, mine["access_token"])
    assert code_of(again) == (400, "VALIDATION_ERROR")
    assert "current_password" in again.text


async def test_who_came_long_ago_signs_in_again_first(linked: House, provider: Provider) -> None:
    provider.comes()
    mine = await arrived(linked)
    await begin_earlier(linked, mine["user"]["id"], timedelta(minutes=10, seconds=1))
    for fields in ({}, {"current_password": "x"}):
        refused = await set_password(linked, mine["access_token"], **fields)
        assert code_of(refused) == (403, "SIGN_IN_AGAIN")
    assert "account:password_set" not in await acts_of(linked, mine["user"]["id"])
    assert (await set_password(linked, (await arrived(linked))["access_token"])).is_success


async def test_who_has_one_cannot_leave_it_out(house: House) -> None:
    data = await register(house.http)
    assert data["user"]["has_password"] is True
    refused = await set_password(house, data["access_token"])
    assert code_of(refused) == (400, "VALIDATION_ERROR")
    body = {"email": data["user"]["email"], "password": PASSWORD}
    assert (await house.http.post(f"{AUTH}/login", json=body)).is_success


async def test_keys_stay_or_go_as_one_says(any_house: House) -> None:
    data = await register(any_house.http)
    user_id, token = UUID(data["user"]["id"]), data["access_token"]
    ada = Person("Ada", token, user_id)
    keys = [await make_key(any_house, ada, "session:view") for _ in range(2)]
    stranger = await any_house.account()
    foreign = await make_key(any_house, stranger, "session:view")
    socket = await any_house.client(keys[0])
    kept = await set_password(any_house, token, current_password=PASSWORD)
    assert kept.is_success
    assert [(await any_house.get("/sessions", key)).status_code for key in keys] == [200, 200]
    again = {"current_password": NEW, "new_password": PASSWORD, "revoke_api_keys": True}
    assert (await set_password(any_house, token, **again)).is_success
    await socket.until_closed()
    for key in keys:
        assert code_of(await any_house.get("/sessions", key)) == (401, "UNAUTHENTICATED")
    assert (await any_house.get("/sessions", foreign)).status_code == 200
    assert (await any_house.get(OWN, ada)).json()["data"] == []
    async with any_house.context.database.read() as db:
        revoked = select(AuditEntry.target_id).where(
            AuditEntry.action == "key:revoked", AuditEntry.user_id == user_id
        )
        rows = (await db.exec(revoked.order_by(col(AuditEntry.at)))).all()
    assert set(rows) == {key.sign_in_id for key in keys}
