"""What a session comes to, in numbers: the room now, what has happened in it, and each person's part in it."""

from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row, Select, case, func, select
from sqlmodel import and_, col
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, require
from models.log.event import EVERYONE
from models.log.tables import SessionEvent
from models.paging import Page, PageQuery
from models.permissions import Permission, Role
from models.recordings.tables import Recording
from models.rooms.events import (
    HandRaised,
    ParticipantBanned,
    ParticipantJoined,
    ParticipantKicked,
    ParticipantLeft,
)
from models.rooms.payloads import ERASED
from models.rooms.poll_tables import Poll
from models.rooms.tables import ChatMessage, Participant, ParticipantStatus
from models.sessions.tables import Session
from models.text import Moment, View

_GONE = (ParticipantLeft.type, ParticipantKicked.type, ParticipantBanned.type)


class SessionStatistics(View):
    """A session in numbers, as they stood `at` a moment."""

    at: Moment
    present: int = Field(description="How many are in the room.")
    guests: int = Field(description="How many of them have no account.")
    muted: int = Field(description="How many of them are muted.")
    hidden: int = Field(description="How many of them are hidden.")
    hands: int = Field(description="How many of them have a hand raised.")
    waiting: int = Field(description="How many wait to be let in.")
    people: int = Field(description="How many have been in the room so far.")
    peak: int = Field(description="How many were in it at once, at most.")
    messages: int = Field(description="How many messages stand in the chat.")
    hands_raised: int = Field(description="How often a hand was raised.")
    polls: int = Field(description="How many polls there were.")
    running_s: float = Field(description="Seconds the session has run, without its pauses.")
    recorded_s: float = Field(description="Seconds that were recorded.")


class PersonStatistics(View):
    """What somebody has had to do with a session."""

    participant_id: UUID
    display_name: str
    is_erased: bool = Field(description=ERASED)
    role: Role
    is_present: bool
    present_s: float = Field(description="Seconds in the room.")
    messages: int
    hands_raised: int

    @classmethod
    def of(cls, row: Row[Any], now: datetime) -> Self:
        return cls(
            participant_id=row.id,
            display_name=row.display_name,
            is_erased=row.is_erased,
            role=row.role,
            is_present=row.is_present,
            present_s=row.total_s + _spell_s(row.joined_at if row.is_present else None, now),
            messages=row.messages,
            hands_raised=row.hands_raised,
        )


class PersonStatisticsQuery(PageQuery):
    """Which page of the people, and in which order: the most first, or by name."""

    sort: Literal["time", "messages", "hands", "name"] = "time"


async def load_statistics(db: AsyncSession, actor: Actor, now: datetime) -> SessionStatistics:
    """The session in numbers. Raises Forbidden."""
    require(actor, Permission.STATISTICS_VIEW)
    session = actor.session
    connection = await db.connection()
    people = (await connection.execute(_people_of(session.id))).one()
    done = (await connection.execute(_done_in(session.id))).one()
    return SessionStatistics(
        at=now,
        **people._asdict(),
        **done._asdict(),
        running_s=_running_s(session, now),
        recorded_s=await _recorded_s(db, session.id, now),
    )


async def list_person_statistics(
    db: AsyncSession, actor: Actor, query: PersonStatisticsQuery, now: datetime
) -> Page[PersonStatistics]:
    """A page of everybody who has been in the room, each in numbers. Raises Forbidden."""
    require(actor, Permission.STATISTICS_VIEW)
    rows = (await (await db.connection()).execute(_each_in(actor.session.id))).all()
    people = [PersonStatistics.of(row, now) for row in rows]
    if query.sort != "name":
        # How long somebody who is still there has been there is not in any column.
        people.sort(key=lambda one: _amount(one, query.sort), reverse=True)
    first = (query.page - 1) * query.limit
    return Page(people[first : first + query.limit], len(people))


def _amount(person: PersonStatistics, sort: str) -> float:
    return {"time": person.present_s, "messages": person.messages, "hands": person.hands_raised}[sort]


