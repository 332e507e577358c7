"""Who somebody is at another site."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.tables import Row


class LinkedIdentity(Row, table=True):
    """An identity at a provider by which an account is signed in. `email` is what the provider called it last."""

    __tablename__ = "linked_identities"
    __table_args__ = (
        UniqueConstraint("tenant_id", "issuer", "subject"),
        UniqueConstraint("user_id", "issuer"),
    )

    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    issuer: str = Field(max_length=255)
    subject: str = Field(max_length=255)
    email: str | None = Field(default=None, max_length=254)
    last_used_at: datetime
