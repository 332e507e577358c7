"""How an account is found by what somebody types: without regard to case and accents, the name first."""

import unicodedata

MAX_SEARCH_CHARS = 400


def folded(text: str) -> str:
    """The same for everything that is read alike: "Zoë", "zoe" and "ZOE"."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(one for one in parts if not unicodedata.combining(one)).casefold()


def search_text(display_name: str, email: str, username: str) -> str:
    """What is searched, and in whose order accounts are listed."""
    return "\n".join(folded(one) for one in (display_name, email, username))[:MAX_SEARCH_CHARS]
