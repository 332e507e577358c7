"""`convene backup`: database, files and the generated secret, of one moment, while the site goes on serving."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from models.settings import Settings
from server.backup.archive import FILES, SECRET, Manifest, Writer, this_version, writing
from server.backup.postgresql import copy_out
from server.backup.sqlite import DATABASE, copy_of
from server.refusals import Refusal, database_faults_as_refusals, explain_folder_fault
from server.schema import require_schema


def check_target(target: Path, *, force: bool) -> None:
    """Raises Refusal if the file is there already, or its folder is not."""
    if target.exists() and not force:
        raise Refusal(f"{target} is there already. Give another name, or --force to replace it.")
    if not target.absolute().parent.is_dir():
        raise Refusal(f"There is no folder {target.absolute().parent}.")


async def make_backup(settings: Settings, target: Path) -> Manifest:
    """Writes everything into `target`. Raises Refusal: the database is not at this version's schema."""
    await require_schema(settings)
    with database_faults_as_refusals(settings), writing(target) as writer:
        return await _written(settings, writer)


async def _written(settings: Settings, writer: Writer) -> Manifest:
    made_at = datetime.now(UTC).isoformat()
    if make_url(settings.database).get_backend_name() == "sqlite":
        with copy_of(settings) as (copy, revision):
            writer.add(DATABASE, copy)
        manifest = Manifest(convene=this_version(), database="sqlite", revision=revision, made_at=made_at)
    else:
        tables, revision = await copy_out(settings, writer)
        manifest = Manifest(
            convene=this_version(), database="postgresql", revision=revision, made_at=made_at, tables=tables
        )
    _add_files(settings, writer)
    return writer.finish(manifest)


def _add_files(settings: Settings, writer: Writer) -> None:
    # After the database: what it names is there by then. What is replaced meanwhile is shown as not there.
    folder = settings.data_dir / "files"
    try:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                _add(writer, FILES + path.relative_to(folder).as_posix(), path)
        secret = settings.data_dir / SECRET
        if settings.secret_key is None and secret.exists():
            writer.add(SECRET, secret)
    except PermissionError as error:
        raise Refusal(explain_folder_fault(settings, error)) from error


def _add(writer: Writer, name: str, path: Path) -> None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    with writer.part(name) as part:
        part.write(content)
