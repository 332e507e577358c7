"""A second factor: the secret of somebody's authenticator, and codes for when it is lost."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0015"
down_revision = "0014"

MOMENT = sa.DateTime(timezone=True)


def _row(table: str, *columns: SchemaItem) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=f"fk_{table}_tenant_id_tenants"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=f"fk_{table}_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def upgrade() -> None:
    op.create_table(
        "second_factors",
        *_row(
            "second_factors",
            sa.Column("secret", sa.String(255), nullable=False),
            sa.Column("confirmed_at", MOMENT, nullable=True),
            sa.Column("last_step", sa.Integer(), nullable=False),
        ),
        sa.UniqueConstraint("user_id", name="uq_second_factors_user_id"),
    )
    op.create_table(
        "recovery_codes",
        *_row("recovery_codes", sa.Column("code_hash", sa.String(64), nullable=False)),
    )
    op.create_index("ix_recovery_codes_user_id", "recovery_codes", ["user_id"])


def downgrade() -> None:
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
