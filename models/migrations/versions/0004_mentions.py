"""Whom a message is meant for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("chat_messages") as table:
        table.add_column(sa.Column("mentions", JSON, nullable=False, server_default="[]"))
    # New rows always say it; the default was for those that are there.
    with op.batch_alter_table("chat_messages") as table:
        table.alter_column("mentions", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("chat_messages") as table:
        table.drop_column("mentions")
