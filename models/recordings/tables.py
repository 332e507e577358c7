"""Recordings of a session."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from models.tables import Row, text_enum


class RecordingState(StrEnum):
    RECORDING = "recording"
    PAUSED = "paused"
    STOPPED = "stopped"


class Recording(Row, table=True):
    """A stretch of the log from `first_seq` to `last_seq`. Pausing does not split it; a session may have several.

    `recorded_s` counts the closed spells; while it runs, the present spell began at `running_since`.
    """

    __tablename__ = "recordings"
    __table_args__ = (
        Index(
            "uq_recordings_live",
            "session_id",
            unique=True,
            sqlite_where=text("state <> 'stopped'"),
            postgresql_where=text("state <> 'stopped'"),
        ),
        Index("ix_recordings_session", "session_id", "started_at"),
    )

    session_id: UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    title: str = Field(max_length=255)
    state: RecordingState = Field(sa_type=text_enum(RecordingState))
    started_by: UUID | None = None
    started_at: datetime
    running_since: datetime | None = None
    stopped_at: datetime | None = None
    recorded_s: float = 0.0
    first_seq: int
    last_seq: int | None = None
