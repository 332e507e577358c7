"""What comes back from another site is not believed before it is checked."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import RSAKey

from models.errors import ProviderUnavailable
from server.oidc.discovery import Discovery
from server.oidc.fetching import MAX_BYTES, Fetching
from tests.identity.conftest import linked, linked_site, provider
from tests.identity.traveller import traveller
from tests.realtime.house import House
from tests.services.oidc import CLIENT_ID, KEY_ID, Provider, new_key, open_provider

__all__ = ["linked", "linked_site", "provider"]

Bad = Callable[[Provider, dict[str, Any]], str]


def _with(**claims: Any) -> Bad:
    def sign(provider: Provider, good: dict[str, Any]) -> str:
        changed = {**good, **claims}
        return provider.signed({name: value for name, value in changed.items() if value is not None})

    return sign


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _unsigned(_provider: Provider, good: dict[str, Any]) -> str:
    return f"{_part({'alg': 'none', 'kid': KEY_ID})}.{_part(good)}."


def _by_the_public_key(form: str) -> Bad:
    def sign(provider: Provider, good: dict[str, Any]) -> str:
        shown = provider.key.as_pem(private=False)
        secret = shown if form == "pem" else json.dumps(provider.key.as_dict(private=False)).encode()
        text = f"{_part({'alg': 'HS256', 'kid': KEY_ID})}.{_part(good)}"
        mac = hmac.new(secret, text.encode(), hashlib.sha256).digest()
        return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    return sign


def _by_the_shared_key(_provider: Provider, good: dict[str, Any]) -> str:
    text = f"{_part({'alg': 'HS256', 'kid': 'shared'})}.{_part(good)}"
    mac = hmac.new(b"x" * 32, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def _with_its_own_key(_provider: Provider, good: dict[str, Any]) -> str:
    key = new_key()
    header = {"kid": KEY_ID, "jwk": key.as_dict(private=False)}
    return _provider.signed(good, key, **header)


def _by_another_algorithm(provider: Provider, good: dict[str, Any]) -> str:
    parts = provider.key.as_dict(private=True)
    free = RSAKey.import_key({name: value for name, value in parts.items() if name != "alg"})
    return provider.signed(good, free, alg="RS384")


def _changed(provider: Provider, good: dict[str, Any]) -> str:
    header, _, signature = provider.signed(good).split(".")
    return f"{header}.{_part({**good, 'sub': 'another'})}.{signature}"


BAD: dict[str, Bad] = {
    "another nonce": _with(nonce="another"),
    "no nonce": _with(nonce=None),
    "another audience": _with(aud="another"),
    "no audience": _with(aud=None),
    "several audiences and no party": _with(aud=[CLIENT_ID, "another"]),
    "made for another party": _with(aud=[CLIENT_ID, "another"], azp="another"),
    "another issuer": _with(iss="http://127.0.0.1:1"),
    "no subject": _with(sub=None),
    "a subject without end": _with(sub="x" * 256),
    "expired": _with(exp=int(time.time()) - 300),
    "without an end": _with(exp=None),
    "an end that is no number": _with(exp="9999999999"),
    "not yet good": _with(nbf=int(time.time()) + 600),
    "from the future": _with(iat=int(time.time()) + 600),
    "unsigned": _unsigned,
    "HS256 by the public key as PEM": _by_the_public_key("pem"),
    "HS256 by the public key as JWK": _by_the_public_key("jwk"),
    "HS256 by a key of the set": _by_the_shared_key,
    "by the key that it brings along": _with_its_own_key,
    "by a key that nobody knows": lambda provider, good: provider.signed(good, new_key("x"), kid="x"),
    "with another algorithm than the key's": _by_another_algorithm,
    "changed after it was signed": _changed,
    "no token": lambda _provider, _good: "no token",
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_token_signs_nobody_in(linked: House, provider: Provider, name: str) -> None:
    provider.comes()
    provider.sign = lambda claims: BAD[name](provider, claims)
    async with traveller(linked) as browser:
        arrival = await browser.sign_in()
        assert arrival.refused == "PROVIDER_REFUSED"
        assert "convene_refresh" not in browser.http.cookies


async def test_what_was_begun_in_one_browser_does_not_end_in_another(
    linked: House, provider: Provider
) -> None:
    provider.comes()
    async with traveller(linked) as thief, traveller(linked) as victim:
        back = await thief.visit(await thief.leave())
        assert (await victim.come_back(back)).refused == "PROVIDER_REFUSED"
        await victim.leave()
        assert (await victim.come_back(back)).refused == "PROVIDER_REFUSED"
        assert "convene_refresh" not in victim.http.cookies


async def test_it_ends_once(linked: House, provider: Provider) -> None:
    provider.comes()
    async with traveller(linked) as browser:
        back = await browser.visit(await browser.leave())
        cookie = browser.http.cookies["convene_oidc"]
        assert (await browser.come_back(back)).refused is None
        assert "convene_oidc" not in browser.http.cookies
        assert (await browser.come_back(back)).refused == "PROVIDER_REFUSED"
        path = urlsplit(back)
        query = dict(part.split("=") for part in path.query.split("&"))
        # Neither the state with a fresh code, nor the cookie that was kept: each was good once.
        fresh = urlsplit(await browser.visit(await browser.leave()))
        codes = dict(part.split("=") for part in fresh.query.split("&"))
        browser.http.cookies.clear()
        browser.http.cookies.set("convene_oidc", cookie, domain="127.0.0.1", path="/api/v1/auth/oidc")
        replayed = f"{path.path}?code={codes['code']}&state={query['state']}"
        assert (await browser.come_back(replayed)).refused == "PROVIDER_REFUSED"


async def test_a_cookie_that_was_made_up_is_none(linked: House, provider: Provider) -> None:
    provider.comes()
    async with traveller(linked) as browser:
        back = await browser.visit(await browser.leave())
        kept = browser.http.cookies["convene_oidc"]
        for forged in ("x", kept[:-4] + "AAAA", '{"state":"x"}'):
            browser.http.cookies.clear()
            browser.http.cookies.set("convene_oidc", forged, domain="127.0.0.1", path="/api/v1/auth/oidc")
            assert (await browser.come_back(back)).refused == "PROVIDER_REFUSED"


async def test_nothing_leads_to_another_site(linked: House, provider: Provider) -> None:
    provider.comes()
    for there in ("//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "evil"):
        async with traveller(linked) as browser:
            assert (await browser.sign_in(next=there)).query["next"] == "/"


async def test_a_refusal_over_there_and_an_answer_of_another_issuer_are_none(
    linked: House, provider: Provider
) -> None:
    provider.comes()
    async with traveller(linked) as browser:
        back = await browser.visit(await browser.leave(next="/sessions"))
        state = next(one for one in urlsplit(back).query.split("&") if one.startswith("state="))
        path = urlsplit(back).path
        refused = await browser.come_back(f"{path}?error=access_denied&{state}")
        assert (refused.refused, refused.query["next"]) == ("PROVIDER_REFUSED", "/sessions")
        back = await browser.visit(await browser.leave())
        mixed = back.replace("iss=http", "iss=https")
        assert (await browser.come_back(mixed)).refused == "PROVIDER_REFUSED"


class Later:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def other_provider() -> Iterator[Provider]:
    with open_provider() as provider:
        yield provider


async def test_keys_are_kept_and_a_new_one_is_found(other_provider: Provider) -> None:
    clock, fetching = Later(), Fetching()
    discovery = Discovery(other_provider.url, fetching, clock)
    for _ in range(3):
        assert await discovery.key(KEY_ID) is not None
        assert await discovery.key("shared") is None
    assert other_provider.asked == ["/.well-known/openid-configuration", "/jwks"]
    other_provider.key = new_key("key-2")
    # Strangers name keys at will; that makes nobody ask again and again.
    assert await discovery.key("key-2") is None
    clock.at += timedelta(minutes=2)
    assert await discovery.key("key-2") is not None
    assert await discovery.key(KEY_ID) is None
    await fetching.stop()


async def test_what_is_too_large_or_not_there_is_no_answer(other_provider: Provider) -> None:
    fetching = Fetching()
    other_provider.padding = MAX_BYTES
    with pytest.raises(ProviderUnavailable):
        await Discovery(other_provider.url, fetching, Later()).metadata()
    other_provider.padding = 0
    with pytest.raises(ProviderUnavailable):
        # Its own name is another one.
        await Discovery(f"{other_provider.url}/", fetching, Later()).metadata()
    with pytest.raises(ProviderUnavailable):
        await fetching.get("http://127.0.0.1:1/")
    await fetching.stop()
