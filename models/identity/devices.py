"""What a browser says of itself, in the few words that let somebody recognise their own device."""

import re
from dataclasses import dataclass
from typing import Final, Literal

Form = Literal["computer", "phone", "tablet", "other"]

# In this order: most browsers also claim to be several others.
_BROWSERS: Final = (
    ("Edge", r"\bEdgA?(iOS)?/"),
    ("Opera", r"\bOPR/|\bOpera\b"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Vivaldi", r"\bVivaldi/"),
    ("Firefox", r"\bFirefox/|\bFxiOS/"),
    ("Chrome", r"\bCriOS/|\bChrome/|\bHeadlessChrome/"),
    ("Chromium", r"\bChromium/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS: Final = (
    ("iPadOS", r"\biPad\b"),
    ("iOS", r"\biPhone\b|\biPod\b"),
    ("Android", r"\bAndroid\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMac OS X\b|\bMacintosh\b"),
    ("Linux", r"\bLinux\b|\bX11\b"),
)


@dataclass(frozen=True, slots=True)
class Described:
    """A browser, its system and the form of the device, as far as they can be told."""

    browser: str | None
    system: str | None
    form: Form


def describe_device(user_agent: str) -> Described:
    """What the words of a browser tell."""
    system = _first(_SYSTEMS, user_agent)
    return Described(_first(_BROWSERS, user_agent), system, _form(system, user_agent))


def _first(kinds: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for name, pattern in kinds if re.search(pattern, text)), None)


def _form(system: str | None, user_agent: str) -> Form:
    if system is None:
        return "other"
    if system == "iPadOS" or (system == "Android" and "Mobile" not in user_agent):
        return "tablet"
    return "phone" if system in ("iOS", "Android") else "computer"
