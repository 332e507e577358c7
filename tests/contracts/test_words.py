"""Whatever the server refuses, the pages can say in every language: its codes and its reasons are in their words."""

import inspect
import re
from pathlib import Path
from typing import Final

import pytest

from models import errors
from models.validation import _WORDS

REFUSALS: Final = Path(__file__).parents[2] / "static/src/words/en/refusals.ts"

# For people who write programs: nobody meets these in the browser client.
FOR_PROGRAMS: Final = {
    "UNKNOWN_COMMAND",
    "METHOD_NOT_ALLOWED",
    "UNSUPPORTED_MEDIA_TYPE",
    "IDEMPOTENCY_KEY_REUSED",
}
FORMS_FOR_PROGRAMS: Final = {
    "is not a known field",
    "must be a text",
    "must be true or false",
    "must be a UUID",
    "must have a time zone, for example Z at its end",
    "must be a list",
    "must be an object",
}
CODES: Final = sorted(
    {
        error.code
        for _, error in inspect.getmembers(errors, inspect.isclass)
        if issubclass(error, errors.ConveneError)
    }
)
PLACEHOLDER: Final = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_is_in_the_words_of_the_client(code: str) -> None:
    is_known = re.search(rf"^  {code}:", REFUSALS.read_text(encoding="utf-8"), re.MULTILINE) is not None
    assert is_known != (code in FOR_PROGRAMS)


@pytest.mark.parametrize("reason", sorted(set(_WORDS.values())))
def test_every_reason_is_in_the_words_of_the_client(reason: str) -> None:
    is_known = f'"{PLACEHOLDER.sub("N", reason)}":' in REFUSALS.read_text(encoding="utf-8")
    assert is_known != (reason in FORMS_FOR_PROGRAMS)
