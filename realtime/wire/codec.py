"""JSON for the wire, called like the standard library's: by orjson, and what only that refuses, by the library."""

import json
from typing import Any

import orjson


def dumps(value: Any, **_options: Any) -> str:
    """Compact JSON. Raises TypeError for what is no JSON, bytes among it."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        # Keys that are no text, integers over 64 bits, text with lone surrogates: the standard library takes them.
        return json.dumps(value, separators=(",", ":"))


def loads(text: str | bytes) -> Any:
    """Parsed JSON. Raises ValueError."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            return json.loads(text, parse_constant=_refuse)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def encode(value: Any) -> bytes:
    """Compact JSON, as bytes. Raises TypeError as `dumps` does."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
