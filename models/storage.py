"""Where files are kept that are too large for the database."""

from typing import Protocol

from models.errors import Unavailable


class Storage(Protocol):
    """Whole files under keys such as `avatars/1f0c/128.webp`. A key's content never changes."""

    async def write(self, key: str, content: bytes) -> None:
        """Keeps a file; it is there whole or not at all."""
        ...

    async def read(self, key: str) -> bytes | None:
        """The file, if there is one."""
        ...

    async def remove(self, key: str) -> None:
        """Removes a file, if it is there."""
        ...


class NoStorage:
    """Keeps nothing: for programs that have nothing to do with files."""

    async def write(self, key: str, content: bytes) -> None:
        """Raises Unavailable."""
        raise Unavailable

    async def read(self, key: str) -> bytes | None:
        """Nothing."""
        return None

    async def remove(self, key: str) -> None:
        """Nothing is there."""
