"""Tokens that were mailed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from models.tables import Row, text_enum


class Purpose(StrEnum):
    """What a token is for; it opens nothing else."""

    VERIFY_EMAIL = "verify_email"
    CHANGE_EMAIL = "change_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - says what for


class MailedToken(Row, table=True):
    """A secret that was mailed to `email`. Without a user it was asked for an address that nobody has."""

    __tablename__ = "mailed_tokens"

    user_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="CASCADE", index=True)
    purpose: Purpose = Field(sa_type=text_enum(Purpose))
    email: str = Field(max_length=254)
    token_hash: str = Field(max_length=64, unique=True)
    expires_at: datetime = Field(index=True)
