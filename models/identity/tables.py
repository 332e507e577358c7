"""Tenants, accounts with their roles, and their sign-ins."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Index, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapper
from sqlmodel import Field, SQLModel

from models.audit.who import Who, account
from models.identity.avatar_urls import avatar_url
from models.identity.searchable import MAX_SEARCH_CHARS, search_text
from models.identity.system_roles import RoleScope
from models.ids import new_id
from models.tables import InTenant, Json, Row, Somebody, text_enum


class Tenant(SQLModel, table=True):
    """One customer of the site. Every other row belongs to one.

    `settings` are RegistrationRules, `limits` TenantLimits: of each what differs from the default.
    """

    __tablename__ = "tenants"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str = Field(max_length=120)
    created_at: datetime
    updated_at: datetime
    slug: str = Field(max_length=40, unique=True)
    is_active: bool = True
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    limits: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    accent: str | None = Field(default=None, max_length=7)
    logo: str | None = Field(default=None, max_length=64)


def _of_accounts(name: str, *columns: str) -> Index:
    """An index of those who are not erased, who alone are listed: what is counted is found in it alone."""
    is_there = text("erased_at IS NULL")
    return Index(name, *columns, sqlite_where=is_there, postgresql_where=is_there)


class User(Somebody, table=True):
    """Somebody with an account."""

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("tenant_id", "email"),
        UniqueConstraint("tenant_id", "username"),
        _of_accounts("ix_users_search", "tenant_id", "search_text", "id", "erased_at"),
        _of_accounts("ix_users_newest", "tenant_id", "id", "erased_at"),
    )

    email: str = Field(max_length=254)
    username: str = Field(max_length=40)
    display_name: str = Field(max_length=80)
    password_hash: str = Field(max_length=255)
    preferences: dict[str, object] = Field(default_factory=dict, sa_type=Json)
    last_login_at: datetime | None = None
    is_active: bool = True
    verified_at: datetime | None = None
    avatar: str | None = Field(default=None, max_length=64)
    search_text: str = Field(default="", max_length=MAX_SEARCH_CHARS)
    erased_at: datetime | None = None

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def who(self) -> Who:
        """They, as the audit calls them."""
        return account(self.id, self.display_name)

    @property
    def avatar_url(self) -> str | None:
        return avatar_url(self.avatar)


@event.listens_for(User, "before_insert")
@event.listens_for(User, "before_update")
def _keep_searchable(_mapper: Mapper[User], _connection: Connection, user: User) -> None:
    # Whoever changes a name need not remember that it is searched.
    user.search_text = search_text(user.display_name, user.email, user.username)


class RoleDefinition(Row, table=True):
    """A role of the tenant. `permissions` are their strings with a space between; system roles follow the version."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    key: str = Field(max_length=50)
    name: str = Field(max_length=80)
    description: str = Field(default="", max_length=500)
    scope: RoleScope = Field(sa_type=text_enum(RoleScope))
    permissions: str = Field(default="", sa_type=Text)
    rank: int
    base: str | None = Field(default=None, max_length=20)
    is_system: bool = False


class RoleAssignment(Row, table=True):
    """A role that an account has, from `starts_at` until `expires_at`, while it `is_active`."""

    __tablename__ = "role_assignments"
    __table_args__ = (
        UniqueConstraint("user_id", "role_id"),
        Index(
            "ix_role_assignments_holders",
            "role_id",
            "tenant_id",
            "is_active",
            "user_id",
            "starts_at",
            "expires_at",
        ),
        Index("ix_role_assignments_expiry", "is_active", "expires_at"),
    )

    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    role_id: UUID = Field(foreign_key="roles.id", ondelete="CASCADE")
    assigned_by: UUID | None = None
    assigned_at: datetime
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    is_active: bool = True


class SignIn(Row, table=True):
    """One log-in on one device: access tokens name it, refresh tokens extend it, logging out revokes it.

    Or that of a program's key: then `key_name` is its name, and `scopes` are the permissions it is limited to, with a
    space between.
    """

    __tablename__ = "sign_ins"

    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    refresh_hash: str = Field(max_length=64, unique=True)
    refreshed_at: datetime
    expires_at: datetime = Field(index=True)
    revoked_at: datetime | None = None
    address: str = Field(max_length=45)
    user_agent: str = Field(default="", max_length=255)
    key_name: str | None = Field(default=None, max_length=60)
    scopes: str | None = Field(default=None, sa_type=Text)


class Revocation(InTenant, table=True):
    """A sign-in or participant whose open sockets must go. Every worker reads these in order, within a second."""

    __tablename__ = "revocations"

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: UUID = Field(foreign_key="tenants.id")
    subject_id: UUID
    at: datetime = Field(index=True)
