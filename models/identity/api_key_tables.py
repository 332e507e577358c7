"""Keys for programs."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from models.tables import Row


class ApiKey(Row, table=True):
    """A key with which a program acts for an account. What it may do and until when stands in the sign-in of its id.

    So every check that a sign-in goes through holds for keys as well, in the same statement.
    """

    __tablename__ = "api_keys"

    id: UUID = Field(primary_key=True, foreign_key="sign_ins.id", ondelete="CASCADE")
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    prefix: str = Field(max_length=16)
    key_hash: str = Field(max_length=64, unique=True)
    last_used_at: datetime | None = None
