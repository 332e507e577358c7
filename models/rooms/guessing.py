"""Codes are short, so guessing them is counted; who has the right one is not held up by others at the same address."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from models.addresses import counted_as
from models.context import Context
from models.errors import SessionNotFound

_WHAT = "wrong_code"


@asynccontextmanager
async def guessing_codes(context: Context, address: str) -> AsyncIterator[None]:
    """Around the use of a code: a wrong one counts against the address. Raises RateLimited after too many."""
    at_once = context.settings.wrong_codes_per_minute
    async with context.limits.at_most(at_once, _WHAT, counted_as(address)):
        await check_guesses(context, address)
        try:
            yield
        except SessionNotFound:
            await count_wrong_code(context, address)
            raise


async def check_guesses(context: Context, address: str) -> None:
    """Raises RateLimited if this address has tried too many wrong codes within the last minute."""
    await context.limits.check(_WHAT, counted_as(address), context.settings.wrong_codes_per_minute)


async def count_wrong_code(context: Context, address: str) -> None:
    """Counts a wrong code against the address."""
    await context.limits.hit(_WHAT, counted_as(address), context.settings.wrong_codes_per_minute)
