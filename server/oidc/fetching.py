"""Asking the provider: never longer than it may take, never more than is expected, and never elsewhere."""

import asyncio
from typing import Any, Final

import httpx
import orjson
import structlog

from models.errors import ProviderUnavailable

log = structlog.get_logger(__name__)

TIMEOUT_S: Final = 10.0
MAX_BYTES: Final = 256 * 1_024


class Fetching:
    """Requests to the provider. Redirects are not followed: what is asked carries secrets."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None

    async def get(self, url: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        """A document that has to be there. Raises ProviderUnavailable."""
        status, found = await self._ask("GET", url, headers=headers)
        if status != httpx.codes.OK:
            log.warning("oidc.unexpected_status", url=url, status=status)
            raise ProviderUnavailable
        return found

    async def post(
        self, url: str, form: dict[str, str], auth: tuple[str, str] | None
    ) -> tuple[int, dict[str, Any]]:
        """Status and document of what comes of a form. Raises ProviderUnavailable."""
        return await self._ask("POST", url, data=form, auth=auth)

    async def stop(self) -> None:
        """Lets the connections go."""
        if self._client is not None:
            await self._client.aclose()

    async def _ask(self, method: str, url: str, **given: Any) -> tuple[int, dict[str, Any]]:
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False)
        try:
            async with (
                asyncio.timeout(TIMEOUT_S),
                self._client.stream(method, url, **given) as answer,
            ):
                document = orjson.loads(await _read(answer))
        except (httpx.HTTPError, TimeoutError, ValueError) as error:
            log.warning("oidc.no_answer", url=url, error=type(error).__name__)
            raise ProviderUnavailable from error
        if not isinstance(document, dict):
            log.warning("oidc.no_object", url=url)
            raise ProviderUnavailable
        return answer.status_code, document


async def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > MAX_BYTES:
            raise ValueError("too large")
    return bytes(body)
