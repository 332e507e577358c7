"""What accounts are searched by, and the indexes that list them."""

import sqlalchemy as sa
from alembic import op

from models.identity.searchable import search_text

revision = "0009"
down_revision = "0008"

CHARS = 400
AT_ONCE = 1_000


def upgrade() -> None:
    with op.batch_alter_table("users") as batch:
        batch.add_column(sa.Column("search_text", sa.String(CHARS), nullable=False, server_default=""))
    with op.batch_alter_table("users") as batch:
        batch.alter_column("search_text", server_default=None)
    _fill()
    op.create_index("ix_users_search", "users", ["tenant_id", "search_text", "id"])
    op.create_index("ix_users_newest", "users", ["tenant_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_users_newest", "users")
    op.drop_index("ix_users_search", "users")
    with op.batch_alter_table("users") as batch:
        batch.drop_column("search_text")


def _fill() -> None:
    names = ("display_name", "email", "username")
    users = sa.table(
        "users", sa.column("id", sa.Uuid()), *(sa.column(one, sa.String()) for one in (*names, "search_text"))
    )
    connection = op.get_bind()
    found = connection.execute(sa.select(users.c.id, *(users.c[one] for one in names))).all()
    change = (
        sa.update(users).where(users.c.id == sa.bindparam("which")).values(search_text=sa.bindparam("text"))
    )
    for begin in range(0, len(found), AT_ONCE):
        rows = [
            {"which": one.id, "text": search_text(one.display_name, one.email, one.username)}
            for one in found[begin : begin + AT_ONCE]
        ]
        connection.execute(change, rows)
