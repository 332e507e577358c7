"""Where pictures of people are found."""

from typing import Final

PATH: Final = "/avatars"
SIZES: Final = (64, 128, 256)
"""Widths, and heights, of the squares that are kept of a picture."""

SHOWN: Final = 128


def avatar_url(avatar: str | None) -> str | None:
    """The address of a picture in the usual size; the number in it may be any of `SIZES`."""
    return None if avatar is None else f"{PATH}/{avatar}/{SHOWN}.webp"


LOGOS: Final = "/logos"


def logo_url(logo: str | None) -> str | None:
    """The address of a tenant's logo."""
    return None if logo is None else f"{LOGOS}/{logo}.webp"
