"""The roll call: which participants have sockets on which worker, kept in Redis by every worker for the others.

A worker beats every second. One that has not for five seconds is struck off by another, which counts its people down.
To say that somebody is nowhere, one has to know that every living worker has called its roll: in a Redis whose data are
new (started, flushed) nobody is judged until all had the time to; while Redis is away, only who is alone judges.
"""

import asyncio
import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, Protocol
from uuid import UUID

import structlog
from redis.asyncio import Redis

from models.context import Context
from models.errors import ConveneError
from models.workers.beats import Others, beat, others_beating, stop_beating
from realtime.bus import site_prefix
from realtime.redis_link import REDIS_FAULTS, redis_client
from realtime.roll_scripts import BEAT, ELSEWHERE, TAKE

log = structlog.get_logger(__name__)

BEAT_EVERY_S: Final = 1.0
DEAD_AFTER_S: Final = 5.0
SETTLED_AFTER_S: Final = 3.0
"""How old the data in Redis must be before anybody is judged by them: every living worker has called its roll then."""
FROZEN_AFTER_S: Final = 6.0
"""A worker that has not come to its beat for so long was taken for dead, or would have been."""
KNOWN_FOR_S: Final = 2.5
CUT_OFF_AFTER_S: Final = 2.0
ALONE_AFTER_S: Final = 6.0
"""How long others have to answer in the database before one that is cut off takes itself to be alone."""
KEPT_S: Final = 3_600
AT_ONCE: Final = 1_000
ASKING_AT_ONCE: Final = 8


class Elsewhere(IntEnum):
    """Whether somebody is on another worker: not at all, counted down there, or there with a socket."""

    NOWHERE = 0
    DUE = 1
    HELD = 2


class Own(Protocol):
    """What this worker knows by itself. Ids are those of participants."""

    @property
    def held(self) -> Collection[UUID]:
        """Those who have a socket here."""
        ...

    @property
    def due(self) -> Collection[UUID]:
        """Those who are counted down here."""
        ...


@dataclass(frozen=True, slots=True)
class _Nobody:
    """Before a worker has begun."""

    held: Collection[UUID] = ()
    due: Collection[UUID] = ()


@dataclass(frozen=True, slots=True)
class Duties:
    """Whom the roll call tells what it finds out."""

    own: Own
    take: Callable[[Sequence[UUID]], None]
    """A worker has died; these people are ours to count down. Must not wait for anything."""
    fenced: Callable[[], None]
    """Others have taken this worker for dead: whoever is here has to come in anew."""


