"""What text people may type, as types for payloads: trimmed, normalised, free of what cannot be shown or stored."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
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
_BREAK = re.compile("\r\n|[\r\u2028\u2029]")
_INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}
_BLANK = {"Cf", "Zs"}
# Explicit direction marks could turn a name or a message around for everyone who reads on after it.
_DIRECTION = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def _line(value: str) -> str:
    line = _checked(value, allowed=frozenset())
    if line and all(unicodedata.category(char) in _BLANK for char in line):
        raise ValueError("must have something in it that can be seen")
    return line


def _lines(value: str) -> str:
    return _checked("\n".join(_BREAK.split(value)), allowed=frozenset(_BREAKS))


def _bounded(max_length: int, value: str) -> str:
    if len(value) > max_length:
        raise ValueError(f"must have at most {max_length} characters")
    return value


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
        # Once more: some characters are written as several when normalised, and the column would not take them.
        yield AfterValidator(partial(_bounded, self.max_length))


@dataclass(frozen=True)
class Multiline(GroupedMetadata):
    """Text of several lines, trimmed: a message, a description."""

    max_length: int
    min_length: int = 1

    def __iter__(self) -> Iterator[object]:
        yield StringConstraints(strip_whitespace=True, min_length=self.min_length, max_length=self.max_length)
        yield AfterValidator(_lines)
        yield AfterValidator(partial(_bounded, self.max_length))


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

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(9999, 1, 1, tzinfo=UTC)


def _reckonable(value: datetime) -> datetime:
    if not EARLIEST <= value < LATEST:
        raise ValueError("must lie between the years 1970 and 9999")
    return value.astimezone(UTC)


Instant = Annotated[
    AwareDatetime,
    AfterValidator(_reckonable),
    Field(description="ISO 8601 with an offset.", examples=["2026-11-21T09:00:00Z"]),
]
"""A moment coming in, far enough from both ends of the calendar for time zones and intervals to be reckoned with."""


class Payload(BaseModel):
    """What comes in: unknown fields are refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class View(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True)
