"""What the doctor finds."""

from dataclasses import dataclass
from typing import Literal

State = Literal["well", "mind", "ill"]


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is. `advice` says what to do; an ill part does not do what it is configured for."""

    part: str
    state: State
    says: str
    advice: str = ""


def well(part: str, says: str) -> Finding:
    return Finding(part, "well", says)


def mind(part: str, says: str, advice: str) -> Finding:
    return Finding(part, "mind", says, advice)


def ill(part: str, says: str, advice: str = "") -> Finding:
    return Finding(part, "ill", says, advice)
