"""The file of a backup: a ZIP with a manifest of what is in it, of which version, with a checksum for each part."""

import hashlib
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from server.refusals import Refusal

FORMAT: Literal[1] = 1
MANIFEST = "manifest.json"
SECRET = "secret_key"  # noqa: S105 - the name of the part
FILES = "files/"
CHUNK_BYTES = 1 << 20


class Part(BaseModel):
    """One file of the archive."""

    model_config = ConfigDict(frozen=True)

    name: str
    size_bytes: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds. `tables` are those of PostgreSQL with their columns, in the order they can be filled in."""

    model_config = ConfigDict(frozen=True)

    format: Literal[1] = FORMAT
    convene: str
    database: Literal["sqlite", "postgresql"]
    revision: str
    made_at: str
    tables: dict[str, list[str]] = {}
    parts: list[Part] = []


class Writer:
    """Puts parts into a new archive, and at the end its manifest."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: list[Part] = []

    @contextmanager
    def part(self, name: str) -> Iterator["HashedPart"]:
        """A part to write to, piece by piece."""
        with self._archive.open(name, "w", force_zip64=True) as file:
            part = HashedPart(file)
            yield part
        self.parts.append(Part(name=name, size_bytes=part.size_bytes, sha256=part.digest.hexdigest()))

    def add(self, name: str, source: Path) -> None:
        """A file as it is."""
        with source.open("rb") as given, self.part(name) as part:
            while chunk := given.read(CHUNK_BYTES):
                part.write(chunk)

    def finish(self, manifest: Manifest) -> Manifest:
        """Closes the list of parts."""
        whole = manifest.model_copy(update={"parts": self.parts})
        self._archive.writestr(MANIFEST, whole.model_dump_json(indent=2))
        return whole


class HashedPart:
    """Writes, and counts what it writes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size_bytes = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Adds a piece."""
        self.digest.update(data)
        self.size_bytes += len(data)
        return self._file.write(data)


def this_version() -> str:
    """The version of Convene that is running."""
    return metadata.version("convene")


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """A new archive, readable by its owner alone; it stands under its name only once it is whole."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def reading(source: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """An archive whose every part is as its manifest says. Raises Refusal."""
    try:
        archive = zipfile.ZipFile(source)
    except FileNotFoundError as error:
        raise Refusal(f"There is no file {source}.") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise Refusal(f"{source} is no backup, or only a part of one.") from error
    with archive:
        manifest = _manifest(archive, source)
        _check(archive, manifest, source)
        yield archive, manifest


def extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    """A part as a file."""
    with archive.open(name) as part, target.open("wb") as file:
        shutil.copyfileobj(part, file, CHUNK_BYTES)


def _manifest(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        return Manifest.model_validate_json(archive.read(MANIFEST))
    except (KeyError, ValidationError, zipfile.BadZipFile) as error:
        raise Refusal(f"{source} is no backup that this version can read.") from error


def _check(archive: zipfile.ZipFile, manifest: Manifest, source: Path) -> None:
    named = {part.name for part in manifest.parts} | {MANIFEST}
    if named != set(archive.namelist()):
        raise Refusal(f"{source} is damaged: it does not hold what its manifest names.")
    for part in manifest.parts:
        digest = hashlib.sha256()
        try:
            with archive.open(part.name) as file:
                while chunk := file.read(CHUNK_BYTES):
                    digest.update(chunk)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise Refusal(f"{source} is damaged: {part.name} cannot be read.") from error
        if digest.hexdigest() != part.sha256:
            raise Refusal(f"{source} is damaged: {part.name} is not what was stored.")