class Roll:
    """This worker's part in the roll call."""

    def __init__(self, url: str, context: Context) -> None:
        self._context = context
        self._redis: Redis = redis_client(url, connections=2 * ASKING_AT_ONCE)
        self._asking = asyncio.Semaphore(ASKING_AT_ONCE)
        self._prefix = f"{site_prefix(context.settings.signing_key)}:"
        self.worker_id = secrets.token_hex(8)
        self._beat = self._redis.register_script(BEAT)
        self._take = self._redis.register_script(TAKE)
        self._elsewhere = self._redis.register_script(ELSEWHERE)
        self._own: Own = _Nobody()
        self._changed: set[UUID] = set()
        self._news = asyncio.Event()
        self._life: bytes | None = None
        self._is_called = False
        self._life_age_s = 0.0
        self._beaten_at: float | None = None
        self._in_touch_since: float | None = None
        self._round_at: float | None = None
        self._beating_in_database_since: float | None = None
        self._others = Others(0, frozenset())
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, duties: Duties) -> None:
        """Begins to beat."""
        self._own = duties.own
        self._tasks = [
            asyncio.create_task(self._beat_on(duties), name="roll call"),
            asyncio.create_task(self._write_on(), name="roll call changes"),
            asyncio.create_task(self._watch_database(), name="roll call in the database"),
        ]

    async def stop(self) -> None:
        """Hands one's people over: another worker counts them down at once."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            await self._write_all()
            await self._redis.zadd(self._key("workers"), {self.worker_id: 0}, xx=True)
        except REDIS_FAULTS as error:
            log.warning("roll.not_handed_over", error=type(error).__name__)
        finally:
            await self._redis.aclose()

    def note(self, participant_id: UUID) -> None:
        """Something about somebody has changed here: they came, went, or are counted down."""
        self._changed.add(participant_id)
        self._news.set()

    @property
    def is_awake(self) -> bool:
        """Whether this worker is on time. One that was frozen must not act before it knows what it missed."""
        return self._round_at is not None and self._now() - self._round_at < KNOWN_FOR_S

    async def elsewhere(self, people: Sequence[UUID]) -> list[Elsewhere] | None:
        """Where each of up to a thousand people is besides here; None if that cannot be known now."""
        if not self._is_in_touch():
            return [Elsewhere.NOWHERE] * len(people) if self._is_alone() else None
        if self._others.cut_off or self._life_age_s < SETTLED_AFTER_S:
            return None
        try:
            async with self._asking:
                found = await self._elsewhere(
                    keys=[self._key("workers")],
                    args=[self.worker_id, self._prefix, *(one.bytes for one in people)],
                )
        except REDIS_FAULTS:
            return None
        return [Elsewhere(one) for one in found]

    def _is_in_touch(self) -> bool:
        return self._beaten_at is not None and self._now() - self._beaten_at < KNOWN_FOR_S

    def _is_alone(self) -> bool:
        since = self._beating_in_database_since
        return since is not None and self._now() - since > ALONE_AFTER_S and self._others.living == 0

    async def _beat_on(self, duties: Duties) -> None:
        while True:
            began = self._now()
            if self._round_at is not None and began - self._round_at > FROZEN_AFTER_S:
                log.warning("roll.was_frozen", for_s=round(began - self._round_at, 1))
                # The others may have been frozen with us, on one machine: they get the time to beat.
                self._in_touch_since = None
                duties.fenced()
            self._round_at = began
            try:
                await self._beat_once(duties)
            except REDIS_FAULTS as error:
                self._lose_touch(error)
            except Exception:  # one bad round must not end the rounds
                log.exception("roll.failed")
            await asyncio.sleep(max(0.0, began + BEAT_EVERY_S - self._now()))

    async def _beat_once(self, duties: Duties) -> None:
        keys = [self._key(name) for name in ("workers", "life", *self._own_sets())]
        answer = await self._beat(keys=keys, args=[self.worker_id, secrets.token_hex(6), KEPT_S])
        life, now_ms, is_enrolled, workers = answer[0], int(answer[1]), bool(answer[2]), answer[3]
        if self._life != life:
            self._is_called = False
        elif self._is_called and not is_enrolled:
            log.warning("roll.fenced")
            duties.fenced()
        self._life = life
        if not is_enrolled or not self._is_called:
            await self._write_all()
        self._life_age_s = (now_ms - int(life.rpartition(b":")[2])) / 1000
        self._beaten_at = self._now()
        self._in_touch_since = self._in_touch_since or self._beaten_at
        await self._strike_off(_dead(workers, now_ms), duties)

    async def _strike_off(self, dead: Iterable[str], duties: Duties) -> None:
        # Who was out of touch itself cannot tell a dead worker from one that Redis has not heard for the same reason.
        if self._in_touch_since is None or self._now() - self._in_touch_since < SETTLED_AFTER_S:
            return
        for worker in dead:
            if worker == self.worker_id or worker in self._others.cut_off:
                continue
            keys = [self._key(name) for name in ("workers", f"held:{worker}", f"due:{worker}")]
            keys.append(self._key(f"due:{self.worker_id}"))
            people = await self._take(keys=keys, args=[worker, int(DEAD_AFTER_S * 1000)])
            log.info("roll.struck_off", worker=worker, people=len(people))
            duties.take([UUID(bytes=one) for one in people])

    def _lose_touch(self, error: Exception) -> None:
        if self._in_touch_since is not None:
            log.warning("roll.out_of_touch", error=type(error).__name__)
        self._in_touch_since = None

    async def _watch_database(self) -> None:
        # Beside the beats in Redis: a database that is slow must not make this worker look dead.
        while True:
            await asyncio.sleep(BEAT_EVERY_S)
            try:
                await self._beat_in_database()
            except ConveneError as error:
                self._beating_in_database_since = None
                log.warning("roll.database_failed", error=error.code)
            except Exception:  # one bad round must not end the rounds
                log.exception("roll.failed")

    async def _beat_in_database(self) -> None:
        """Beats in the database while this worker, or another, is cut off from Redis."""
        is_cut_off = self._beaten_at is None or self._now() - self._beaten_at > CUT_OFF_AFTER_S
        async with self._context.database.read() as db:
            self._others = await others_beating(db, self._context, self.worker_id)
        if is_cut_off or self._others.cut_off:
            await beat(self._context, self.worker_id, is_cut_off=is_cut_off)
            self._beating_in_database_since = self._beating_in_database_since or self._now()
        elif self._beating_in_database_since is not None:
            await stop_beating(self._context, self.worker_id)
            self._beating_in_database_since = None

    async def _write_on(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            changed, self._changed = list(self._changed), set()
            try:
                await self._write(changed)
            except REDIS_FAULTS:
                # The next beat that gets through calls the whole roll.
                self._is_called = False
                await asyncio.sleep(BEAT_EVERY_S)
            except Exception:  # one bad round must not end the rounds
                log.exception("roll.failed")
                self._is_called = False
                await asyncio.sleep(BEAT_EVERY_S)

    async def _write(self, changed: list[UUID]) -> None:
        held, due = self._own.held, self._own.due
        pipeline = self._redis.pipeline(transaction=True)
        for people, name in ((held, self._own_sets()[0]), (due, self._own_sets()[1])):
            key = self._key(name)
            there = [one.bytes for one in changed if one in people]
            gone = [one.bytes for one in changed if one not in people]
            for some in _some(there):
                pipeline.execute_command("SADD", key, *some)
            for some in _some(gone):
                pipeline.execute_command("SREM", key, *some)
        await pipeline.execute()

    async def _write_all(self) -> None:
        """Calls the whole roll, and enrols this worker."""
        self._is_called = False
        self._changed.clear()
        pipeline = self._redis.pipeline(transaction=True)
        own = (self._own.held, self._own.due)
        for people, name in zip(own, self._own_sets(), strict=True):
            pipeline.execute_command("DEL", self._key(name))
            for some in _some([one.bytes for one in people]):
                pipeline.execute_command("SADD", self._key(name), *some)
            pipeline.execute_command("EXPIRE", self._key(name), KEPT_S)
        pipeline.execute_command("ZADD", self._key("workers"), await self._redis_ms(), self.worker_id)
        await pipeline.execute()
        self._is_called = True

    async def _redis_ms(self) -> int:
        seconds, microseconds = await self._redis.time()
        return seconds * 1000 + microseconds // 1000

    def _own_sets(self) -> tuple[str, str]:
        return f"held:{self.worker_id}", f"due:{self.worker_id}"

    def _key(self, name: str) -> str:
        return self._prefix + name

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _dead(workers: Sequence[Any], now_ms: int) -> list[str]:
    beats = zip(workers[::2], workers[1::2], strict=True)
    return [name.decode() for name, at in beats if now_ms - float(at) >= DEAD_AFTER_S * 1000]


def _some(people: list[bytes]) -> Iterable[list[bytes]]:
    for start in range(0, len(people), AT_ONCE):
        yield people[start : start + AT_ONCE]
