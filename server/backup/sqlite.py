"""An SQLite database: copied while others write to it, and put in the place of another."""

import secrets
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from models.migrations import upgrade
from models.settings import Settings
from server.backup.archive import extract
from server.refusals import Refusal

DATABASE = "convene.db"
NEW_EPOCHS = "UPDATE session_logs SET epoch = lower(hex(randomblob(6)))"


def database_file(settings: Settings) -> Path:
    """The file of the site's database."""
    return Path(str(make_url(settings.database).database))


@contextmanager
def copy_of(settings: Settings) -> Iterator[tuple[Path, str]]:
    """A copy of the database of one moment, and its revision. Nobody who writes has to wait."""
    with tempfile.TemporaryDirectory(prefix="convene-backup-") as folder:
        copy = Path(folder) / DATABASE
        with (
            closing(sqlite3.connect(f"file:{database_file(settings).absolute()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(copy)) as made,
        ):
            live.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")
            revision: str = made.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        yield copy, revision


async def put_back(settings: Settings, archive: zipfile.ZipFile) -> None:
    """Puts the archive's database in the place of the site's, at this version's schema, every log with a new epoch."""
    target = database_file(settings)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        extract(archive, DATABASE, draft)
        draft.chmod(0o600)
        await upgrade(f"sqlite+aiosqlite:///{draft.absolute()}")
        _renew(draft)
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        draft.replace(target)
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def check_nobody_serves(settings: Settings) -> None:
    """Raises Refusal while a process has the database open: it would go on with the old one."""
    path = database_file(settings)
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=1)) as database:
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            # In WAL mode only who is alone may leave it.
            database.execute("ROLLBACK")
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        raise Refusal(f"{path} is in use. Stop the server first, then restore.") from error
    except sqlite3.DatabaseError:
        # What is broken is to be replaced.
        return


def _renew(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        found = database.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise Refusal(f"The database in the backup is damaged: {found}")
        database.execute(NEW_EPOCHS)
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode=DELETE")
