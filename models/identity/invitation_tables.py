"""Invitations to have an account in a tenant."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from models.tables import Row


class TenantInvitation(Row, table=True):
    """An invitation that was mailed to `email`: good once, until it expires or is taken back."""

    __tablename__ = "tenant_invitations"

    email: str = Field(max_length=254)
    role_id: UUID = Field(foreign_key="roles.id", ondelete="CASCADE", index=True)
    invited_by: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    expires_at: datetime
    accepted_at: datetime | None = None
    accepted_by: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL", index=True)
