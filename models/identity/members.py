"""The accounts of a tenant, for whoever looks after them: found, shown, changed, locked out and let in again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, tuple_
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models.errors import AccountExists, Forbidden, UserNotFound
from models.identity.api_keys import cut_keys
from models.identity.assignments import (
    act_on_member,
    act_on_other,
    load_member,
)
from models.identity.last_administrator import check_others_administer
from models.identity.mailed_tokens import forget_tokens
from models.identity.member_payloads import (
    MemberPage,
    MemberQuery,
    MemberStatus,
    MemberView,
    UpdateMember,
)
from models.identity.principals import Principal
from models.identity.searchable import folded
from models.identity.second_factor_tables import HAS_FACTOR
from models.identity.sign_ins import end_sign_ins
from models.identity.standing import STANDING, Standing, standing_of
from models.identity.tables import RoleAssignment, RoleDefinition, User
from models.permissions import Permission
from models.transaction import Transaction

FEW = 2_000
"""So many who have a role are quickly put into order; among more of them, the first ones are quickly found."""


async def list_members(
    db: AsyncSession, principal: Principal, query: MemberQuery, now: datetime
) -> MemberPage:
    """One page of the tenant's accounts, and on the first how many there are. Raises Forbidden, UserNotFound."""
    principal.require(Permission.ADMIN_USERS)
    holders = None if query.role is None else await _holders(db, principal, query.role, now)
    wanted = _wanted(principal, query)
    if holders is not None:
        wanted.append(await _is_among(db, holders))
    place = () if query.after is None else (await _behind(db, query, query.after),)
    order = (col(User.search_text), col(User.id)) if query.sort == "name" else (col(User.id).desc(),)
    # One more than asked for tells whether there are more. Their roles are looked up for these alone.
    page = select(User.id).where(*wanted, *place).order_by(*order).limit(query.limit + 1)
    found = select(User, STANDING, HAS_FACTOR).where(col(User.id).in_(page)).order_by(*order)
    rows = (await db.exec(found, params={"now": now})).all()
    shown = [
        MemberView.of(user, Standing.of(told), principal, has_second_factor=has_factor)
        for user, told, has_factor in rows[: query.limit]
    ]
    has_more = len(rows) > query.limit
    total = None if query.after is not None else len(rows)
    if total is not None and has_more:
        everybody = select(func.count()).select_from(User).where(*wanted)
        if holders is not None and query.narrows_by_role_alone:
            # An account that was erased has no roles: nobody has to be looked at.
            everybody = select(func.count()).select_from(holders.subquery())
        total = (await db.exec(everybody)).one()
    return MemberPage(users=shown, has_more=has_more, total=total)


async def show_member(db: AsyncSession, principal: Principal, user_id: UUID, now: datetime) -> MemberView:
    """One account. Raises Forbidden, UserNotFound."""
    principal.require(Permission.ADMIN_USERS)
    found = select(User, STANDING, HAS_FACTOR).where(User.id == user_id, col(User.erased_at).is_(None))
    row = (await db.exec(found, params={"now": now})).first()
    if row is None:
        raise UserNotFound
    return MemberView.of(row[0], Standing.of(row[1]), principal, has_second_factor=row[2])


async def update_member(
    tx: Transaction, principal: Principal, user_id: UUID, changes: UpdateMember
) -> MemberView:
    """Changes an account. A new address has to be verified anew, and what was mailed to the old one is void.

    Raises Forbidden (also for one's own address), UserNotFound, OutranksYou, AccountExists.
    """
    admin = principal.require(Permission.ADMIN_USERS)
    user = await act_on_member(tx, principal, user_id)
    given = changes.model_dump(exclude_none=True)
    changed = sorted(name for name, value in given.items() if getattr(user, name) != value)
    if "email" in changed:
        await act_on_other(tx, principal, user_id)
        await _check_may_do_no_more(tx, principal, user)
        user.verified_at = None
        await forget_tokens(tx, user)
    try:
        async with tx.db.begin_nested():
            for name in changed:
                setattr(user, name, given[name])
            user.updated_at = tx.now
    except IntegrityError as error:
        raise AccountExists("Somebody else has this address or username.") from error
    tx.acts_for(None, admin.id, principal.who)
    tx.audit(principal.tenant_id, "user:updated", user.id, changed=changed)
    return await _view(tx, principal, user)


