"""Who lives on the demo site."""

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "convene-demo"  # noqa: S105  (it is in the README)
"""Everybody's password."""

ADMIN: Final = "ada"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. `key` is what the plays call them, and their username."""

    key: str
    display_name: str
    language: str = "en"

    @property
    def email(self) -> str:
        return f"{self.key}@example.com"


PEOPLE: Final = (
    Person("ada", "Ada Okafor"),
    Person("grace", "Grace Lindqvist"),
    Person("mei", "Mei Tanaka"),
    Person("tomas", "Tomás Herrera", "es"),
    Person("priya", "Priya Raman"),
    Person("jonas", "Jonas Weber", "de"),
    Person("amara", "Amara Diallo", "fr"),
    Person("lucia", "Lucía Bianchi", "es"),
    Person("kenji", "Kenji Mori"),
    Person("fatima", "Fatima El-Sayed"),
    Person("olaf", "Olaf Nygård", "de"),
    Person("noor", "Noor Haddad", "fr"),
)

EMAILS: Final = frozenset(person.email for person in PEOPLE)
