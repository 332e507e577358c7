"""Taking a person out of a session: out of the room, its tables and its log, so that the rest stays as it was.

As with a deleted message (decision 6), the log keeps every event in its place; only the name and the picture go. The
event at the end says the same to whoever has seen them.
"""

from typing import Any
from uuid import UUID

import orjson
from sqlmodel import col, or_, select, update

from models.log.tables import AnsweredCommand, SessionEvent
from models.rooms.erasure_event import FORMER, ParticipantErased, renamed_text
from models.rooms.events import WaitingRoomMessaged
from models.rooms.presence import leave_session
from models.rooms.tables import ChatMessage, Participant
from models.transaction import Transaction


async def erase_participant(tx: Transaction, participant: Participant) -> None:
    """Makes somebody a former participant of a session, which must be locked.

    Records `participant:left` or `waiting_room:updated` if they are there, and `participant:erased`.
    """
    await leave_session(tx, participant.session_id, participant.id, "left")
    await tx.write_out()
    participant.display_name, participant.avatar, participant.updated_at = FORMER, None, tx.now
    participant.is_erased, participant.consented_at = True, None
    await _blank_log(tx, participant)
    await _blank_messages(tx, participant)
    await _blank_answers(tx, participant)
    tx.record(ParticipantErased(participant_id=participant.id, display_name=FORMER))


def without_person(node: Any, participant: Participant) -> Any:
    """The same data with the person's name and picture gone, wherever they are told by id."""
    if isinstance(node, list):
        return [without_person(one, participant) for one in node]
    if not isinstance(node, dict):
        return node
    data = {key: without_person(value, participant) for key, value in node.items()}
    mentioned = [
        old for old in node.get("mentions") or () if old.get("participant_id") == str(participant.id)
    ]
    for mention in mentioned:
        data["text"] = renamed_text(data["text"], mention["display_name"])
    if str(participant.id) in (node.get("id"), node.get("participant_id")):
        data.update({"display_name": FORMER, "is_erased": True} if "display_name" in node else {})
        data.update({"avatar_url": None} if "avatar_url" in node else {})
    return data


async def _blank_log(tx: Transaction, participant: Participant) -> None:
    query = select(SessionEvent).where(
        SessionEvent.session_id == participant.session_id,
        or_(
            col(SessionEvent.data).contains(str(participant.id)),
            # What a host says to those who wait is told with the host's name, and no id.
            (col(SessionEvent.actor_id) == participant.id)
            & (col(SessionEvent.type) == WaitingRoomMessaged.type),
        ),
    )
    for event in (await tx.db.exec(query)).all():
        data = orjson.loads(event.data)
        blank = _blanked(event, data, participant)
        if blank != data:
            await tx.db.exec(
                update(SessionEvent)
                .where(col(SessionEvent.session_id) == event.session_id, col(SessionEvent.seq) == event.seq)
                .values(data=orjson.dumps(blank).decode())
            )


def _blanked(event: SessionEvent, data: dict[str, Any], participant: Participant) -> Any:
    if event.type != WaitingRoomMessaged.type:
        return without_person(data, participant)
    # The id is that of whoever was told, the name that of whoever told them.
    return {**data, "display_name": FORMER} if event.actor_id == participant.id else data


async def _blank_messages(tx: Transaction, participant: Participant) -> None:
    own = update(ChatMessage).where(col(ChatMessage.participant_id) == participant.id)
    await tx.db.exec(own.values(display_name=FORMER, is_erased=True))
    for message in await _mentioning(tx, participant):
        said = {"text": message.text, "mentions": message.mentions}
        blank = without_person(said, participant)
        message.text, message.mentions = blank["text"], blank["mentions"]


async def _mentioning(tx: Transaction, participant: Participant) -> list[ChatMessage]:
    # SQLite and PostgreSQL look into JSON differently; few messages mention anybody.
    query = select(ChatMessage.id, ChatMessage.mentions).where(
        ChatMessage.session_id == participant.session_id
    )
    ids: list[UUID] = [
        message_id
        for message_id, mentions in (await tx.db.exec(query)).all()
        if any(one["participant_id"] == str(participant.id) for one in mentions)
    ]
    found = [await tx.db.get(ChatMessage, one) for one in ids]
    return [one for one in found if one is not None]


async def _blank_answers(tx: Transaction, participant: Participant) -> None:
    query = select(AnsweredCommand).where(
        AnsweredCommand.session_id == participant.session_id,
        col(AnsweredCommand.answer).contains(str(participant.id)),
    )
    for one in (await tx.db.exec(query)).all():
        one.answer = orjson.dumps(without_person(orjson.loads(one.answer), participant)).decode()
