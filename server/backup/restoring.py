"""`convene restore`: a site as it was when the backup was made."""

import re
import shutil
import zipfile
from pathlib import Path

from sqlalchemy.engine import make_url

from models.migrations import current, is_known
from models.settings import Settings
from server.backup import postgresql, sqlite
from server.backup.archive import FILES, SECRET, Manifest, extract, reading
from server.refusals import Refusal, database_faults_as_refusals, explain_folder_fault
from server.schema import is_missing_file

# The keys of `server/storage/folder.py`: nothing in an archive leads out of the folder.
_KEY = re.compile(r"[a-z0-9]+(/[a-z0-9]+)*(\.[a-z0-9]+)?")


async def restore_backup(settings: Settings, source: Path, *, force: bool) -> Manifest:
    """Makes the site what the backup says. Whoever saw something newer loads the room anew.

    Raises Refusal: the file is damaged or of a newer version, the database is of another kind, in use, or not empty
    (unless `force`).
    """
    with reading(source) as (archive, manifest):
        _check_fits(settings, manifest)
        with database_faults_as_refusals(settings):
            await _check_free(settings, manifest, force=force)
            if manifest.database == "sqlite":
                await sqlite.put_back(settings, archive)
            else:
                await postgresql.put_back(settings, archive, manifest)
        try:
            _put_files_back(settings, archive, manifest)
        except OSError as error:
            raise Refusal(explain_folder_fault(settings, error)) from error
    return manifest


def _check_fits(settings: Settings, manifest: Manifest) -> None:
    kind = make_url(settings.database).get_backend_name()
    if kind != manifest.database:
        raise Refusal(
            f"The backup is of {manifest.database}, CONVENE_DATABASE_URL names {kind}. Restore it into the same kind."
        )
    if not is_known(manifest.revision):
        raise Refusal(
            f"The backup is of a newer Convene ({manifest.convene}, schema {manifest.revision}). Restore it with that."
        )


async def _check_free(settings: Settings, manifest: Manifest, *, force: bool) -> None:
    if is_missing_file(settings):
        return
    if not force and await current(settings.database) is not None:
        raise Refusal("The database is not empty. Give --force to replace everything in it.")
    if manifest.database == "sqlite":
        sqlite.check_nobody_serves(settings)
    elif await postgresql.others_are_connected(settings):
        raise Refusal("The database is in use. Stop the server first, then restore.")


def _put_files_back(settings: Settings, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    folder = settings.data_dir / "files"
    old = folder.with_name(".files.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    for part in manifest.parts:
        key = part.name.removeprefix(FILES)
        if part.name.startswith(FILES) and _KEY.fullmatch(key):
            (folder / key).parent.mkdir(parents=True, exist_ok=True)
            extract(archive, part.name, folder / key)
    shutil.rmtree(old, ignore_errors=True)
    if settings.secret_key is None and any(part.name == SECRET for part in manifest.parts):
        secret = settings.data_dir / SECRET
        secret.unlink(missing_ok=True)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        secret.touch(mode=0o600)
        extract(archive, SECRET, secret)
