"""The audit says who and with what outcome, is chained, and cannot be changed."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"

JSON: Any = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
GUARDED = ("audit_entries", "audit_seals")
NEW: tuple[tuple[str, Any, str], ...] = (
    ("actor_kind", sa.String(20), "'job'"),
    ("actor_name", sa.String(170), "''"),
    ("target_kind", sa.String(20), "''"),
    ("before", JSON, "'{}'"),
    ("after", JSON, "'{}'"),
    ("agent", sa.String(255), "''"),
    ("outcome", sa.String(60), "'ok'"),
)
"""What every row has from now on, and what the rows that are there get."""

ORDER = ("actor_kind", "actor_id", "actor_name", "target_kind", "before", "after", "agent", "outcome")


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    # SQLite would write a column that is added behind the constraints, where no table of ours has one.
    again: Literal["always", "never"] = "always" if is_sqlite else "never"
    kinds = {name: kind for name, kind, _ in NEW}
    with op.batch_alter_table("audit_entries", recreate=again) as batch:
        for name in ORDER:
            batch.add_column(sa.Column(name, kinds.get(name, sa.Uuid()), nullable=True))
    _fill()
    with op.batch_alter_table("audit_entries", recreate=again) as batch:
        for name, kind, _ in NEW:
            batch.alter_column(name, existing_type=kind, nullable=False)
    op.create_index("ix_audit_entries_target", "audit_entries", ["target_id", "at"])
    for name, columns, where in (
        ("refused", ["tenant_id", "at"], "outcome <> 'ok'"),
        ("guest", ["actor_id", "at"], "user_id IS NULL"),
    ):
        condition = sa.text(where)
        op.create_index(
            f"ix_audit_entries_{name}",
            "audit_entries",
            columns,
            sqlite_where=condition,
            postgresql_where=condition,
        )
    _create_chain()
    for statement in _guards(is_sqlite):
        op.execute(statement)


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_entries_no_{verb}")
    else:
        op.execute("DROP TRIGGER audit_entries_append_only ON audit_entries")
    op.drop_table("audit_chains")
    op.drop_table("audit_seals")
    if not is_sqlite:
        op.execute("DROP FUNCTION convene_append_only()")
    for name in ("target", "refused", "guest"):
        op.drop_index(f"ix_audit_entries_{name}", "audit_entries")
    with op.batch_alter_table("audit_entries") as batch:
        for name in reversed(ORDER):
            batch.drop_column(name)


def _fill() -> None:
    values = ", ".join(f"{name} = {value}" for name, _, value in NEW)
    op.execute(f"UPDATE audit_entries SET {values}")  # noqa: S608 - of words above
    op.execute(
        "UPDATE audit_entries SET actor_kind = 'user', actor_id = user_id, actor_name = coalesce("
        "(SELECT display_name FROM users WHERE users.id = audit_entries.user_id), '') WHERE user_id IS NOT NULL"
    )
    op.execute(
        "UPDATE audit_entries SET actor_kind = 'guest', actor_id = participant_id, actor_name = coalesce("
        "(SELECT display_name FROM participants WHERE participants.id = audit_entries.participant_id), '') "
        "WHERE user_id IS NULL AND participant_id IS NOT NULL"
    )


def _create_chain() -> None:
    op.create_table(
        "audit_seals",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_audit_seals_tenant_id_tenants"),
        sa.PrimaryKeyConstraint("tenant_id", "seq", name="pk_audit_seals"),
        sa.UniqueConstraint("entry_id", name="uq_audit_seals_entry_id"),
    )
    op.create_table(
        "audit_chains",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("sealed_to", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_audit_chains_tenant_id_tenants"),
        sa.PrimaryKeyConstraint("tenant_id", name="pk_audit_chains"),
    )


def _guards(is_sqlite: bool) -> list[str]:  # noqa: FBT001 - one of two ways
    if is_sqlite:
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for table in GUARDED
            for verb in ("UPDATE", "DELETE")
        ]
    function = (
        "CREATE OR REPLACE FUNCTION convene_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    return [
        function,
        *(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION convene_append_only()"
            for table in GUARDED
        ),
    ]
