"""Whether the database is as this version needs it, before anything is served from it."""

from pathlib import Path

from sqlalchemy.engine import make_url

from models.migrations import current, head, upgrade
from models.settings import Settings
from server.refusals import Refusal, database_faults_as_refusals


async def migrate(settings: Settings) -> tuple[str | None, str]:
    """Brings the schema to the newest revision; the revisions before and after. Raises Refusal."""
    with database_faults_as_refusals(settings):
        before = await current(settings.database)
        await upgrade(settings.database)
    return before, head()


async def require_schema(settings: Settings) -> None:
    """Raises Refusal unless the schema is at the newest revision; makes an SQLite file that is not there yet."""
    if is_missing_file(settings):
        await migrate(settings)
        return
    with database_faults_as_refusals(settings):
        revision = await current(settings.database)
    if revision != head():
        was = "empty" if revision is None else f"at revision {revision}"
        raise Refusal(f"The database is {was}, this version needs {head()}. Run: convene migrate")


def is_missing_file(settings: Settings) -> bool:
    """Whether the database is an SQLite file that does not exist."""
    url = make_url(settings.database)
    return url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists()
