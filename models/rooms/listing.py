"""Who is, was or waits in a session, in pages; and what was said."""

from typing import Annotated, Literal

from pydantic import Field
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, require
from models.paging import Page, PageQuery, load_page
from models.permissions import HOST_ROLES, Permission
from models.rooms.chat import load_messages
from models.rooms.tables import ChatMessage, Participant, ParticipantStatus
from models.text import Payload

_Status = ParticipantStatus
_KNOWN_TO_ALL = (_Status.APPROVED, _Status.LEFT)


class ParticipantQuery(PageQuery):
    """Which participants."""

    status: ParticipantStatus | None = None
    sort: Literal["joined", "name"] = Field("joined", description="In which order, after who is in the room.")
    q: str | None = Field(None, max_length=80, description="Only those whose name contains this.")
    present: bool | None = Field(None, description="Only those in the room now (or, false, only the others).")


class MessageQuery(Payload):
    """Which part of the chat: the last `limit` lines before a place in the log."""

    before: Annotated[int, Field(ge=1, lt=2**31)] | None = Field(
        None, description="Only lines with a smaller seq."
    )
    limit: int = Field(50, ge=1, le=200)


async def list_participants(db: AsyncSession, actor: Actor, query: ParticipantQuery) -> Page[Participant]:
    """Everybody of the session, those in the room first. Who waits, was declined or sent out is for hosts to see.

    Raises Forbidden.
    """
    require(actor, Permission.SESSION_VIEW)
    wanted = select(Participant).where(Participant.session_id == actor.session.id)
    if not actor.may(Permission.WAITING_ROOM_VIEW):
        was_in = or_(col(Participant.admitted_at).is_not(None), col(Participant.role).in_(HOST_ROLES))
        wanted = wanted.where(col(Participant.status).in_(_KNOWN_TO_ALL), was_in)
    if query.status is not None:
        wanted = wanted.where(Participant.status == query.status)
    if query.present is not None:
        wanted = wanted.where(col(Participant.is_present).is_(query.present))
    if query.q is not None and query.q.strip():
        wanted = wanted.where(col(Participant.display_name).icontains(query.q.strip(), autoescape=True))
    first = col(Participant.is_present).desc()
    then = func.lower(col(Participant.display_name)) if query.sort == "name" else col(Participant.created_at)
    return await load_page(db, wanted.order_by(first, then, col(Participant.id)), query)


async def list_waiting(db: AsyncSession, actor: Actor, query: PageQuery) -> Page[Participant]:
    """Everybody who waits, in the order they came. Raises Forbidden."""
    require(actor, Permission.WAITING_ROOM_VIEW)
    waiting = select(Participant).where(
        Participant.session_id == actor.session.id, Participant.status == _Status.PENDING
    )
    return await load_page(db, waiting.order_by(col(Participant.knocked_at), col(Participant.id)), query)


async def list_messages(db: AsyncSession, actor: Actor, query: MessageQuery) -> list[ChatMessage]:
    """The chat, oldest first, backwards from its end or from a place in the log. Raises Forbidden."""
    require(actor, Permission.SESSION_VIEW)
    return await load_messages(db, actor.session.id, query.before, query.limit)
