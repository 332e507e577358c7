"""The migrations lead exactly to the tables of the models, there and back, with data in place."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import select

from models.database import Database
from models.identity.tables import Tenant, User
from models.migrations import BASE, UnknownRevision, current, downgrade, head, upgrade
from models.migrations.metadata import METADATA
from models.tables import DEFAULT_TENANT
from tests.migrations.schema import create_from_metadata, schema_of


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, METADATA))


async def execute(url: str, statement: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


async def test_the_migrated_schema_is_that_of_the_models(empty_database: str) -> None:
    await upgrade(empty_database)
    engine = create_async_engine(empty_database, poolclass=NullPool)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_the_database_itself_sees_no_difference(empty_database: str) -> None:
    await upgrade(empty_database)
    migrated = await schema_of(empty_database)
    await downgrade(empty_database, BASE)
    assert await schema_of(empty_database) == set()
    await create_from_metadata(empty_database)
    assert await schema_of(empty_database) == migrated
    assert any("WHERE" in line and "uq_recordings_live" in line for line in migrated)


async def test_a_database_knows_where_it_stands(empty_database: str) -> None:
    assert await current(empty_database) is None
    await upgrade(empty_database)
    assert await current(empty_database) == head()
    await downgrade(empty_database, BASE)
    assert await current(empty_database) is None


def test_asking_where_a_file_stands_does_not_create_it(tmp_path: Path) -> None:
    assert asyncio.run(current(f"sqlite+aiosqlite:///{tmp_path / 'none.db'}")) is None
    assert list(tmp_path.iterdir()) == []


async def test_up_down_and_up_again_with_data_in_place(empty_database: str) -> None:
    await upgrade(empty_database)
    await add_user(empty_database)
    await upgrade(empty_database)
    assert await count(empty_database, "users") == 1
    await downgrade(empty_database, BASE)
    await upgrade(empty_database)
    assert await count(empty_database, "users") == 0
    await add_user(empty_database)


async def test_accounts_that_were_there_before_are_found(empty_database: str) -> None:
    await upgrade(empty_database)
    await add_user(empty_database)
    await downgrade(empty_database, "0008")
    await upgrade(empty_database)
    found = "users WHERE search_text = 'ada' || chr(10) || 'ada@example.com' || chr(10) || 'ada'"
    if empty_database.startswith("sqlite"):
        found = found.replace("chr(", "char(")
    assert await count(empty_database, found) == 1


async def test_the_default_tenant_is_there(empty_database: str) -> None:
    await upgrade(empty_database)
    database = Database(empty_database)
    async with database.read() as db:
        tenants = (await db.exec(select(Tenant))).all()
    await database.close()
    assert [(tenant.id, tenant.name) for tenant in tenants] == [(DEFAULT_TENANT, "Convene")]
    assert abs((datetime.now(UTC) - tenants[0].created_at).total_seconds()) < 60


async def test_two_that_migrate_at_once_take_turns(empty_database: str) -> None:
    await asyncio.gather(*(upgrade(empty_database) for _ in range(4)))
    assert await current(empty_database) == head()
    assert await count(empty_database, "tenants") == 1


async def test_a_schema_from_the_future_is_left_alone(empty_database: str) -> None:
    await upgrade(empty_database)
    await execute(empty_database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UnknownRevision, match="9999"):
        await upgrade(empty_database)
    assert await current(empty_database) == "9999"


async def test_a_migration_that_fails_changes_nothing(empty_database: str) -> None:
    await upgrade(empty_database)
    await downgrade(empty_database, BASE)
    # The last table that the migration makes is in its way.
    await execute(empty_database, "CREATE TABLE audit_entries (id integer)")
    with pytest.raises(Exception, match="audit_entries"):
        await upgrade(empty_database)
    assert await current(empty_database) is None
    assert not [line for line in await schema_of(empty_database) if "tenants" in line]


async def add_user(url: str) -> None:
    now = datetime.now(UTC)
    database = Database(url)
    async with database.write() as db:
        db.add(
            User(
                tenant_id=DEFAULT_TENANT,
                email="ada@example.com",
                username="ada",
                display_name="Ada",
                password_hash="x",
                created_at=now,
                updated_at=now,
            )
        )
    await database.close()


async def count(url: str, table: str) -> int:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        found = await connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608
    await engine.dispose()
    return int(found or 0)
