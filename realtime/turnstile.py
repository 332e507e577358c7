"""A turnstile: so many at a time, the others in line, first come first served, and the line is not without end."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from models.errors import Unavailable


class Turnstile:
    """Lets `at_once` through at a time, while at most `in_line` wait, nobody longer than `patience_s` seconds.

    When a server comes back, everybody does. Each of them needs the database for a moment; all at once they would take
    every connection of it and then give up together.
    """

    def __init__(self, at_once: int, in_line: int, patience_s: float) -> None:
        self._turns = asyncio.Semaphore(at_once)
        self._in_line = in_line
        self._patience_s = patience_s
        self.waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One's turn. Raises Unavailable, saying when to come again, if the line is too long or too slow."""
        if self.waiting >= self._in_line:
            raise _too_many(self._patience_s)
        self.waiting += 1
        try:
            async with asyncio.timeout(self._patience_s):
                await self._turns.acquire()
        except TimeoutError as error:
            raise _too_many(self._patience_s) from error
        finally:
            self.waiting -= 1
        try:
            yield
        finally:
            self._turns.release()


def _too_many(patience_s: float) -> Unavailable:
    # Not all at the same moment again.
    wait_s = round(random.uniform(1.0, max(1.0, patience_s / 2)), 1)  # noqa: S311  (nothing is guessed by it)
    return Unavailable("Many people are coming in just now. Try again in a moment.", retry_after_s=wait_s)
