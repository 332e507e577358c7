"""Accounts made at the front door."""

from typing import Any
from uuid import UUID

import httpx

from models.identity.tables import User
from models.ids import new_id
from tests.identity.post_office import PostOffice
from tests.realtime.house import House

PASSWORD = "correct horse battery"
COOKIE = "convene_refresh"
AUTH = "/api/v1/auth"


def newcomer(**fields: Any) -> dict[str, Any]:
    """What somebody new types in."""
    return {"email": f"{new_id().hex}@example.org", "password": PASSWORD, "display_name": "Ada", **fields}


async def register(http: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    """A new account, signed in; the client keeps its cookie."""
    answer = await http.post(f"{AUTH}/register", json=newcomer(**fields))
    assert answer.status_code == 201, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def register_by_mail(http: httpx.AsyncClient, office: PostOffice, **fields: Any) -> dict[str, Any]:
    """A new account on a site that sends mail: its address has answered."""
    person = newcomer(**fields)
    asked = await http.post(f"{AUTH}/register", json=person)
    assert (asked.status_code, asked.json()["data"]) == (202, {"mailed": True})
    body = {"token": office.token(), "password": person["password"]}
    answer = await http.post(f"{AUTH}/register/confirm", json=body)
    assert answer.status_code == 201, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def unverified(house: House, office: PostOffice) -> tuple[dict[str, Any], str]:
    """An account whose address has not answered yet, as they were before registering took mail; and its token."""
    data = await register_by_mail(house.http, office)
    await house.change(User, UUID(data["user"]["id"]), verified_at=None)
    await house.http.post("/api/v1/users/me/verification", headers=bearer(data["access_token"]))
    return data, office.token()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def code_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["errorCode"]
