"""Accounts made at the front door."""

from typing import Any

import httpx

from models.ids import new_id

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


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def code_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["errorCode"]
