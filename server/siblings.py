"""The numbers of all workers of one supervisor, whichever of them is asked for `/metrics`.

They share one listening socket, so a scrape reaches any of them. Each tells its own numbers to whoever connects to its
socket in a folder that only we can open; the one that was asked gathers them. Redis has no part in it: when it is away,
that is what the numbers have to show.
"""

import asyncio
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

log = structlog.get_logger(__name__)

ANSWER_WITHIN_S: Final = 2.0
"""A worker that hangs is left out, and `convene_workers` shows that."""

MAX_NUMBERS_BYTES: Final = 16_777_216


def siblings_folder() -> Path:
    """Where the workers of our supervisor meet. The path is short: that of a socket may have about a hundred bytes."""
    return Path(tempfile.gettempdir()) / f"convene-{os.getuid()}-{os.getppid()}"


class Siblings:
    """One worker among those that meet in a folder; alone, without one. `own` are its own numbers."""

    def __init__(self, folder: Path | None, own: Callable[[], bytes]) -> None:
        self._folder = folder
        self._own = own
        self._name = str(os.getpid())
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Begins to answer the others."""
        if self._folder is None:
            return
        if not _is_ours(self._folder):
            log.warning("metrics.folder_refused", why="somebody else can open it")
            return
        path = self._folder / self._name
        path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._tell, path)

    async def close(self) -> None:
        """Answers nobody any more."""
        if self._server is None or self._folder is None:
            return
        self._server.close()
        (self._folder / self._name).unlink(missing_ok=True)
        with suppress(OSError):
            # The last one to go.
            self._folder.rmdir()

    async def numbers(self) -> bytes:
        """Everybody's numbers in Prometheus' text format: with a label `worker`, if there may be several."""
        if self._server is None or self._folder is None:
            return self._own()
        others = [path for path in self._folder.iterdir() if path.name != self._name]
        told = await asyncio.gather(*(_ask(path) for path in others))
        found = {path.name: text for path, text in zip(others, told, strict=True) if text is not None}
        # A few milliseconds for each worker, in which this one goes on serving.
        return await asyncio.to_thread(together, {self._name: self._own().decode(), **found})

    async def _tell(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                writer.write(self._own())
                await writer.drain()
        except (OSError, TimeoutError):
            log.info("metrics.not_taken")
        finally:
            writer.close()


class _Together(Collector):
    def __init__(self, by_worker: Mapping[str, str]) -> None:
        self._by_worker = by_worker

    def collect(self) -> Iterator[Metric]:
        families: dict[str, Metric] = {}
        for worker, text in self._by_worker.items():
            for told in text_string_to_metric_families(text):
                family = families.setdefault(told.name, Metric(told.name, told.documentation, told.type))
                for one in told.samples:
                    family.add_sample(one.name, {**one.labels, "worker": worker}, one.value)
        yield from families.values()
        yield GaugeMetricFamily("convene_workers", "Workers whose numbers these are.", len(self._by_worker))


def together(by_worker: Mapping[str, str]) -> bytes:
    """The numbers of several workers as one text."""
    registry = CollectorRegistry()
    registry.register(_Together(by_worker))
    return generate_latest(registry)


async def _ask(path: Path) -> str | None:
    """A worker's numbers; None if it is gone or does not answer."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            reader, writer = await asyncio.open_unix_connection(path)
            try:
                text = await _read(reader)
            finally:
                writer.close()
    except (ConnectionRefusedError, FileNotFoundError):
        _forget_if_dead(path)
        return None
    except (OSError, TimeoutError):
        log.warning("metrics.worker_silent", worker=path.name)
        return None
    return text


def _forget_if_dead(path: Path) -> None:
    try:
        os.kill(int(path.name), 0)
    except (ProcessLookupError, ValueError):
        # Killed, or nothing of ours. One that lives is just about to listen.
        path.unlink(missing_ok=True)


async def _read(reader: asyncio.StreamReader) -> str:
    told = bytearray()
    while chunk := await reader.read(65_536):
        told += chunk
        if len(told) > MAX_NUMBERS_BYTES:
            raise OSError("more than a worker has to tell")
    return told.decode()


def _is_ours(folder: Path) -> bool:
    # Its name can be guessed: whoever made it before us must not hear or say anything in it.
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
