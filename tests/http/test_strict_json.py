"""What is good JSON is let through; test_bodies.py has what is not."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import ValidationFailed
from server.http.strict_json import check_object

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
numbers = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | text,
    lambda inner: st.lists(inner) | st.dictionaries(text, inner),
    max_leaves=30,
)


@given(value=st.dictionaries(text, values), is_ascii=st.booleans())
def test_what_is_json_is_let_through(*, value: dict[str, Any], is_ascii: bool) -> None:
    check_object(json.dumps(value, ensure_ascii=is_ascii).encode())


def test_nesting_up_to_the_limit() -> None:
    check_object(b'{"in":' * 99 + b"1" + b"}" * 99)
    with pytest.raises(ValidationFailed, match="100 levels"):
        check_object(b'{"in":' * 101 + b"1" + b"}" * 101)


def test_an_empty_body_is_an_empty_object() -> None:
    check_object(b" \n")
