"""Coming back: exactly what was missed, or the whole state when that is shorter or safer."""

from dataclasses import dataclass
from uuid import UUID

import orjson
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor
from models.log.event import HOSTS
from models.log.loading import AudienceKind, load_head, load_snapshot
from models.log.logged import LoggedEvent
from models.log.state import RoomState
from models.log.tables import SessionEvent
from models.permissions import Role
from models.rooms.events import RoleChanged
from models.rooms.payloads import After


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What brings a client up to `seq`: either the events it missed, or the state."""

    epoch: str
    seq: int
    events: list[LoggedEvent] | None
    state: RoomState | None


async def catch_up(db: AsyncSession, actor: Actor, after: After | None, replay_limit: int) -> CatchUp:
    """What the actor lacks after a point. The state is given when there is no point, the epoch is another, the gap is
    over the limit, or the actor's role changed meanwhile.
    """
    if after is not None:
        head = await load_head(db, actor.session.id)
        gap = head.head_seq - after.seq
        if head.epoch == after.epoch and 0 <= gap <= replay_limit:
            events = await read_log(db, actor.session.id, after.seq, gap)
            if not _role_changed(actor, events):
                own = actor.participant.id if actor.participant else None
                heard = [event.heard_by(actor.audience, own) for event in events]
                return CatchUp(head.epoch, head.head_seq, heard, None)
    snapshot = await load_snapshot(db, actor.session.id, audience_kind(actor))
    return CatchUp(snapshot.epoch, snapshot.seq, None, snapshot.state)


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
