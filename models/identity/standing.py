"""What an account may do in its tenant: the roles it has at this moment, in the statement that reads the account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ScalarSelect, String, bindparam, cast, func, literal
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity.tables import RoleAssignment, RoleDefinition, User
from models.permissions import Permission


@dataclass(frozen=True, slots=True)
class Standing:
    """The sum of somebody's roles: their keys, what they allow, and the highest of their ranks."""

    roles: tuple[str, ...] = ()
    permissions: frozenset[Permission] = frozenset()
    rank: int = 0

    @classmethod
    def of(cls, told: str | None) -> "Standing":
        """What the database says in one text: `@key rank permission ...`, role after role."""
        roles: list[str] = []
        permissions: set[Permission] = set()
        rank = 0
        for part in (told or "").split():
            if part.startswith("@"):
                roles.append(part[1:])
            elif part.isdigit():
                rank = max(rank, int(part))
            elif part in _KNOWN:
                permissions.add(Permission(part))
        return cls(tuple(sorted(roles)), frozenset(permissions), rank)


NOTHING = Standing()
"""Who has no role, and every guest."""

# A later version may have stored permissions that this one does not know: it cannot allow what it does not know.
_KNOWN = frozenset(_one.value for _one in Permission)


def _standing() -> ScalarSelect[Any]:
    now: BindParameter[datetime] = bindparam("now")
    told = (
        literal("@")
        + col(RoleDefinition.key)
        + " "
        + cast(col(RoleDefinition.rank), String)
        + " "
        + col(RoleDefinition.permissions)
    )
    begun = or_(col(RoleAssignment.starts_at).is_(None), col(RoleAssignment.starts_at) <= now)
    not_over = or_(col(RoleAssignment.expires_at).is_(None), col(RoleAssignment.expires_at) > now)
    return (
        select(func.aggregate_strings(told, " "))
        .join(RoleAssignment, col(RoleAssignment.role_id) == col(RoleDefinition.id))
        .where(col(RoleAssignment.user_id) == col(User.id), col(RoleAssignment.is_active), begun, not_over)
        .correlate(User)
        .scalar_subquery()
    )


STANDING: ScalarSelect[Any] = _standing()
"""A column beside those of `User`; the statement takes the time as `now`. A role that has run out is not in it."""


async def standing_of(db: AsyncSession, user_id: UUID, now: datetime) -> Standing:
    """What an account may do in its tenant at this moment."""
    told = await db.exec(select(STANDING).select_from(User).where(User.id == user_id), params={"now": now})
    return Standing.of(told.first())
