"""Tenants with an address, settings, limits and a look of their own; invitations."""

from typing import Literal

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
FIRST = "main"
"""How the tenant is called that every site has had."""


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    # SQLite would write a column that is added behind the constraints, where no table of ours has one.
    again: Literal["always", "never"] = "always" if sqlite else "never"
    with op.batch_alter_table("tenants", recreate=again) as batch:
        batch.add_column(sa.Column("updated_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("slug", sa.String(40), nullable=True))
        batch.add_column(sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.add_column(sa.Column("settings", JSON, nullable=False, server_default="{}"))
        batch.add_column(sa.Column("limits", JSON, nullable=False, server_default="{}"))
        batch.add_column(sa.Column("accent", sa.String(7), nullable=True))
        batch.add_column(sa.Column("logo", sa.String(64), nullable=True))
    _name()
    with op.batch_alter_table("tenants") as batch:
        for name in ("is_active", "settings", "limits"):
            batch.alter_column(name, server_default=None)
        batch.alter_column("updated_at", nullable=False)
        batch.alter_column("slug", nullable=False)
        batch.create_unique_constraint("uq_tenants_slug", ["slug"])
    _create_invitations()


def downgrade() -> None:
    op.drop_table("tenant_invitations")
    with op.batch_alter_table("tenants") as batch:
        batch.drop_constraint("uq_tenants_slug", type_="unique")
        for name in ("logo", "accent", "limits", "settings", "is_active", "slug", "updated_at"):
            batch.drop_column(name)


def _name() -> None:
    op.execute(sa.text("UPDATE tenants SET updated_at = created_at"))
    tenants = sa.table("tenants", sa.column("id", sa.Uuid()), sa.column("slug"), sa.column("created_at"))
    ids = op.get_bind().execute(sa.select(tenants.c.id).order_by(tenants.c.created_at, tenants.c.id))
    for at, tenant_id in enumerate(ids.scalars().all()):
        slug = FIRST if at == 0 else f"tenant-{tenant_id.hex[-12:]}"
        op.execute(tenants.update().where(tenants.c.id == tenant_id).values(slug=slug))


def _create_invitations() -> None:
    table = "tenant_invitations"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        _to("tenants", "tenant_id", None),
        _to("roles", "role_id", "CASCADE"),
        _to("users", "invited_by", "SET NULL"),
        _to("users", "accepted_by", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("token_hash", name=f"uq_{table}_token_hash"),
    )
    for name in ("role_id", "invited_by", "accepted_by"):
        op.create_index(f"ix_{table}_{name}", table, [name])


def _to(other: str, column: str, ondelete: str | None) -> sa.ForeignKeyConstraint:
    name = f"fk_tenant_invitations_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