def _people_of(session_id: UUID) -> Select[*tuple[Any, ...]]:
    is_in = col(Participant.is_present).is_(True)
    conditions = {
        "present": is_in,
        "guests": and_(is_in, col(Participant.user_id).is_(None)),
        "muted": and_(is_in, col(Participant.is_muted).is_(True)),
        "hidden": and_(is_in, col(Participant.is_hidden).is_(True)),
        "hands": and_(is_in, col(Participant.hand_raised_at).is_not(None)),
        "waiting": col(Participant.status) == ParticipantStatus.PENDING,
        "people": col(Participant.joined_at).is_not(None),
    }
    counts = [func.count(case((condition, 1))).label(name) for name, condition in conditions.items()]
    return select(*counts).where(col(Participant.session_id) == session_id)


def _done_in(session_id: UUID) -> Select[*tuple[Any, ...]]:
    said = select(func.count()).where(
        col(ChatMessage.session_id) == session_id, col(ChatMessage.deleted_at).is_(None)
    )
    raised = select(func.count()).where(
        col(SessionEvent.session_id) == session_id, col(SessionEvent.type) == HandRaised.type
    )
    asked = select(func.count()).where(col(Poll.session_id) == session_id)
    return select(
        func.coalesce(_peak_of(session_id).scalar_subquery(), 0).label("peak"),
        said.scalar_subquery().label("messages"),
        raised.scalar_subquery().label("hands_raised"),
        asked.scalar_subquery().label("polls"),
    )


def _peak_of(session_id: UUID) -> Select[*tuple[Any, ...]]:
    """The greatest sum of comings and goings. Who was sent out while they waited had never come: only hosts heard."""
    step = case((col(SessionEvent.type) == ParticipantJoined.type, 1), else_=-1)
    inside = (
        select(func.sum(step).over(order_by=col(SessionEvent.seq)).label("present"))
        .where(
            col(SessionEvent.session_id) == session_id,
            col(SessionEvent.type).in_((ParticipantJoined.type, *_GONE)),
            col(SessionEvent.audience) == EVERYONE,
        )
        .subquery()
    )
    return select(func.max(inside.c.present))


def _each_in(session_id: UUID) -> Select[*tuple[Any, ...]]:
    said = (
        select(col(ChatMessage.participant_id).label("who"), func.count().label("messages"))
        .where(col(ChatMessage.session_id) == session_id, col(ChatMessage.deleted_at).is_(None))
        .group_by(col(ChatMessage.participant_id))
        .subquery()
    )
    raised = (
        select(col(SessionEvent.actor_id).label("who"), func.count().label("hands_raised"))
        .where(col(SessionEvent.session_id) == session_id, col(SessionEvent.type) == HandRaised.type)
        .group_by(col(SessionEvent.actor_id))
        .subquery()
    )
    return (
        select(
            col(Participant.id),
            col(Participant.display_name),
            col(Participant.is_erased),
            col(Participant.role),
            col(Participant.is_present),
            col(Participant.joined_at),
            col(Participant.total_s),
            func.coalesce(said.c.messages, 0).label("messages"),
            func.coalesce(raised.c.hands_raised, 0).label("hands_raised"),
        )
        .outerjoin(said, said.c.who == col(Participant.id))
        .outerjoin(raised, raised.c.who == col(Participant.id))
        .where(col(Participant.session_id) == session_id, col(Participant.joined_at).is_not(None))
        .order_by(func.lower(col(Participant.display_name)), col(Participant.id))
    )


def _running_s(session: Session, now: datetime) -> float:
    if session.started_at is None:
        return 0.0
    until = session.ended_at or session.paused_at or now
    return max(0.0, (until - session.started_at).total_seconds() - session.paused_s)


async def _recorded_s(db: AsyncSession, session_id: UUID, now: datetime) -> float:
    columns = select(col(Recording.recorded_s), col(Recording.running_since))
    of_session = columns.where(col(Recording.session_id) == session_id)
    recordings = (await (await db.connection()).execute(of_session)).all()
    return sum((one.recorded_s + _spell_s(one.running_since, now) for one in recordings), 0.0)


def _spell_s(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
