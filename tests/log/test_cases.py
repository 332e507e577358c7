"""The recorded cases are what the code does today, and Python's fold agrees with them."""

from datetime import datetime
from typing import Any

import orjson
import pytest

from models.log.catalogue import apply
from models.log.event import HIDDEN
from models.log.state import RoomState
from tests.log.cases import FOLDER, record_cases

CASES = sorted(FOLDER.glob("*.json"))


def _load(name: str) -> dict[str, Any]:
    case: dict[str, Any] = orjson.loads((FOLDER / name).read_text())
    return case


async def test_the_cases_are_up_to_date() -> None:
    recorded = await record_cases()
    assert sorted(recorded) == [path.name for path in CASES]
    for path in CASES:
        assert recorded[path.name] == path.read_text(), f"{path.name}: run python -m tests.log.record_cases"


@pytest.mark.parametrize("name", [path.name for path in CASES])
def test_the_fold_reproduces_a_case(name: str) -> None:
    case = _load(name)
    first, *later = case["states"]
    seq, state = first["seq"], RoomState.model_validate(first["state"])
    for expected in later:
        for event in case["events"]:
            if seq < event["seq"] <= expected["seq"]:
                at = datetime.fromisoformat(event["at"])
                state = apply(state, event["type"], at, event["data"])
        seq = expected["seq"]
        assert state.model_dump(mode="json") == expected["state"], f"at seq {seq}"


@pytest.mark.parametrize("name", [path.name for path in CASES])
def test_the_cases_have_no_gap_and_hide_what_is_for_hosts(name: str) -> None:
    case = _load(name)
    first, last = case["states"][0]["seq"], case["states"][-1]["seq"]
    assert [event["seq"] for event in case["events"]] == list(range(first + 1, last + 1))
    types = {event["type"] for event in case["events"]}
    if case["audience"] == "everyone":
        assert "waiting_room:updated" not in types
    else:
        assert HIDDEN not in types
