"""Who has which role in the tenant, from when, until when, and by whom."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.context import Context
from models.errors import (
    Forbidden,
    OutranksYou,
    RoleNotAssigned,
    UserNotFound,
    ValidationFailed,
)
from models.identity.last_administrator import check_not_last
from models.identity.member_payloads import may_act_on
from models.identity.principals import Principal
from models.identity.role_payloads import AssignRole
from models.identity.roles import check_may_give, load_role
from models.identity.standing import standing_of
from models.identity.system_roles import RoleScope
from models.identity.tables import RoleAssignment, RoleDefinition, User
from models.permissions import Permission
from models.text import LATEST
from models.transaction import Origin, Transaction

Assigned = tuple[RoleAssignment, RoleDefinition]
EXPIRED_AT_ONCE = 500


async def list_assignments(db: AsyncSession, principal: Principal, user_id: UUID) -> list[Assigned]:
    """The roles that an account has or had: one's own, or anybody's for whoever looks after accounts.

    Raises Forbidden, UserNotFound.
    """
    if principal.account().id != user_id:
        principal.require(Permission.ADMIN_USERS)
    await load_member(db, user_id)
    query = (
        select(RoleAssignment, RoleDefinition)
        .join(RoleDefinition, col(RoleDefinition.id) == col(RoleAssignment.role_id))
        .where(RoleAssignment.user_id == user_id)
        .order_by(col(RoleDefinition.rank).desc(), col(RoleDefinition.key))
    )
    return [(assignment, role) for assignment, role in (await db.exec(query)).all()]


async def assign_role(tx: Transaction, principal: Principal, user_id: UUID, data: AssignRole) -> Assigned:
    """Gives an account a role, or changes from when and until when it has it.

    Nobody gives what they do not have, nor themselves for longer than they have it, and nobody acts on an account that
    stands above them. Raises Forbidden, OutranksYou, UserNotFound, RoleNotFound, ValidationFailed, LastAdministrator.
    """
    admin = principal.require(Permission.ADMIN_USERS)
    if data.expires_at is not None and data.expires_at <= tx.now:
        raise ValidationFailed.of("expires_at", "must lie in the future")
    user = await act_on_member(tx, principal, user_id)
    role = await load_role(tx.db, data.role_id, RoleScope.TENANT)
    check_may_give(principal, role)
    if user.id == admin.id:
        # Judged as they will stand then: a role that ends would else be given for ever by whoever has it.
        last_moment = LATEST if data.expires_at is None else data.expires_at - timedelta(microseconds=1)
        lasting = await standing_of(tx.db, user.id, last_moment)
        check_may_give(replace(principal, standing=lasting), role)
    assignment = await _find(tx, user.id, role.id)
    if assignment is not None and (data.starts_at is not None or data.expires_at is not None):
        # A term on what somebody has for ever takes it from them some day.
        await check_not_last(tx, principal.tenant_id, user.id, role)
    assignment = assignment or RoleAssignment(
        tenant_id=principal.tenant_id,
        user_id=user.id,
        role_id=role.id,
        assigned_at=tx.now,
        created_at=tx.now,
        updated_at=tx.now,
    )
    assignment.assigned_by, assignment.assigned_at, assignment.updated_at = admin.id, tx.now, tx.now
    assignment.starts_at, assignment.expires_at = data.starts_at, data.expires_at
    assignment.is_active = True
    tx.db.add(assignment)
    tx.acts_for(None, admin.id, principal.who)
    until = None if data.expires_at is None else data.expires_at.isoformat()
    tx.audit(principal.tenant_id, "role:assigned", user.id, role=role.key, expires_at=until)
    # Open sockets were let in with what was true before; they come back with what is true now.
    tx.revoke(principal.tenant_id, user.id)
    return assignment, role


async def unassign_role(tx: Transaction, principal: Principal, user_id: UUID, role_id: UUID) -> None:
    """Takes a role from an account. Raises Forbidden, OutranksYou, UserNotFound, RoleNotAssigned, LastAdministrator."""
    admin = principal.require(Permission.ADMIN_USERS)
    user = await act_on_member(tx, principal, user_id)
    assignment = await _find(tx, user.id, role_id)
    if assignment is None or not assignment.is_active:
        raise RoleNotAssigned
    role = await load_role(tx.db, role_id)
    await check_not_last(tx, principal.tenant_id, user.id, role)
    assignment.is_active, assignment.updated_at = False, tx.now
    tx.db.add(assignment)
    tx.acts_for(None, admin.id, principal.who)
    tx.audit(principal.tenant_id, "role:unassigned", user.id, role=role.key)
    tx.revoke(principal.tenant_id, user.id)


async def give_role(tx: Transaction, user: User, key: str) -> None:
    """Gives a new account a role by its key, asking nobody. Raises RuntimeError for an unknown key."""
    query = select(RoleDefinition).where(
        RoleDefinition.tenant_id == user.tenant_id,
        RoleDefinition.key == key,
        RoleDefinition.scope == RoleScope.TENANT,
    )
    role = (await tx.db.exec(query)).first()
    if role is None:
        raise RuntimeError(f"there is no role {key}; `convene migrate` makes the system's own")
    tx.db.add(
        RoleAssignment(
            tenant_id=user.tenant_id,
            user_id=user.id,
            role_id=role.id,
            assigned_at=tx.now,
            created_at=tx.now,
            updated_at=tx.now,
        )
    )


async def end_expired_roles(context: Context) -> int:
    """Marks the roles that have run out, and has the sockets of those who had them come back without. How many."""
    over = (col(RoleAssignment.is_active), col(RoleAssignment.expires_at) <= context.clock.now())
    async with context.database.read() as db:
        if (await db.exec(select(RoleAssignment.id).where(*over).limit(1))).first() is None:
            return 0
    async with context.transaction(Origin("roles")) as tx:
        # Several workers look; each ends what no other is ending.
        query = select(RoleAssignment).where(*over).limit(EXPIRED_AT_ONCE)
        expired = (await tx.db.exec(query.with_for_update(skip_locked=True))).all()
        for assignment in expired:
            assignment.is_active, assignment.updated_at = False, tx.now
            tx.db.add(assignment)
            tx.revoke(assignment.tenant_id, assignment.user_id)
            tx.audit(
                assignment.tenant_id, "role:expired", assignment.user_id, role_id=str(assignment.role_id)
            )
    return len(expired)


async def load_member(db: AsyncSession, user_id: UUID) -> User:
    """An account of the tenant. Raises UserNotFound."""
    query = select(User).where(User.id == user_id, col(User.erased_at).is_(None))
    user = (await db.exec(query)).first()
    if user is None:
        raise UserNotFound
    return user


async def as_principal(db: AsyncSession, user: User, now: datetime) -> Principal:
    """An account that acts without showing a token: in the demo, in a job."""
    return Principal(user.tenant_id, user=user, standing=await standing_of(db, user.id, now))


async def act_on_member(tx: Transaction, principal: Principal, user_id: UUID) -> User:
    """An account that the principal may act on: themselves, or one below.

    No key acts on its owner: it does not reach the account itself. Raises UserNotFound, OutranksYou, Forbidden.
    """
    user = await load_member(tx.db, user_id)
    if principal.account().id == user.id and principal.scopes is not None:
        raise Forbidden("A key cannot do that to its own account. Sign in.")
    if not may_act_on(principal, user, await standing_of(tx.db, user.id, tx.now)):
        raise OutranksYou
    return user


async def act_on_other(tx: Transaction, principal: Principal, user_id: UUID) -> User:
    """An account below: what changes how one gets in asks oneself for the password, in one's own account.

    Raises as `act_on_member`, and Forbidden for oneself.
    """
    if principal.account().id == user_id:
        raise Forbidden("Do that in your own account, where your password is asked for.")
    return await act_on_member(tx, principal, user_id)


async def _find(tx: Transaction, user_id: UUID, role_id: UUID) -> RoleAssignment | None:
    query = select(RoleAssignment).where(RoleAssignment.user_id == user_id, RoleAssignment.role_id == role_id)
    return (await tx.db.exec(query)).first()
