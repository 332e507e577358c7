"""What is told of somebody whose account was deleted for good."""

from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from models.log.event import Event
from models.log.state import RoomState
from models.rooms.payloads import MessageView

FORMER: Final = "Former participant"
"""What everybody is called whose account was deleted, beside `is_erased`: for who does not know that flag."""

MAX_TEXT_CHARS: Final = 4_000


def renamed_text(text: str, name: str) -> str:
    """A text that mentions somebody, without their name. The browser client does the same."""
    return text.replace(f"@{name}", f"@{FORMER}")[:MAX_TEXT_CHARS]


class ParticipantErased(Event):
    """Somebody's account was deleted for good. Their name is blanked in the log as well; they are not in the room."""

    type: ClassVar[str] = "participant:erased"
    audited: ClassVar[bool] = False
    participant_id: UUID
    display_name: str

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.model_copy(update={"messages": [self._without(one) for one in state.messages]})

    def _without(self, message: MessageView) -> MessageView:
        changes: dict[str, object] = {}
        if message.participant_id == self.participant_id:
            changes |= {"display_name": self.display_name, "is_erased": True}
        named = [one for one in message.mentions if one.participant_id == self.participant_id]
        if named:
            text = message.text
            for one in named:
                text = renamed_text(text, one.display_name)
            renamed = {"display_name": self.display_name, "is_erased": True}
            mentions = [one.model_copy(update=renamed) if one in named else one for one in message.mentions]
            changes |= {"text": text, "mentions": mentions}
        return message.model_copy(update=changes)
