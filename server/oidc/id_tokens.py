"""Reading an ID token: nothing in it is believed before all of it has been checked (OpenID Connect Core, 3.1.3.7)."""

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from joserfc import jws, jwt
from joserfc.errors import JoseError

from models.errors import ProviderRefused
from server.oidc.discovery import Discovery

ALGORITHMS: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
"""Whoever checks these cannot sign with what they check by: neither `none` nor HS256 is among them."""

MAX_CHARS: Final = 16_384
MAX_SUBJECT_CHARS: Final = 255
LEEWAY: Final = timedelta(seconds=60)


async def read_id_token(
    token: object, *, discovery: Discovery, issuer: str, client_id: str, nonce: str, now: datetime
) -> dict[str, Any]:
    """The claims of a token that the provider made for this site and this browser, just now.

    Raises ProviderRefused, ProviderUnavailable.
    """
    if not isinstance(token, str) or not 0 < len(token) <= MAX_CHARS:
        raise ProviderRefused
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, TypeError, AttributeError) as error:
        raise ProviderRefused from error
    algorithm, key_id = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS or not isinstance(key_id, str | None):
        raise ProviderRefused
    named = await discovery.key(key_id)
    if named is None or named.algorithm not in (None, algorithm):
        raise ProviderRefused
    try:
        claims = jwt.decode(token, named.key, algorithms=[algorithm]).claims
        is_good = (
            claims["iss"] == issuer
            and _is_for(claims, client_id)
            and _is_now(claims, now)
            and secrets.compare_digest(str(claims["nonce"]), nonce)
            and isinstance(claims["sub"], str)
            and 0 < len(claims["sub"]) <= MAX_SUBJECT_CHARS
        )
    except (JoseError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise ProviderRefused from error
    if not is_good:
        raise ProviderRefused
    return dict(claims)


def _is_for(claims: dict[str, Any], client_id: str) -> bool:
    given = claims["aud"]
    audience = given if isinstance(given, list) else [given]
    if client_id not in audience or (len(audience) > 1 and "azp" not in claims):
        return False
    return bool(claims.get("azp", client_id) == client_id)


def _is_now(claims: dict[str, Any], now: datetime) -> bool:
    moments = (claims["exp"], claims["iat"], claims.get("nbf", claims["iat"]))
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in moments):
        return False
    expires_at, *begun = moments
    late = (now + LEEWAY).timestamp()
    return bool(expires_at > (now - LEEWAY).timestamp() and all(one <= late for one in begun))
