"""Giving an account a role by hand, from outside: a site's first administrator, or one more when all are locked out."""

from typing import Final

from sqlmodel import select

from models.errors import Conflict, RoleNotFound, UserNotFound
from models.identity.assignments import give_role
from models.identity.system_roles import SYSTEM_ROLES, RoleScope
from models.identity.tables import RoleAssignment, RoleDefinition, Tenant, User
from models.transaction import Transaction

ROLES: Final = tuple(role.key for role in SYSTEM_ROLES if role.scope is RoleScope.TENANT)


async def grant_role(tx: Transaction, email: str, role: str, slug: str | None) -> User:
    """Gives the account of an address a role of the system for ever, in the tenant of this slug if one is named.

    Raises RoleNotFound, UserNotFound, Conflict (the address has accounts in several tenants).
    """
    if role not in ROLES:
        raise RoleNotFound(f"There is no role {role}. There are: {', '.join(ROLES)}")
    query = select(User).join(Tenant).where(User.email == email)
    if slug is not None:
        query = query.where(Tenant.slug == slug)
    found = (await tx.db.exec(query)).all()
    if not found:
        raise UserNotFound(f"Nobody has an account with the address {email}. Make one in the browser first.")
    if len(found) > 1:
        raise Conflict(f"{email} has accounts in several organisations: say which with --tenant")
    user = found[0]
    holding = select(RoleAssignment).join(RoleDefinition)
    holding = holding.where(RoleAssignment.user_id == user.id, RoleDefinition.key == role)
    held = (await tx.db.exec(holding)).first()
    if held is None:
        await give_role(tx, user, role)
    else:
        held.is_active, held.starts_at, held.expires_at, held.updated_at = True, None, None, tx.now
        tx.db.add(held)
    tx.audit(user.tenant_id, "role:assigned", user.id, role=role)
    tx.revoke(user.tenant_id, user.id)
    return user
