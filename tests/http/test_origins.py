"""Which web pages may use the API."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.realtime.site import Site, serving

FRIEND = "https://friend.example"
HOME = "https://class.example:8443"
PATH = "/api/v1/auth/logout"


@pytest.fixture(scope="module")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("origins")
    with serving(f"sqlite:///{folder / 'convene.db'}", allowed_origins=FRIEND, public_url=f"{HOME}/") as site:
        yield site


@pytest.mark.parametrize("origin", [FRIEND, HOME, "own"])
def test_a_known_page_may_change_things(open_site: Site, origin: str) -> None:
    origin = open_site.url if origin == "own" else origin
    answer = httpx.post(f"{open_site.url}{PATH}", headers={"Origin": origin})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "https://friend.example.evil.example", "http://friend.example", ""],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_another_page_may_change_nothing(open_site: Site, origin: str, method: str) -> None:
    answer = httpx.request(method, f"{open_site.url}{PATH}", headers={"Origin": origin})
    assert (answer.status_code, answer.json()["errorCode"]) == (403, "ORIGIN_NOT_ALLOWED")


def test_another_page_may_ask_but_not_read(open_site: Site) -> None:
    answer = httpx.get(f"{open_site.url}/api/v1/session-kinds", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


def test_an_allowed_page_may_read(open_site: Site) -> None:
    answer = httpx.get(f"{open_site.url}/api/v1/session-kinds", headers={"Origin": FRIEND})
    assert answer.headers["access-control-allow-origin"] == FRIEND
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers


def test_an_allowed_page_may_read_refusals_too(open_site: Site) -> None:
    answer = httpx.get(f"{open_site.url}/api/v1/users/me", headers={"Origin": FRIEND})
    assert answer.status_code == 401
    assert answer.headers["access-control-allow-origin"] == FRIEND


def preflight(site: Site, origin: str) -> httpx.Response:
    headers = {"Origin": origin, "Access-Control-Request-Method": "PATCH"}
    return httpx.options(f"{site.url}/api/v1/users/me", headers=headers)


def test_a_preflight_of_an_allowed_page(open_site: Site) -> None:
    answer = preflight(open_site, FRIEND)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == FRIEND
    assert "PATCH" in answer.headers["access-control-allow-methods"]
    sent = answer.headers["access-control-allow-headers"].split(", ")
    assert {"Authorization", "Convene-Tenant", "Idempotency-Key"} <= set(sent)


def test_an_allowed_page_may_read_what_answers_say_in_their_headers(open_site: Site) -> None:
    answer = httpx.post(f"{open_site.url}{PATH}", headers={"Origin": FRIEND})
    told = set(answer.headers["access-control-expose-headers"].split(", "))
    assert {"Retry-After", "RateLimit-Remaining", "Convene-Next"} <= told


def test_a_preflight_of_another_page(open_site: Site) -> None:
    answer = preflight(open_site, "https://evil.example")
    assert (answer.status_code, answer.json()["errorCode"]) == (403, "ORIGIN_NOT_ALLOWED")
