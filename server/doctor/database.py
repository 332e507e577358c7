"""Whether the database is there, which one it is, and whether its schema is this version's."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.engine import make_url

from models.database import Database
from models.migrations import current, head
from models.settings import Settings
from server.doctor.finding import Finding, ill, well
from server.refusals import Refusal, database_faults_as_refusals
from server.schema import is_missing_file

DATABASE: Final = "Database"
SCHEMA: Final = "Schema"


async def examine_database(settings: Settings) -> list[Finding]:
    """How the database and its schema are."""
    if is_missing_file(settings):
        file = make_url(settings.database).database
        return [well(DATABASE, f"SQLite; {file} is made at the first start.")]
    try:
        with database_faults_as_refusals(settings):
            version = await _version(settings)
            revision = await current(settings.database)
    except Refusal as refusal:
        return [ill(DATABASE, str(refusal))]
    return [well(DATABASE, f"{version} at {_place(settings)}"), _examine_revision(revision)]


def _examine_revision(revision: str | None) -> Finding:
    if revision == head():
        return well(SCHEMA, f"At revision {revision}, the newest.")
    if revision is None:
        return ill(SCHEMA, "The database is empty.", "Run: convene migrate")
    return ill(SCHEMA, f"At revision {revision}; this version needs {head()}.", "Run: convene migrate")


async def _version(settings: Settings) -> str:
    database = Database(settings.database)
    query = "SELECT sqlite_version()" if database.is_sqlite else "SHOW server_version"
    try:
        async with database.engine.connect() as connection:
            version = await connection.scalar(text(query))
    finally:
        await database.close()
    return f"{'SQLite' if database.is_sqlite else 'PostgreSQL'} {str(version).split()[0]}"


def _place(settings: Settings) -> str:
    url = make_url(settings.database)
    return str(url.database) if url.host is None else f"{url.host}:{url.port or 5432}/{url.database}"
