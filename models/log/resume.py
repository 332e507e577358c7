"""Coming back: what of the log, or of the room's state, is for whom."""

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
