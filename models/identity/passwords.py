"""Passwords: argon2id, in a thread, a few at a time."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import Field, SecretStr

from models.errors import Unavailable

QUEUE_WAIT_S = 10.0

Password = Annotated[SecretStr, Field(min_length=10, max_length=200, description="At least 10 characters.")]


class Passwords:
    """Hashes and checks passwords. A run takes some 64 MiB and 50 ms of a core, so only `concurrency` run at once."""

    def __init__(self, concurrency: int) -> None:
        self._hasher = PasswordHash((Argon2Hasher(),))
        self._slots = asyncio.Semaphore(concurrency)
        # Checked against when there is no such account, so that a stranger cannot tell by the time it takes.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    async def hash(self, password: str) -> str:
        """The password's hash. Raises Unavailable when too many wait."""
        async with self.turn():
            return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, password: str, password_hash: str | None) -> bool:
        """Whether the password is right; to be asked in one's `turn`. Takes as long when there is no hash."""
        right = await asyncio.to_thread(self._hasher.verify, password, password_hash or self._nobody)
        return right and password_hash is not None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for one's turn. Raises Unavailable when too many wait."""
        try:
            await asyncio.wait_for(self._slots.acquire(), QUEUE_WAIT_S)
        except TimeoutError as error:
            raise Unavailable(retry_after_s=5) from error
        try:
            yield
        finally:
            self._slots.release()
