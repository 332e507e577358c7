"""What text people may type, as types for payloads: trimmed, normalised, free of what cannot be shown or stored."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from annotated_types import GroupedMetadata
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from models.clock import wire_time

_BREAKS = {"\n", "\t"}
_INVISIBLE = {"Cc", "Cs"}
# Explicit direction marks could turn a name or a message around for everyone who reads on after it.
_DIRECTION = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def _line(value: str) -> str:
    return _checked(value, allowed=frozenset())


def _lines(value: str) -> str:
    return _checked(value.replace("\r\n", "\n").replace("\r", "\n"), allowed=frozenset(_BREAKS))


def _checked(value: str, allowed: frozenset[str]) -> str:
    for char in value:
        if char in _DIRECTION or (char not in allowed and unicodedata.category(char) in _INVISIBLE):
            raise ValueError("must not contain control characters")
    return unicodedata.normalize("NFC", value)


@dataclass(frozen=True)
class OneLine(GroupedMetadata):
    """One line of text, trimmed: a name, a title. Use as `Annotated[str, OneLine(80)]`."""

    max_length: int
    min_length: int = 1

    def __iter__(self) -> Iterator[object]:
        yield StringConstraints(strip_whitespace=True, min_length=self.min_length, max_length=self.max_length)
        yield AfterValidator(_line)


@dataclass(frozen=True)
class Multiline(GroupedMetadata):
    """Text of several lines, trimmed: a message, a description."""

    max_length: int
    min_length: int = 1

    def __iter__(self) -> Iterator[object]:
        yield StringConstraints(strip_whitespace=True, min_length=self.min_length, max_length=self.max_length)
        yield AfterValidator(_lines)


Language = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", max_length=35),
    Field(description="A BCP 47 tag.", examples=["en", "pt-BR"]),
]

Moment = Annotated[
    datetime,
    PlainSerializer(wire_time, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-21T09:00:00.000Z"]}),
]
"""A moment going out, always written alike, so that two readers of one log hold equal states."""

Instant = Annotated[
    AwareDatetime, Field(description="ISO 8601 with an offset.", examples=["2026-11-21T09:00:00Z"])
]


class Payload(BaseModel):
    """What comes in: unknown fields are refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class View(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True)
