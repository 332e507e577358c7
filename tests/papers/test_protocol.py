"""PROTOCOL.md knows every command, event and signal, and no other."""

from tests.papers.tables import PROTOCOL, renewed


def test_the_tables_are_what_the_code_says() -> None:
    text = PROTOCOL.read_text()
    assert renewed(text) == text, "write them anew: python -m tests.papers.tables"
