"""Whether the server lives, and whether what it needs is there."""

import asyncio
from typing import Literal

import structlog
from redis.asyncio import Redis
from sqlalchemy import text

from models.context import Context
from models.errors import ConveneError, Unavailable
from models.text import View
from server.http.call import Call
from server.http.reply import Reply

log = structlog.get_logger(__name__)

PROBE_TIMEOUT_S = 2.0

Part = Literal["ok", "away", "unused"]


class Alive(View):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Readiness(View):
    """`degraded`: everything works, but limits are counted per process until Redis is back."""

    status: Literal["ready", "degraded"]
    database: Literal["ok"]
    redis: Part


async def show_alive(_call: Call) -> Reply:
    """Whether the process answers at all."""
    return Reply(Alive())


async def show_ready(call: Call) -> Reply:
    """Whether requests can be served.

    503 while the database is away, or the server is draining; `degraded` while only Redis is away.
    """
    if call.request.state.is_draining():
        raise Unavailable("This server is draining: it is about to stop, and others take over.")
    await _probe_database(call.context)
    redis = await _probe_redis(call.context.settings.redis_url)
    return Reply(Readiness(status="degraded" if redis == "away" else "ready", database="ok", redis=redis))


async def _probe_database(context: Context) -> None:
    try:
        async with asyncio.timeout(PROBE_TIMEOUT_S), context.database.read() as db:
            await db.exec(text("SELECT 1"))  # type: ignore[call-overload]
    except (TimeoutError, OSError, ConveneError) as error:
        raise Unavailable("The database is away.") from error


async def _probe_redis(url: str | None) -> Part:
    if url is None:
        return "unused"
    try:
        async with asyncio.timeout(PROBE_TIMEOUT_S), Redis.from_url(url) as redis:
            await redis.ping()
    except Exception as error:  # noqa: BLE001 whatever a Redis can do wrong, it is away
        log.warning("health.redis_away", error=type(error).__name__)
        return "away"
    return "ok"
