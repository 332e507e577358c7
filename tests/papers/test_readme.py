"""README.md says what is so: the settings, the kinds, and examples that run as they stand."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from models.sessions.kinds import PRESET_SEATS, PRESETS, SessionKind
from models.settings import Settings
from tests.realtime.site import Site

README = (Path(__file__).parents[2] / "README.md").read_text()
TIMEOUT_S = 60


def rows(text: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"
    ]


def example(language: str, site: str) -> str:
    """The README's example in a language, for a site at another address."""
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found.group(1).replace("http://127.0.0.1:8000", site)


def test_every_setting_is_listed_with_its_default() -> None:
    table = README.split("<!-- settings -->", 1)[1].split("<!-- /settings -->", 1)[0]
    listed = {row[0]: row[1] for row in rows(table)[2:]}
    assert listed == {
        f"`CONVENE_{name.upper()}`": "unset" if field.default in (None, ()) else f"`{field.default}`"
        for name, field in Settings.model_fields.items()
    }


@pytest.mark.parametrize("kind", SessionKind)
def test_every_kind_is_described_by_its_preset(kind: SessionKind) -> None:
    settings = PRESETS[kind]
    opens = settings.opens_minutes_before
    described = next(row for row in rows(README) if row[0] == f"`{kind}`")
    assert described[1:] == [
        "yes" if settings.requires_approval else "no",
        "yes" if settings.allow_guests else "no",
        "muted" if settings.mute_on_entry else "not muted",
        "any time" if opens is None else f"{opens} minutes before",
        "with consent" if settings.allow_recording else "never",
        f"{PRESET_SEATS[kind]:,}",
    ]


def test_the_rest_example_runs(sqlite_site: Site) -> None:
    script = example("sh", sqlite_site.url)
    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", script], capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    assert done.returncode == 0, done.stderr
    assert '"participant:approved"' in done.stdout


def test_the_socket_example_runs(sqlite_site: Site) -> None:
    script = example("python", sqlite_site.url)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0] == "in the room at seq 2 as host"
    assert [line.split()[1] for line in said[1:]] == ["session:started", "chat:sent", "session:ended"]
