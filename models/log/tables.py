"""The log of every session, its head, and the answers already given to commands."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlmodel import Field

from models.ids import new_epoch, new_id
from models.tables import InTenant


class SessionLog(InTenant, table=True):
    """The head of a log. Whoever changes a room locks this row first, so a session has one order of events.

    `epoch` changes only when the log is restored or cut.
    """

    __tablename__ = "session_logs"

    session_id: UUID = Field(foreign_key="sessions.id", ondelete="CASCADE", primary_key=True)
    tenant_id: UUID = Field(foreign_key="tenants.id")
    epoch: str = Field(default_factory=new_epoch, max_length=16)
    head_seq: int = 0


class SessionEvent(InTenant, table=True):
    """One fact. Append-only; `data` is JSON as it goes over the wire, kept as text so that a replay decodes nothing."""

    __tablename__ = "session_events"
    __table_args__ = (Index("ix_session_events_type", "session_id", "type", "seq"),)

    session_id: UUID = Field(foreign_key="sessions.id", ondelete="CASCADE", primary_key=True)
    seq: int = Field(primary_key=True)
    id: UUID = Field(default_factory=new_id, unique=True)
    tenant_id: UUID = Field(foreign_key="tenants.id")
    type: str = Field(max_length=60)
    actor_id: UUID | None = None
    audience: str = Field(default="everyone", sa_type=Text)
    at: datetime
    data: str = Field(sa_type=Text)


class AnsweredCommand(InTenant, table=True):
    """The answer a command got, so that its repetition is answered alike and does nothing."""

    __tablename__ = "answered_commands"

    session_id: UUID = Field(foreign_key="sessions.id", ondelete="CASCADE", primary_key=True)
    principal_id: UUID = Field(primary_key=True)
    command_id: UUID = Field(primary_key=True)
    tenant_id: UUID = Field(foreign_key="tenants.id")
    command: str = Field(max_length=60)
    answer: str = Field(sa_type=Text)
    at: datetime = Field(index=True)


class AnsweredRequest(InTenant, table=True):
    """The answer a POST with an Idempotency-Key got."""

    __tablename__ = "answered_requests"

    principal: str = Field(max_length=80, primary_key=True)
    key: str = Field(max_length=255, primary_key=True)
    tenant_id: UUID = Field(foreign_key="tenants.id")
    fingerprint: str = Field(max_length=64)
    status: int
    answer: str = Field(sa_type=Text)
    at: datetime = Field(index=True)
