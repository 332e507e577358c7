"""Somebody has to look after a tenant's roles: what would take them from the last who does is refused."""

from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, func, or_, select

from models.errors import LastAdministrator
from models.identity.standing import standing_of
from models.identity.tables import RoleAssignment, RoleDefinition, Tenant, User
from models.permissions import Permission
from models.transaction import Transaction


async def check_not_last(tx: Transaction, tenant_id: UUID, user_id: UUID, role: RoleDefinition) -> None:
    """Raises LastAdministrator if without this nobody could look after the tenant's roles any more."""
    if Permission.ROLE_MANAGE in role.permissions.split():
        mine = or_(col(RoleAssignment.user_id) != user_id, col(RoleAssignment.role_id) != role.id)
        await _check_remaining(tx, tenant_id, mine)


async def check_others_administer(tx: Transaction, user: User) -> None:
    """Raises LastAdministrator if without this account nobody could look after the tenant's roles any more."""
    if Permission.ROLE_MANAGE in (await standing_of(tx.db, user.id, tx.now)).permissions:
        await _check_remaining(tx, user.tenant_id, col(RoleAssignment.user_id) != user.id)


async def check_others_than_by(tx: Transaction, role: RoleDefinition) -> None:
    """Raises LastAdministrator if without this role nobody could look after the tenant's roles any more."""
    held = select(RoleAssignment.id).where(RoleAssignment.role_id == role.id, RoleAssignment.is_active)
    if (await tx.db.exec(held)).first() is not None:
        await _check_remaining(tx, role.tenant_id, col(RoleAssignment.role_id) != role.id)


async def _check_remaining(tx: Transaction, tenant_id: UUID, those: ColumnElement[bool]) -> None:
    # In turn: of two administrators who take each other's role at once, the second finds that it is the last.
    await tx.db.exec(select(Tenant.id).where(Tenant.id == tenant_id).with_for_update())
    remaining = (
        select(func.count(col(RoleAssignment.id)))
        .join(RoleDefinition, col(RoleDefinition.id) == col(RoleAssignment.role_id))
        .join(User, col(User.id) == col(RoleAssignment.user_id))
        .where(
            those,
            RoleAssignment.is_active,
            col(RoleAssignment.expires_at).is_(None),
            or_(col(RoleAssignment.starts_at).is_(None), col(RoleAssignment.starts_at) <= tx.now),
            col(RoleDefinition.permissions).contains(Permission.ROLE_MANAGE.value),
            User.is_active,
        )
    )
    if (await tx.db.exec(remaining)).one() == 0:
        raise LastAdministrator
