"""The fast lane: what arrives while a group is being committed makes up the next group.

Nobody waits for company: on an idle lane a command is carried out at once, alone. The busier it is, the larger the
groups and the smaller each one's share of a commit. A session's commands are carried out in the order they came; a
session that somebody else is changing waits by itself and holds up no other.
"""

import asyncio
from collections import deque
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from sqlalchemy.exc import IntegrityError

from models.errors import ConveneError, InternalError, RateLimited, Unavailable
from models.log.grouping import Begin, Grouped, Outcome, Place, carry_out

log = structlog.get_logger(__name__)

WAIT_S = 10.0
"""How long a command may wait for its group; past this, it is told to come again."""

LATE_EVERY_S = 1.0

GROUP_WITHIN_S = 15.0
"""No group takes longer."""

RETRY_AFTER_S = 0.5
"""When to come again, if too many wait already."""

POSTGRESQL_GROUPS = 4
"""How many groups, of different sessions, PostgreSQL commits at once. SQLite has one writer."""


class Grouping(Protocol):
    """Whoever counts groups."""

    def observe(self, size: int, took_s: float) -> None:
        """A group of so many commands was carried out: it took so long from its beginning to its commit."""
        ...

    def refused(self) -> None:
        """A command was turned away, because too many waited or it had waited too long."""
        ...


class Unobserved:
    """Counts nothing."""

    def observe(self, size: int, took_s: float) -> None:
        """Lets it be."""

    def refused(self) -> None:
        """Lets it be."""


@dataclass(eq=False, slots=True)
class Waiting:
    """A command in the lane, and whoever waits for its answer."""

    command: Grouped
    outcome: asyncio.Future[Outcome]
    since: float

    def settle(self, outcome: Outcome) -> None:
        """Tells what came of it, if anybody still wants to know."""
        if not self.outcome.done():
            self.outcome.set_result(outcome)


