"""The system's roles as rows of a tenant: made with it, and brought to the words and permissions of this version."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import col

from models.identity.system_roles import SYSTEM_ROLES, SystemRole
from models.identity.tables import RoleDefinition, Tenant

_TABLE: Any = RoleDefinition.__table__  # type: ignore[attr-defined]


def system_role_id(tenant_id: UUID, key: str) -> UUID:
    """The id that a system role has in a tenant, now and ever."""
    return uuid5(tenant_id, f"role:{key}")


def system_role_rows(tenant_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """Every system role as a new tenant gets it."""
    return [
        {
            "id": system_role_id(tenant_id, role.key),
            "tenant_id": tenant_id,
            "key": role.key,
            "created_at": now,
            "updated_at": now,
            **_facts(role),
        }
        for role in SYSTEM_ROLES
    ]


def plant_system_roles(connection: Connection, now: datetime) -> None:
    """Brings the system roles of every tenant to what this version says. Doing it twice changes nothing."""
    known = {row.id: row for row in connection.execute(select(_TABLE).where(_TABLE.c.is_system))}
    wanted = [row for tenant_id in _tenants(connection) for row in system_role_rows(tenant_id, now)]
    missing = [row for row in wanted if row["id"] not in known]
    if missing:
        connection.execute(insert(_TABLE), missing)
    for row in wanted:
        facts = {
            key: row[key] for key in ("name", "description", "scope", "permissions", "rank", "is_system")
        }
        old = known.get(row["id"])
        if old is not None and any(getattr(old, key) != value for key, value in facts.items()):
            connection.execute(update(_TABLE).where(_TABLE.c.id == row["id"]).values(**facts, updated_at=now))
    gone = set(known) - {row["id"] for row in wanted}
    if gone:
        connection.execute(delete(_TABLE).where(_TABLE.c.id.in_(gone)))


def _tenants(connection: Connection) -> Iterable[UUID]:
    return list(connection.execute(select(col(Tenant.id))).scalars())


def _facts(role: SystemRole) -> dict[str, Any]:
    return {
        "name": role.name,
        "description": role.description,
        "scope": role.scope,
        "permissions": " ".join(sorted(role.permissions)),
        "rank": role.rank,
        "is_system": True,
    }
