"""Somebody with a browser who goes to another site to sign in, and comes back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.identity.people import AUTH
from tests.realtime.fixtures import NO_TLS
from tests.realtime.house import House
from tests.services.ports import LOOPBACK


@dataclass(frozen=True)
class Arrival:
    """Where a browser is sent in the end."""

    path: str
    query: dict[str, str]
    fragment: str

    @classmethod
    def of(cls, answer: httpx.Response) -> "Arrival":
        assert answer.status_code == 303, answer.text
        parts = urlsplit(answer.headers["location"])
        assert (parts.scheme, parts.netloc) == ("", "")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return cls(parts.path, query, parts.fragment)

    @property
    def refused(self) -> str | None:
        """The code of the refusal."""
        return self.query.get("refused")


@dataclass(frozen=True)
class Traveller:
    """A browser: its cookies, and nothing of anybody else's."""

    http: httpx.AsyncClient

    async def leave(self, **query: str) -> str:
        """Sets out for the other site; returns the address there."""
        answer = await self.http.get(f"{AUTH}/oidc/start", params=query)
        assert answer.status_code == 303, answer.text
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        return str(answer.headers["location"])

    async def visit(self, address: str) -> str:
        """Signs in at the other site; returns the address to come back to."""
        async with httpx.AsyncClient(verify=NO_TLS) as elsewhere:
            answer = await elsewhere.get(address)
        assert answer.status_code == 302, answer.text
        return str(answer.headers["location"])

    async def come_back(self, address: str) -> Arrival:
        """Follows the other site's link."""
        return Arrival.of(await self.http.get(address))

    async def sign_in(self, **query: str) -> Arrival:
        """There and back."""
        return await self.come_back(await self.visit(await self.leave(**query)))

    async def account(self) -> dict[str, Any]:
        """Who one is by the cookie that was brought back: the access token and the account."""
        answer = await self.http.post(f"{AUTH}/refresh")
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data


@asynccontextmanager
async def traveller(house: House) -> AsyncIterator[Traveller]:
    """Somebody with a fresh browser."""
    assert house.site.url == f"http://{LOOPBACK}:{house.site.settings.port}"
    async with httpx.AsyncClient(base_url=house.site.url, verify=NO_TLS, timeout=30) as http:
        yield Traveller(http)
