"""The hourly limits of the seed: counted, told in headers and acks, set per tenant, and wide enough for a class."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import _AsyncGeneratorContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from models.database import Database
from models.identity.allowances import Allowances
from models.identity.system_roles import LECTURER
from models.identity.tables import Tenant
from models.limits import Limits
from models.tables import DEFAULT_TENANT
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person
from tests.realtime.site import Site, serving
from tests.services.redis import RedisServer, redis_server

NEW = {"title": "Algebra", "kind": "meeting"}
CLASS = 30


@pytest.fixture(scope="module")
def limited_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site as it is installed: nothing is set but what every test site needs."""
    folder: Path = tmp_path_factory.mktemp("limited")
    with serving(f"sqlite:///{folder / 'convene.db'}", hourly_limits="on", commands_per_second=50) as site:
        yield site


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
async def limited(limited_site: Site) -> AsyncIterator[House]:
    async with open_house(limited_site) as house:
        yield house


async def asked(house: House, person: Person, path: str = "/users/me") -> httpx.Response:
    return await house.get(path, person)


async def test_every_answer_to_a_token_says_what_is_left(limited: House) -> None:
    ada = await limited.account()
    answers = [await asked(limited, ada), await asked(limited, ada), await asked(limited, ada, "/users/x")]
    told = [int(one.headers["RateLimit-Remaining"]) for one in answers]
    assert told == [told[0], told[0] - 1, told[0] - 2]
    for one in answers:
        assert one.headers["RateLimit-Limit"] == "100000"
        assert one.headers["RateLimit-Policy"] == "100000;w=3600"
        assert 1 <= int(one.headers["RateLimit-Reset"]) <= 3_600
    stranger = await limited.http.get("/api/v1/session-kinds")
    assert not [name for name in stranger.headers if name.startswith("ratelimit")]


async def test_a_class_of_thirty_is_not_locked_out(limited: House) -> None:
    """An hour of a class: everybody signs in, looks around, joins, writes, reloads now and then, reads it up after."""
    host = await limited.account("Hana", LECTURER)
    session = await limited.post("/sessions", {**NEW, "status": "scheduled"}, host)
    await limited.post(f"/sessions/{session['id']}/start", {}, host)
    pupils = [await limited.account(f"Pupil {n}") for n in range(CLASS)]
    one = f"/sessions/{session['id']}"

    in_turn = asyncio.Semaphore(6)

    async def hour(pupil: Person) -> list[httpx.Response]:
        async with in_turn:
            return await visits(pupil)

    async def visits(pupil: Person) -> list[httpx.Response]:
        opened = [await limited.get(path, pupil) for path in ("/users/me", "/sessions?limit=20")]
        joined = [await limited.request("POST", f"{one}/join", {}, pupil)]
        said = [
            await limited.request("POST", f"{one}/messages", {"text": f"Answer {n}"}, pupil)
            for n in range(10)
        ]
        looked = [
            await limited.get(f"{one}/{part}".rstrip("/"), pupil)
            for part in ("participants", "messages", "events", "polls", "recordings", "state", "")
            for _ in range(5)
        ]
        return [*opened, *joined, *said, *looked]

    answers = [one for each in await asyncio.gather(*(hour(pupil) for pupil in pupils)) for one in each]
    assert len(answers) > 1_200
    assert {(one.status_code, one.request.url.path) for one in answers if not one.is_success} == set()


async def test_a_tenant_has_what_it_is_given(limited: House) -> None:
    ada = await limited.account()
    await limited.change(Tenant, DEFAULT_TENANT, limits={"requests_per_hour": 3})
    try:
        async with asyncio.timeout(30):
            while (answer := await asked(limited, ada)).status_code != 429:
                # Until the server looks at the limits again.
                assert answer.status_code == 200
    finally:
        await limited.change(Tenant, DEFAULT_TENANT, limits={"requests_per_hour": 100_000})
    assert answer.json()["errorCode"] == "RATE_LIMITED"
    assert answer.headers["RateLimit-Limit"] == "3"
    assert answer.headers["RateLimit-Remaining"] == "0"
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.json()["details"]["retry_after_s"] >= 1
    async with asyncio.timeout(30):
        while (await asked(limited, ada)).status_code == 429:
            await limited.http.get("/healthz")


async def test_the_eleventh_session_of_an_hour_is_not_made(limited: House) -> None:
    ada, ben = await limited.account("Ada"), await limited.account("Ben")
    for _ in range(10):
        await limited.post("/sessions", NEW, ada)
    answer = await limited.request("POST", "/sessions", NEW, ada)
    assert (answer.status_code, answer.json()["errorCode"]) == (429, "RATE_LIMITED")
    assert (await limited.get("/sessions", ada)).json()["pagination"]["total"] == 10
    assert (await limited.request("POST", "/sessions?dry_run=true", NEW, ada)).status_code == 200
    assert (await limited.request("POST", "/sessions", NEW, ben)).status_code == 201


async def test_announcements_to_those_who_wait_are_counted_and_single_words_are_not(limited: House) -> None:
    room, host = await limited.live(requires_approval=True)
    for _ in range(20):
        await host.ok("waiting_room:message", room.id, text="In a moment")
    error = await host.refused("waiting_room:message", "RATE_LIMITED", room.id, text="In a moment")
    assert error["details"]["retry_after_s"] >= 1
    told = [one.type for one in await limited.stored_log(room)]
    assert told.count("waiting_room:messaged") == 20


async def test_two_processes_share_the_count(redis: RedisServer, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'convene.db'}"
    shared: dict[str, Any] = {"redis_url": redis.url, "hourly_limits": "on"}
    with serving(url, **shared) as one, serving(url, **shared) as two:
        async with open_house(one) as first, open_house(two) as second:
            ada = await first.account()
            answers = [await asked(house, ada) for house in (first, second, first, second)]
    told = [int(answer.headers["RateLimit-Remaining"]) for answer in answers]
    assert told == [told[0] - n for n in range(4)]


class Counting(Database):
    """A database that knows how often it was asked."""

    times = 0

    def read(self) -> _AsyncGeneratorContextManager[AsyncSession, None]:
        self.times += 1
        return super().read()


async def test_asking_for_the_limits_is_no_statement_per_request(limited: House) -> None:
    database = Counting(limited.site.settings.database)
    allowances = Allowances(database, Limits(None), is_on=True, clock=lambda: 0.0)
    for _ in range(50):
        await allowances.count_request(DEFAULT_TENANT)
    await database.close()
    assert database.times == 1
