"""Indexes by which long lists of accounts are counted, found by role, and the audit searched for a text."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

SEARCHED = ["actor_name", "action", "address", "request_id", "outcome"]
HOLDERS = ["role_id", "tenant_id", "is_active", "user_id", "starts_at", "expires_at"]
BEFORE = {"ix_users_search": ["tenant_id", "search_text", "id"], "ix_users_newest": ["tenant_id", "id"]}


def upgrade() -> None:
    for name, columns in BEFORE.items():
        op.drop_index(name, "users")
        op.create_index(
            name,
            "users",
            # SQLite counts in the index alone only if it finds there what the condition speaks of.
            [*columns, "erased_at"],
            sqlite_where=sa.text("erased_at IS NULL"),
            postgresql_where=sa.text("erased_at IS NULL"),
        )
    op.create_index("ix_role_assignments_holders", "role_assignments", HOLDERS)
    op.drop_index("ix_role_assignments_role", "role_assignments")
    op.drop_index("ix_audit_entries_tenant", "audit_entries")
    op.create_index("ix_audit_entries_tenant", "audit_entries", ["tenant_id", "at", "id", *SEARCHED])


def downgrade() -> None:
    op.drop_index("ix_audit_entries_tenant", "audit_entries")
    op.create_index("ix_audit_entries_tenant", "audit_entries", ["tenant_id", "at"])
    op.create_index("ix_role_assignments_role", "role_assignments", ["role_id"])
    op.drop_index("ix_role_assignments_holders", "role_assignments")
    for name, columns in BEFORE.items():
        op.drop_index(name, "users")
        op.create_index(name, "users", columns)