class Lane:
    """Carries out commands in groups of at most `group_limit`; at most `queue_limit` wait."""

    def __init__(self, begin: Begin, *, groups_at_once: int, group_limit: int, queue_limit: int) -> None:
        self._begin = begin
        self._groups_at_once = groups_at_once
        self._group_limit = group_limit
        self._queue_limit = queue_limit
        self._queues: dict[Place, deque[Waiting]] = {}
        self._count = 0
        self._busy: set[Place] = set()
        self._contended: set[Place] = set()
        self._runners: set[asyncio.Task[None]] = set()
        self._groups = 0
        self._is_starting = False
        self._late: asyncio.TimerHandle | None = None
        self._is_open = True
        self.grouping: Grouping = Unobserved()

    @property
    def waiting(self) -> int:
        """How many commands wait for their group."""
        return self._count

    def submit(self, command: Grouped) -> asyncio.Future[Outcome]:
        """Puts a command in line. Its outcome is known after its commit; whoever no longer wants to know may cancel it.

        Raises RateLimited when too many wait, and Unavailable when the server is stopping.
        """
        if not self._is_open:
            raise Unavailable
        if self._count >= self._queue_limit:
            self.grouping.refused()
            raise RateLimited(RETRY_AFTER_S)
        loop = asyncio.get_running_loop()
        waiting = Waiting(command, loop.create_future(), loop.time())
        self._queues.setdefault(command.place, deque()).append(waiting)
        self._count += 1
        if command.place not in self._busy:
            self._run_soon()
        if self._late is None:
            self._late = loop.call_later(LATE_EVERY_S, self._turn_away_late)
        return waiting.outcome

    async def stop(self) -> None:
        """Takes no more, ends what is under way and turns away what waits."""
        self._is_open = False
        for waiting in self._take_all():
            waiting.settle(Outcome(refusal=Unavailable()))
        await asyncio.gather(*self._runners, return_exceptions=True)
        if self._late is not None:
            self._late.cancel()

    def _run_soon(self) -> None:
        if not self._is_starting and self._groups < self._groups_at_once:
            self._is_starting = True
            self._groups += 1
            self._start(self._run())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work, name="lane")
        self._runners.add(task)
        task.add_done_callback(self._runners.discard)

    async def _run(self) -> None:
        # A task of its own begins after everything that has arrived by now has been taken in.
        self._is_starting = False
        try:
            while group := self._take():
                await self._carry_out(group, wait=self._groups_at_once == 1)
                self._run_contended()
        finally:
            self._groups -= 1

    def _run_contended(self) -> None:
        for place in self._contended - self._busy:
            self._contended.discard(place)
            group = self._take_from(place, self._group_limit)
            if group:
                self._start(self._run_alone(group))

    async def _run_alone(self, group: list[Waiting]) -> None:
        await self._carry_out(group, wait=True)
        if self._queues:
            self._run_soon()

    def _take(self) -> list[Waiting]:
        """The next group: what waits, of all sessions that no group is busy with, as far as there is room.

        It is of one tenant, like every transaction: that of whoever has waited for longest.
        """
        group: list[Waiting] = []
        free = [one for one in self._queues if one not in self._busy | self._contended]
        for place in [one for one in free if one.tenant_id == free[0].tenant_id]:
            group += self._take_from(place, self._group_limit - len(group))
            if len(group) >= self._group_limit:
                break
        return group

    def _take_from(self, place: Place, limit: int) -> list[Waiting]:
        queue = self._queues.pop(place, None)
        if queue is None:
            return []
        taken = [queue.popleft() for _ in range(min(limit, len(queue)))]
        self._count -= len(taken)
        self._busy.add(place)
        if queue:
            # Behind all others: one room that talks without end does not keep them from their turn.
            self._queues[place] = queue
        return taken

    async def _carry_out(self, group: list[Waiting], *, wait: bool) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        outcomes: Sequence[Outcome | None] = [Outcome(refusal=Unavailable())] * len(group)
        try:
            async with asyncio.timeout(GROUP_WITHIN_S):
                outcomes = await carry_out(self._begin, [one.command for one in group], wait=wait)
            self.grouping.observe(len(group), loop.time() - began)
        except TimeoutError:
            log.warning("lane.group_late", size=len(group))
        except ConveneError as error:
            outcomes = [Outcome(refusal=error)] * len(group)
        except Exception as error:  # noqa: BLE001 - logged there; the next group is carried out
            outcomes = await self._find_the_fault(group, error)
        finally:
            self._settle(group, outcomes)
            self._busy.difference_update(one.command.place for one in group)

    async def _find_the_fault(self, group: list[Waiting], error: Exception) -> Sequence[Outcome]:
        """One command has spoilt the group: each is carried out on its own, so that only that one fails."""
        if len(group) == 1:
            log.error("lane.command_failed", exc_info=error)
            # Somebody else was faster with the same key; who comes again finds their answer.
            return [Outcome(refusal=Unavailable() if isinstance(error, IntegrityError) else InternalError())]
        log.warning("lane.group_failed", size=len(group), exc_info=error)
        for one in group:
            await self._carry_out([one], wait=True)
            # Still this group's until all of it is done.
            self._busy.update(other.command.place for other in group)
        return [Outcome()] * len(group)

    def _settle(self, group: list[Waiting], outcomes: Sequence[Outcome | None]) -> None:
        held = []
        for one, outcome in zip(group, outcomes, strict=True):
            if outcome is None:
                held.append(one)
            else:
                one.settle(outcome)
        self._put_back(held)

    def _put_back(self, held: list[Waiting]) -> None:
        """What is in a session that somebody else is changing comes again, before what came later, by itself."""
        for one in reversed(held):
            place = one.command.place
            self._queues.setdefault(place, deque()).appendleft(one)
            self._contended.add(place)
        self._count += len(held)

    def _turn_away_late(self) -> None:
        loop = asyncio.get_running_loop()
        for queue in self._queues.values():
            while queue and queue[0].since < loop.time() - WAIT_S:
                self._count -= 1
                self.grouping.refused()
                queue.popleft().settle(Outcome(refusal=Unavailable()))
        for place in [key for key, queue in self._queues.items() if not queue]:
            del self._queues[place]
        again = bool(self._queues)
        self._late = loop.call_later(LATE_EVERY_S, self._turn_away_late) if again else None

    def _take_all(self) -> list[Waiting]:
        waiting = [one for queue in self._queues.values() for one in queue]
        self._queues.clear()
        self._count = 0
        return waiting
