"""A client's half of the protocol, without a network: the oracle is worth what it is worth."""

from typing import Any

import pytest

from tests.chaos.journal import Journal, Stretch

STATE: Any = None
"""Nothing here folds."""


def event(seq: int) -> dict[str, Any]:
    return {"type": "session:locked", "seq": seq, "at": "2026-11-21T09:00:00.000Z", "data": {}}


@pytest.fixture
def journal() -> Journal:
    """One that stands at 10."""
    return Journal([Stretch("e", 10, STATE)])


def seqs(journal: Journal) -> list[int]:
    return [one["seq"] for one in journal.now.events]


def test_what_is_old_is_dropped_and_what_is_next_applied(journal: Journal) -> None:
    for seq in (9, 10, 11, 11, 12):
        journal.hear(event(seq))
    assert seqs(journal) == [11, 12]
    assert journal.place == {"epoch": "e", "seq": 12}


def test_what_is_later_is_held_until_the_gap_is_closed(journal: Journal) -> None:
    journal.hear(event(13))
    assert journal.is_behind
    assert seqs(journal) == []
    journal.caught_up({"events": [event(11), event(12)]})
    assert seqs(journal) == [11, 12, 13]
    assert not journal.is_behind


def test_a_heartbeat_finds_a_quiet_loss(journal: Journal) -> None:
    journal.heartbeat({"epoch": "e", "seq": 10})
    assert not journal.is_behind
    journal.heartbeat({"epoch": "e", "seq": 11})
    assert journal.is_behind


def test_nothing_of_another_epoch_is_applied(journal: Journal) -> None:
    journal.heartbeat({"epoch": "new", "seq": 4})
    journal.hear(event(11))
    assert journal.is_elsewhere
    assert seqs(journal) == []
