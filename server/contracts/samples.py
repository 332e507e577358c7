"""Examples, made from schemas: the same every time, and valid."""

from typing import Any

from server.contracts.schemas import Json, Schemas

_STRINGS = {
    "uuid": "0190a5e4-7c3b-7f00-8a1b-2c3d4e5f6071",
    "date-time": "2026-11-21T09:00:00.000Z",
    "email": "ana@example.com",
    "password": "correct horse battery",
}
_ALWAYS = frozenset({"session_id", "participant_id", "user_id", "code", "actor"})
"""Shown in examples even where they may be left out or null, since somebody has to be meant."""


def sample(schemas: Schemas, schema: Json, name: str = "") -> Any:
    """A value that fits a schema; of an object, what is required."""
    schema = schemas.resolve(schema)
    for key in ("const", "default"):
        if schema.get(key) is not None:
            return schema[key]
    for key in ("examples", "enum"):
        if key in schema:
            return schema[key][0]
    kinds = schema.get("anyOf")
    if kinds is None:
        return _by_type(schemas, schema, name)
    if {"type": "null"} in kinds and name not in _ALWAYS:
        return None
    return sample(schemas, kinds[0], name)


def _by_type(schemas: Schemas, schema: Json, name: str) -> Any:
    match schema.get("type"):
        case "object":
            return _object(schemas, schema)
        case "array":
            return [sample(schemas, schema["items"], name)]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case "null":
            return None
        case _:
            return _STRINGS.get(schema.get("format", ""), name.replace("_", " ").capitalize() or "Text")


def _object(schemas: Schemas, schema: Json) -> Json:
    properties: Json = schema.get("properties", {})
    required = set(schema.get("required", ()))
    if not required & _ALWAYS:
        required |= {next((key for key in properties if key in _ALWAYS), "")}
    return {key: sample(schemas, one, key) for key, one in properties.items() if key in required}
