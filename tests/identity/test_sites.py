"""What a site may decide about accounts, and what it believes of its proxies."""

from pathlib import Path

import httpx

from tests.identity.people import AUTH, PASSWORD, code_of, newcomer
from tests.realtime.site import serving


def test_a_closed_site_takes_no_accounts(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'a.db'}", registration="closed") as site:
        assert code_of(httpx.post(f"{site.url}{AUTH}/register", json=newcomer())) == (403, "FORBIDDEN")


def test_registrations_are_counted_per_address_that_a_trusted_proxy_names(tmp_path: Path) -> None:
    with serving(
        f"sqlite:///{tmp_path / 'a.db'}", registrations_per_minute=1, trusted_proxies="127.0.0.0/8"
    ) as site:

        def attempt(forwarded_for: str) -> int:
            headers = {"X-Forwarded-For": forwarded_for}
            return httpx.post(f"{site.url}{AUTH}/register", json=newcomer(), headers=headers).status_code

        def is_soon_refused(forwarded_for: str) -> bool:
            # Windows slide: where a minute begins in between, one more is let through.
            return any(attempt(forwarded_for) == 429 for _ in range(3))

        assert attempt("198.51.100.1") == 201
        assert is_soon_refused("198.51.100.1")
        assert is_soon_refused("192.0.2.1, 198.51.100.1")
        assert attempt("198.51.100.2") == 201


def test_the_cookie_is_secure_behind_a_proxy_that_says_https(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'a.db'}", trusted_proxies="127.0.0.1") as site:
        headers = {"X-Forwarded-Proto": "https"}
        answer = httpx.post(f"{site.url}{AUTH}/register", json=newcomer(), headers=headers)
        assert "Secure" in answer.headers["set-cookie"].split("; ")


def test_a_stranger_is_not_believed(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'a.db'}", registrations_per_minute=1) as site:
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.1"}
        first = httpx.post(f"{site.url}{AUTH}/register", json=newcomer(), headers=headers)
        assert "Secure" not in first.headers["set-cookie"].split("; ")
        headers["X-Forwarded-For"] = "198.51.100.2"
        later = [httpx.post(f"{site.url}{AUTH}/register", json=newcomer(), headers=headers) for _ in range(2)]
        assert code_of(later[-1]) == (429, "RATE_LIMITED")


def test_guessing_passwords_is_slowed_down(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'a.db'}", failed_sign_ins_per_minute=3) as site:
        person = newcomer()
        assert httpx.post(f"{site.url}{AUTH}/register", json=person).is_success

        def attempt(password: str) -> httpx.Response:
            return httpx.post(
                f"{site.url}{AUTH}/login", json={"email": person["email"], "password": password}
            )

        assert [attempt("wrong horse battery").status_code for _ in range(3)] == [401] * 3
        refused = attempt(PASSWORD)
        assert code_of(refused) == (429, "RATE_LIMITED")
        assert int(refused.headers["retry-after"]) >= 1


def test_nobody_keeps_the_site_busy_with_their_own_password(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'a.db'}", passwords_per_minute=3) as site:
        person = newcomer()
        signed_in = httpx.post(f"{site.url}{AUTH}/register", json=person).json()["data"]
        body = {"email": person["email"], "password": PASSWORD}
        answers = [httpx.post(f"{site.url}{AUTH}/login", json=body).status_code for _ in range(4)]
        assert answers == [200, 200, 200, 429]
        headers = {"Authorization": f"Bearer {signed_in['access_token']}"}
        factor = f"{site.url}/api/v1/users/me/second-factor"
        begun = httpx.post(factor, json={"password": PASSWORD}, headers=headers)
        assert code_of(begun) == (429, "RATE_LIMITED")


def test_guessing_codes_is_slowed_down(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'a.db'}", wrong_codes_per_minute=3) as site:
        preview = f"{site.url}/api/v1/sessions/preview"
        assert [httpx.get(preview, params={"code": "ABC"}).status_code for _ in range(5)] == [200] * 5
        assert [httpx.get(preview, params={"code": "ABCDEF"}).status_code for _ in range(3)] == [200] * 3
        assert code_of(httpx.get(preview, params={"code": "ABCDEF"})) == (429, "RATE_LIMITED")
        joined = httpx.post(
            f"{site.url}/api/v1/sessions/join", json={"code": "ABCDEF", "display_name": "Gus"}
        )
        assert code_of(joined) == (429, "RATE_LIMITED")


def test_guests_come_one_after_the_other(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'a.db'}", guest_joins_per_minute=2) as site:
        url, body = (
            f"{site.url}/api/v1/sessions/01a1fd35-a5fe-7066-a456-8f0bbad1ba63/join",
            {"display_name": "Gus"},
        )
        assert [httpx.post(url, json=body).status_code for _ in range(3)] == [404, 404, 429]
