"""What the audit says of a person stands under a salted digest, and may be blanked; nothing else of it may change."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

TABLE = "audit_entries"
NEW = (("salt", sa.String(32)), ("digest", sa.String(64)))
ABOUT = "id, tenant_id, session_id, user_id, participant_id, action, target_id, details, at, request_id"
KEPT = f"{ABOUT}, actor_kind, actor_id, target_kind, outcome, digest".split(", ")
SAME = " AND ".join(f"NEW.{one} IS OLD.{one}" for one in KEPT)
BLANKED = (
    "OLD.salt <> '' AND NEW.salt || NEW.actor_name || NEW.address || NEW.agent = '' "
    "AND NEW.before IN (OLD.before, '{}') AND NEW.after IN (OLD.after, '{}')"
)
FUNCTION = (
    "CREATE OR REPLACE FUNCTION convene_blank_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF OLD.salt = '' OR NEW.salt || NEW.actor_name || NEW.address || NEW.agent <> '' "
    "OR NEW.before NOT IN (OLD.before, '{}') OR NEW.after NOT IN (OLD.after, '{}') "
    "OR to_jsonb(NEW) - '{salt,actor_name,address,agent,before,after}'::text[] "
    "<> to_jsonb(OLD) - '{salt,actor_name,address,agent,before,after}'::text[] "
    "THEN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END IF; RETURN NEW; END $$"
)


def upgrade() -> None:
    is_sqlite = _unguard(f"DROP TRIGGER {TABLE}_append_only ON {TABLE}")
    with op.batch_alter_table(TABLE, recreate=_again(is_sqlite)) as batch:
        for name, kind in NEW:
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=""))
    with op.batch_alter_table(TABLE, recreate=_again(is_sqlite)) as batch:
        for name, kind in NEW:
            batch.alter_column(name, existing_type=kind, server_default=None)
    if is_sqlite:
        _refuse("UPDATE", f"WHEN NOT ({BLANKED} AND {SAME}) ")
        _refuse("DELETE")
        return
    op.execute(FUNCTION)
    _refuse_on_postgresql("DELETE OR TRUNCATE")
    op.execute(
        f"CREATE TRIGGER {TABLE}_blank_only BEFORE UPDATE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION convene_blank_only()"
    )


def downgrade() -> None:
    is_sqlite = _unguard(
        f"DROP TRIGGER {TABLE}_append_only ON {TABLE}",
        f"DROP TRIGGER {TABLE}_blank_only ON {TABLE}",
        "DROP FUNCTION convene_blank_only()",
        "ALTER TABLE audit_seals DISABLE TRIGGER audit_seals_append_only",
    )
    if is_sqlite:
        op.execute("DROP TRIGGER audit_seals_no_delete")
    # The seals are over digests that go now. The chain begins anew, over the rows as they are.
    op.execute("DELETE FROM audit_seals")
    op.execute("DELETE FROM audit_chains")
    with op.batch_alter_table(TABLE) as batch:
        for name, _ in NEW:
            batch.drop_column(name)
    if is_sqlite:
        for verb in ("UPDATE", "DELETE"):
            _refuse(verb)
        _refuse("DELETE", table="audit_seals")
        return
    op.execute("ALTER TABLE audit_seals ENABLE TRIGGER audit_seals_append_only")
    _refuse_on_postgresql("UPDATE OR DELETE OR TRUNCATE")


def _again(is_sqlite: bool) -> Literal["always", "never"]:  # noqa: FBT001 - one of two ways
    return "always" if is_sqlite else "never"


def _unguard(*on_postgresql: str) -> bool:
    """Takes away what refuses changes. Returns whether this is SQLite."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    on_sqlite = tuple(f"DROP TRIGGER {TABLE}_no_{verb}" for verb in ("update", "delete"))
    for statement in on_sqlite if is_sqlite else on_postgresql:
        op.execute(statement)
    return is_sqlite


def _refuse(verb: str, when: str = "", *, table: str = TABLE) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _refuse_on_postgresql(verbs: str) -> None:
    op.execute(
        f"CREATE TRIGGER {TABLE}_append_only BEFORE {verbs} ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION convene_append_only()"
    )
