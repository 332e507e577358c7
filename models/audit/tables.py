"""The audit trail."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.ids import new_id
from models.tables import Json


class AuditEntry(SQLModel, table=True):
    """One act: by whom, upon what, from which address. Never changed, never deleted; never holds a secret or a text."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_session", "session_id", "at"),
        Index("ix_audit_entries_tenant", "tenant_id", "at"),
        Index("ix_audit_entries_user", "user_id", "at"),
        Index("ix_audit_entries_action", "tenant_id", "action", "at"),
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
