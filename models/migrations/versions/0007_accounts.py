"""Verified addresses, the tokens that are mailed, and pictures."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # SQLite would write a column that is added behind the constraints, where no table of ours has one.
    again: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("users", recreate=again) as batch:
        batch.add_column(sa.Column("verified_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("avatar", sa.String(64), nullable=True))
    with op.batch_alter_table("participants", recreate=again) as batch:
        batch.add_column(sa.Column("avatar", sa.String(64), nullable=True))
    op.create_table(
        "mailed_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_mailed_tokens_tenant_id_tenants"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_mailed_tokens_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mailed_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_mailed_tokens_token_hash"),
    )
    op.create_index("ix_mailed_tokens_user_id", "mailed_tokens", ["user_id"])
    op.create_index("ix_mailed_tokens_expires_at", "mailed_tokens", ["expires_at"])


def downgrade() -> None:
    op.drop_table("mailed_tokens")
    with op.batch_alter_table("users") as batch:
        batch.drop_column("avatar")
        batch.drop_column("verified_at")
    with op.batch_alter_table("participants") as batch:
        batch.drop_column("avatar")
