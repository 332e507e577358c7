"""The incoming side of the bus: one subscription, which notices by itself when it has gone deaf."""

import asyncio
import math
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

import structlog
from redis.asyncio.connection import Connection

from realtime.bus_counts import BusCounts
from realtime.redis_link import GIVE_UP_AFTER_S, REDIS_FAULTS, redis_connection

log = structlog.get_logger(__name__)

PROBE_EVERY_S: Final = 0.4
DEAF_AFTER_S: Final = 1.6
TRY_AGAIN_AFTER_S: Final = 0.25
CHANNELS_AT_ONCE: Final = 500

Hear = Callable[[bytes, bytes], None]


class Deaf(Exception):
    """What was published did not come back."""


class BusListener:
    """Hears the channels that are wanted. `probe` publishes to `probe_channel`: that shows that it still hears."""

    def __init__(
        self, url: str, probe_channel: str, probe: Callable[[], None], hear: Hear, counts: BusCounts
    ) -> None:
        self._url = url
        self._probe_channel = probe_channel
        self._probe = probe
        self._hear = hear
        self._counts = counts
        self._wanted: set[str] = set()
        self._changed = asyncio.Event()
        self._heard_at = 0.0
        self._is_lost = False

    def want(self, channel: str) -> None:
        """From now on, or as soon as Redis is there, this channel is heard."""
        self._wanted.add(channel)
        self._changed.set()

    def drop(self, channel: str) -> None:
        """This channel is no longer of interest."""
        self._wanted.discard(channel)
        self._changed.set()

    def heard_probe(self) -> None:
        """The subscription works."""
        self._heard_at = asyncio.get_running_loop().time()
        if self._is_lost:
            log.info("bus.hears_again")
        self._is_lost = False

    async def run(self) -> None:
        """Listens until cancelled; connects again whenever that is needed."""
        while True:
            try:
                await self._listen()
            except* (*REDIS_FAULTS, Deaf) as errors:
                self._lose(_names(errors))
            except* Exception as errors:  # whatever it was, the next subscription may do
                log.exception("bus.listener_failed", error=_names(errors))
            await asyncio.sleep(TRY_AGAIN_AFTER_S)

    def _lose(self, error: str) -> None:
        self._counts.lag_s = None
        self._counts.reconnects += 1
        if not self._is_lost:
            # Once for each outage, however long it lasts.
            log.warning("bus.lost", error=error)
        self._is_lost = True

    async def _listen(self) -> None:
        connection = redis_connection(self._url)
        try:
            async with asyncio.timeout(2 * GIVE_UP_AFTER_S):
                await connection.connect()  # type: ignore[no-untyped-call]  # redis has no types here
            self._heard_at = asyncio.get_running_loop().time()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read(connection))
                group.create_task(self._subscribe(connection))
                group.create_task(self._watch())
        finally:
            await connection.disconnect(nowait=True)

    async def _read(self, connection: Connection) -> None:
        while True:
            answer: Any = await connection.read_response(timeout=math.inf, disable_decoding=True)
            if isinstance(answer, list) and answer[0] == b"smessage":
                self._hear(answer[1], answer[2])

    async def _subscribe(self, connection: Connection) -> None:
        subscribed: set[str] = set()
        while True:
            self._changed.clear()
            wanted = {*self._wanted, self._probe_channel}
            await _send(connection, "SUNSUBSCRIBE", subscribed - wanted)
            await _send(connection, "SSUBSCRIBE", wanted - subscribed)
            subscribed = wanted
            await self._changed.wait()

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._probe()
            await asyncio.sleep(PROBE_EVERY_S)
            if loop.time() - self._heard_at > DEAF_AFTER_S:
                raise Deaf


async def _send(connection: Connection, command: str, channels: Collection[str]) -> None:
    for some in _chunks(sorted(channels)):
        try:
            await connection.send_command(command, *some)
        except AttributeError as error:
            # The reader has just found the link broken, and the library has taken the writer away.
            raise ConnectionError("the link to Redis is broken") from error


def _chunks(channels: list[str]) -> Iterable[list[str]]:
    for start in range(0, len(channels), CHANNELS_AT_ONCE):
        yield channels[start : start + CHANNELS_AT_ONCE]


def _names(errors: BaseExceptionGroup[Any]) -> str:
    found = {
        _names(error) if isinstance(error, BaseExceptionGroup) else type(error).__name__
        for error in errors.exceptions
    }
    return ", ".join(sorted(found))
