"""The installed program `convene`, run as people run it: as a process, configured by its environment."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROGRAM: Final = str(Path(sys.executable).with_name("convene"))
TIMEOUT_S: Final = 60.0


@dataclass(frozen=True)
class Ended:
    """How a run of the program ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Site:
    """A folder of its own and the variables that configure it."""

    folder: Path
    variables: Mapping[str, str]

    def configured(self, **variables: str) -> "Site":
        """The same site with further variables."""
        return Site(self.folder, {**self.variables, **variables})

    def run(self, *arguments: str) -> Ended:
        """Runs a command to its end."""
        done = subprocess.run(
            [PROGRAM, *arguments],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def serving(self, *arguments: str) -> Iterator["Serving"]:
        """Serves on a free port for the block."""
        with (self.folder / "serve.err").open("wb") as errors:
            process = subprocess.Popen(
                [PROGRAM, "serve", "--port", "0", *arguments],
                env=self.environment(),
                cwd=self.folder,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )
        try:
            errors_file = self.folder / "serve.err"
            yield Serving(process, _announced(process, errors_file), errors_file)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout is not None:
                process.stdout.close()

    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("CONVENE_") and name not in ("HOST", "PORT", "FORCE_COLOR")
        }
        return {**kept, "COLUMNS": "500", **self.variables}


@dataclass(frozen=True)
class Serving:
    """A server that has said where it is."""

    process: "subprocess.Popen[str]"
    line: str
    errors: Path

    @property
    def address(self) -> str:
        return next(word for word in self.line.split() if word.startswith("http"))

    def end(self, with_signal: signal.Signals) -> tuple[int, float]:
        """Sends a signal; the exit code, and how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(with_signal)
        return self.process.wait(TIMEOUT_S), time.monotonic() - began


def _announced(process: "subprocess.Popen[str]", errors: Path) -> str:
    assert process.stdout is not None
    # The line is flushed when the server listens; a server that fails closes its output, which reads as empty.
    line = process.stdout.readline()
    assert line, errors.read_text()
    return line
