"""Several workers on one machine: one socket, bound once, from which each takes connections.

The supervisor serves nobody itself. It starts the workers, starts another in the place of one that dies, replaces them
one after the other on SIGHUP, and on SIGTERM has all of them come to an end.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import structlog

from models.settings import Settings
from server.refusals import Refusal
from server.serving import LAST_RESORT_S

log = structlog.get_logger(__name__)

MAX_WORKERS: Final = 64
READY_WITHIN_S: Final = 60.0
KILL_AFTER_S: Final = LAST_RESORT_S + 2.0
FIRST_BACKOFF_S: Final = 0.25
LONGEST_BACKOFF_S: Final = 10.0
STEADY_AFTER_S: Final = 30.0
"""A worker that lived so long has not died of how it was started: the next is started without delay."""

READY: Final = b"1"


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a worker is given by the supervisor, as file descriptors: the socket, a pipe to say that it serves, and one
    that ends when the supervisor does.
    """

    listener: int
    ready: int
    lifeline: int

    @classmethod
    def parse(cls, text: str) -> "Inherited":
        """From the command line. Raises ValueError."""
        return cls(*(int(part) for part in text.split(",")))

    def __str__(self) -> str:
        return f"{self.listener},{self.ready},{self.lifeline}"


@dataclass(eq=False, slots=True)
class _Worker:
    process: asyncio.subprocess.Process
    ready: int
    started_at: float
    is_replaced: bool = False


@dataclass(eq=False)
class Supervisor:
    """Keeps `count` workers on a socket."""

    listener: socket.socket
    count: int
    announce: Callable[[], None]
    _is_stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _restart: asyncio.Event = field(default_factory=asyncio.Event)
    _living: set[_Worker] = field(default_factory=set)

    async def run(self) -> None:
        """Supervises until SIGTERM or Ctrl C. Raises Refusal when a worker cannot even start."""
        self._take_signals()
        lifeline, own_end = os.pipe()
        try:
            await self._supervise(lifeline)
        finally:
            await self._end_all()
            os.close(lifeline)
            os.close(own_end)

    def _take_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, self._is_stopping.set)
        loop.add_signal_handler(signal.SIGHUP, self._restart.set)

    async def _supervise(self, lifeline: int) -> None:
        first = await asyncio.gather(*(self._start(lifeline) for _ in range(self.count)))
        if self._is_stopping.is_set():
            return
        if None in first:
            raise Refusal("A worker could not start; the lines above say why.")
        self.announce()
        keeping = [asyncio.create_task(self._keep(one, lifeline)) for one in first if one is not None]
        rolling = asyncio.create_task(self._roll(lifeline, keeping))
        await self._is_stopping.wait()
        for task in (rolling, *keeping):
            task.cancel()
        await asyncio.gather(rolling, *keeping, return_exceptions=True)

    async def _start(self, lifeline: int) -> _Worker | None:
        """A worker that serves; None if it ended, or did not come so far in time."""
        ready, said = os.pipe()
        given = Inherited(self.listener.fileno(), said, lifeline)
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "server", "serve", "--inherited", str(given)),
                pass_fds=(given.listener, given.ready, given.lifeline),
            )
        finally:
            os.close(said)
        worker = _Worker(process, ready, asyncio.get_running_loop().time())
        self._living.add(worker)
        if await _is_ready(worker):
            log.info("supervisor.worker_serves", pid=process.pid)
            return worker
        await self._end(worker)
        return None

    async def _keep(self, worker: _Worker | None, lifeline: int) -> None:
        """Starts another worker whenever one ends that was not told to."""
        backoff_s = FIRST_BACKOFF_S
        while True:
            if worker is not None:
                status = await worker.process.wait()
                self._living.discard(worker)
                if worker.is_replaced:
                    return
                log.warning("supervisor.worker_ended", pid=worker.process.pid, status=status)
                if asyncio.get_running_loop().time() - worker.started_at > STEADY_AFTER_S:
                    backoff_s = FIRST_BACKOFF_S
            await asyncio.sleep(backoff_s)
            backoff_s = min(2 * backoff_s, LONGEST_BACKOFF_S)
            worker = await self._start(lifeline)

    async def _roll(self, lifeline: int, keeping: list[asyncio.Task[None]]) -> None:
        """On SIGHUP, replaces the workers one after the other: the next serves before the last one goes."""
        while True:
            await self._restart.wait()
            self._restart.clear()
            for old in list(self._living):
                new = await self._start(lifeline)
                if new is None:
                    log.error("supervisor.not_replaced", pid=old.process.pid)
                    break
                keeping.append(asyncio.create_task(self._keep(new, lifeline)))
                old.is_replaced = True
                await self._end(old)
            log.info("supervisor.rolled", workers=len(self._living))

    async def _end(self, worker: _Worker) -> None:
        """Has a worker come to its end, by force if it takes too long."""
        try:
            if worker.process.returncode is None:
                worker.process.terminate()
            async with asyncio.timeout(KILL_AFTER_S):
                await worker.process.wait()
        except TimeoutError:
            log.warning("supervisor.killed", pid=worker.process.pid)
            worker.process.kill()
            await worker.process.wait()
        except ProcessLookupError:
            await worker.process.wait()
        self._living.discard(worker)

    async def _end_all(self) -> None:
        for worker in self._living:
            worker.is_replaced = True
        await asyncio.gather(*(self._end(worker) for worker in list(self._living)))


def supervise(listener: socket.socket, count: int, announce: Callable[[], None]) -> None:
    """Serves with several workers until SIGTERM or Ctrl C. Raises Refusal."""
    with listener:
        asyncio.run(_supervise(listener, count, announce))


async def _supervise(listener: socket.socket, count: int, announce: Callable[[], None]) -> None:
    await Supervisor(listener, count, announce).run()


def check_workers(settings: Settings, count: int) -> None:
    """Raises Refusal if several workers could not serve together."""
    if count > 1 and settings.redis_url is None:
        raise Refusal(
            "Several workers need Redis to hear of each other. Name it in CONVENE_REDIS_URL, or serve with one worker."
        )
    if count > 1 and os.name != "posix":
        raise Refusal("Several workers can share a socket on Linux and macOS only. Serve with one worker.")


@contextmanager
def inherited_socket(given: Inherited) -> Iterator[tuple[socket.socket, Callable[[], None]]]:
    """In a worker: the socket to serve on, and what to call once it serves."""
    # A terminal that hangs up tells everybody; here that is the supervisor's business.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    listener = socket.socket(fileno=given.listener)

    def say_ready() -> None:
        _follow(given.lifeline)
        os.write(given.ready, READY)
        os.close(given.ready)

    yield listener, say_ready


def _follow(lifeline: int) -> None:
    """Ends this worker when the supervisor has gone, however it went."""

    def end() -> None:
        loop.remove_reader(lifeline)
        os.kill(os.getpid(), signal.SIGTERM)

    loop = asyncio.get_running_loop()
    loop.add_reader(lifeline, end)


async def _is_ready(worker: _Worker) -> bool:
    loop = asyncio.get_running_loop()
    said: asyncio.Future[bytes] = loop.create_future()

    def read() -> None:
        loop.remove_reader(worker.ready)
        said.set_result(os.read(worker.ready, 1))

    loop.add_reader(worker.ready, read)
    try:
        async with asyncio.timeout(READY_WITHIN_S):
            return await said == READY
    except TimeoutError:
        return False
    finally:
        loop.remove_reader(worker.ready)
        os.close(worker.ready)
