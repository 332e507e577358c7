"""Participants who are hidden from everybody but the hosts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("participants") as table:
        table.add_column(sa.Column("is_hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
    # New rows always say it; the default was for those that are there.
    with op.batch_alter_table("participants") as table:
        table.alter_column("is_hidden", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("participants") as table:
        table.drop_column("is_hidden")
