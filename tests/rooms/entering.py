"""Trying to come in, for tests."""

from typing import Any
from uuid import UUID

from tests.realtime.client import Client, assert_error


async def refused_join(client: Client, expected: str, /, **payload: Any) -> dict[str, Any]:
    """Sends a session:join that must be refused with this code; returns the error."""
    given = {key: str(value) if isinstance(value, UUID) else value for key, value in payload.items()}
    return assert_error(await client.command("session:join", given), expected)
