"""Guessing has a budget that neither haste nor a large network stretches."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest

from models.addresses import counted_as
from models.identity.system_roles import TENANT_ADMIN
from models.limits import Limits
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person
from tests.realtime.site import Site, serving

BUDGET = 5
AT_ONCE = 30
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def guarded_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('guarded') / 'convene.db'}"
    budgets = {"failed_sign_ins_per_minute": BUDGET, "wrong_codes_per_minute": BUDGET}
    with serving(url, trusted_proxies="127.0.0.1", **budgets) as site:
        yield site


async def log_in(house: House, email: str, password: str, address: str) -> httpx.Response:
    body = {"email": email, "password": password}
    return await house.http.post("/api/v1/auth/login", json=body, headers={"X-Forwarded-For": address})


async def burst(house: House, number: int) -> tuple[Counter[int], int]:
    """The answers to many guesses at once, and to the right password after them."""
    email, address = f"ada{number}@example.org", f"192.0.2.{number}"
    await house.post("/auth/register", {"email": email, "password": PASSWORD, "display_name": "Ada"})
    guesses = [log_in(house, email, f"guess {n}", address) for n in range(AT_ONCE)]
    codes = Counter(answer.status_code for answer in await asyncio.gather(*guesses))
    return codes, (await log_in(house, email, PASSWORD, address)).status_code


async def test_a_burst_of_passwords_is_not_all_tried(guarded_site: Site) -> None:
    async with open_house(guarded_site) as house:
        codes, last = Counter[int](), 0
        for number in range(1, 4):
            minute = time.time() // 60
            codes, last = await burst(house, number)
            # Windows slide: where a minute begins in between, one more is let through. Seldom, and not twice.
            if time.time() // 60 == minute:
                break
        # Two run at a time, so that one more may have begun when the last of the budget was spent.
        assert codes[401] <= BUDGET + 1
        assert codes[429] == AT_ONCE - codes[401]
        assert last == 429


async def test_addresses_of_one_ipv6_network_share_a_budget(guarded_site: Site) -> None:
    async with open_house(guarded_site) as house:
        codes = [
            (await log_in(house, f"nobody{n}@example.org", "guess", f"2001:db8::{n:x}")).status_code
            for n in range(1, BUDGET + 3)
        ]
        assert codes == [401] * BUDGET + [429] * 2
        assert (await log_in(house, "x@example.org", "guess", "2001:db8:0:1::1")).status_code == 401


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("2001:db8::1:2", "2001:db8::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_how_addresses_are_counted(address: str, counted: str) -> None:
    assert counted_as(address) == counted


async def test_no_crowd_passes_a_check_before_the_first_is_counted() -> None:
    limits, running, most = Limits(None), 0, 0

    async def attempt() -> None:
        nonlocal running, most
        async with limits.at_most(3, "wrong_code", "192.0.2.1"):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(attempt() for _ in range(20)))
    assert most == 3


async def test_a_burst_of_codes_stays_within_reach_of_the_budget(guarded_site: Site) -> None:
    async with open_house(guarded_site) as house:
        headers = {"X-Forwarded-For": "192.0.2.10"}
        body = {"code": "AAAAAA", "display_name": "Gus"}
        wrong = [house.http.post("/api/v1/sessions/join", json=body, headers=headers) for _ in range(AT_ONCE)]
        codes = Counter(answer.status_code for answer in await asyncio.gather(*wrong))
        assert codes == {404: BUDGET, 429: AT_ONCE - BUDGET}


async def test_nobody_finds_out_who_has_an_account_from_a_list_of_addresses(guarded_site: Site) -> None:
    async with open_house(guarded_site) as house:
        teacher, known = await house.account("Tess"), await house.account("Ada")
        room = await house.room(teacher)
        users = (await house.get("/users/me", known)).json()["data"]

        async def add(email: str, who: Person) -> int:
            path = f"/sessions/{room.id}/participants"
            return (await house.request("POST", path, {"email": email}, who)).status_code

        assert [await add(f"nobody{n}@example.org", teacher) for n in range(30)] == [404] * 30
        assert await add("nobody@example.org", teacher) == 429
        assert await add(users["email"], teacher) == 429
        assert await add(users["email"], await house.account("Root", TENANT_ADMIN)) == 201
