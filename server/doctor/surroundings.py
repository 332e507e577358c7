"""What is around the server: Redis, the port, the address people use, the built browser client."""

import asyncio
import ipaddress
from typing import Final
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.exceptions import RedisError

from models.settings import Settings
from server.doctor.finding import Finding, ill, mind, well
from server.http.pages import DIST
from server.refusals import Refusal
from server.serving import listen

REDIS: Final = "Redis"
OLDEST_REDIS: Final = 7
PORT: Final = "Port"
CLIENT: Final = "Browser client"

REDIS_TIMEOUT_S: Final = 3.0


async def examine_redis(settings: Settings) -> Finding:
    """Whether Redis answers, and whether strangers could use it."""
    if settings.redis_url is None:
        return well(REDIS, "Not used; rate limits are counted in this process.")
    try:
        version = await _redis_version(settings.redis_url)
    except (RedisError, OSError, TimeoutError, ValueError) as error:
        return ill(
            REDIS,
            f"It does not answer ({type(error).__name__}).",
            "Start it, correct CONVENE_REDIS_URL, or unset that: one process needs none.",
        )
    if _is_open_to_others(settings.redis_url):
        return mind(
            REDIS,
            f"Version {version}, without a password and not on this machine.",
            "Set requirepass, and give it: redis://:password@host:6379/0",
        )
    if int(version.partition(".")[0]) < OLDEST_REDIS:
        return ill(
            REDIS,
            f"Version {version} has no sharded channels, by which workers hear each other.",
            f"Install version {OLDEST_REDIS} or newer, or unset CONVENE_REDIS_URL: one process needs none.",
        )
    return well(REDIS, f"Version {version}.")


def examine_port(settings: Settings) -> Finding:
    """Whether the address can be listened on."""
    try:
        listen(settings.host, settings.port).close()
    except Refusal as refusal:
        return ill(PORT, str(refusal), "If it is Convene that runs there, all is well.")
    return well(PORT, f"{settings.host}:{settings.port} is free.")


def examine_client() -> Finding:
    """Whether the pages that people open are there."""
    if (DIST / "index.html").is_file():
        return well(CLIENT, "Built.")
    return ill(
        CLIENT,
        "It is not built, so people find no page.",
        "Run: make run (it builds it), or install a wheel.",
    )


async def _redis_version(url: str) -> str:
    async with asyncio.timeout(REDIS_TIMEOUT_S), Redis.from_url(url) as redis:
        info = await redis.info("server")
    return str(info["redis_version"])


def _is_open_to_others(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme != "unix" and not parts.password and not _is_loopback(parts.hostname or "localhost")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
