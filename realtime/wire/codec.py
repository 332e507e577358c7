"""JSON for python-socketio, which calls `dumps` and `loads` like those of the standard library."""

import json
from typing import Any

import orjson


def dumps(value: Any, **_options: Any) -> str:
    """Compact JSON."""
    return orjson.dumps(value).decode()


def loads(text: str | bytes) -> Any:
    """Parsed JSON. What orjson refuses but is JSON all the same (a lone surrogate) is left to be refused by field.

    Raises ValueError.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            return json.loads(text)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
