"""No field of any payload that is a secret or a text can get into the audit."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from pydantic import BaseModel, SecretStr

from models.audit.redaction import HIDDEN, MAX_CHARS, changes_between, redacted
from models.text import Multiline, Payload
from realtime.commands import COMMANDS
from server.api import ENDPOINTS

FOR_THE_AUDIT = {"reason"}
"""Texts that are written so that they stand in it."""

SECRET = "sentinel-that-nobody-may-see"


def payloads() -> set[type[Payload]]:
    """Everything that can come in, over REST or a socket."""
    return {
        *(one.body for one in ENDPOINTS),
        *(one.query for one in ENDPOINTS),
        *(one.payload for one in COMMANDS),
    }


def fields(form: type[BaseModel], seen: frozenset[type] = frozenset()) -> Iterator[tuple[str, str, bool]]:
    """Model, name and whether it is a secret or a text, of every field, and of the fields' own."""
    if form in seen:
        return
    for name, field in form.model_fields.items():
        parts = list(walk(field.annotation))
        marks = [*field.metadata, *parts]
        is_private = any(isinstance(one, Multiline) or one is SecretStr for one in marks)
        yield form.__name__, name, is_private or is_spread(field.metadata)
        for one in parts:
            if isinstance(one, type) and issubclass(one, BaseModel):
                yield from fields(one, seen | {form})


def walk(kind: Any) -> Iterator[Any]:
    """A type and what it is made of."""
    yield kind
    for one in get_args(kind):
        yield from walk(one)
    yield from getattr(kind, "__metadata__", ())


def is_spread(metadata: list[Any]) -> bool:
    """Pydantic takes Multiline apart into its checks: the one that allows line breaks gives it away."""
    return any("_lines" in getattr(getattr(one, "func", None), "__name__", "") for one in metadata)


def test_every_secret_and_every_text_of_every_payload_is_hidden() -> None:
    found = [one for form in payloads() for one in fields(form)]
    private = {(form, name) for form, name, is_private in found if is_private}
    assert ("LogIn", "password") in private
    assert "text" in {name for _, name in private}
    private = {(form, name) for form, name in private if name not in FOR_THE_AUDIT}
    shown = sorted(f"{form}.{name}" for form, name in private if redacted({name: SECRET}) != {name: HIDDEN})
    assert shown == [], "add a word of these names to models/audit/redaction.py"


@pytest.mark.parametrize(
    "name",
    ["password", "new_password", "refresh_token", "secret", "key_hash", "code", "recovery_codes", "text"],
)
def test_what_is_hidden_is_hidden_however_deep(name: str) -> None:
    deep = {"settings": {"one": [{name: SECRET}]}, name: {"x": SECRET}}
    assert SECRET not in str(redacted(deep))


def test_what_may_be_told_is_told_in_plain_json() -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    told = redacted(
        {"message_id": "7", "note_count": 3, "is_hidden": True, "at": at, "tags": {"b", "a"}, "x": None}
    )
    assert told == {
        "message_id": "7",
        "note_count": 3,
        "is_hidden": True,
        "at": str(at),
        "tags": ["a", "b"],
        "x": None,
    }
    assert len(redacted({"title": "x" * 10_000})["title"]) == MAX_CHARS
    assert redacted({"given": SecretStr(SECRET)}) == {"given": HIDDEN}


def test_only_what_differs_is_kept() -> None:
    before = {"title": "A", "settings": {"a": 1, "b": 2}, "same": [1]}
    after = {"title": "B", "settings": {"a": 1, "b": 3}, "same": [1], "new": True}
    assert changes_between(before, after) == (
        {"title": "A", "settings": {"b": 2}, "new": None},
        {"title": "B", "settings": {"b": 3}, "new": True},
    )
