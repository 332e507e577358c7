"""The state of a room: what a joiner gets in one message, and what every event changes."""

from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from models.recordings.payloads import RecordingView
from models.rooms.payloads import MessageView, ParticipantView, WaitingView
from models.rooms.poll_payloads import PollView
from models.sessions.payloads import RoomSession

RECENT_MESSAGES = 50
"""How much of the chat is part of the state; the rest is history."""


class RoomState(BaseModel):
    """A room as one audience sees it. The state at seq n, with the events after n applied, is the state now."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    audience: Literal["everyone", "hosts"] = Field(description="Hosts also see who waits.")
    session: RoomSession
    participants: dict[UUID, ParticipantView] = Field(description="Everybody in the room, by id.")
    waiting: dict[UUID, WaitingView] = Field(
        description="Everybody who waits, by id; empty unless you are a host."
    )
    messages: list[MessageView] = Field(
        description=f"The last {RECENT_MESSAGES} lines of chat, oldest first."
    )
    polls: dict[UUID, PollView] = Field(description="Every poll of the session, open and closed, by id.")
    recording: RecordingView | None = Field(description="The recording that is running or paused.")

    def with_session(self, **changes: Any) -> Self:
        return self.model_copy(update={"session": self.session.model_copy(update=changes)})

    def with_participant(self, participant_id: UUID, **changes: Any) -> Self:
        """The state with these fields of somebody changed; unchanged if they are not in the room."""
        participant = self.participants.get(participant_id)
        if participant is None:
            return self
        changed = participant.model_copy(update=changes)
        return self.model_copy(update={"participants": {**self.participants, participant_id: changed}})

    def without_participant(self, participant_id: UUID) -> Self:
        rest = {key: one for key, one in self.participants.items() if key != participant_id}
        return self.model_copy(update={"participants": rest})

    def with_waiting(self, participant_id: UUID, **changes: Any) -> Self:
        """The state with these fields of somebody who waits changed; unchanged if they do not wait."""
        waiting = self.waiting.get(participant_id)
        if waiting is None:
            return self
        changed = waiting.model_copy(update=changes)
        return self.model_copy(update={"waiting": {**self.waiting, participant_id: changed}})

    def with_message(self, message_id: UUID, **changes: Any) -> Self:
        messages = [m.model_copy(update=changes) if m.id == message_id else m for m in self.messages]
        return self.model_copy(update={"messages": messages})

    def with_poll(self, poll_id: UUID, **changes: Any) -> Self:
        poll = self.polls.get(poll_id)
        if poll is None:
            return self
        return self.model_copy(update={"polls": {**self.polls, poll_id: poll.model_copy(update=changes)}})

    def with_recording(self, **changes: Any) -> Self:
        if self.recording is None:
            return self
        return self.model_copy(update={"recording": self.recording.model_copy(update=changes)})
