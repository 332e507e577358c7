"""`convene grant`: how a site gets its first administrator, and how one comes back in who has locked everybody out."""

from collections.abc import Sequence

from sqlmodel import select

from models.context import Context
from models.identity.assignments import give_role
from models.identity.system_roles import SYSTEM_ROLES, RoleScope
from models.identity.tables import RoleAssignment, RoleDefinition, Tenant, User
from models.log.logged import LoggedEvent
from models.settings import Settings
from models.transaction import Origin
from server.app import open_context
from server.refusals import Refusal

ORIGIN = Origin("command line")
ROLES = tuple(role.key for role in SYSTEM_ROLES if role.scope is RoleScope.TENANT)


class Unheard:
    """Nobody is connected to the command line."""

    def publish(self, events: Sequence[LoggedEvent]) -> None:
        """Open sockets learn of a role within a second, by the database."""


async def grant(settings: Settings, email: str, role: str, slug: str | None) -> str:
    """Gives an account a role of the system for ever; returns the person's name. Refuses who is not there."""
    if role not in ROLES:
        raise Refusal(f"There is no role {role}. There are: {', '.join(ROLES)}")
    context = open_context(settings, Unheard())
    try:
        return await _grant(context, email.strip().casefold(), role, slug)
    finally:
        await context.database.close()


async def _grant(context: Context, email: str, role: str, slug: str | None) -> str:
    async with context.transaction(ORIGIN) as tx:
        query = select(User).join(Tenant).where(User.email == email)
        if slug is not None:
            query = query.where(Tenant.slug == slug)
        found = (await tx.db.exec(query)).all()
        if not found:
            raise Refusal(f"Nobody has an account with the address {email}. Make one in the browser first.")
        if len(found) > 1:
            raise Refusal(f"{email} has accounts in several organisations: say which with --tenant")
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
        return user.display_name
