"""Finding sessions: text, filters, order, pages. And how one person sees a session."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity.principals import Principal
from models.identity.tables import User
from models.permissions import HOST_ROLES, ROLE_PERMISSIONS, Permission
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.kinds import LIVE
from models.sessions.payloads import SessionQuery, SessionView
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
    order = col(getattr(Session, query.sort_by))
    direction = order.asc() if query.sort_order == "asc" else order.desc()
    paged = (
        select(Session, func.count().over())
        .where(fitting.whereclause)
        .order_by(direction.nulls_last(), col(Session.id).desc())
        .offset((query.page - 1) * query.limit)
        .limit(query.limit)
    )
    rows = (await db.exec(paged)).all()
    if rows or query.page == 1:
        total = rows[0][1] if rows else 0
    else:
        # Beyond the end there is no row that could tell.
        total = (await db.exec(select(func.count()).select_from(fitting.subquery()))).one()
    return Page(await views_of(db, principal, [session for session, _ in rows]), total)


async def view_of(db: AsyncSession, principal: Principal, session: Session) -> SessionView:
    """One session as the principal sees it."""
    return (await views_of(db, principal, [session]))[0]


async def views_of(db: AsyncSession, principal: Principal, sessions: list[Session]) -> list[SessionView]:
    """Sessions with what belongs to them, in a constant number of queries."""
    if not sessions:
        return []
    around: dict[UUID, Any] = {}
    tags: dict[UUID, list[str]] = {session.id: [] for session in sessions}
    query = _AS_ACCOUNT if principal.user is not None else _AS_PARTICIPANT
    for row in (await db.exec(query, params={"ids": list(tags), "me": principal.id})).all():
        around[row[0]] = row
        if row[4] is not None:
            tags[row[0]].append(row[4])
    return [_view(session, tags[session.id], around[session.id]) for session in sessions]


def _view(session: Session, tags: list[str], around: Any) -> SessionView:
    _, owner_name, participant_count, my_role, _, is_owner_erased = around
    # Checked as a whole, once: a model of its own for the columns would be checked twice.
    return SessionView.model_validate(
        {
            **{name: getattr(session, name) for name in _COLUMNS},
            "tags": tags,
            "participant_count": participant_count,
            "my_role": None if my_role is None else str(my_role),
            "owner_name": owner_name,
            "is_owner_erased": is_owner_erased,
        }
    )


def _surroundings(own: Any) -> Any:
    """Of each session: its owner, how many are in the room, the role of whoever asks; once for each tag."""
    inside = col(Participant.session_id) == col(Session.id)
    present = select(func.count()).where(inside, col(Participant.is_present).is_(True)).scalar_subquery()
    role = select(Participant.role).where(inside, own == bindparam("me")).scalar_subquery()
    return (
        select(  # type: ignore[call-overload]
            Session.id, User.display_name, present, role, SessionTag.tag, col(User.erased_at).is_not(None)
        )
        .join(User, col(User.id) == col(Session.owner_id))
        .join(SessionTag, col(SessionTag.session_id) == col(Session.id), isouter=True)
        .where(_ASKED_FOR)
        .order_by(col(SessionTag.tag))
    )


# Asked for every session that is shown: made once, so that the key in the cache of compiled statements is made once.
_ASKED_FOR = col(Session.id).in_(bindparam("ids", expanding=True))
_AS_ACCOUNT = _surroundings(col(Participant.user_id))
_AS_PARTICIPANT = _surroundings(col(Participant.id))
_COLUMNS = tuple(name for name in SessionView.model_fields if name in Session.model_fields)


def _filtered(principal: Principal, query: SessionQuery) -> Any:
    principal.check_scope(Permission.SESSION_VIEW)
    deleted = col(Session.deleted_at)
    wanted = select(Session).where(deleted.is_not(None) if query.deleted else deleted.is_(None))
    if not principal.runs_all_sessions:
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
