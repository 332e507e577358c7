"""Chat: say, correct, take back."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import orjson
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, require
from models.errors import (
    CapabilityOff,
    EditWindowClosed,
    Forbidden,
    MessageNotFound,
    NotJoined,
    ParticipantMutedError,
    SessionNotLive,
    SessionOver,
    SessionPaused,
)
from models.ids import new_id
from models.log.answers import blank_answers
from models.log.tables import SessionEvent
from models.permissions import Permission
from models.rooms.chat_events import ChatDeleted, ChatEdited, ChatSent
from models.rooms.mentions import load_mentions
from models.rooms.payloads import MessageView
from models.rooms.presence import load_participant
from models.rooms.tables import ChatMessage
from models.sessions.kinds import OVER, SessionSettings, SessionStatus
from models.transaction import Transaction
from models.writing import few

EDIT_WINDOW = timedelta(hours=1)


async def send_message(
    tx: Transaction,
    actor: Actor,
    text: str,
    reply_to: UUID | None = None,
    mentions: Sequence[UUID] = (),
) -> ChatMessage:
    """Says something to everybody in the room.

    Records `chat:sent`. Raises NotJoined, ParticipantMutedError, CapabilityOff, MessageNotFound (`reply_to`),
    ParticipantNotFound (`mentions`), SessionNotLive, SessionPaused, SessionOver.
    """
    require(actor, Permission.CHAT_SEND)
    _may_speak(actor)
    if reply_to is not None:
        await _load_message(tx.db, actor.session.id, reply_to)
    author = actor.as_participant()
    message = ChatMessage(
        id=new_id(),
        tenant_id=actor.session.tenant_id,
        session_id=actor.session.id,
        participant_id=author.id,
        seq=tx.next_seq,
        display_name=author.display_name,
        text=text,
        reply_to=reply_to,
        mentions=[
            one.model_dump(mode="json") for one in await load_mentions(tx.db, actor.session.id, mentions)
        ],
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.insert(message)
    tx.record(ChatSent(message=MessageView.of(message)))
    return message


async def edit_message(
    tx: Transaction, actor: Actor, message_id: UUID, text: str, mentions: Sequence[UUID] = ()
) -> ChatMessage:
    """Corrects one's own message within an hour.

    Records `chat:edited`. Raises MessageNotFound, Forbidden, EditWindowClosed, and as `send_message` does.
    """
    message = await _load_message(tx.db, actor.session.id, message_id)
    if message.participant_id != actor.as_participant().id:
        raise Forbidden("You can only edit your own messages.")
    _may_speak(actor)
    if tx.now - message.created_at > EDIT_WINDOW:
        raise EditWindowClosed
    if message.text != text:
        meant = await load_mentions(tx.db, actor.session.id, mentions)
        message.text = text
        message.mentions = [one.model_dump(mode="json") for one in meant]
        message.edited_at = message.updated_at = tx.now
        tx.record(ChatEdited(message_id=message.id, text=text, mentions=meant))
    return message


async def delete_message(tx: Transaction, actor: Actor, message_id: UUID) -> ChatMessage:
    """Takes back one's own message, or as somebody who moderates the chat, another's. The text is gone for good.

    Records `chat:deleted`. Raises MessageNotFound, Forbidden.
    """
    message = await _load_message(tx.db, actor.session.id, message_id)
    own = actor.participant is not None and message.participant_id == actor.participant.id
    if not own:
        require(actor, Permission.CHAT_MODERATE)
    await tx.write_out()
    await _blank_in_log(tx, message)
    author = await load_participant(tx, message.session_id, message.participant_id)
    await blank_answers(tx, message.session_id, author, message.id)
    message.text = ""
    message.mentions = []
    message.deleted_at = message.updated_at = tx.now
    tx.record(ChatDeleted(message_id=message.id))
    return message


async def load_messages(
    db: AsyncSession, session_id: UUID, before: int | None, limit: int
) -> list[ChatMessage]:
    """The last `limit` messages before a place in the log, oldest first."""
    query = select(ChatMessage).where(ChatMessage.session_id == session_id)
    if before is not None:
        query = query.where(ChatMessage.seq < before)
    found = (await db.exec(query.order_by(col(ChatMessage.seq).desc()).limit(limit))).all()
    return list(reversed(found))


def _may_speak(actor: Actor) -> None:
    """Raises why not. Hosts may speak before the start and during a pause, to prepare and to explain."""
    if not SessionSettings.model_validate(actor.session.settings).allow_chat:
        raise CapabilityOff("The chat is closed in this session.")
    author = actor.as_participant()
    if actor.session.status in OVER:
        raise SessionOver
    if not author.is_present:
        raise NotJoined
    if author.is_muted:
        raise ParticipantMutedError
    if actor.session.status is SessionStatus.ACTIVE or actor.is_host:
        return
    raise SessionPaused if actor.session.status is SessionStatus.PAUSED else SessionNotLive


async def load_messages_by_id(db: AsyncSession, message_ids: set[UUID]) -> Sequence[ChatMessage]:
    """Messages that are about to be looked at. While they are held, nobody has to ask for them again."""
    query = select(ChatMessage).where(col(ChatMessage.id).in_(few(message_ids)))
    return (await db.exec(query)).all()


async def _load_message(db: AsyncSession, session_id: UUID, message_id: UUID) -> ChatMessage:
    message = await db.get(ChatMessage, message_id)
    if message is None or message.session_id != session_id or message.deleted_at is not None:
        raise MessageNotFound
    return message


async def _blank_in_log(tx: Transaction, message: ChatMessage) -> None:
    # The one change a log suffers: the words go, the events stay where they are, and so does every state.
    query = select(SessionEvent).where(
        SessionEvent.session_id == message.session_id,
        col(SessionEvent.seq) >= message.seq,
        col(SessionEvent.type).in_((ChatSent.type, ChatEdited.type)),
        col(SessionEvent.data).contains(str(message.id)),
    )
    for event in (await tx.db.exec(query)).all():
        data = orjson.loads(event.data)
        said = data["message"] if event.type == ChatSent.type else data
        if (said["id"] if event.type == ChatSent.type else said["message_id"]) != str(message.id):
            continue
        said["text"] = ""
        said["mentions"] = []
        blank = update(SessionEvent).where(
            col(SessionEvent.session_id) == event.session_id, col(SessionEvent.seq) == event.seq
        )
        await tx.db.exec(blank.values(data=orjson.dumps(data).decode()))
