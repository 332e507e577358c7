"""What a row of the audit says of a person: sealed by a salted hash of its own, so that it can be erased.

The chain is over that hash, not over what it hides. Without its salt the hash tells nothing, and the row still stands
where it was sealed; see docs/decisions/0026.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

import orjson

PERSONAL: Final = ("actor_name", "address", "agent")
"""Who somebody was and where they came from: personal in every row."""

CHANGED: Final = ("before", "after")
"""Personal where the row is about an account: names, addresses."""

ABOUT_ACCOUNTS: Final = "user"
"""The `target_kind` of such a row."""


def personal_fields(target_kind: str) -> tuple[str, ...]:
    """The columns that go when the person is erased."""
    return (*PERSONAL, *CHANGED) if target_kind == ABOUT_ACCOUNTS else PERSONAL


def commit_to(values: Mapping[str, Any]) -> dict[str, str]:
    """The columns `salt` and `digest` for a new row of these values."""
    salt = secrets.token_hex(16)
    return {"salt": salt, "digest": digest_of(salt, values)}


def digest_of(salt: str, values: Mapping[str, Any]) -> str:
    """The hash that stands for the personal part of a row."""
    told = {name: values[name] for name in personal_fields(values["target_kind"])}
    return hashlib.sha256(f"{salt}\n".encode() + written(told)).hexdigest()


def written(values: Mapping[str, Any]) -> bytes:
    """Values of a row, always written alike: what hashes are over."""
    return orjson.dumps(_plain(values), option=orjson.OPT_SORT_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        aware = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return value
