"""Connections to Redis that give up soon: a Redis that is slow or frozen must not hold anybody up."""

from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.connection import Connection, ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

GIVE_UP_AFTER_S: Final = 0.5

REDIS_FAULTS: Final = (RedisError, OSError, TimeoutError, RuntimeError)
"""What a Redis that is away, or comes and goes, ends in. The last is uvloop's word for writing where the other side has
just hung up; redis-py passes it on."""

# The retries of the library would multiply every time limit; who calls tries again in its own time.
_OPTIONS: Final[dict[str, Any]] = {
    "protocol": 2,
    "socket_timeout": GIVE_UP_AFTER_S,
    "socket_connect_timeout": GIVE_UP_AFTER_S,
    "health_check_interval": 0,
}


def redis_client(url: str, connections: int = 2) -> Redis:
    """A client whose every command ends within half a second. Whoever opens it closes it."""
    return Redis.from_url(url, max_connections=connections, retry=Retry(NoBackoff(), 0), **_OPTIONS)


def redis_connection(url: str) -> Connection:
    """One connection by itself, not connected yet, for a subscription."""
    pool = ConnectionPool.from_url(url, retry=Retry(NoBackoff(), 0), **_OPTIONS)
    connection: Connection = pool.make_connection()  # type: ignore[no-untyped-call]  # redis has none here
    return connection
