"""JSON as it should be: one meaning, no surprises for the database or the next reader."""

import json
from collections import Counter
from typing import Any, NoReturn

from models.errors import ValidationFailed

MAX_DEPTH = 100
_Json = dict[str, Any] | list[Any] | str | int | float | bool | None


def check_object(raw: bytes) -> None:
    """Raises ValidationFailed unless a body is one JSON object, or empty.

    Refused are also names that occur twice, NaN and infinities, half characters, NUL, and nesting over 100 levels.
    """
    if not raw.strip():
        return
    try:
        value = json.loads(
            raw.decode("utf-8"),
            parse_constant=_no_number,
            parse_float=_finite,
            object_pairs_hook=_distinct,
        )
    except ValidationFailed:
        raise
    except RecursionError as error:
        raise ValidationFailed.of("", f"must not be nested deeper than {MAX_DEPTH} levels") from error
    except ValueError as error:
        raise ValidationFailed.of("", "must be JSON") from error
    if not isinstance(value, dict):
        raise ValidationFailed.of("", "must be a JSON object")
    _check(value)


def check_text(text: str, field: str) -> None:
    """Raises ValidationFailed for text that no database can store: half of a character, or NUL."""
    if not _is_storable(text):
        raise ValidationFailed.of(field, "must not contain NUL or unpaired surrogates")


# What one step down from the object takes: the way to a value, as (the way to what holds it, name or index).
_Way = tuple[Any, str | int] | None


def _check(value: dict[str, Any]) -> None:
    # Without recursion, which deep nesting would exhaust.
    level: list[tuple[_Way, _Json]] = [(None, value)]
    for _ in range(MAX_DEPTH):
        level = [inner for way, outer in level for inner in _inside(way, outer)]
        if not level:
            return
    raise ValidationFailed.of("", f"must not be nested deeper than {MAX_DEPTH} levels")


def _inside(way: _Way, value: _Json) -> list[tuple[_Way, _Json]]:
    if isinstance(value, str):
        if not _is_storable(value):
            check_text(value, _path(way))
        return []
    if isinstance(value, dict):
        for name in value:
            if not _is_storable(name):
                check_text(name, _path(way))
        return [((way, name), one) for name, one in value.items()]
    if isinstance(value, list):
        return [((way, index), one) for index, one in enumerate(value)]
    return []


def _path(way: _Way) -> str:
    # Written out only for the one that is wrong: a long name with many values below it would else be copied for each.
    steps: list[str] = []
    while way is not None:
        way, step = way
        steps.append(str(step))
    return ".".join(reversed(steps))


def _is_storable(text: str) -> bool:
    return "\x00" not in text and _is_encodable(text)


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise ValidationFailed.of(twice if _is_encodable(twice) else "", "is given twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValidationFailed.of("", f"{name} is not a JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValidationFailed.of("", "a number is too large")
    return number
