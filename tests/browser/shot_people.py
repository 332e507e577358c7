"""Who is in the pictures, what they say and what they plan."""

from typing import Any, Final

FIRST: Final = (
    *("Ada", "Ben", "Chloe", "Dora", "Emeka", "Fatima", "Gus", "Hiroshi", "Ines", "Jonas", "Kavya", "Liam"),
    *("Mei", "Noor", "Oskar", "Priya", "Quentin", "Rosa", "Sven", "Tomás"),
)
LAST: Final = (
    *("Lovelace", "Nguyen", "Hernández-Whitfield", "Okoye", "Silva"),
    *("Kim", "Papadopoulos", "Haddad", "Larsen", "Takahashi"),
)
NAMES: Final = tuple(
    f"{FIRST[n % len(FIRST)]} {LAST[(n + n // len(FIRST)) % len(LAST)]}"
    for n in range(len(FIRST) * len(LAST))
)
"""All of them different."""

LINES: Final = (
    "Good morning everyone!",
    "Can you all see the second sketch?",
    "Yes. I like the calmer header, but the numbers get lost on a telephone.",
    "Agreed. Two sizes less, and put the unit next to it: https://example.org/sketches/header-and-numbers-v2",
    "👍",
    "I will try that this afternoon and send it round.",
)

SESSIONS: Final[tuple[dict[str, Any], ...]] = (
    {"title": "Office hours", "kind": "consultation", "status": "scheduled"},
    {"title": "An introduction to probability", "kind": "lecture", "status": "draft"},
    {"title": "Pairing on the parser", "kind": "coding", "status": "scheduled", "tags": ["parser", "rust"]},
    {
        "title": "Weekly meeting of everybody who takes care of the garden, the roof and the bicycles",
        "kind": "meeting",
        "status": "scheduled",
    },
)
