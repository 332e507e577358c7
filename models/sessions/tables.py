"""Sessions, their tags, and the head of each session's log."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from models.sessions.kinds import SessionKind, SessionStatus
from models.tables import InTenant, Json, Row, text_enum


class Session(Row, table=True):
    """One class, meeting, lecture, coding room or consultation."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("end_time IS NULL OR start_time IS NULL OR end_time > start_time", name="time_range"),
        CheckConstraint("max_participants > 0", name="seats"),
        Index("ix_sessions_listing", "tenant_id", "deleted_at", "created_at"),
        Index("ix_sessions_tenant_status", "tenant_id", "status", "start_time"),
        Index("ix_sessions_tenant_kind", "tenant_id", "kind", "start_time"),
        Index("ix_sessions_owner", "owner_id", "created_at"),
        Index("ix_sessions_start", "tenant_id", "start_time"),
    )

    title: str = Field(max_length=255)
    description: str = Field(default="", max_length=4_000)
    kind: SessionKind = Field(sa_type=text_enum(SessionKind))
    code: str = Field(max_length=6, unique=True)
    owner_id: UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    status: SessionStatus = Field(default=SessionStatus.DRAFT, sa_type=text_enum(SessionStatus))
    start_time: datetime | None = None
    end_time: datetime | None = None
    original_language: str = Field(default="en", max_length=35)
    available_languages: list[str] = Field(default_factory=list, sa_type=Json)
    max_participants: int
    settings: dict[str, object] = Field(default_factory=dict, sa_type=Json)
    is_locked: bool = False
    cancel_reason: str | None = Field(default=None, max_length=500)
    started_at: datetime | None = None
    paused_at: datetime | None = None
    ended_at: datetime | None = None
    paused_s: float = 0.0
    deleted_at: datetime | None = None


class SessionTag(InTenant, table=True):
    """One tag of one session."""

    __tablename__ = "session_tags"
    __table_args__ = (Index("ix_session_tags_tenant_tag", "tenant_id", "tag"),)

    session_id: UUID = Field(foreign_key="sessions.id", ondelete="CASCADE", primary_key=True)
    tag: str = Field(max_length=40, primary_key=True)
    tenant_id: UUID = Field(foreign_key="tenants.id")
