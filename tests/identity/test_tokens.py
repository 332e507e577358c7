"""Tokens: what they say, how long, and whose signature counts."""

from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from models.errors import TokenExpired, Unauthenticated
from models.identity.tokens import AccessClaims, ParticipantClaims, Tokens
from models.ids import new_id

KEY = b"a key that is long enough to sign with"


class TurnedClock:
    """A clock that shows what it is told."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 21, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def tokens(clock: TurnedClock) -> Tokens:
    return Tokens(KEY, clock, access_ttl_s=900, participant_ttl_s=86_400)


def test_an_access_token_until_it_ends(tokens: Tokens, clock: TurnedClock) -> None:
    tenant_id, user_id, sign_in_id = new_id(), new_id(), new_id()
    token, expires_at = tokens.issue_access(tenant_id, user_id, sign_in_id)
    assert tokens.read(token) == AccessClaims(tenant_id, user_id, sign_in_id, expires_at)
    assert expires_at == clock.time + timedelta(minutes=15)
    clock.time = expires_at
    with pytest.raises(TokenExpired):
        tokens.read(token)


def test_a_participant_token(tokens: Tokens) -> None:
    tenant_id, participant_id, session_id = new_id(), new_id(), new_id()
    token, expires_at = tokens.issue_participant(tenant_id, participant_id, session_id)
    assert tokens.read(token) == ParticipantClaims(tenant_id, participant_id, session_id, expires_at)


def signed(key: bytes, algorithm: str = "HS256", **changes: object) -> str:
    claims = {
        "iss": "convene",
        "use": "access",
        "sub": str(new_id()),
        "tid": str(new_id()),
        "sid": str(new_id()),
        "exp": 2_000_000_000,
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": algorithm}, kept, OctKey.import_key(key), algorithms=[algorithm])


def test_our_own_signature_is_accepted(tokens: Tokens) -> None:
    assert isinstance(tokens.read(signed(KEY)), AccessClaims)


@pytest.mark.parametrize(
    "token",
    [
        signed(b"somebody else's key, just as long as it"),
        signed(KEY, "HS512"),
        signed(KEY, iss="another"),
        signed(KEY, use="refresh"),
        signed(KEY, sub="nobody"),
        signed(KEY, exp="soon"),
        signed(KEY, exp=1e300),
        signed(KEY, tid=None),
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJjb252ZW5lIn0.",
        "a.b.c",
        "",
        "x" * 5_000,
        None,
        5,
    ],
)
def test_what_is_no_token_of_ours(tokens: Tokens, token: object) -> None:
    with pytest.raises(Unauthenticated):
        tokens.read(token)
