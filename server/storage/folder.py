"""Files in a folder of this machine."""

import asyncio
import re
import secrets
from pathlib import Path
from typing import Final

_KEY: Final = re.compile(r"[a-z0-9]+(/[a-z0-9]+)*(\.[a-z0-9]+)?")
"""No dots but before the ending: no key leads out of the folder."""


class FolderStorage:
    """Keeps each file under its key. Implements `models.storage.Storage`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def write(self, key: str, content: bytes) -> None:
        await asyncio.to_thread(self._write, self._path(key), content)

    async def read(self, key: str) -> bytes | None:
        return await asyncio.to_thread(self._read, self._path(key))

    async def remove(self, key: str) -> None:
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    def _path(self, key: str) -> Path:
        if _KEY.fullmatch(key) is None:
            raise ValueError("not a key of a file")
        return self._folder / key

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            draft.write_bytes(content)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    @staticmethod
    def _read(path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
