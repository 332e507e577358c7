"""What is left of the tenant's hour, in the headers of the IETF's draft."""

import math

from starlette.types import Scope

from models.errors import ConveneError, RateLimited
from models.limits import Allowance

HOUR_S = 3_600


def allowance_headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The headers of an answer; none for whoever asks without a token."""
    allowance: Allowance | None = scope["state"].get("allowance")
    if allowance is None:
        return []
    return _headers(allowance)


def refusal_headers(scope: Scope, error: ConveneError) -> list[tuple[bytes, bytes]]:
    """The headers of a refusal: of the limit that was reached, if it was an hourly one, else of the tenant's hour."""
    if isinstance(error, RateLimited) and "per_hour" in error.details:
        reset_s = math.ceil(error.details["retry_after_s"])
        return _headers(Allowance(error.details["per_hour"], 0, reset_s, is_spent=True))
    return allowance_headers(scope)


def _headers(allowance: Allowance) -> list[tuple[bytes, bytes]]:
    return [
        (b"ratelimit-limit", str(allowance.limit).encode()),
        (b"ratelimit-remaining", str(allowance.remaining).encode()),
        (b"ratelimit-reset", str(allowance.reset_s).encode()),
        (b"ratelimit-policy", f"{allowance.limit};w={HOUR_S}".encode()),
    ]
