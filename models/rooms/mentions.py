"""Whom a message is meant for."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.errors import ParticipantNotFound
from models.rooms.payloads import Mention
from models.rooms.tables import Participant, ParticipantStatus
from models.writing import few

_KNOWN = (ParticipantStatus.APPROVED, ParticipantStatus.LEFT)


async def load_mentions(db: AsyncSession, session_id: UUID, participant_ids: Sequence[UUID]) -> list[Mention]:
    """These people of the session with their names of now, each once. Raises ParticipantNotFound.

    Who waits, or was sent away, cannot be mentioned: that would tell everybody their name.
    """
    if not participant_ids:
        return []
    query = select(Participant.id, Participant.display_name, Participant.is_erased).where(
        Participant.session_id == session_id,
        col(Participant.id).in_(few(set(participant_ids))),
        col(Participant.status).in_(_KNOWN),
    )
    known = {
        one: Mention(participant_id=one, display_name=name, is_erased=is_erased)
        for one, name, is_erased in (await db.exec(query)).all()
    }
    if any(one not in known for one in participant_ids):
        raise ParticipantNotFound
    return [known[one] for one in dict.fromkeys(participant_ids)]
