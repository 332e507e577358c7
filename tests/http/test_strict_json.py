"""Whatever JSON says, it says the same to us."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.http.strict_json import parse_object

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
numbers = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | text,
    lambda inner: st.lists(inner) | st.dictionaries(text, inner),
    max_leaves=30,
)


@given(value=st.dictionaries(text, values), is_ascii=st.booleans())
def test_what_is_json_is_read_as_it_is(*, value: dict[str, Any], is_ascii: bool) -> None:
    assert parse_object(json.dumps(value, ensure_ascii=is_ascii).encode()) == value


def test_nesting_up_to_the_limit() -> None:
    deep: dict[str, Any] = {}
    for _ in range(98):
        deep = {"in": deep}
    assert parse_object(json.dumps(deep).encode()) == deep


def test_an_empty_body_is_an_empty_object() -> None:
    assert parse_object(b" \n") == {}
