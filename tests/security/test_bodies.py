"""Bodies and queries that are cheap to send must be cheap to refuse."""

import json
import time
import tracemalloc

import pytest
from starlette.requests import Request

from models.errors import ValidationFailed
from server.http import incoming, strict_json
from server.http.endpoint import NoQuery

LARGEST = 262_144
WITHIN_S = 10.0
"""Of computing, whatever else the machine does; the quadratic checks of old took minutes at these sizes."""


def check(body: bytes) -> None:
    """Reads a body strictly, whatever becomes of it."""
    strict_json.check_object(body)


def test_a_long_name_is_not_copied_for_every_value_below_it() -> None:
    body = json.dumps({"k" * (LARGEST // 2): [0] * 65_000}, separators=(",", ":")).encode()
    tracemalloc.start()
    check(body)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 64 * 2**20


def test_a_name_given_twice_is_found_at_once() -> None:
    names = ",".join(f'"{number:x}":0' for number in range(25_000))
    started_s = time.process_time()
    with pytest.raises(ValidationFailed, match="twice: is given twice"):
        check(f'{{{names},"twice":0,"twice":0}}'.encode())
    assert time.process_time() - started_s < WITHIN_S


def test_the_way_to_what_is_wrong_is_still_named() -> None:
    with pytest.raises(ValidationFailed) as refused:
        check(b'{"a":[1,{"b":"\\u0000"}]}')
    assert refused.value.details["field"] == "a.1.b"


def test_many_query_parameters_are_refused_at_once() -> None:
    query = "&".join(f"{number:x}=1" for number in range(60_000)).encode()
    request = Request({"type": "http", "query_string": query, "headers": []})
    started_s = time.process_time()
    with pytest.raises(ValidationFailed, match="is not a known field"):
        incoming.read_query(request, NoQuery)
    assert time.process_time() - started_s < WITHIN_S
