"""Seats in Convene's sessions, got as people get them: an account makes a session, guests join with its code."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import httpx

from tests.services.ports import LOOPBACK

SEATS_AT_ONCE: Final = 8


@dataclass(frozen=True)
class Room:
    """A room and what each of its members shows to come in."""

    session_id: str
    auths: list[dict[str, Any]]


@dataclass
class Convene:
    """A running Convene."""

    port: int
    pid: int
    name: str = "Convene"
    account: dict[str, Any] = field(default_factory=dict)
    _growing: dict[str, Any] | None = None

    async def open_room(self, members: int) -> Room:
        """A room in which everybody may talk, with seats for so many."""
        return (await self.open_rooms(1, members))[0]

    async def more_seats(self, members: int, at_most: int) -> Room:
        """So many more seats in one room, which is opened the first time, for `at_most` guests."""
        async with self._client() as http:
            door = asyncio.Semaphore(SEATS_AT_ONCE)
            if self._growing is None:
                await self._sign_up(http)
                self._growing = await self._start(http, at_most)
            return await self._seated(http, door, self._growing, members)

    async def open_rooms(self, rooms: int, members: int) -> list[Room]:
        """So many rooms, each with so many seats."""
        async with self._client() as http:
            await self._sign_up(http)
            door = asyncio.Semaphore(SEATS_AT_ONCE)
            return await asyncio.gather(*(self._open(http, door, members) for _ in range(rooms)))

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{self.port}/api/v1", timeout=60)

    async def _sign_up(self, http: httpx.AsyncClient) -> None:
        if not self.account:
            name = f"{uuid4().hex[:12]}@example.org"
            signs_up = {"email": name, "password": uuid4().hex, "display_name": "Ada"}
            self.account = await _post(http, "/auth/register", signs_up)

    async def _open(self, http: httpx.AsyncClient, door: asyncio.Semaphore, members: int) -> Room:
        async with door:
            session = await self._start(http, max(2, members + 1))
        return await self._seated(http, door, session, members)

    async def _start(self, http: httpx.AsyncClient, at_most: int) -> dict[str, Any]:
        own = {"Authorization": f"Bearer {self.account['access_token']}"}
        about = {"title": "Benchmark", "status": "scheduled", "max_participants": at_most}
        session: dict[str, Any] = await _post(http, "/sessions", about, own)
        await _post(http, f"/sessions/{session['id']}/start", {}, own)
        return session

    async def _seated(
        self, http: httpx.AsyncClient, door: asyncio.Semaphore, session: dict[str, Any], members: int
    ) -> Room:
        seats = [_take_seat(http, door, session["code"], number) for number in range(members)]
        return Room(session["id"], await asyncio.gather(*seats))


async def _take_seat(
    http: httpx.AsyncClient, door: asyncio.Semaphore, code: str, number: int
) -> dict[str, Any]:
    async with door:
        joined = await _post(http, "/sessions/join", {"code": code, "display_name": f"Guest {number}"})
    return {"token": joined["token"]}


async def _post(
    http: httpx.AsyncClient, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
) -> Any:
    answer = await http.post(path, json=body, headers=headers)
    answer.raise_for_status()
    return answer.json()["data"]
