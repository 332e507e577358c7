"""What the provider says of itself, and its keys: read once, kept for an hour."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey, import_key

from models.addresses import is_safe_address
from models.clock import Clock
from models.errors import ProviderUnavailable
from server.oidc.fetching import Fetching

log = structlog.get_logger(__name__)

KEPT_FOR: Final = timedelta(hours=1)
ANEW_AFTER: Final = timedelta(minutes=1)
"""How soon keys are read again because a token names one that is unknown: strangers can name any."""

MOST_KEYS: Final = 50
PublicKey = RSAKey | ECKey | OKPKey
_KINDS: Final = ("RSA", "EC", "OKP")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where the provider does what."""

    authorization: str
    token: str
    jwks: str
    userinfo: str | None
    takes_basic: bool
    read_at: datetime


@dataclass(frozen=True, slots=True)
class NamedKey:
    """A public key that signs ID tokens. `algorithm` is the only one it is good for, if it says so."""

    id: str | None
    algorithm: str | None
    key: PublicKey


class Discovery:
    """The provider's metadata and keys."""

    def __init__(self, issuer: str, fetching: Fetching, clock: Clock) -> None:
        self._issuer = issuer
        self._fetching = fetching
        self._clock = clock
        self._turn = asyncio.Lock()
        self._metadata: Metadata | None = None
        self._keys: tuple[NamedKey, ...] = ()
        self._keys_read_at: datetime | None = None

    async def metadata(self) -> Metadata:
        """Where the provider does what. Raises ProviderUnavailable."""
        async with self._turn:
            found = self._metadata
            if found is None or found.read_at + KEPT_FOR <= self._clock.now():
                found = self._metadata = await self._read()
            return found

    async def key(self, key_id: str | None) -> NamedKey | None:
        """The key that a token names; the only one there is, if it names none. Raises ProviderUnavailable."""
        jwks = (await self.metadata()).jwks
        async with self._turn:
            if self._is_older_than(KEPT_FOR):
                await self._read_keys(jwks)
            found = _find(self._keys, key_id)
            if found is None and self._is_older_than(ANEW_AFTER):
                # They may have changed it meanwhile.
                await self._read_keys(jwks)
                found = _find(self._keys, key_id)
            return found

    def _is_older_than(self, age: timedelta) -> bool:
        return self._keys_read_at is None or self._keys_read_at + age <= self._clock.now()

    async def _read(self) -> Metadata:
        said = await self._fetching.get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        if said.get("issuer") != self._issuer:
            log.warning("oidc.other_issuer", configured=self._issuer)
            raise ProviderUnavailable
        methods = said.get("token_endpoint_auth_methods_supported")
        return Metadata(
            authorization=_address(said, "authorization_endpoint"),
            token=_address(said, "token_endpoint"),
            jwks=_address(said, "jwks_uri"),
            userinfo=_address(said, "userinfo_endpoint") if said.get("userinfo_endpoint") else None,
            takes_basic=not isinstance(methods, list) or "client_secret_basic" in methods,
            read_at=self._clock.now(),
        )

    async def _read_keys(self, jwks: str) -> None:
        said = await self._fetching.get(jwks)
        given = said.get("keys")
        listed = given[:MOST_KEYS] if isinstance(given, list) else []
        self._keys = tuple(key for one in listed if (key := _public_key(one)) is not None)
        self._keys_read_at = self._clock.now()


def _address(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not is_safe_address(value):
        log.warning("oidc.bad_address", field=name)
        raise ProviderUnavailable
    return value


def _public_key(said: Any) -> NamedKey | None:
    # A symmetric key has no business here: who reads it could sign with it.
    if not isinstance(said, dict) or said.get("kty") not in _KINDS or said.get("use", "sig") != "sig":
        return None
    try:
        key = import_key(said)
    except (JoseError, ValueError, KeyError, TypeError):
        return None
    key_id, algorithm = said.get("kid"), said.get("alg")
    if not isinstance(key, PublicKey):
        return None
    return NamedKey(
        key_id if isinstance(key_id, str) else None, algorithm if isinstance(algorithm, str) else None, key
    )


def _find(keys: tuple[NamedKey, ...], key_id: str | None) -> NamedKey | None:
    if key_id is None:
        return keys[0] if len(keys) == 1 else None
    return next((one for one in keys if one.id == key_id), None)
