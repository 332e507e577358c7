"""The outgoing side of the bus: a bounded queue and one task beside the commands, which never wait for it."""

import asyncio
from collections import deque
from contextlib import suppress
from typing import Final

import structlog
from redis.asyncio import Redis

from realtime.bus_counts import BusCounts
from realtime.redis_link import GIVE_UP_AFTER_S, REDIS_FAULTS

log = structlog.get_logger(__name__)

MAX_WAITING: Final = 10_000
MAX_WAITING_BYTES: Final = 8_388_608
AT_ONCE: Final = 256
PAUSE_S: Final = 0.25
"""After a failure. What comes meanwhile is dropped: the log has it, and the others look there."""


class BusSender:
    """Publishes what it is given, in order, or drops it. Nothing that goes wrong here reaches whoever gave it."""

    def __init__(self, redis: Redis, counts: BusCounts) -> None:
        self._redis = redis
        self._counts = counts
        self._waiting: deque[tuple[str, bytes]] = deque()
        self._waiting_bytes = 0
        self._something = asyncio.Event()
        self.is_failing = False
        self._is_away = False

    def put(self, channel: str, payload: bytes) -> None:
        """Takes a message to be published soon."""
        if self.is_failing or self._is_full(payload):
            self._counts.dropped += 1
            return
        self._waiting.append((channel, payload))
        self._waiting_bytes += len(payload)
        self._something.set()

    async def run(self) -> None:
        """Publishes until cancelled."""
        while True:
            await self._something.wait()
            batch = self._take()
            try:
                await self._publish(batch)
            except REDIS_FAULTS as error:
                await self._pause(len(batch), error)
            except Exception as error:  # whatever it was, the next batch may go
                log.exception("bus.sender_failed", error=type(error).__name__)
                await self._pause(len(batch), error)

    def _is_full(self, payload: bytes) -> bool:
        too_many = len(self._waiting) >= MAX_WAITING
        return too_many or self._waiting_bytes + len(payload) > MAX_WAITING_BYTES

    def _take(self) -> list[tuple[str, bytes]]:
        batch = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
        self._waiting_bytes -= sum(len(payload) for _, payload in batch)
        if not self._waiting:
            self._something.clear()
        return batch

    async def _publish(self, batch: list[tuple[str, bytes]]) -> None:
        pipeline = self._redis.pipeline(transaction=False)
        for channel, payload in batch:
            pipeline.execute_command("SPUBLISH", channel, payload)
        async with asyncio.timeout(GIVE_UP_AFTER_S):
            await pipeline.execute()
        self._counts.published += len(batch)
        self._is_away = False

    async def _pause(self, lost: int, error: Exception) -> None:
        if not self._is_away:
            # Once for each outage, however long it lasts; what is dropped meanwhile is counted.
            log.warning("bus.publish_failed", error=type(error).__name__)
        self._is_away = True
        self._counts.dropped += lost + len(self._waiting)
        self._waiting.clear()
        self._waiting_bytes = 0
        self._something.clear()
        self.is_failing = True
        try:
            with suppress(*REDIS_FAULTS):
                # What was half sent or half answered is on no connection that is used again.
                await self._redis.connection_pool.disconnect()
            await asyncio.sleep(PAUSE_S)
        finally:
            self.is_failing = False
