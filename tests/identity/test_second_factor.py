"""The second factor: asked for after the password, good once, and nothing without it."""

import asyncio
import time
from typing import Any
from uuid import UUID

import httpx
import pyotp
from sqlmodel import select

from models.identity.second_factor_tables import RecoveryCode, SecondFactor
from models.identity.system_roles import TENANT_ADMIN
from tests.identity.people import AUTH, PASSWORD, bearer, code_of, register
from tests.realtime.house import House

ME = "/api/v1/users/me"
OWN = f"{ME}/second-factor"
STEP = f"{AUTH}/second-step"


def code(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(time.time() + 30 * steps)


async def turned_on(house: House) -> tuple[dict[str, Any], str, list[str]]:
    """An account with a second factor, its secret and its recovery codes."""
    data = await register(house.http)
    headers = bearer(data["access_token"])
    begun = (await house.http.post(OWN, json={"password": PASSWORD}, headers=headers)).json()["data"]
    assert begun["uri"].startswith("otpauth://totp/Convene:")
    assert begun["qr"].startswith("data:image/svg+xml")
    # The code of a step that has just passed, so that the next ones are left for signing in.
    given = {"code": code(begun["secret"], -1)}
    confirmed = await house.http.post(f"{OWN}/confirm", json=given, headers=headers)
    codes = confirmed.json()["data"]["codes"]
    assert len(set(codes)) == 10
    return data, begun["secret"], codes


async def challenge(house: House, data: dict[str, Any]) -> str:
    body = {"email": data["user"]["email"], "password": PASSWORD}
    answer = await house.http.post(f"{AUTH}/login", json=body)
    assert code_of(answer) == (401, "SECOND_FACTOR_REQUIRED")
    assert "set-cookie" not in answer.headers
    return str(answer.json()["details"]["challenge"])


async def second(house: House, shown: str, given: str) -> httpx.Response:
    return await house.http.post(STEP, json={"challenge": shown, "code": given})


async def test_signing_in_takes_two_steps(any_house: House) -> None:
    data, secret, _ = await turned_on(any_house)
    shown = await challenge(any_house, data)
    assert code_of(await any_house.http.get(ME, headers=bearer(shown))) == (401, "UNAUTHENTICATED")
    signed_in = await second(any_house, shown, code(secret))
    assert signed_in.json()["data"]["user"]["id"] == data["user"]["id"]
    assert "convene_refresh" in signed_in.headers["set-cookie"]


async def test_a_code_is_good_once(any_house: House) -> None:
    data, secret, _ = await turned_on(any_house)
    shown, given = await challenge(any_house, data), code(secret)
    answers = await asyncio.gather(*(second(any_house, shown, given) for _ in range(2)))
    assert sorted(one.status_code for one in answers) == [200, 401]
    assert code_of(await second(any_house, shown, given)) == (401, "WRONG_CODE")
    assert code_of(await second(any_house, shown, code(secret, -1))) == (401, "WRONG_CODE")


async def test_a_recovery_code_is_good_once(any_house: House) -> None:
    data, _, codes = await turned_on(any_house)
    shown = await challenge(any_house, data)
    assert (await second(any_house, shown, codes[0].upper().replace("-", " "))).is_success
    assert code_of(await second(any_house, shown, codes[0])) == (401, "WRONG_CODE")
    headers = bearer(data["access_token"])
    left = (await any_house.http.get(OWN, headers=headers)).json()["data"]
    assert left == {"is_on": True, "recovery_codes_left": 9}
    path, body = f"{OWN}/recovery-codes", {"password": PASSWORD}
    fresh = (await any_house.http.post(path, json=body, headers=headers)).json()["data"]["codes"]
    assert code_of(await second(any_house, shown, codes[1])) == (401, "WRONG_CODE")
    assert (await second(any_house, shown, fresh[0])).is_success


async def test_nothing_is_stored_that_signs_in(house: House) -> None:
    data, secret, codes = await turned_on(house)
    user_id = UUID(data["user"]["id"])
    async with house.context.database.read() as db:
        factor = (await db.exec(select(SecondFactor).where(SecondFactor.user_id == user_id))).one()
        kept = (await db.exec(select(RecoveryCode).where(RecoveryCode.user_id == user_id))).all()
    assert secret not in factor.secret
    assert not {one.code_hash for one in kept} & {*codes, *(one.replace("-", "") for one in codes)}


async def test_what_was_begun_and_not_confirmed_asks_for_nothing(house: House) -> None:
    data = await register(house.http)
    headers = bearer(data["access_token"])
    assert (await house.http.post(OWN, json={"password": PASSWORD}, headers=headers)).is_success
    wrong = await house.http.post(f"{OWN}/confirm", json={"code": "000000"}, headers=headers)
    assert code_of(wrong) == (401, "WRONG_CODE")
    body = {"email": data["user"]["email"], "password": PASSWORD}
    assert (await house.http.post(f"{AUTH}/login", json=body)).is_success


async def test_a_challenge_dies_with_the_password(house: House) -> None:
    data, secret, _ = await turned_on(house)
    shown = await challenge(house, data)
    body = {"current_password": PASSWORD, "new_password": "a new horse battery"}
    await house.http.post(f"{ME}/password", json=body, headers=bearer(data["access_token"]))
    assert code_of(await second(house, shown, code(secret))) == (401, "UNAUTHENTICATED")
    for other in ("x", data["access_token"]):
        assert code_of(await second(house, other, code(secret))) == (401, "UNAUTHENTICATED")


async def test_turning_it_off_takes_the_password(house: House) -> None:
    data, _, _ = await turned_on(house)
    headers = bearer(data["access_token"])
    for password, outcome in (("wrong horse battery", 403), (PASSWORD, 200)):
        answer = await house.http.request("DELETE", OWN, json={"password": password}, headers=headers)
        assert answer.status_code == outcome
    body = {"email": data["user"]["email"], "password": PASSWORD}
    assert (await house.http.post(f"{AUTH}/login", json=body)).is_success


async def test_an_administrator_takes_away_what_was_lost(house: House) -> None:
    data, _, _ = await turned_on(house)
    admin = await house.account("Ada", TENANT_ADMIN)
    path = f"/users/{data['user']['id']}"
    assert (await house.get(path, admin)).json()["data"]["has_second_factor"] is True
    answer = await house.request("DELETE", f"{path}/second-factor", {}, admin)
    assert answer.status_code == 204
    assert (await house.get(path, admin)).json()["data"]["has_second_factor"] is False
    listed = (await house.get(f"/users?q={data['user']['email']}", admin)).json()["data"]["users"]
    assert [one["has_second_factor"] for one in listed] == [False]
    body = {"email": data["user"]["email"], "password": PASSWORD}
    assert (await house.http.post(f"{AUTH}/login", json=body)).is_success


async def test_codes_are_not_guessed_hour_after_hour(house: House) -> None:
    data, secret, _ = await turned_on(house)
    shown = await challenge(house, data)
    for _ in range(30):
        assert code_of(await second(house, shown, "000000x")) == (401, "WRONG_CODE")
    right = await second(house, shown, code(secret, 1))
    assert code_of(right) == (429, "RATE_LIMITED")
    assert right.json()["details"]["retry_after_s"] > 60
