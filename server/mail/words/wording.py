"""What there is to say in a letter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter's parts: `action` is what its link does, where it has one; `small` what to know besides."""

    subject: str
    hello: str
    text: str
    action: str
    small: str
