"""Signs of life of workers while one of them cannot reach Redis."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "worker_beats",
        sa.Column("worker_id", sa.String(32), nullable=False),
        sa.Column("is_cut_off", sa.Boolean(), nullable=False),
        sa.Column("beaten_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("worker_id", name="pk_worker_beats"),
    )
    op.create_index("ix_worker_beats_beaten_at", "worker_beats", ["beaten_at"])


def downgrade() -> None:
    op.drop_table("worker_beats")
