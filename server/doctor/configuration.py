"""What is configured, and where it comes from. Secrets are never shown."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from pydantic import AliasChoices
from sqlalchemy.engine import make_url

from models.settings import Settings
from server.doctor.finding import Finding, mind, well
from server.logs import mask
from server.refusals import variable_name

PART: Final = "Configuration"
PREFIX: Final = "CONVENE_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its variable, its value as it may be shown, and which variable of the environment gave it."""

    variable: str
    shown: str
    origin: str


def describe_settings(settings: Settings) -> list[Setting]:
    """Every setting there is."""
    return [
        Setting(variable_name(name), _shown(name, getattr(settings, name)), _origin(name))
        for name in Settings.model_fields
    ]


def examine_configuration() -> Iterator[Finding]:
    """Finds variables that look like settings but are none."""
    known = [variable for name in Settings.model_fields for variable in _variables(name)]
    unknown = sorted(
        name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known
    )
    for name in unknown:
        close = get_close_matches(name.upper(), known, n=1)
        advice = f"Did you mean {close[0]}?" if close else "The README lists every variable."
        yield mind(PART, f"{name} is no setting and has no effect.", advice)
    if not unknown:
        yield well(PART, "Every variable is understood.")


def _variables(name: str) -> list[str]:
    alias = Settings.model_fields[name].validation_alias
    if isinstance(alias, AliasChoices):
        return [choice for choice in alias.choices if isinstance(choice, str) and choice.isupper()]
    return [variable_name(name)]


def _origin(name: str) -> str:
    present = {variable.upper() for variable in os.environ}
    return next((variable for variable in _variables(name) if variable in present), "default")


def _shown(name: str, value: object) -> str:
    if value is None or value == ():
        return "unset"
    if name == "secret_key":
        return "set"
    if name.endswith("_url"):
        return (
            mask(make_url(str(value)).render_as_string(hide_password=True))
            if "@" in str(value)
            else str(value)
        )
    return ", ".join(value) if isinstance(value, tuple) else str(value)
