"""What comes in and goes out about roles and who has them."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from models.identity.system_roles import RoleScope
from models.identity.tables import RoleAssignment, RoleDefinition
from models.permissions import IN_SESSION, IN_TENANT, Permission, Role
from models.text import Instant, Moment, Multiline, OneLine, Payload, View

Key = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,48}[a-z0-9]$"),
    Field(description="3 to 50 small letters, digits and underscores.", examples=["lab_assistant"]),
]
Permissions = Annotated[tuple[Permission, ...], Field(max_length=len(Permission))]


class CreateRole(Payload):
    """A role of the tenant's own. One for sessions stands on a `base`, from which it has its rank and what it hears."""

    key: Key
    name: Annotated[str, OneLine(80)]
    description: Annotated[str, Multiline(500, min_length=0)] = ""
    scope: RoleScope
    permissions: Permissions
    base: Role | None = Field(None, description="For sessions: whose rank it has.")
    rank: int = Field(10, ge=1, le=79, description="For the tenant: who stands above whom.")

    @model_validator(mode="after")
    def _of_one_scope(self) -> Self:
        if self.scope is RoleScope.SESSION and (self.base is None or "rank" in self.model_fields_set):
            raise ValueError("a role for sessions needs a base, and no rank of its own")
        if self.scope is RoleScope.TENANT and self.base is not None:
            raise ValueError("a role for the tenant has no base")
        if self.scope is RoleScope.SESSION and not IN_SESSION.issuperset(self.permissions):
            wrong = sorted(IN_TENANT.intersection(self.permissions))
            raise ValueError(f"a role for sessions cannot have {', '.join(wrong)}")
        return self


class UpdateRole(Payload):
    """Only what is given changes."""

    name: Annotated[str, OneLine(80)] | None = None
    description: Annotated[str, Multiline(500, min_length=0)] | None = None
    permissions: Permissions | None = None


class RoleView(View):
    """A role."""

    id: UUID
    key: str
    name: str
    description: str
    scope: RoleScope
    permissions: list[str]
    base: str | None
    rank: int
    is_system: bool
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, role: RoleDefinition) -> Self:
        return cls(
            id=role.id,
            key=role.key,
            name=role.name,
            description=role.description,
            scope=role.scope,
            permissions=role.permissions.split(),
            base=role.base,
            rank=role.rank,
            is_system=role.is_system,
            created_at=role.created_at,
            updated_at=role.updated_at,
        )


class PermissionView(View):
    """A permission, and what it means."""

    permission: Permission
    description: str
    scope: RoleScope


class AssignRole(Payload):
    """A role for an account: from now or `starts_at`, for ever or until `expires_at`."""

    role_id: UUID
    starts_at: Instant | None = None
    expires_at: Instant | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts_at and self.expires_at and self.expires_at <= self.starts_at:
            raise ValueError("expires_at must lie after starts_at")
        return self


class AssignmentView(View):
    """A role that an account has."""

    id: UUID
    user_id: UUID
    role: RoleView
    assigned_by: UUID | None
    assigned_at: Moment
    starts_at: Moment | None
    expires_at: Moment | None
    is_active: bool

    @classmethod
    def of(cls, assignment: RoleAssignment, role: RoleDefinition) -> Self:
        return cls(
            id=assignment.id,
            user_id=assignment.user_id,
            role=RoleView.of(role),
            assigned_by=assignment.assigned_by,
            assigned_at=assignment.assigned_at,
            starts_at=assignment.starts_at,
            expires_at=assignment.expires_at,
            is_active=assignment.is_active,
        )
