"""Roles of the tenant, what they allow, and which accounts have them."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity import assignments
from models.identity import roles as tenant_roles
from models.identity.role_payloads import AssignmentView, PermissionView, RoleView
from models.identity.system_roles import DESCRIPTIONS, RoleScope
from models.permissions import IN_TENANT
from models.transaction import Transaction
from server.http.call import Call
from server.http.reply import Reply


async def list_permissions(_call: Call, _db: AsyncSession) -> Reply:
    """Everything that a role can allow, and what it means."""
    return Reply(
        [
            PermissionView(
                permission=one,
                description=text,
                scope=RoleScope.TENANT if one in IN_TENANT else RoleScope.SESSION,
            )
            for one, text in DESCRIPTIONS.items()
        ]
    )


async def list_roles(call: Call, db: AsyncSession) -> Reply:
    """Every role: the system's and the tenant's own, the highest first."""
    return Reply([RoleView.of(role) for role in await tenant_roles.list_roles(db, call.who())])


async def create_role(call: Call, tx: Transaction) -> Reply:
    """Make a role of the tenant's own. It can allow nothing that you may not do yourself."""
    return Reply(RoleView.of(await tenant_roles.create_role(tx, call.who(), call.body)))


async def update_role(call: Call, tx: Transaction) -> Reply:
    """Change a role of the tenant's own; for whoever has it, at once."""
    role = await tenant_roles.update_role(tx, call.who(), call.ids["role_id"], call.body)
    return Reply(RoleView.of(role))


async def delete_role(call: Call, tx: Transaction) -> Reply:
    """Delete a role of the tenant's own that nobody has."""
    await tenant_roles.delete_role(tx, call.who(), call.ids["role_id"])
    return Reply()


async def list_assignments(call: Call, db: AsyncSession) -> Reply:
    """The roles that an account has, or had."""
    found = await assignments.list_assignments(db, call.who(), call.ids["user_id"])
    return Reply([AssignmentView.of(assignment, role) for assignment, role in found])


async def assign_role(call: Call, tx: Transaction) -> Reply:
    """Give an account a role, from when and until when you say."""
    return Reply(
        AssignmentView.of(*await assignments.assign_role(tx, call.who(), call.ids["user_id"], call.body))
    )


async def unassign_role(call: Call, tx: Transaction) -> Reply:
    """Take a role from an account. Its open sockets come back without it within a second."""
    await assignments.unassign_role(tx, call.who(), call.ids["user_id"], call.ids["role_id"])
    return Reply()
