"""Coming back: exactly what was missed, or the whole state when that is shorter or safer."""

from dataclasses import dataclass
from uuid import UUID

import orjson
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor
from models.log.event import HOSTS
from models.log.loading import AudienceKind, load_head
from models.log.logged import LoggedEvent
from models.log.tables import SessionEvent
from models.permissions import Role
from models.rooms.events import RoleChanged
from models.rooms.payloads import After


@dataclass(frozen=True, slots=True)
class Missed:
    """The events that bring a client up to `seq`."""

    epoch: str
    seq: int
    events: list[LoggedEvent]


async def missed_events(
    db: AsyncSession, actor: Actor, after: After | None, replay_limit: int
) -> Missed | None:
    """What the actor missed after a point; None when only the whole state will do.

    That is so when there is no point, the epoch is another, the gap is over the limit, or the actor's role changed
    meanwhile.
    """
    if after is None:
        return None
    head = await load_head(db, actor.session.id)
    gap = head.head_seq - after.seq
    if head.epoch != after.epoch or not 0 <= gap <= replay_limit:
        return None
    events = await read_log(db, actor.session.id, after.seq, gap)
    if _role_changed(actor, events):
        return None
    own = actor.participant.id if actor.participant else None
    return Missed(head.epoch, head.head_seq, [event.heard_by(actor.audience, own) for event in events])


def audience_kind(actor: Actor) -> AudienceKind:
    """The audience whose state the actor gets."""
    return "hosts" if actor.audience == HOSTS else "everyone"


async def read_log(db: AsyncSession, session_id: UUID, after: int, limit: int) -> list[LoggedEvent]:
    """Up to `limit` events after a place in the log, as they are stored: not yet fit for a particular reader."""
    if limit <= 0:
        return []
    head = await load_head(db, session_id)
    query = (
        select(SessionEvent)
        .where(SessionEvent.session_id == session_id, col(SessionEvent.seq) > after)
        .order_by(col(SessionEvent.seq))
        .limit(limit)
    )
    return [LoggedEvent.of(row, head.epoch) for row in (await db.exec(query)).all()]


def role_after(event: LoggedEvent, participant_id: UUID | None) -> Role | None:
    """The role that an event gives to this participant, if it does."""
    if event.type != RoleChanged.type or participant_id is None:
        return None
    data = orjson.loads(event.data)
    return Role(data["role"]) if data["participant_id"] == str(participant_id) else None


def _role_changed(actor: Actor, events: list[LoggedEvent]) -> bool:
    # A change of one's own role may have changed what one hears; the events alone cannot make up for that.
    own = actor.participant.id if actor.participant else None
    return any(role_after(event, own) is not None for event in events)
