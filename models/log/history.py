"""The log as history: what one may hear of it, from any place on."""

from typing import Any
from uuid import UUID

from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, require
from models.log.logged import LoggedEvent
from models.log.resume import read_log
from models.log.state import RoomState
from models.permissions import Permission
from models.text import Moment, Payload, View


class EventQuery(Payload):
    """Which part of the log."""

    after: int = Field(0, ge=0, lt=2**31, description="Only events with a greater seq.")
    limit: int = Field(200, ge=1, le=1_000)


class EventFrame(View):
    """One event of a log, as sockets hear it. AsyncAPI says what `data` holds for each `type`."""

    type: str = Field(examples=["participant:joined"])
    session_id: UUID
    seq: int
    at: Moment
    actor: UUID | None = Field(description="A participant's or account's id; null for the system.")
    data: dict[str, Any]


class StateView(View):
    """The room now, and the place in the log it stands for."""

    epoch: str
    seq: int
    state: RoomState


async def list_events(db: AsyncSession, actor: Actor, query: EventQuery) -> list[LoggedEvent]:
    """The log from a place on; what is not for the actor's ears stands as `event:hidden`. Raises Forbidden."""
    require(actor, Permission.SESSION_VIEW)
    events = await read_log(db, actor.session.id, query.after, query.limit)
    own = None if actor.participant is None else actor.participant.id
    return [event.heard_by(actor.audience, own) for event in events]
