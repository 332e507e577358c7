"""Finding sessions: text, filters, order, pages. And how one person sees a session."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity.principals import Principal
from models.identity.tables import User
from models.permissions import HOST_ROLES, ROLE_PERMISSIONS, Permission
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.kinds import LIVE
from models.sessions.payloads import RoomSession, SessionQuery, SessionView
from models.sessions.tables import Session, SessionTag

_OUT = (
    ParticipantStatus.BANNED,
    ParticipantStatus.REMOVED,
    ParticipantStatus.DECLINED,
    ParticipantStatus.PENDING,
)
_MAY_RESTORE = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.SESSION_DELETE in allowed]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of sessions, and how many there are in all."""

    items: list[SessionView]
    total: int


async def search_sessions(db: AsyncSession, principal: Principal, query: SessionQuery) -> Page:
    """The sessions one has a part in (an administrator: all of the tenant) that fit, in the order asked for."""
    fitting = _filtered(principal, query)
    total = (await db.exec(select(func.count()).select_from(fitting.subquery()))).one()
    order = col(getattr(Session, query.sort_by))
    direction = order.asc() if query.sort_order == "asc" else order.desc()
    paged = (
        fitting.order_by(direction.nulls_last(), col(Session.id).desc())
        .offset((query.page - 1) * query.limit)
        .limit(query.limit)
    )
    return Page(await views_of(db, principal, list((await db.exec(paged)).all())), total)


async def view_of(db: AsyncSession, principal: Principal, session: Session) -> SessionView:
    """One session as the principal sees it."""
    return (await views_of(db, principal, [session]))[0]


async def views_of(db: AsyncSession, principal: Principal, sessions: list[Session]) -> list[SessionView]:
    """Sessions with what belongs to them, in a constant number of queries."""
    ids = [session.id for session in sessions]
    tags: dict[Any, list[str]] = {}
    tag_query = select(SessionTag).where(col(SessionTag.session_id).in_(ids)).order_by(SessionTag.tag)
    for row in (await db.exec(tag_query)).all():
        tags.setdefault(row.session_id, []).append(row.tag)
    counts = await _present_counts(db, ids)
    roles = await _own_roles(db, principal, ids)
    owners = await _names(db, [session.owner_id for session in sessions])
    return [
        SessionView(
            **RoomSession.of(session).model_dump(),
            tags=tags.get(session.id, []),
            participant_count=counts.get(session.id, 0),
            my_role=roles.get(session.id),
            owner_name=owners.get(session.owner_id, ""),
            created_at=session.created_at,
            updated_at=session.updated_at,
            deleted_at=session.deleted_at,
        )
        for session in sessions
    ]


def _filtered(principal: Principal, query: SessionQuery) -> Any:
    wanted = select(Session).where(Session.tenant_id == principal.tenant_id)
    deleted = col(Session.deleted_at)
    wanted = wanted.where(deleted.is_not(None) if query.deleted else deleted.is_(None))
    if not principal.is_admin:
        mine = select(Participant.session_id).where(
            Participant.user_id == principal.account().id,
            col(Participant.status).not_in(_OUT),
            or_(col(Participant.admitted_at).is_not(None), col(Participant.role).in_(HOST_ROLES)),
        )
        if query.deleted:
            # They are gone for everybody but those who may bring them back.
            mine = mine.where(col(Participant.role).in_(_MAY_RESTORE))
        wanted = wanted.where(col(Session.id).in_(mine))
    for condition in _conditions(query):
        wanted = wanted.where(condition)
    return wanted


def _conditions(query: SessionQuery) -> list[Any]:
    asked: list[tuple[object, Callable[[Any], Any]]] = [
        (query.q and query.q.strip(), _has_text),
        (query.kind, lambda kind: Session.kind == kind),
        (query.status, lambda status: Session.status == status),
        (query.active, _is_live),
        (query.owner_id, lambda owner_id: Session.owner_id == owner_id),
        (query.tag, _is_tagged),
        (query.from_, lambda moment: col(Session.start_time) >= moment),
        (query.to, lambda moment: col(Session.start_time) < moment),
    ]
    return [condition(value) for value, condition in asked if value is not None and value != ""]


def _has_text(text: str) -> Any:
    return or_(
        col(Session.title).icontains(text, autoescape=True),
        col(Session.description).icontains(text, autoescape=True),
        Session.code == text.upper(),
    )


def _is_live(wanted: object) -> Any:
    live = col(Session.status).in_(LIVE)
    return live if wanted else ~live


def _is_tagged(tag: str) -> Any:
    return col(Session.id).in_(select(SessionTag.session_id).where(SessionTag.tag == tag))


async def _present_counts(db: AsyncSession, ids: list[Any]) -> dict[Any, int]:
    query = (
        select(Participant.session_id, func.count())
        .where(col(Participant.session_id).in_(ids), col(Participant.is_present).is_(True))
        .group_by(col(Participant.session_id))
    )
    return dict((await db.exec(query)).all())


async def _own_roles(db: AsyncSession, principal: Principal, ids: list[Any]) -> dict[Any, str]:
    query = select(Participant.session_id, Participant.role).where(col(Participant.session_id).in_(ids))
    if principal.user is not None:
        query = query.where(Participant.user_id == principal.user.id)
    else:
        query = query.where(Participant.id == principal.participant_id)
    return {session_id: str(role) for session_id, role in (await db.exec(query)).all()}


async def _names(db: AsyncSession, ids: list[Any]) -> dict[Any, str]:
    query = select(User.id, User.display_name).where(col(User.id).in_(set(ids)))
    return dict((await db.exec(query)).all())
