"""Tokens: what a request or socket shows to say who it is. They only name rows; the rows decide, every time."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from models.clock import Clock
from models.errors import TokenExpired, Unauthenticated
from models.ids import new_secret

ALGORITHM = "HS256"
ISSUER = "convene"
MAX_TOKEN_CHARS = 2_048
CHALLENGE_TTL = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """A signed-in account: good for minutes, and only as long as the sign-in is.

    With `is_key` it is by a program's key, and good as long as that is.
    """

    tenant_id: UUID
    user_id: UUID
    sign_in_id: UUID
    expires_at: datetime
    is_key: bool = False

    @property
    def subject_ids(self) -> frozenset[UUID]:
        """Whichever of these is revoked, the token is dead."""
        return frozenset({self.sign_in_id, self.user_id, self.tenant_id})

    @property
    def person_id(self) -> UUID:
        """Whose doings are counted, however many tokens they have."""
        return self.user_id


@dataclass(frozen=True, slots=True)
class ParticipantClaims:
    """Somebody in one session, account or guest; good for nothing else.

    `sign_in_id` is the sign-in by which an account got the token, and with which it ends; unset for guests.
    """

    tenant_id: UUID
    participant_id: UUID
    session_id: UUID
    expires_at: datetime
    sign_in_id: UUID | None = None

    @property
    def subject_ids(self) -> frozenset[UUID]:
        """Whichever of these is revoked, the token is dead."""
        return frozenset({self.participant_id, self.sign_in_id or self.participant_id, self.tenant_id})

    @property
    def person_id(self) -> UUID:
        """Whose doings are counted, however many tokens they have."""
        return self.participant_id


Claims = AccessClaims | ParticipantClaims


@dataclass(frozen=True, slots=True)
class Challenge:
    """Somebody who has shown their password a moment ago, and has yet to show their second factor."""

    tenant_id: UUID
    user_id: UUID
    password_digest: str

    def is_about(self, password_hash: str) -> bool:
        """Whether it is still the password that was shown."""
        return self.password_digest == _digest(password_hash)


class Tokens:
    """Issues and reads tokens, signed with the site's key."""

    def __init__(self, key: bytes, clock: Clock, access_ttl_s: int, participant_ttl_s: int) -> None:
        self._bytes = key
        self._key = OctKey.import_key(key)
        self._clock = clock
        self._access_ttl = timedelta(seconds=access_ttl_s)
        self._participant_ttl = timedelta(seconds=participant_ttl_s)

    def issue_access(self, tenant_id: UUID, user_id: UUID, sign_in_id: UUID) -> tuple[str, datetime]:
        """A token for an account's sign-in, and when it ends."""
        return self._issue("access", user_id, self._access_ttl, tid=str(tenant_id), sid=str(sign_in_id))

    def issue_participant(
        self,
        tenant_id: UUID,
        participant_id: UUID,
        session_id: UUID,
        sign_in_id: UUID | None = None,
        at_latest: datetime | None = None,
    ) -> tuple[str, datetime]:
        """A token for one participant, and when it ends: an account's, at the latest with the sign-in it is by."""
        ttl = self._participant_ttl
        if at_latest is not None:
            ttl = min(ttl, at_latest - self._clock.now())
        extra = {"tid": str(tenant_id), "ses": str(session_id)}
        if sign_in_id is not None:
            extra["sid"] = str(sign_in_id)
        return self._issue("participant", participant_id, ttl, **extra)

    def issue_challenge(self, tenant_id: UUID, user_id: UUID, password_hash: str) -> tuple[str, datetime]:
        """What the second step of signing in has to show: that the password, which is still the same, was right."""
        return self._issue(
            "challenge", user_id, CHALLENGE_TTL, tid=str(tenant_id), pwd=_digest(password_hash)
        )

    def read_challenge(self, token: str) -> Challenge:
        """Who has shown their password. Raises Unauthenticated."""
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            is_ours = claims["iss"] == ISSUER and claims["use"] == "challenge"
            expires_at = datetime.fromtimestamp(float(str(claims["exp"])), UTC)
            found = Challenge(UUID(str(claims["tid"])), UUID(str(claims["sub"])), str(claims["pwd"]))
        except (JoseError, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise Unauthenticated("Begin with your password again.") from error
        if not is_ours or expires_at <= self._clock.now():
            raise Unauthenticated("That took too long. Begin with your password again.")
        return found

    def issue_refresh(self, sign_in_id: UUID) -> str:
        """What renews a sign-in once. It is good by its hash, which is stored; naming the sign-in, and bearing our
        mark, it can be told from what we never gave out, however long ago it was spent.
        """
        named = f"{sign_in_id.hex}.{new_secret()}"
        return f"{named}.{self._mark(named)}"

    def has_issued(self, refresh_token: str) -> bool:
        """Whether a refresh token was ever one of ours."""
        named, _, mark = refresh_token.rpartition(".")
        return hmac.compare_digest(self._mark(named).encode(), mark.encode())

    def read(self, token: object) -> Claims:
        """Who a token speaks of. Raises Unauthenticated (not one of ours) or TokenExpired."""
        if not isinstance(token, str) or not token or len(token) > MAX_TOKEN_CHARS:
            raise Unauthenticated
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            found = _claims(claims)
        except (JoseError, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise Unauthenticated("This token is not one of ours. Sign in again.") from error
        if found.expires_at <= self._clock.now():
            raise TokenExpired
        return found

    def _mark(self, named: str) -> str:
        return hmac.new(self._bytes, f"refresh {named}".encode(), hashlib.sha256).hexdigest()[:32]

    def _issue(self, kind: str, subject: UUID, ttl: timedelta, **extra: str) -> tuple[str, datetime]:
        now = self._clock.now()
        expires_at = (now + ttl).replace(microsecond=0)
        claims = {
            "iss": ISSUER,
            "use": kind,
            "sub": str(subject),
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
            **extra,
        }
        return jwt.encode({"alg": ALGORITHM}, claims, self._key), expires_at


def _digest(password_hash: str) -> str:
    return hashlib.sha256(password_hash.encode()).hexdigest()[:32]


def _claims(claims: dict[str, object]) -> Claims:
    if claims["iss"] != ISSUER:
        raise ValueError("foreign issuer")
    expires_at = datetime.fromtimestamp(float(str(claims["exp"])), UTC)
    tenant_id, subject = UUID(str(claims["tid"])), UUID(str(claims["sub"]))
    if claims["use"] == "access":
        return AccessClaims(tenant_id, subject, UUID(str(claims["sid"])), expires_at)
    if claims["use"] == "participant":
        sign_in_id = UUID(str(claims["sid"])) if "sid" in claims else None
        return ParticipantClaims(tenant_id, subject, UUID(str(claims["ses"])), expires_at, sign_in_id)
    raise ValueError("unknown use")
