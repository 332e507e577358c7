"""The audit trail: rows that are only ever added, and the chain that shows it."""

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


class AuditEntry(InTenant, table=True):
    """One act, done or refused. Never changed, never deleted; never holds a secret or a text.

    `user_id` is the account behind it, be it a person's, a key's or a participant's; `before` and `after` hold the
    fields that changed.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_session", "session_id", "at"),
        Index("ix_audit_entries_tenant", "tenant_id", "at"),
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


_REFUSE = (
    "CREATE OR REPLACE FUNCTION convene_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
)


def append_only(table: str) -> dict[str, tuple[str, ...]]:
    """The statements, by kind of database, after which it refuses to change or delete rows of a table."""
    return {
        "sqlite": tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ),
        "postgresql": (
            _REFUSE,
            (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION convene_append_only()"
            ),
        ),
    }


def _guard(kind: Any) -> None:
    table = kind.__table__
    for dialect, statements in append_only(table.name).items():
        for statement in statements:
            made = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", made.execute_if(dialect=dialect))


_guard(AuditEntry)
_guard(AuditSeal)
