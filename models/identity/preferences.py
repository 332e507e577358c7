"""How somebody wants to see and hear the site (seed 001's UserPreferences): a part each, all with a default."""

from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from models.text import Language, Payload


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("must be the name of a time zone, for example Europe/Berlin")
    return name


TimeZone = Annotated[
    str,
    Field(max_length=64, description="An IANA name.", examples=["Europe/Berlin"]),
    AfterValidator(_known_zone),
]


class NotificationSettings(Payload):
    """What somebody is told of while they are in a room."""

    joins: bool = Field(True, description="People come and go.")
    waiting: bool = Field(True, description="Somebody waits to be let in.")
    hands: bool = Field(True, description="Somebody raises a hand.")
    messages: Literal["all", "mentions", "none"] = Field("all", description="Which messages of the chat.")
    sounds: bool = Field(True, description="A short sound with what one is told of.")
    browser: bool = Field(False, description="Also by the browser, while another window is in front.")


class CaptionSettings(Payload):
    """How captions look."""

    size: Literal["small", "normal", "large", "larger"] = "normal"
    background: Literal["solid", "shaded", "none"] = "shaded"


class AccessibilitySettings(Payload):
    """What makes the site easier to see, hear and follow."""

    enable_live_captions: bool = Field(False, description="Show captions where a session has them.")
    enable_translations: bool = Field(False, description="Show captions in one's own language.")
    enable_screen_reader: bool = Field(True, description="Say to screen readers what happens in a room.")
    enable_high_contrast: bool | None = Field(None, description="Null: as the system has it.")
    reduce_motion: bool | None = Field(None, description="Null: as the system has it.")
    font_size: Literal["small", "normal", "large", "larger"] = "normal"
    captions: CaptionSettings = CaptionSettings()


class PrivacySettings(Payload):
    """What others learn."""

    show_avatar: bool = Field(True, description="Others see one's picture.")


class Preferences(Payload):
    """Everything somebody has chosen. Sent in, only what is given changes, part by part."""

    language: Language | None = Field(
        None, description="Of the pages and of mail. Null: as the browser asks."
    )
    timezone: TimeZone | None = Field(None, description="Null: where the browser is.")
    theme: Literal["system", "light", "dark"] = "system"
    notifications: NotificationSettings = NotificationSettings()
    accessibility: AccessibilitySettings = AccessibilitySettings()
    privacy: PrivacySettings = PrivacySettings()


def merged(stored: dict[str, object], changes: Preferences) -> Preferences:
    """What is stored with the fields that are given in place of its own. What is unknown by now is left behind."""
    return Preferences.model_validate(_merge(known(stored), changes.model_dump(exclude_unset=True)))


def known(stored: dict[str, object]) -> dict[str, Any]:
    """The stored preferences without fields that this version does not have."""
    return _known(Preferences, stored)


def shown_avatar(avatar: str | None, stored: dict[str, object]) -> str | None:
    """The picture that others see of somebody who has these preferences."""
    if avatar is None:
        return None
    return avatar if Preferences.model_validate(known(stored)).privacy.show_avatar else None


def _known(form: type[Payload], stored: dict[str, Any]) -> dict[str, Any]:
    kept = {}
    for name, field in form.model_fields.items():
        if name in stored:
            kind, value = field.annotation, stored[name]
            is_part = isinstance(kind, type) and issubclass(kind, Payload) and isinstance(value, dict)
            kept[name] = _known(kind, value) if is_part else value  # type: ignore[arg-type]
    return kept


def _merge(before: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return before | {
        name: _merge(before.get(name) or {}, value) if isinstance(value, dict) else value
        for name, value in changes.items()
    }
