"""A PostgreSQL database: its rows of one moment, copied out table by table, and copied into an empty one.

`pg_dump` would do, where it is installed and no older than the server. This needs neither, and the tables are made by
the migrations, so that a backup of an older version can be restored by a newer one.
"""

import zipfile
from typing import Any

import asyncpg
from sqlalchemy import MetaData
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from models.migrations import upgrade
from models.settings import Settings
from server.backup.archive import CHUNK_BYTES, Manifest, Writer

TABLES = "tables/"
VERSION_TABLE = "alembic_version"
NEW_EPOCHS = "UPDATE session_logs SET epoch = substr(md5(random()::text || session_id::text), 1, 12)"
SEQUENCES = (
    "SELECT c.relname AS name, t.relname AS of_table, a.attname AS of_column FROM pg_class c"
    " JOIN pg_depend d ON d.objid = c.oid AND d.deptype IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid"
    " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND n.nspname = current_schema()"
)


async def copy_out(settings: Settings, writer: Writer) -> tuple[dict[str, list[str]], str]:
    """Every table as one part, all of the same moment; the tables with their columns, and the revision."""
    tables = await _tables(settings)
    connection = await asyncpg.connect(_address(settings))
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            revision: str = await connection.fetchval("SELECT version_num FROM alembic_version")
            for name, columns in tables.items():
                with writer.part(TABLES + name) as part:
                    await _copy_table(connection, name, columns, part.write)
    finally:
        await connection.close()
    return tables, revision


async def put_back(settings: Settings, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Fills the emptied database with the archive's rows, at this version's schema; each log gets a new epoch."""
    await _drop_all(settings)
    await upgrade(settings.database, manifest.revision)
    connection = await asyncpg.connect(_address(settings))
    try:
        async with connection.transaction():
            for name in reversed(manifest.tables):
                # What the migrations have planted is in the archive as well.
                if await connection.fetchval(f"SELECT EXISTS (SELECT 1 FROM {_quoted(name)})"):  # noqa: S608
                    await connection.execute(f"DELETE FROM {_quoted(name)}")  # noqa: S608
            for name, columns in manifest.tables.items():
                with archive.open(TABLES + name) as part:
                    await connection.copy_to_table(name, source=_pieces(part), columns=columns, format="text")
            await _go_on_counting(connection)
            await connection.execute(NEW_EPOCHS)
    finally:
        await connection.close()
    await upgrade(settings.database)


async def others_are_connected(settings: Settings) -> bool:
    """Whether somebody else has the database open."""
    connection = await asyncpg.connect(_address(settings))
    try:
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return bool(await connection.fetchval(query))
    finally:
        await connection.close()


async def _copy_table(connection: Any, name: str, columns: list[str], write: Any) -> None:
    async def keep(data: bytes) -> None:
        write(data)

    await connection.copy_from_table(name, output=keep, columns=columns, format="text")


async def _tables(settings: Settings) -> dict[str, list[str]]:
    """The tables in an order in which each only refers to those before it."""
    engine = create_async_engine(settings.database, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            metadata = await _reflected(connection)
    finally:
        await engine.dispose()
    found = [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]
    return {table.name: [column.name for column in table.columns] for table in found}


async def _drop_all(settings: Settings) -> None:
    engine = create_async_engine(settings.database, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            metadata = await _reflected(connection)
            await connection.run_sync(metadata.drop_all)
    finally:
        await engine.dispose()


async def _reflected(connection: AsyncConnection) -> MetaData:
    metadata = MetaData()
    await connection.run_sync(metadata.reflect)
    return metadata


async def _go_on_counting(connection: Any) -> None:
    for row in await connection.fetch(SEQUENCES):
        last = f"SELECT max({_quoted(row['of_column'])}) FROM {_quoted(row['of_table'])}"  # noqa: S608
        await connection.execute(f"SELECT setval('{_quoted(row['name'])}', coalesce(({last}), 1))")


async def _pieces(part: Any) -> Any:
    while chunk := part.read(CHUNK_BYTES):
        yield chunk


def _address(settings: Settings) -> str:
    return make_url(settings.database).set(drivername="postgresql").render_as_string(hide_password=False)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
