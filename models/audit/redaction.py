"""What never gets into the audit: secrets, tokens, and what somebody wrote. The one place that everything passes."""

from collections.abc import Mapping
from typing import Any

from pydantic import SecretBytes, SecretStr

HIDDEN = "[hidden]"
MAX_CHARS = 300
MAX_ITEMS = 200
MAX_DEPTH = 4

SECRET_WORDS = frozenset(
    {"password", "passwords", "passphrase", "secret", "secrets", "token", "tokens", "hash", "otp", "totp"}
    | {"credential", "credentials", "authorization", "cookie", "verifier", "nonce", "assertion"}
    | {"code", "codes"}
)
"""A field is a secret when one of these is a word of its name, whatever it holds."""

TEXT_WORDS = frozenset(
    {"text", "texts", "body", "content", "message", "messages", "description", "note", "notes", "question"}
    | {"option", "options", "agenda", "announcement", "bio", "comment", "caption", "captions", "answer"}
)
"""What somebody wrote. Its id, its time and its number may be told."""

_TOLD_OF_TEXTS = frozenset({"id", "ids", "at", "count", "bytes", "chars", "seconds", "s", "is", "has"})


def redacted(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the audit may keep them: plain JSON, bounded, with nothing in it that is nobody's business."""
    return {str(name): _redacted(str(name), value, MAX_DEPTH) for name, value in values.items()}


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that differ, before and after; of a field that has fields itself, again only those."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for name in [*before, *(one for one in after if one not in before)]:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            was[name], now[name] = changes_between(old, new)
        else:
            was[name], now[name] = old, new
    return was, now


def is_hidden(name: str) -> bool:
    """Whether the field of this name is kept out."""
    words = name.lower().split("_")
    if SECRET_WORDS.intersection(words):
        return True
    return bool(TEXT_WORDS.intersection(words)) and not _TOLD_OF_TEXTS.intersection(words)


def _redacted(name: str, value: Any, depth: int) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if is_hidden(name) or isinstance(value, SecretStr | SecretBytes | bytes) or depth == 0:
        return HIDDEN
    if isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _redacted(str(key), one, depth - 1) for key, one in list(value.items())[:MAX_ITEMS]}
    if isinstance(value, list | tuple | set | frozenset):
        items = value if isinstance(value, list | tuple) else sorted(value, key=str)
        return [_redacted(name, one, depth - 1) for one in list(items)[:MAX_ITEMS]]
    return str(value)[:MAX_CHARS]
