"""What is left of the tenant's hour, in the headers of the IETF's draft."""

from starlette.types import Scope

from models.limits import Allowance

HOUR_S = 3_600


def allowance_headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The headers of an answer; none for whoever asks without a token."""
    allowance: Allowance | None = scope["state"].get("allowance")
    if allowance is None:
        return []
    return [
        (b"ratelimit-limit", str(allowance.limit).encode()),
        (b"ratelimit-remaining", str(allowance.remaining).encode()),
        (b"ratelimit-reset", str(allowance.reset_s).encode()),
        (b"ratelimit-policy", f"{allowance.limit};w={HOUR_S}".encode()),
    ]
