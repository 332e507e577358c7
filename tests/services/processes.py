"""Server processes of a test run: started with a bounded wait, stopped for certain."""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypedDict

START_TIMEOUT_S: Final = 30.0
STOP_TIMEOUT_S: Final = 10.0
POLL_S: Final = 0.02
SHOWN_LOG_CHARS: Final = 4_000


class ServiceFailed(RuntimeError):
    """A server ended or did not answer in time; the message carries the end of its log."""


class Identity(TypedDict, total=False):
    """Whom a process runs as, in the words of `subprocess`."""

    user: str
    group: int
    extra_groups: list[int]


def identity(user: str | None) -> Identity:
    """What makes `subprocess` run a program as `user` with that user's group alone; nothing for None."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


@dataclass
class Service:
    """A server process that can be stopped and started again, as an outage in a test."""

    name: str
    command: tuple[str, ...]
    is_ready: Callable[[], bool]
    log: Path
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process and return once it answers. Raises ServiceFailed."""
        with self.log.open("ab") as log:
            # A session of its own: Ctrl C in the terminal ends the tests, and they end the server.
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.log.parent,
                start_new_session=True,
                **identity(self.user),
            )
        try:
            self._wait_until_ready(self.process)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """End the process in good order, or by force if that takes too long."""
        if self.process is None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """End the process and its children at once, as a crash would."""
        if self.process is None:
            return
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_TIMEOUT_S)
        self.process = None

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self.is_ready():
            if process.poll() is not None:
                raise ServiceFailed(f"{self.name} ended with status {process.returncode}:\n{self._log_end()}")
            if time.monotonic() > deadline:
                raise ServiceFailed(
                    f"{self.name} did not answer in {START_TIMEOUT_S:.0f} s:\n{self._log_end()}"
                )
            time.sleep(POLL_S)

    def _log_end(self) -> str:
        return self.log.read_text(errors="replace")[-SHOWN_LOG_CHARS:]
