"""What every table has in common. The tables themselves stand in their areas."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, Enum, Uuid, column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.ids import new_id

DEFAULT_TENANT = UUID("00000000-0000-7000-8000-000000000001")
"""The tenant of a site that has only one."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

Json = JSON().with_variant(JSONB(), "postgresql")
"""JSON that PostgreSQL can look into."""


def text_enum(kind: type[StrEnum]) -> Any:
    """A column type that stores an enum's value as text, so that a new value needs no migration."""
    return Enum(
        kind, native_enum=False, length=20, values_callable=lambda members: [m.value for m in members]
    )


class _OfTenant:
    """The column `tenant_id` of whichever table is asked."""

    def __get__(self, _row: object, table: type[SQLModel]) -> Any:
        return getattr(table, "tenant_id", column("tenant_id", Uuid()))


class InTenant(SQLModel):
    """A table each of whose rows belongs to a tenant, by its `tenant_id`: see `models/tenancy.py`."""

    of_tenant: ClassVar[Any] = _OfTenant()


class Row(InTenant):
    """A UUIDv7 id, the tenant, and when the row was made and last changed."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    tenant_id: UUID = Field(foreign_key="tenants.id", nullable=False)
    created_at: datetime
    updated_at: datetime


class Somebody(Row):
    """A row that stands for a person: nobody is found where the tenant is not active."""
