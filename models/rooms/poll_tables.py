"""Polls and votes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from models.tables import InTenant, Json, Row


class Poll(Row, table=True):
    """A question to the room. `counts` holds the votes for each option, in the order of `options`."""

    __tablename__ = "polls"
    __table_args__ = (Index("ix_polls_session", "session_id", "created_at"),)

    session_id: UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    created_by: UUID | None = None
    question: str = Field(max_length=300)
    options: list[str] = Field(sa_type=Json)
    is_multiple: bool = False
    counts: list[int] = Field(sa_type=Json)
    voters: int = 0
    closed_at: datetime | None = None


class PollVote(InTenant, table=True):
    """What one participant voted: the chosen options by their number, from 0."""

    __tablename__ = "poll_votes"

    poll_id: UUID = Field(foreign_key="polls.id", ondelete="CASCADE", primary_key=True)
    participant_id: UUID = Field(foreign_key="participants.id", ondelete="CASCADE", primary_key=True)
    tenant_id: UUID = Field(foreign_key="tenants.id")
    choices: list[int] = Field(sa_type=Json)
    at: datetime
