"""What processes use of the machine, to the nanosecond, and on which core they run."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import psutil

CORES: Final = tuple(sorted(os.sched_getaffinity(0)))
SERVER_CORE: Final = CORES[0]
CLIENT_CORE: Final = CORES[-1]
SCHEDULED: Final = 2
"""The kernel's number for the clock that runs while a process runs, in user space or for it in the system."""


class Gauge:
    """Reads what some server processes have used so far, together."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._clocks = [(~pid << 3) | SCHEDULED for pid in pids]
        self._processes = [psutil.Process(pid) for pid in pids]

    def cpu_s(self) -> float:
        """Seconds of processor time, user and system, of all threads, also of those that have ended."""
        return sum(time.clock_gettime(clock) for clock in self._clocks)

    def rss_kib(self) -> float:
        """Resident memory in KiB."""
        return sum(float(process.memory_info().rss) for process in self._processes) / 1024


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Lets this thread, and the processes it starts meanwhile with all their threads, run on one core only."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
