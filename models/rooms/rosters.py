"""How a room's roster is told: everybody by name or, in a large room, as a summary.

A summary holds how many there are, and those on the stage: who leads, who presents, who has a hand raised. The others
are found page by page. Which of the two it is, is said by an event; so a log has it at every place.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlmodel import and_, col, or_
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models.log.state import Roster
from models.log.tables import SessionEvent
from models.permissions import Role
from models.recordings.tables import Recording, RecordingState
from models.rooms.events import RosterChanged
from models.rooms.payloads import ParticipantView
from models.rooms.seats import ADMITTED_HOLD
from models.rooms.tables import Participant, ParticipantStatus
from models.transaction import Transaction

_MARK = '{"roster":"summary"'

# Asked for everybody who comes and goes: made once, so that its key in the cache of compiled statements is made once.
_IN_SESSION = col(Participant.session_id) == bindparam("session_id")
_IN_ROOM = and_(_IN_SESSION, col(Participant.is_present).is_(True))
_LAST = (
    select(func.substr(col(SessionEvent.data), 1, len(_MARK)))
    .where(
        col(SessionEvent.session_id) == bindparam("session_id"), col(SessionEvent.type) == RosterChanged.type
    )
    .order_by(col(SessionEvent.seq).desc())
    .limit(1)
)
_KEPT = and_(
    _IN_SESSION,
    col(Participant.is_present).is_(False),
    col(Participant.status) == ParticipantStatus.APPROVED,
    col(Participant.admitted_at) > bindparam("held_since"),
    col(Participant.id) != bindparam("besides"),
)
_NOW = select(
    select(func.count()).select_from(Participant).where(_IN_ROOM).scalar_subquery(), _LAST.scalar_subquery()
)
# Whoever began the recording has agreed by it.
_RECORDED_BY_OTHERS = and_(
    col(Recording.session_id) == bindparam("session_id"),
    col(Recording.state) != RecordingState.STOPPED,
    col(Recording.started_by).is_distinct_from(bindparam("besides")),
)
_FOR_NEWCOMER = _NOW.add_columns(
    select(func.count()).select_from(Participant).where(_KEPT).scalar_subquery(),
    select(func.count()).select_from(Recording).where(_RECORDED_BY_OTHERS).scalar_subquery(),
)


@dataclass(frozen=True, slots=True)
class RosterNow:
    """How many are in the room, and how they are told.

    For newcomers it also says for how many others a seat is kept, and whether others record them.
    """

    present: int
    roster: Roster
    kept: int = 0
    is_recorded_by_others: bool = False

    def with_one_more(self) -> "RosterNow":
        """As it is once somebody has taken a seat."""
        return replace(self, present=self.present + 1)


async def load_roster(db: AsyncSession, session_id: UUID) -> RosterNow:
    """The roster of a room that is not over. One query, however many are in it."""
    found = await (await db.connection()).execute(_NOW, {"session_id": session_id})
    present, last = found.one()
    return RosterNow(present, "summary" if last == _MARK else "full")


async def load_seats(tx: Transaction, session_id: UUID, newcomer: UUID) -> RosterNow:
    """What there is to know before the newcomer takes a seat. One query; exact under the session's lock."""
    named = {"session_id": session_id, "held_since": tx.now - ADMITTED_HOLD, "besides": newcomer}
    found = await (await tx.db.connection()).execute(_FOR_NEWCOMER, named)
    present, last, kept, recordings = found.one()
    return RosterNow(present, "summary" if last == _MARK else "full", kept, recordings > 0)


async def count_in(tx: Transaction, session_id: UUID) -> RosterNow:
    """The roster with what this transaction has changed so far."""
    await tx.db.flush()
    return await load_roster(tx.db, session_id)


async def settle_roster(tx: Transaction, session_id: UUID, now: RosterNow) -> None:
    """Goes over to a summary when the room has grown beyond the limit, and back once it is well below it again.

    Records `session:roster_changed`. Between three quarters of the limit and the limit it stays as it is, so that a
    room does not go back and forth with everybody who comes and goes.
    """
    if now.roster == "full" and now.present > tx.roster_limit:
        tx.record(RosterChanged(roster="summary", present=now.present, participants=None))
    elif now.roster == "summary" and now.present <= tx.roster_limit * 3 // 4:
        everybody = [ParticipantView.of(one) for one in (await tx.db.exec(present_in(session_id))).all()]
        tx.record(RosterChanged(roster="full", present=now.present, participants=everybody))


async def as_newcomer(tx: Transaction, participant: Participant) -> ParticipantView | None:
    """Somebody as an event has to tell them who puts them on the stage: nothing where everybody is told already."""
    if not participant.is_present:
        return None
    now = await load_roster(tx.db, participant.session_id)
    return ParticipantView.of(participant) if now.roster == "summary" else None


def present_in(session_id: UUID) -> SelectOfScalar[Participant]:
    """Everybody in the room, longest there first."""
    return (
        select_rows(Participant)
        .where(Participant.session_id == session_id, col(Participant.is_present).is_(True))
        .order_by(col(Participant.joined_at), col(Participant.id))
    )


def on_stage_in(session_id: UUID) -> SelectOfScalar[Participant]:
    """Those of them who are on the stage."""
    on_stage = or_(col(Participant.role) != Role.ATTENDEE, col(Participant.hand_raised_at).is_not(None))
    return present_in(session_id).where(on_stage)
