"""The walls between tenants, in one place: a session of the database that is bound to one sees its rows alone.

Queries say nothing of tenants. Whatever goes through a bound session (a query, a join, a subquery, an update, a
deletion, a row looked up by its id) gets the tenant's condition for every table that is `InTenant`; a foreign row is
not there. Requests and commands are only ever given bound sessions: see `Context.within`.
"""

from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Table, bindparam, event, exists, select
from sqlalchemy.orm import ORMExecuteState, UOWTransaction, with_loader_criteria
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.orm.session import Session

from models.identity.tables import Tenant
from models.tables import InTenant, Somebody

BOUND_TO = "bound_to_tenant_id"
_TENANT_ID, _STATEMENTS = "tenant_id", "statements"
_TENANT: BindParameter[UUID] = bindparam(BOUND_TO)
_TENANTS: Table = Tenant.__table__  # type: ignore[attr-defined]
_IS_ACTIVE = exists(select(_TENANTS.c.id).where(_TENANTS.c.id == _TENANT, _TENANTS.c.is_active))

# Where a tenant is not active, nobody of it is found, and so nobody of it can ask for anything.
_WALLS = (
    with_loader_criteria(InTenant, lambda cls: cls.of_tenant == _TENANT, include_aliases=True),
    with_loader_criteria(Somebody, _IS_ACTIVE, include_aliases=True),
    with_loader_criteria(Tenant, lambda cls: cls.id == _TENANT, include_aliases=True),
)


class BoundSession(Session):
    """A session of the database; bound to a tenant if it was opened for one."""


class Statements:
    """The statements that are asked again and again, each with the walls built into it once."""

    def __init__(self) -> None:
        self._bound: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()

    def bound(self, statement: Any) -> Any:
        """The statement with the walls. Who carries it out gives the tenant as `BOUND_TO`."""
        found = self._bound.get(statement)
        if found is None:
            found = self._bound[statement] = statement.options(*_WALLS)
        return found


def session_info(tenant_id: UUID | None, statements: Statements) -> dict[str, Any]:
    """What a new session is given: the tenant that it is bound to, or none if it is for the site itself."""
    return {_TENANT_ID: tenant_id, _STATEMENTS: statements}


def narrow(db: AsyncSession, tenant_id: UUID) -> None:
    """Binds a session that saw every tenant, once it is known whom it is about. Nothing can widen it again."""
    if bound_to(db) not in (None, tenant_id):
        raise RuntimeError("a session of the database is bound to one tenant only")
    db.info[_TENANT_ID] = tenant_id


def bound_to(db: AsyncSession | OrmSession) -> UUID | None:
    """The tenant that a session is bound to."""
    found: UUID | None = db.info[_TENANT_ID]
    return found


def walled(db: AsyncSession, statement: Any, parameters: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """A statement as the session would carry it out, for what goes past it straight to the connection."""
    tenant_id = bound_to(db)
    if tenant_id is None:
        return statement, parameters
    return db.info[_STATEMENTS].bound(statement), {**parameters, BOUND_TO: tenant_id}


def check_row(db: AsyncSession | OrmSession, tenant_id: UUID | None) -> None:
    """Raises RuntimeError for a row of another tenant than the session is bound to."""
    bound = bound_to(db)
    if bound is not None and tenant_id != bound:
        raise RuntimeError("a row of another tenant was about to be stored")


@event.listens_for(BoundSession, "do_orm_execute")
def _build_walls(state: ORMExecuteState) -> None:
    tenant_id = bound_to(state.session)
    if tenant_id is None:
        return
    if state.is_select:
        state.statement = state.session.info[_STATEMENTS].bound(state.statement)
        state.parameters = _with_tenant(state.parameters, tenant_id)
    elif state.is_update or state.is_delete:
        # What these are given as parameters would be taken for values to set.
        state.statement = state.statement.options(*_walls_of(tenant_id))


def _with_tenant(parameters: Any, tenant_id: UUID) -> Any:
    if isinstance(parameters, list):
        return [{**one, BOUND_TO: tenant_id} for one in parameters]
    return {**(parameters or {}), BOUND_TO: tenant_id}


def _walls_of(tenant_id: UUID) -> tuple[Any, ...]:
    return (
        with_loader_criteria(InTenant, lambda cls: cls.of_tenant == tenant_id, include_aliases=True),
        with_loader_criteria(Tenant, lambda cls: cls.id == tenant_id, include_aliases=True),
    )


@event.listens_for(BoundSession, "before_flush")
def _check_new_rows(session: OrmSession, _context: UOWTransaction, _instances: Any) -> None:
    bound = bound_to(session)
    if bound is None:
        return
    for row in session.new:
        if isinstance(row, SQLModel) and isinstance(row, InTenant):
            check_row(session, getattr(row, "tenant_id", None))
