"""What can be said, changed and taken back."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from models.log.event import Event
from models.log.state import RECENT_MESSAGES, RoomState
from models.rooms.payloads import Mention, MessageView


class ChatSent(Event):
    type: ClassVar[str] = "chat:sent"
    audited: ClassVar[bool] = False
    message: MessageView

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.model_copy(update={"messages": [*state.messages, self.message][-RECENT_MESSAGES:]})


class ChatEdited(Event):
    type: ClassVar[str] = "chat:edited"
    audited: ClassVar[bool] = False
    message_id: UUID
    text: str
    mentions: list[Mention] = Field(default_factory=list)

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_message(self.message_id, text=self.text, edited_at=at, mentions=self.mentions)


class ChatDeleted(Event):
    """A message was taken back. Its text is blanked in the log as well."""

    type: ClassVar[str] = "chat:deleted"
    message_id: UUID

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_message(self.message_id, text="", deleted_at=at, mentions=[])
