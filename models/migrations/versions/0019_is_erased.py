"""Participants, and authors of messages, whose accounts were deleted for good, are marked as such."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

TABLES = ("participants", "chat_messages")


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("is_erased", sa.Boolean(), nullable=False, server_default=sa.false()))
        # New rows always say it; the default was for those that are there.
        with op.batch_alter_table(name) as table:
            table.alter_column("is_erased", server_default=None)
    op.execute(
        "UPDATE participants SET is_erased = true "
        "WHERE user_id IN (SELECT id FROM users WHERE erased_at IS NOT NULL)"
    )
    op.execute(
        "UPDATE chat_messages SET is_erased = true "
        "WHERE participant_id IN (SELECT id FROM participants WHERE is_erased)"
    )


def downgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_column("is_erased")