async def deactivate_member(tx: Transaction, principal: Principal, user_id: UUID) -> MemberView:
    """Locks an account out: every sign-in ends, its sockets are cut within a second. What it made stays.

    Raises Forbidden (also for one's own account), UserNotFound, OutranksYou, LastAdministrator.
    """
    admin = principal.require(Permission.ADMIN_USERS)
    user = await act_on_member(tx, principal, user_id)
    if user.id == admin.id:
        raise Forbidden("You cannot lock yourself out. Ask another administrator.")
    if not user.is_active:
        return await _view(tx, principal, user)
    await check_others_administer(tx, user)
    user.is_active, user.updated_at = False, tx.now
    await forget_tokens(tx, user)
    await end_sign_ins(tx, user, "account:sign_in_ended", by=principal)
    await cut_keys(tx, user)
    tx.revoke(principal.tenant_id, user.id)
    tx.acts_for(None, admin.id, principal.who)
    tx.audit(principal.tenant_id, "user:deactivated", user.id)
    return await _view(tx, principal, user)


async def reactivate_member(tx: Transaction, principal: Principal, user_id: UUID) -> MemberView:
    """Lets an account in again, with the roles it had. Raises Forbidden, UserNotFound, OutranksYou."""
    admin = principal.require(Permission.ADMIN_USERS)
    user = await act_on_member(tx, principal, user_id)
    if not user.is_active:
        user.is_active, user.updated_at = True, tx.now
        tx.acts_for(None, admin.id, principal.who)
        tx.audit(principal.tenant_id, "user:reactivated", user.id)
    return await _view(tx, principal, user)


async def _check_may_do_no_more(tx: Transaction, principal: Principal, user: User) -> None:
    # Whoever has the address can have a new password mailed: to set it is to be let into the account.
    allowed = (await standing_of(tx.db, user.id, tx.now)).permissions
    missing = sorted(allowed - principal.standing.permissions)
    if missing:
        raise Forbidden(
            f"This account may do what you may not: {', '.join(missing)}. Its address is not yours to change.",
            permissions=missing,
        )


async def _view(tx: Transaction, principal: Principal, user: User) -> MemberView:
    has_factor = (await tx.db.exec(select(HAS_FACTOR).select_from(User).where(User.id == user.id))).one()
    standing = await standing_of(tx.db, user.id, tx.now)
    return MemberView.of(user, standing, principal, has_second_factor=has_factor)


def _wanted(principal: Principal, query: MemberQuery) -> list[ColumnElement[bool]]:
    parts = folded(query.q or "").split()
    wanted: list[ColumnElement[bool]] = [
        col(User.erased_at).is_(None),
        col(User.tenant_id) == principal.tenant_id,
        *(col(User.search_text).contains(part, autoescape=True) for part in parts),
    ]
    if query.status is not None:
        wanted.append(col(User.is_active).is_(query.status is MemberStatus.ACTIVE))
    if query.verified is not None:
        at = col(User.verified_at)
        wanted.append(at.is_not(None) if query.verified else at.is_(None))
    return wanted


async def _holders(db: AsyncSession, principal: Principal, key: str, now: datetime) -> SelectOfScalar[UUID]:
    # By the role's id, of which PostgreSQL knows how many have it.
    role = select(RoleDefinition.id).where(
        RoleDefinition.key == key, RoleDefinition.tenant_id == principal.tenant_id
    )
    return select(RoleAssignment.user_id).where(
        RoleAssignment.role_id == (await db.exec(role)).first(),
        RoleAssignment.is_active,
        or_(col(RoleAssignment.starts_at).is_(None), col(RoleAssignment.starts_at) <= now),
        or_(col(RoleAssignment.expires_at).is_(None), col(RoleAssignment.expires_at) > now),
    )


async def _is_among(db: AsyncSession, holders: SelectOfScalar[UUID]) -> ColumnElement[bool]:
    if (await db.exec(holders.offset(FEW).limit(1))).first() is None:
        return col(User.id).in_(holders)
    # Whoever goes through the accounts in order comes upon enough of them soon.
    return holders.where(RoleAssignment.user_id == User.id).correlate(User).exists()


async def _behind(db: AsyncSession, query: MemberQuery, user_id: UUID) -> ColumnElement[bool]:
    last = await load_member(db, user_id)
    if query.sort == "newest":
        return col(User.id) < last.id
    return tuple_(col(User.search_text), col(User.id)) > tuple_(last.search_text, last.id)
