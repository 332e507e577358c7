"""JSON as it should be: one meaning, no surprises for the database or the next reader."""

import json
from typing import Any, NoReturn

from models.errors import ValidationFailed

MAX_DEPTH = 100
_Json = dict[str, Any] | list[Any] | str | int | float | bool | None


def parse_object(raw: bytes) -> dict[str, Any]:
    """The JSON object in a body; an empty body is an empty object.

    Raises ValidationFailed for anything that is not JSON, for names that occur twice, NaN and infinities, half
    characters, NUL, and nesting over 100 levels.
    """
    if not raw.strip():
        return {}
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
    return value


def check_text(text: str, field: str) -> None:
    """Raises ValidationFailed for text that no database can store: half of a character, or NUL."""
    if "\x00" in text or not _is_encodable(text):
        raise ValidationFailed.of(field, "must not contain NUL or unpaired surrogates")


def _check(value: dict[str, Any]) -> None:
    # Without recursion, which deep nesting would exhaust.
    level: list[tuple[str, _Json]] = [("", value)]
    for _ in range(MAX_DEPTH):
        level = [inner for path, outer in level for inner in _inside(path, outer)]
        if not level:
            return
    raise ValidationFailed.of("", f"must not be nested deeper than {MAX_DEPTH} levels")


def _inside(path: str, value: _Json) -> list[tuple[str, _Json]]:
    if isinstance(value, str):
        check_text(value, path)
        return []
    if isinstance(value, dict):
        for name in value:
            check_text(name, path)
        return [(f"{path}.{name}".lstrip("."), one) for name, one in value.items()]
    if isinstance(value, list):
        return [(f"{path}.{index}", one) for index, one in enumerate(value)]
    return []


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValidationFailed.of(twice if _is_encodable(twice) else "", "is given twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValidationFailed.of("", f"{name} is not a JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValidationFailed.of("", "a number is too large")
    return number
