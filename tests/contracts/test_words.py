"""The pages say in every language whatever the server refuses, and whatever its audit notes."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from models import errors
from models.log.catalogue import CATALOGUE
from models.permissions import Permission
from models.validation import _WORDS

ROOT: Final = Path(__file__).parents[2]
REFUSALS: Final = ROOT / "static/src/words/en/refusals.ts"
AUDIT: Final = ROOT / "static/src/words/en/audit.ts"
ACT: Final = re.compile(r"(account|user|role|invitation|tenant|key):[a-z_]+")

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


def acts() -> Iterator[str]:
    """Everything the audit calls by a name of its own: facts of a room, and what is done beside the rooms."""
    yield from (name for name, event in CATALOGUE.items() if event.audited)
    for path in [*ROOT.glob("models/**/*.py"), *ROOT.glob("server/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACT.fullmatch(node.value):
                yield node.value


def test_every_act_of_the_audit_is_in_the_words_of_the_client() -> None:
    known = set(re.findall(r'"([a-z_]+:[a-z_]+)":', AUDIT.read_text(encoding="utf-8")))
    assert set(acts()) - set(Permission) == known
