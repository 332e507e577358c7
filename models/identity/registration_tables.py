"""Accounts that wait for their address to answer."""

from datetime import datetime

from sqlmodel import Field

from models.tables import Row


class Registration(Row, table=True):
    """An account that somebody asked for by mail. It becomes one when the mail is opened by who knows the password."""

    __tablename__ = "registrations"

    email: str = Field(max_length=254, index=True)
    username: str | None = Field(default=None, max_length=40)
    display_name: str = Field(max_length=80)
    password_hash: str = Field(max_length=255)
    token_hash: str = Field(max_length=64, unique=True)
    expires_at: datetime = Field(index=True)
