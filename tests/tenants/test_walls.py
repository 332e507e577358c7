"""The walls between tenants: every table is behind them, whatever is asked."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col, delete, func, select, update

from models.database import Database
from models.identity.planting import plant_system_roles
from models.identity.tables import RoleDefinition, Tenant, User
from models.ids import new_id
from models.migrations import upgrade
from models.migrations.metadata import METADATA
from models.tables import DEFAULT_TENANT, InTenant
from models.tenancy import narrow

UNBOUND = {
    "tenants": "the tenants themselves: a bound session sees its own, by the id",
    "worker_beats": "the site's workers, of no tenant",
}
"""Every table without a wall of its own, and why."""

NOW = datetime.now(UTC)


def mapped() -> list[Any]:
    registry = SQLModel._sa_registry
    return [mapper.class_ for mapper in registry.mappers]


@pytest.fixture
async def database(empty_database: str) -> AsyncIterator[Database]:
    await upgrade(empty_database)
    database = Database(empty_database)
    yield database
    await database.close()


async def other_tenant(database: Database, *, is_active: bool = True) -> UUID:
    tenant = Tenant(name="Other", slug="other", created_at=NOW, updated_at=NOW, is_active=is_active)
    async with database.write() as db:
        db.add(tenant)
        await db.flush()
        connection = await db.connection()
        await connection.run_sync(plant_system_roles, NOW)
        db.add_all([person(tenant.id, "ben"), person(DEFAULT_TENANT, "ada")])
    return tenant.id


def person(tenant_id: UUID, name: str) -> User:
    return User(
        tenant_id=tenant_id,
        email=f"{name}@example.org",
        username=name,
        display_name=name.title(),
        password_hash="-",
        created_at=NOW,
        updated_at=NOW,
    )


def test_every_table_is_behind_the_walls_or_says_why_not() -> None:
    behind = {table.__tablename__ for table in mapped() if issubclass(table, InTenant)}
    assert behind | set(UNBOUND) == set(METADATA.tables)
    assert not behind & set(UNBOUND)
    for name in behind:
        assert "tenant_id" in METADATA.tables[name].c, name
        assert not METADATA.tables[name].c.tenant_id.nullable, name


async def test_every_table_shows_a_bound_session_its_own_rows_alone(database: Database) -> None:
    async with database.within(new_id()).read() as db:
        for table in [one for one in mapped() if issubclass(one, InTenant)]:
            for asked in (select(table), select(aliased(table))):
                assert (await db.exec(asked)).all() == []
                bound = str(db.info["statements"].bound(asked).compile())
                assert "tenant_id = :bound_to_tenant_id" in bound, bound


async def test_a_bound_session_finds_no_foreign_row_in_any_way(database: Database) -> None:
    other = await other_tenant(database)
    async with database.read() as db:
        ben = (await db.exec(select(User).where(User.username == "ben"))).one()
    async with database.within(DEFAULT_TENANT).read() as db:
        assert (await db.exec(select(User.username))).all() == ["ada"]
        assert await db.get(User, ben.id) is None
        assert (await db.exec(select(func.count()).select_from(User))).one() == 1
        again = aliased(User)
        pairs = select(User.username, again.username).join(again, col(again.id) != col(User.id), isouter=True)
        assert str([tuple(pair) for pair in await db.exec(pairs)]) == "[('ada', None)]"
        within = select(User.username).where(col(User.id).in_(select(again.id)))
        assert (await db.exec(within)).all() == ["ada"]
        roles = select(RoleDefinition.tenant_id).join(User, col(User.tenant_id) != RoleDefinition.tenant_id)
        assert (await db.exec(roles)).all() == []
        assert (await db.exec(select(Tenant.id))).all() == [DEFAULT_TENANT]
    async with database.within(DEFAULT_TENANT).write() as db:
        await db.exec(update(User).values(display_name="Changed"))
        await db.exec(delete(User).where(col(User.username) == "ben"))
    async with database.within(other).read() as db:
        assert (await db.exec(select(User.display_name))).all() == ["Ben"]


async def test_a_bound_session_stores_no_foreign_row(database: Database) -> None:
    other = await other_tenant(database)
    with pytest.raises(RuntimeError, match="another tenant"):
        async with database.within(DEFAULT_TENANT).write() as db:
            db.add(person(other, "mole"))


async def test_nobody_of_a_tenant_that_is_not_active_is_found(database: Database) -> None:
    other = await other_tenant(database, is_active=False)
    async with database.within(other).read() as db:
        assert (await db.exec(select(User))).all() == []


async def test_a_session_is_narrowed_and_never_widened(database: Database) -> None:
    other = await other_tenant(database)
    async with database.read() as db:
        assert len((await db.exec(select(User))).all()) == 2
        narrow(db, other)
        assert (await db.exec(select(User.username))).all() == ["ben"]
        with pytest.raises(RuntimeError):
            narrow(db, DEFAULT_TENANT)
