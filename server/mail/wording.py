"""What letters say, a language a file in `words/`. `{name}` is whom it goes to, `{site}` the address of the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from models.mail import Letter
from server.mail.words.de import GERMAN
from server.mail.words.en import ENGLISH
from server.mail.words.es import SPANISH
from server.mail.words.wording import Wording

LANGUAGES: Final[Mapping[str, Mapping[Letter, Wording]]] = {"en": ENGLISH, "de": GERMAN, "es": SPANISH}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A letter's words and the language they are in."""

    language: str
    wording: Wording


def spoken(letter: Letter, wanted: str | None) -> Spoken:
    """The letter in the language that somebody wants, or in English."""
    language = (wanted or "en").partition("-")[0].lower()
    language = language if language in LANGUAGES else "en"
    return Spoken(language, LANGUAGES[language][letter])
