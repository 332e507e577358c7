"""The tenant's roles: the system's own, which stay as they are, and those that it makes for itself."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import FRESH
from models.errors import Conflict, Forbidden, RoleExists, RoleInUse, RoleNotFound, SystemRoleIsFixed
from models.identity.last_administrator import check_others_than_by
from models.identity.principals import Principal
from models.identity.role_payloads import CreateRole, UpdateRole
from models.identity.standing import standing_of
from models.identity.system_roles import RoleScope
from models.identity.tables import RoleAssignment, RoleDefinition
from models.permissions import RANK, ROLE_PERMISSIONS, Permission, Role
from models.rooms.events import PermissionsChanged
from models.rooms.rights import in_place_of_role, permissions_of
from models.rooms.tables import Participant
from models.text import LATEST
from models.transaction import Transaction

MOST_ROLES = 200


async def list_roles(db: AsyncSession, principal: Principal) -> list[RoleDefinition]:
    """Every role of the tenant, the highest first. For whoever has an account: hosts give roles, too."""
    principal.account()
    query = select(RoleDefinition)
    order = (col(RoleDefinition.scope).desc(), col(RoleDefinition.rank).desc(), col(RoleDefinition.key))
    return list((await db.exec(query.order_by(*order))).all())


async def create_role(tx: Transaction, principal: Principal, data: CreateRole) -> RoleDefinition:
    """Makes a role. Nobody makes one that may do more, or stands higher, than they.

    Raises Forbidden, RoleExists, Conflict (there are as many roles as there can be).
    """
    user = principal.require(Permission.ROLE_MANAGE)
    rank = data.rank if data.base is None else RANK[data.base]
    _check_grants(principal, data.permissions, rank)
    if data.base is not None:
        _check_hearing(data.base, data.permissions)
    if await _count(tx) >= MOST_ROLES:
        raise Conflict(f"There are {MOST_ROLES} roles already. Delete one that nobody needs.")
    role = RoleDefinition(
        tenant_id=principal.tenant_id,
        key=data.key,
        name=data.name,
        description=data.description,
        scope=data.scope,
        permissions=_text(data.permissions),
        rank=rank,
        base=data.base,
        created_at=tx.now,
        updated_at=tx.now,
    )
    try:
        async with tx.db.begin_nested():
            tx.db.add(role)
    except IntegrityError as error:
        raise RoleExists from error
    tx.acts_for(None, user.id, principal.who)
    tx.audit(principal.tenant_id, "role:created", role.id, key=role.key, after=_facts(role))
    return role


async def update_role(
    tx: Transaction, principal: Principal, role_id: UUID, changes: UpdateRole
) -> RoleDefinition:
    """Changes a role of the tenant's own. Whoever has it may do what it says from now on, in running sessions as well.

    Raises Forbidden, RoleNotFound, SystemRoleIsFixed, LastAdministrator.
    """
    user = principal.require(Permission.ROLE_MANAGE)
    role = await load_own_role(tx, role_id)
    _check_grants(principal, role.permissions.split(), role.rank)
    before = _facts(role)
    tx.acts_for(None, user.id, principal.who)
    if changes.permissions is not None:
        _check_grants(principal, changes.permissions, role.rank)
        await _check_keeps(tx, principal, role, changes.permissions)
        if (
            Permission.ROLE_MANAGE in role.permissions.split()
            and Permission.ROLE_MANAGE not in changes.permissions
        ):
            await check_others_than_by(tx, role)
        if role.base is not None:
            _check_hearing(Role(role.base), changes.permissions)
        role.permissions = _text(changes.permissions)
        await _hand_on(tx, role)
    role.name = role.name if changes.name is None else changes.name
    role.description = role.description if changes.description is None else changes.description
    role.updated_at = tx.now
    tx.audit(principal.tenant_id, "role:updated", role.id, key=role.key, before=before, after=_facts(role))
    return role


async def delete_role(tx: Transaction, principal: Principal, role_id: UUID) -> None:
    """Deletes a role that nobody has. Raises Forbidden, RoleNotFound, SystemRoleIsFixed, RoleInUse."""
    user = principal.require(Permission.ROLE_MANAGE)
    role = await load_own_role(tx, role_id)
    accounts = select(func.count()).where(RoleAssignment.role_id == role.id, RoleAssignment.is_active)
    people = select(func.count()).where(Participant.custom_role_id == role.id)
    held = (await tx.db.exec(accounts)).one(), (await tx.db.exec(people)).one()
    if any(held):
        raise RoleInUse(accounts=held[0], participants=held[1])
    await tx.db.delete(role)
    tx.acts_for(None, user.id, principal.who)
    tx.audit(principal.tenant_id, "role:deleted", role.id, key=role.key, before=_facts(role))


async def load_role(db: AsyncSession, role_id: UUID, scope: RoleScope | None = None) -> RoleDefinition:
    """A role of the tenant, for this scope. Raises RoleNotFound."""
    query = select(RoleDefinition).where(RoleDefinition.id == role_id)
    role = (await db.exec(query)).first()
    if role is None or scope not in (None, role.scope):
        raise RoleNotFound
    return role


async def load_own_role(tx: Transaction, role_id: UUID) -> RoleDefinition:
    """A role that the tenant made for itself. Raises RoleNotFound, SystemRoleIsFixed."""
    role = await load_role(tx.db, role_id)
    if role.is_system:
        raise SystemRoleIsFixed
    return role


def check_may_give(principal: Principal, role: RoleDefinition) -> None:
    """Raises Forbidden unless the principal stands at least as high as the role and has all that it allows."""
    _check_grants(principal, role.permissions.split(), role.rank)


def _check_grants(principal: Principal, permissions: Iterable[str], rank: int) -> None:
    missing = sorted(set(permissions) - principal.standing.permissions)
    if missing:
        raise Forbidden(f"You cannot give what you do not have: {', '.join(missing)}.", permissions=missing)
    if rank > principal.standing.rank:
        raise Forbidden("You cannot give a role that stands above your own.")


async def _check_keeps(
    tx: Transaction, principal: Principal, role: RoleDefinition, permissions: Iterable[Permission]
) -> None:
    # Whoever has for a while what another role of theirs gives could put it into this one, and keep it.
    own_id = principal.account().id
    held = select(RoleAssignment.id).where(
        RoleAssignment.user_id == own_id, RoleAssignment.role_id == role.id, RoleAssignment.is_active
    )
    if (await tx.db.exec(held)).first() is not None:
        lasting = await standing_of(tx.db, own_id, LATEST)
        _check_grants(replace(principal, standing=lasting), permissions, role.rank)


def _check_hearing(base: Role, permissions: Iterable[Permission]) -> None:
    """What a role hears is settled by its base: to see the waiting room is to hear what only hosts hear."""
    hears = Permission.WAITING_ROOM_VIEW in ROLE_PERMISSIONS[base]
    if (Permission.WAITING_ROOM_VIEW in set(permissions)) != hears:
        must = "has to" if hears else "cannot"
        raise Forbidden(f"A role that stands on {base} {must} have {Permission.WAITING_ROOM_VIEW}.")


async def _hand_on(tx: Transaction, role: RoleDefinition) -> None:
    """Participants carry what their role allows, so that a command need not look it up. Their rooms are told."""
    held = select(Participant).where(Participant.custom_role_id == role.id)
    session_ids = {one.session_id for one in (await tx.db.exec(held)).all()}
    await tx.lock_all(sorted(session_ids))
    for participant in (await tx.db.exec(held, execution_options=FRESH)).all():
        if participant.session_id not in session_ids:
            continue
        await tx.lock(participant.session_id)
        participant.permissions = in_place_of_role(participant, role.permissions.split())
        participant.version += 1
        participant.updated_at = tx.now
        tx.db.add(participant)
        own = sorted(permissions_of(participant))
        tx.record(PermissionsChanged(participant_id=participant.id, permissions=own))


async def _count(tx: Transaction) -> int:
    query = select(func.count(col(RoleDefinition.id)))
    return (await tx.db.exec(query)).one()


def _text(permissions: Iterable[Permission]) -> str:
    return " ".join(sorted(set(permissions)))


def _facts(role: RoleDefinition) -> dict[str, object]:
    return {"name": role.name, "description": role.description, "permissions": role.permissions.split()}
