"""Participants and chat messages."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from models.audit.who import Who, member
from models.identity.avatar_urls import avatar_url
from models.permissions import Role
from models.tables import Json, Row, Somebody, text_enum


class ParticipantStatus(StrEnum):
    """`approved` may be in the room, `left` may come back, `pending` waits; the others need a host's word."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    LEFT = "left"
    REMOVED = "removed"
    BANNED = "banned"


class Participant(Somebody, table=True):
    """One person in one session, on however many devices.

    `is_present` says that the person holds a seat: they joined and have not left, been lost or been sent out.
    `version` grows with every change to what the person may do. `permissions` is what differs from their role: see
    `models/rooms/rights.py`. `is_erased`: their account was deleted for good.
    """

    __tablename__ = "participants"
    __table_args__ = (
        Index(
            "uq_participants_session_user",
            "session_id",
            "user_id",
            unique=True,
            sqlite_where=text("user_id IS NOT NULL"),
            postgresql_where=text("user_id IS NOT NULL"),
        ),
        Index("ix_participants_session_status", "session_id", "status"),
        Index("ix_participants_session_present", "session_id", "is_present"),
        Index("ix_participants_present", "is_present", "status"),
    )

    session_id: UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    user_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT", index=True)
    display_name: str = Field(max_length=80)
    role: Role = Field(default=Role.ATTENDEE, sa_type=text_enum(Role))
    status: ParticipantStatus = Field(sa_type=text_enum(ParticipantStatus))
    language: str = Field(default="en", max_length=35)
    is_muted: bool = False
    is_present: bool = False
    hand_raised_at: datetime | None = None
    consented_at: datetime | None = None
    knocked_at: datetime | None = None
    admitted_at: datetime | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    total_s: float = 0.0
    version: int = 1
    is_hidden: bool = False
    custom_role_id: UUID | None = Field(default=None, foreign_key="roles.id", ondelete="RESTRICT", index=True)
    permissions: dict[str, list[str]] = Field(default_factory=dict, sa_type=Json)
    avatar: str | None = Field(default=None, max_length=64)
    is_erased: bool = False

    @property
    def who(self) -> Who:
        """They, as the audit calls them."""
        return member(self.id, self.user_id, self.display_name)

    @property
    def avatar_url(self) -> str | None:
        return avatar_url(self.avatar)

    @property
    def is_counted_in(self) -> bool:
        """Whether they are in the room, were let in and have not come yet, or wait: a lock does not shut them out."""
        return self.status in (ParticipantStatus.APPROVED, ParticipantStatus.PENDING)


class ChatMessage(Row, table=True):
    """One line of chat. `seq` is its place in the session's log; a deleted message keeps its place, not its text."""

    __tablename__ = "chat_messages"
    __table_args__ = (Index("ix_chat_messages_session_seq", "session_id", "seq"),)

    session_id: UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    participant_id: UUID = Field(foreign_key="participants.id", ondelete="CASCADE", index=True)
    seq: int
    display_name: str = Field(max_length=80)
    text: str = Field(max_length=4_000)
    reply_to: UUID | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    mentions: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    is_erased: bool = False
