"""Figures of several rounds put together, and kept for whoever writes them down."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests.bench.builds import KEPT

FILE: Final = KEPT / "figures.json"

Figures = dict[str, float]
Table = dict[str, Figures]
"""By subject."""


@dataclass
class Results:
    """What was found out, by section, and where."""

    machine: str = ""
    measured_on: str = ""
    sections: dict[str, Table] = field(default_factory=dict)

    def add(self, section: str, table: Table) -> None:
        """Puts the figures of a section in place of older ones: what is compared was measured in one run."""
        self.sections[section] = table
        self.machine, self.measured_on = this_machine(), datetime.now(UTC).date().isoformat()

    def keep(self, file: Path = FILE) -> None:
        """Writes everything to a file."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1))

    @classmethod
    def kept(cls, file: Path = FILE) -> "Results":
        """What was written the last time, if anything was."""
        if not file.exists():
            return cls()
        read: dict[str, Any] = json.loads(file.read_text())
        return cls(**read)


def middle(rounds: Sequence[Figures]) -> Figures:
    """The median of every figure; `faults` are added up."""
    names = {name: None for one in rounds for name in one}
    together = {name: median(one[name] for one in rounds if name in one) for name in names}
    if "faults" in together:
        together["faults"] = sum(one.get("faults", 0) for one in rounds)
    return together


def this_machine() -> str:
    """What the figures hold for."""
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    return f"{os.cpu_count()} cores, {system}, {platform.python_implementation()} {platform.python_version()}"
