"""Coroutines begun at once. Most handlers are done before they have to wait for anything; those cost no task at all.

A spare task stands ready: a coroutine takes its first step as if it were that task's (`current_task`, context), and
becomes so for good if it has to wait.
"""

import asyncio
from asyncio.tasks import _enter_task, _leave_task
from collections.abc import Coroutine, Generator
from contextvars import Context, copy_context
from typing import Any

Work = Coroutine[Any, Any, Any]


class Rest:
    """What is left of a coroutine that has been begun and waits. Await it in the work given to `Eager.carry_on`."""

    __slots__ = ("_work", "_yielded", "fault", "spare")

    def __init__(self, work: Work, yielded: Any, spare: "_Spare | None") -> None:
        self._work = work
        self._yielded = yielded
        self.spare = spare
        self.fault: BaseException | None = None

    def __await__(self) -> Generator[Any, Any, Any]:
        if self.spare is None:
            return (yield from self._work.__await__())
        work, yielded, fault, sent = self._work, self._yielded, self.fault, None
        is_first = fault is None
        try:
            while True:
                if not is_first:
                    yielded = work.send(sent) if fault is None else work.throw(fault)
                is_first, fault = False, None
                try:
                    sent = yield yielded
                except BaseException as error:  # noqa: BLE001 - whatever is thrown at the task is the coroutine's
                    fault = error
        except StopIteration as stop:
            return stop.value


class Eager:
    """Begins coroutines at once, and keeps the tasks of those that wait."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._spare: _Spare | None = None

    def begin(self, work: Work) -> tuple[bool, Any]:
        """`True` and the result if it is done already, else `False` and its `Rest`. Raises whatever it raises."""
        loop = asyncio.get_running_loop()
        spare = self._spare
        if spare is None or not spare.is_ready or spare.loop is not loop:
            if spare is None or spare.loop is not loop:
                self._spare = _Spare(loop)
            return False, Rest(work, None, None)
        task, context = spare.task, spare.context
        try:
            _enter_task(loop, task)
        except RuntimeError:
            # Within a task already: the coroutine gets one of its own.
            return False, Rest(work, None, None)
        self._spare = None
        try:
            yielded = context.run(work.send, None)
        except StopIteration as stop:
            if context == spare.clean and not spare.rest.done():
                self._spare = spare
            else:
                # It has left something behind, or cancelled itself.
                task.cancel()
            return True, stop.value
        except BaseException:
            task.cancel()
            raise
        finally:
            _leave_task(loop, task)
        return False, Rest(work, yielded, spare)

    def carry_on(self, rest: Rest, work: Work) -> None:
        """Has `work`, which awaits `rest`, carried out by the task that `rest` was begun as."""
        spare = rest.spare
        task = asyncio.get_running_loop().create_task(work) if spare is None else spare.become(rest, work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settle(self, within_s: float) -> None:
        """Waits for what is still at work."""
        if self._spare is not None:
            self._spare.task.cancel()
            self._spare = None
        if self._running:
            await asyncio.wait(self._running, timeout=within_s)


class _Spare:
    """A task that waits for something to become."""

    __slots__ = ("clean", "context", "is_ready", "loop", "rest", "task")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        # A task that has not begun to wait yet could not be cancelled like one that works.
        self.is_ready = False
        self.context: Context = copy_context()
        self.clean = self.context.copy()
        self.rest: asyncio.Future[tuple[Rest, Work]] = loop.create_future()
        self.task = loop.create_task(self._stand_by(), context=self.context)

    def become(self, rest: Rest, work: Work) -> asyncio.Task[Any]:
        """The task that carries `work` out."""
        if self.rest.done():
            # It cancelled itself in its first step.
            rest.fault = asyncio.CancelledError()
            return self.loop.create_task(work, context=self.context)
        self.rest.set_result((rest, work))
        return self.task

    async def _stand_by(self) -> None:
        self.is_ready = True
        try:
            _, work = await self.rest
        except asyncio.CancelledError as error:
            if self.rest.cancelled() or not self.rest.done():
                raise
            rest, work = self.rest.result()
            rest.fault = error
        await work
