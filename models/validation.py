"""What pydantic finds wrong, in our words: every field by its path, every reason for a person."""

import re

from pydantic import ValidationError

from models.errors import ValidationFailed

SHOWN_ERRORS = 20
SHOWN_FIELD_CHARS = 100
"""An answer must not grow with the question: the names of fields, too, are a stranger's."""

_WORDS = {
    "missing": "is required",
    "extra_forbidden": "is not a known field",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "too_long": "must have at most {max_length} entries",
    "too_short": "must have at least {min_length} entries",
    "string_pattern_mismatch": "does not have the required form",
    "string_type": "must be a text",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_type": "must be a whole number",
    "uuid_parsing": "must be a UUID",
    "uuid_type": "must be a UUID",
    "timezone_aware": "must have a time zone, for example Z at its end",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}
_LENGTHS = {"too_short", "too_long"}
_TYPE_SHOULD = re.compile(r"^(Input|String|List|Value|UUID|Date|Datetime) should ")


def validation_failed(error: ValidationError) -> ValidationFailed:
    """The refusal that names every wrong field by its dotted path. What was sent is not repeated, it may be secret."""
    found = error.errors(include_url=False, include_input=False)[:SHOWN_ERRORS]
    return ValidationFailed(
        [
            {
                "field": ".".join(str(step) for step in one["loc"])[:SHOWN_FIELD_CHARS],
                "reason": _reason(one["type"], one["msg"], one.get("ctx", {})),
            }
            for one in found
        ]
    )


def _reason(kind: str, message: str, context: dict[str, object]) -> str:
    # A secret has a length, but is not told to be a text.
    if kind in _LENGTHS and context.get("field_type") == "Value":
        kind = f"string_{kind}"
    if kind in _WORDS:
        return _WORDS[kind].format_map(context)
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return _TYPE_SHOULD.sub("must ", message)
