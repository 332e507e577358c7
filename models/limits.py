"""How often somebody may do something. Counted in this process, or in Redis where several share the count."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import structlog
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute, WindowStats
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import RateLimiter, SlidingWindowCounterRateLimiter

from models.errors import RateLimited

log = structlog.get_logger(__name__)

REDIS_TIMEOUT_S = 0.25
"""A slow Redis must not slow anyone down: past this, we count in this process."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of an hour's worth. `is_spent`: the attempt that was just counted was one too many."""

    limit: int
    remaining: int
    reset_s: int
    is_spent: bool

    def refusal(self) -> RateLimited:
        """Why, and when to try again."""
        return RateLimited(self.reset_s)


class Limits:
    """Counts attempts in sliding windows."""

    def __init__(self, redis_url: str | None) -> None:
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Semaphore] = WeakValueDictionary()
        self._shared = None if redis_url is None else SlidingWindowCounterRateLimiter(_redis(redis_url))

    async def hit(self, what: str, who: str, per_minute: int) -> None:
        """Counts one attempt. Raises RateLimited when there were `per_minute` within the last minute."""
        item = RateLimitItemPerMinute(per_minute)
        if not await self._hit(item, what, who):
            raise await self._refusal(item, what, who)

    async def hit_hourly(self, what: str, who: str, per_hour: int) -> None:
        """The same for `per_hour` within the last hour."""
        item = RateLimitItemPerHour(per_hour)
        if not await self._hit(item, what, who):
            raise await self._refusal(item, what, who)

    async def spend_hourly(self, what: str, who: str, per_hour: int) -> Allowance:
        """Counts one attempt, and says how many of `per_hour` are left; it is for the caller to refuse one too many."""
        item = RateLimitItemPerHour(per_hour)
        is_allowed = await self._hit(item, what, who)
        stats = await self._window(item, what, who)
        reset_s = max(1, math.ceil(stats.reset_time - time.time()))
        return Allowance(per_hour, stats.remaining if is_allowed else 0, reset_s, not is_allowed)

    async def check(self, what: str, who: str, per_minute: int) -> None:
        """Raises RateLimited when `per_minute` attempts were counted; counts none itself.

        For guessing: who is right the first time is never counted, however many share an address.
        """
        item = RateLimitItemPerMinute(per_minute)
        if not await self._test(item, what, who):
            raise await self._refusal(item, what, who)

    async def check_hourly(self, what: str, who: str, per_hour: int) -> None:
        """The same for `per_hour` within the last hour."""
        item = RateLimitItemPerHour(per_hour)
        if not await self._test(item, what, who):
            raise await self._refusal(item, what, who)

    @asynccontextmanager
    async def at_most(self, at_once: int, what: str, who: str) -> AsyncIterator[None]:
        """Lets `at_once` of somebody's attempts run at a time, the others wait.

        Around a `check` and the `hit` that may follow, so that no crowd of attempts passes the check before the first
        of them is counted.
        """
        turns = self._turns.get((what, who)) or asyncio.Semaphore(at_once)
        self._turns[what, who] = turns
        async with turns:
            yield

    async def _refusal(self, item: RateLimitItem, what: str, who: str) -> RateLimited:
        stats = await self._own.get_window_stats(item, what, who)
        return RateLimited(max(1.0, stats.reset_time - time.time()))

    async def _hit(self, item: RateLimitItem, what: str, who: str) -> bool:
        allowed = await self._own.hit(item, what, who)
        return allowed and await self._ask_shared(lambda shared: shared.hit(item, what, who))

    async def _test(self, item: RateLimitItem, what: str, who: str) -> bool:
        allowed = await self._own.test(item, what, who)
        return allowed and await self._ask_shared(lambda shared: shared.test(item, what, who))

    async def _window(self, item: RateLimitItem, what: str, who: str) -> WindowStats:
        own = await self._own.get_window_stats(item, what, who)
        if self._shared is None:
            return own
        try:
            return await self._shared.get_window_stats(item, what, who)
        except Exception as error:  # noqa: BLE001 - as below
            log.warning("limits.redis_failed", error=type(error).__name__)
            return own

    async def _ask_shared(self, ask: Callable[[RateLimiter], Awaitable[bool]]) -> bool:
        if self._shared is None:
            return True
        try:
            return await ask(self._shared)
        except Exception as error:  # noqa: BLE001 - whatever a Redis can do wrong, counting goes on here
            log.warning("limits.redis_failed", error=type(error).__name__)
            return True


def _redis(url: str) -> RedisStorage:
    options: dict[str, Any] = {"socket_timeout": REDIS_TIMEOUT_S, "socket_connect_timeout": REDIS_TIMEOUT_S}
    return RedisStorage(f"async+{url}", implementation="redispy", key_prefix="convene", **options)
