"""What a database says about its own schema, in its own words."""

from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from models.migrations.metadata import METADATA

_SQLITE = "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'alembic%' AND sql IS NOT NULL"
# The place among the columns that are there: a column that was dropped keeps its number.
_POSTGRESQL = (
    """SELECT table_name || '.' || column_name || ' '
              || row_number() OVER (PARTITION BY table_name ORDER BY ordinal_position) || ' ' || data_type || ' '
              || coalesce(character_maximum_length, 0) || ' ' || is_nullable || ' ' || coalesce(column_default, '')
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'alembic%'""",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'alembic%'",
    """SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'alembic%'""",
)


async def schema_of(url: str) -> set[str]:
    """Every column, constraint and index (with its condition) of the database."""
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_described)
    finally:
        await engine.dispose()


async def create_from_metadata(url: str) -> None:
    """Make the tables as the models have them, without a migration."""
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(METADATA.create_all)
    finally:
        await engine.dispose()


def _described(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        return {line for (sql,) in connection.exec_driver_sql(_SQLITE) for line in _lines(sql)}
    return {line for query in _POSTGRESQL for (line,) in connection.exec_driver_sql(query)}


def _lines(sql: str) -> list[str]:
    # SQLite writes the name of a table that a migration made anew in quotes.
    sql = sql.replace('"', "")
    lines = [line.strip().rstrip(",") for line in sql.splitlines()]
    return [f"{lines[0]} {line}" for line in lines]
