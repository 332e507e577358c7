"""Tenants, accounts and their sign-ins."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.ids import new_id
from models.permissions import AccountRole
from models.tables import Json, Row, text_enum


class Tenant(SQLModel, table=True):
    """One customer of the site. Every other row belongs to one."""

    __tablename__ = "tenants"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str = Field(max_length=120)
    created_at: datetime


class User(Row, table=True):
    """Somebody with an account."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("tenant_id", "email"), UniqueConstraint("tenant_id", "username"))

    email: str = Field(max_length=254)
    username: str = Field(max_length=40)
    display_name: str = Field(max_length=80)
    password_hash: str = Field(max_length=255)
    role: AccountRole = Field(default=AccountRole.MEMBER, sa_type=text_enum(AccountRole))
    preferences: dict[str, object] = Field(default_factory=dict, sa_type=Json)
    last_login_at: datetime | None = None
    is_active: bool = True


class SignIn(Row, table=True):
    """One log-in on one device: access tokens name it, refresh tokens extend it, logging out revokes it."""

    __tablename__ = "sign_ins"

    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    refresh_hash: str = Field(max_length=64, unique=True)
    refreshed_at: datetime
    expires_at: datetime = Field(index=True)
    revoked_at: datetime | None = None
    address: str = Field(max_length=45)
    user_agent: str = Field(default="", max_length=255)


class Revocation(SQLModel, table=True):
    """A sign-in or participant whose open sockets must go. Every worker reads these in order, within a second."""

    __tablename__ = "revocations"

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: UUID = Field(foreign_key="tenants.id")
    subject_id: UUID
    at: datetime = Field(index=True)
