"""Where somebody is signed in, and ending it from elsewhere."""

import httpx
import pytest

from models.identity.devices import describe_device
from models.ids import new_id
from tests.identity.people import AUTH, PASSWORD, bearer, code_of, register
from tests.realtime.house import House

ME = "/api/v1/users/me"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:149.0) Gecko/20100101 Firefox/149.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.0 Mobile/15E148 Safari/604.1"
)


async def sign_in(http: httpx.AsyncClient, email: str, user_agent: str) -> str:
    answer = await http.post(
        f"{AUTH}/login", json={"email": email, "password": PASSWORD}, headers={"User-Agent": user_agent}
    )
    token: str = answer.json()["data"]["access_token"]
    return token


async def test_every_device_is_listed_with_this_one_first(any_house: House) -> None:
    data = await register(any_house.http)
    first = await sign_in(any_house.http, data["user"]["email"], FIREFOX)
    await sign_in(any_house.http, data["user"]["email"], IPHONE)
    listed = (await any_house.http.get(f"{ME}/sign-ins", headers=bearer(first))).json()["data"]
    assert [(one["browser"], one["system"], one["form"], one["is_current"]) for one in listed] == [
        ("Firefox", "Linux", "computer", True),
        ("Safari", "iOS", "phone", False),
        (None, None, "other", False),
    ]
    assert {one["address"] for one in listed} == {"127.0.0.1"}


async def test_ending_one_cuts_its_tokens_and_sockets(any_house: House) -> None:
    owner = await any_house.account()
    elsewhere = await any_house.sign_in(owner)
    socket = await any_house.client(elsewhere)
    path = f"/users/me/sign-ins/{elsewhere.sign_in_id}"
    assert (await any_house.request("DELETE", path, None, owner)).status_code == 204
    await socket.until_closed()
    assert code_of(await any_house.get("/users/me", elsewhere)) == (401, "UNAUTHENTICATED")
    assert code_of(await any_house.request("DELETE", path, None, owner)) == (404, "SIGN_IN_NOT_FOUND")


async def test_ending_all_others_leaves_this_one(house: House) -> None:
    owner = await house.account()
    others = [await house.sign_in(owner) for _ in range(3)]
    answer = await house.request("DELETE", "/users/me/sign-ins", None, owner)
    assert answer.json()["data"] == {"ended": 3}
    assert (await house.get("/users/me", owner)).is_success
    for other in others:
        assert (await house.get("/users/me", other)).status_code == 401


async def test_somebody_elses_is_not_there(house: House) -> None:
    owner, stranger = await house.account(), await house.account("Eve")
    for sign_in_id in (owner.sign_in_id, new_id(), "x"):
        answer = await house.request("DELETE", f"/users/me/sign-ins/{sign_in_id}", None, stranger)
        assert code_of(answer) == (404, "SIGN_IN_NOT_FOUND")
    assert (await house.get("/users/me", owner)).is_success


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0"
            ),
            ("Edge", "Windows", "computer"),
        ),
        (
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/149.0.0.0 Mobile Safari/537.36"
            ),
            ("Chrome", "Android", "phone"),
        ),
        (
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
                "SamsungBrowser/29.0 Chrome/136.0.0.0 Safari/537.36"
            ),
            ("Samsung Internet", "Android", "tablet"),
        ),
        (
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                "Version/19.0 Safari/605.1.15"
            ),
            ("Safari", "macOS", "computer"),
        ),
        (IPHONE.replace("Version/19.0", "CriOS/149.0"), ("Chrome", "iOS", "phone")),
        ("curl/8.9", (None, None, "other")),
        ("", (None, None, "other")),
    ],
)
def test_a_browser_is_known_by_its_words(
    user_agent: str, expected: tuple[str | None, str | None, str]
) -> None:
    found = describe_device(user_agent)
    assert (found.browser, found.system, found.form) == expected
