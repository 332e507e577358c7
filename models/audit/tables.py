"""The audit trail: rows that are only ever added, and the chain that shows it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, Index, UniqueConstraint, event, text
from sqlmodel import Field

from models.audit.who import ActorKind
from models.ids import new_id
from models.tables import InTenant, Json, text_enum

DONE = "ok"
"""The outcome of what was done. Any other outcome is the code of a refusal."""


ERASED = "account:erased"
"""The act after which rows about the account may be blank."""

SEARCHED = ("actor_name", "action", "address", "request_id", "outcome")
"""Where a text is looked for."""


class AuditEntry(InTenant, table=True):
    """One act, done or refused. Never deleted, and changed only by blanking a person; never holds a secret or a text.

    `user_id` is the account behind it, be it a person's, a key's or a participant's; `before` and `after` hold the
    fields that changed. `digest` stands for what it says of a person and is hashed with `salt`; a row that was blanked
    has no salt any more, and one from before there were digests has neither.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_session", "session_id", "at"),
        # With all that is searched for a text: SQLite reads no row that does not hold it.
        Index("ix_audit_entries_tenant", "tenant_id", "at", "id", *SEARCHED),
        Index("ix_audit_entries_user", "user_id", "at"),
        Index("ix_audit_entries_action", "tenant_id", "action", "at"),
        Index("ix_audit_entries_target", "target_id", "at"),
        Index(
            "ix_audit_entries_refused",
            "tenant_id",
            "at",
            sqlite_where=text("outcome <> 'ok'"),
            postgresql_where=text("outcome <> 'ok'"),
        ),
        Index(
            "ix_audit_entries_guest",
            "actor_id",
            "at",
            sqlite_where=text("user_id IS NULL"),
            postgresql_where=text("user_id IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    tenant_id: UUID = Field(foreign_key="tenants.id")
    session_id: UUID | None = None
    user_id: UUID | None = None
    participant_id: UUID | None = None
    action: str = Field(max_length=60)
    target_id: UUID | None = None
    details: dict[str, object] = Field(default_factory=dict, sa_type=Json)
    at: datetime
    address: str = Field(default="", max_length=45)
    request_id: str = Field(default="", max_length=64)
    actor_kind: ActorKind = Field(default=ActorKind.JOB, sa_type=text_enum(ActorKind))
    actor_id: UUID | None = None
    actor_name: str = Field(default="", max_length=170)
    target_kind: str = Field(default="", max_length=20)
    before: dict[str, object] = Field(default_factory=dict, sa_type=Json)
    after: dict[str, object] = Field(default_factory=dict, sa_type=Json)
    agent: str = Field(default="", max_length=255)
    outcome: str = Field(default=DONE, max_length=60)
    salt: str = Field(default="", max_length=32)
    digest: str = Field(default="", max_length=64)


class AuditSeal(InTenant, table=True):
    """The place of one row in its tenant's chain: `hash` is over the row and the hash before it."""

    __tablename__ = "audit_seals"
    __table_args__ = (UniqueConstraint("entry_id"),)

    tenant_id: UUID = Field(foreign_key="tenants.id", primary_key=True)
    seq: int = Field(primary_key=True)
    entry_id: UUID
    hash: str = Field(max_length=64)


class AuditChain(InTenant, table=True):
    """Where a tenant's chain ends. Whoever seals holds this row, so that there is one chain.

    `sealed_to` is the newest row that is in it: one much older that is not is no row of ours.
    """

    __tablename__ = "audit_chains"

    tenant_id: UUID = Field(foreign_key="tenants.id", primary_key=True)
    seq: int
    hash: str = Field(max_length=64)
    sealed_to: UUID


_ERASABLE = ("salt", "actor_name", "address", "agent", "before", "after")
"""What a row that is blanked may lose."""

_REFUSE = (
    "CREATE OR REPLACE FUNCTION convene_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
)
_REFUSE_UNLESS_BLANKED = (
    "CREATE OR REPLACE FUNCTION convene_blank_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF OLD.salt = '' OR NEW.salt || NEW.actor_name || NEW.address || NEW.agent <> '' "
    "OR NEW.before NOT IN (OLD.before, '{}') OR NEW.after NOT IN (OLD.after, '{}') "
    f"OR to_jsonb(NEW) - '{{{','.join(_ERASABLE)}}}'::text[] "
    f"<> to_jsonb(OLD) - '{{{','.join(_ERASABLE)}}}'::text[] "
    "THEN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END IF; RETURN NEW; END $$"
)


def append_only(table: str) -> dict[str, tuple[str, ...]]:
    """The statements, by kind of database, after which it refuses to change or delete rows of a table."""
    return {
        "sqlite": tuple(_refuse_in_sqlite(table, verb) for verb in ("UPDATE", "DELETE")),
        "postgresql": (_REFUSE, _refuse_in_postgresql(table, "UPDATE OR DELETE OR TRUNCATE")),
    }


def blank_only(table: str, columns: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The same for the audit's entries, in which the personal part may be blanked, once and as a whole."""
    same = " AND ".join(f"NEW.{one} IS OLD.{one}" for one in columns if one not in _ERASABLE)
    blanked = (
        "OLD.salt <> '' AND NEW.salt || NEW.actor_name || NEW.address || NEW.agent = '' "
        "AND NEW.before IN (OLD.before, '{}') AND NEW.after IN (OLD.after, '{}')"
    )
    return {
        "sqlite": (
            _refuse_in_sqlite(table, "UPDATE", f"WHEN NOT ({blanked} AND {same}) "),
            _refuse_in_sqlite(table, "DELETE"),
        ),
        "postgresql": (
            _REFUSE,
            _REFUSE_UNLESS_BLANKED,
            _refuse_in_postgresql(table, "DELETE OR TRUNCATE"),
            (
                f"CREATE TRIGGER {table}_blank_only BEFORE UPDATE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION convene_blank_only()"
            ),
        ),
    }


def _refuse_in_sqlite(table: str, verb: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _refuse_in_postgresql(table: str, verbs: str) -> str:
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE {verbs} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION convene_append_only()"
    )


def _guard(kind: Any, by_dialect: dict[str, tuple[str, ...]]) -> None:
    for dialect, statements in by_dialect.items():
        for statement in statements:
            made = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(kind.__table__, "after_create", made.execute_if(dialect=dialect))


_ENTRIES: Any = AuditEntry.__table__  # type: ignore[attr-defined]
_guard(AuditEntry, blank_only(_ENTRIES.name, _ENTRIES.columns.keys()))
_guard(AuditSeal, append_only("audit_seals"))
