"""Roles as rows: those of the system and the tenant's own, who has them, and what single participants may do."""

from datetime import UTC, datetime
from uuid import UUID, uuid4, uuid5

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)

# What somebody was before, and the role of this version that says the same.
WAS = {"admin": "tenant_admin", "member": "lecturer"}
RANKS = {"tenant_admin": 70, "lecturer": 20}
AT_ONCE = 1_000


def upgrade() -> None:
    _create_roles()
    _create_assignments()
    with op.batch_alter_table("participants") as batch:
        batch.add_column(sa.Column("custom_role_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("permissions", JSON, nullable=False, server_default="{}"))
        batch.create_foreign_key(
            "fk_participants_custom_role_id_roles", "roles", ["custom_role_id"], ["id"], ondelete="RESTRICT"
        )
        batch.create_index("ix_participants_custom_role_id", ["custom_role_id"])
    with op.batch_alter_table("participants") as batch:
        batch.alter_column("permissions", server_default=None)
    _assign()
    with op.batch_alter_table("users") as batch:
        batch.drop_column("role")


def downgrade() -> None:
    with op.batch_alter_table("users") as batch:
        batch.add_column(sa.Column("role", sa.String(20), nullable=False, server_default="member"))
    op.execute(
        "UPDATE users SET role = 'admin' WHERE id IN (SELECT a.user_id FROM role_assignments a"
        " JOIN roles r ON r.id = a.role_id WHERE a.is_active AND r.rank >= 60)"
    )
    with op.batch_alter_table("participants") as batch:
        batch.drop_index("ix_participants_custom_role_id")
        batch.drop_constraint("fk_participants_custom_role_id_roles", type_="foreignkey")
        batch.drop_column("permissions")
        batch.drop_column("custom_role_id")
    op.drop_table("role_assignments")
    op.drop_table("roles")


def _create_roles() -> None:
    op.create_table(
        "roles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("key", sa.String(50), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("description", sa.String(500), nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("permissions", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("base", sa.String(20), nullable=True),
        sa.Column("is_system", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_roles_tenant_id_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_roles"),
        sa.UniqueConstraint("tenant_id", "key", name="uq_roles_tenant_id_key"),
    )


def _create_assignments() -> None:
    op.create_table(
        "role_assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_by", sa.Uuid(), nullable=True),
        sa.Column("assigned_at", MOMENT, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_role_assignments_tenant_id_tenants"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_role_assignments_user_id_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["roles.id"], name="fk_role_assignments_role_id_roles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_role_assignments"),
        sa.UniqueConstraint("user_id", "role_id", name="uq_role_assignments_user_id_role_id"),
    )
    op.create_index("ix_role_assignments_role", "role_assignments", ["role_id"])
    op.create_index("ix_role_assignments_expiry", "role_assignments", ["is_active", "expires_at"])


def _assign() -> None:
    """Everybody gets the role that says what they were. What it allows is filled in after the migrations."""
    roles = sa.table(
        "roles",
        *(sa.column(name, sa.Uuid()) for name in ("id", "tenant_id")),
        *(sa.column(name, MOMENT) for name in ("created_at", "updated_at")),
        *(sa.column(name, sa.String()) for name in ("key", "name", "description", "scope", "permissions")),
        sa.column("rank", sa.Integer()),
        sa.column("is_system", sa.Boolean()),
    )
    now = datetime.now(UTC)
    known = sa.table("tenants", sa.column("id", sa.Uuid()))
    tenants = op.get_bind().execute(sa.select(known.c.id)).scalars().all()
    rows = [
        {
            "id": role_id(tenant_id, key),
            "tenant_id": tenant_id,
            "created_at": now,
            "updated_at": now,
            "key": key,
            "name": key,
            "description": "",
            "scope": "tenant",
            "permissions": "",
            "rank": rank,
            "is_system": True,
        }
        for tenant_id in tenants
        for key, rank in RANKS.items()
    ]
    if rows:
        op.get_bind().execute(sa.insert(roles), rows)
    _assign_users(now)


def _assign_users(now: datetime) -> None:
    users = sa.table(
        "users", sa.column("id", sa.Uuid()), sa.column("tenant_id", sa.Uuid()), sa.column("role", sa.String())
    )
    assignments = sa.table(
        "role_assignments",
        *(sa.column(name, sa.Uuid()) for name in ("id", "tenant_id", "user_id", "role_id")),
        *(sa.column(name, MOMENT) for name in ("created_at", "updated_at", "assigned_at")),
        sa.column("is_active", sa.Boolean()),
    )
    found = op.get_bind().execute(sa.select(users.c.id, users.c.tenant_id, users.c.role)).all()
    for begin in range(0, len(found), AT_ONCE):
        op.get_bind().execute(
            sa.insert(assignments),
            [
                {
                    "id": uuid4(),
                    "tenant_id": tenant_id,
                    "user_id": user_id,
                    "role_id": role_id(tenant_id, WAS[role]),
                    "created_at": now,
                    "updated_at": now,
                    "assigned_at": now,
                    "is_active": True,
                }
                for user_id, tenant_id, role in found[begin : begin + AT_ONCE]
            ],
        )


def role_id(tenant_id: UUID, key: str) -> UUID:
    """The id that a system role has in a tenant, now and ever."""
    return uuid5(tenant_id, f"role:{key}")
