"""The state of a room: what a joiner gets in one message, and what every event changes."""

from datetime import UTC, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from models.permissions import Role
from models.recordings.payloads import RecordingView
from models.rooms.payloads import MessageView, ParticipantView, WaitingView
from models.rooms.poll_payloads import PollView
from models.sessions.payloads import RoomSession

RECENT_MESSAGES = 50
"""How much of the chat is part of the state; the rest is history."""

Roster = Literal["full", "summary"]


def is_on_stage(participant: ParticipantView) -> bool:
    """Whether somebody is told by name in a room that is too large to tell everybody."""
    return participant.role is not Role.ATTENDEE or participant.hand_raised_at is not None


class RoomState(BaseModel):
    """A room as one audience sees it. The state at seq n, with the events after n applied, is the state now."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    audience: Literal["everyone", "hosts"] = Field(description="Hosts also see who waits.")
    session: RoomSession
    roster: Roster = Field(
        description="`full`: `participants` holds everybody. `summary`: only those on the stage."
    )
    present: int = Field(description="How many are in the room.")
    participants: dict[UUID, ParticipantView] = Field(
        description=(
            "Everybody in the room, by id; in a large one (`roster: summary`) those on the stage: every role above "
            "attendee, and raised hands."
        )
    )
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

    def with_newcomer(self, newcomer: ParticipantView, present: int | None) -> Self:
        """The state with somebody more in the room, of whom there are `present` then."""
        counted = self._counted(present, self.present + 1)
        return self._showing({**self.participants, newcomer.id: newcomer}, newcomer.id, counted)

    def without_participant(self, participant_id: UUID, present: int | None) -> Self:
        """The state with somebody fewer in the room, of whom there are `present` then."""
        rest = {key: one for key, one in self.participants.items() if key != participant_id}
        fewer = self.present - (len(self.participants) - len(rest))
        return self.model_copy(update={"participants": rest, "present": self._counted(present, fewer)})

    def with_participant(
        self, participant_id: UUID, newcomer: ParticipantView | None = None, **changes: Any
    ) -> Self:
        """The state with these fields of somebody changed; unchanged if they are not among the participants.

        In a summary whoever leaves the stage by it is gone, and a `newcomer` to the stage is there.
        """
        participant = self.participants.get(participant_id, newcomer)
        if participant is None:
            return self
        changed = participant.model_copy(update=changes)
        return self._showing({**self.participants, participant_id: changed}, participant_id)

    def with_roster(self, roster: Roster, participants: list[ParticipantView] | None, present: int) -> Self:
        """The state with its people told in another way: as a summary, or all of those who are given."""
        shown = {one.id: one for one in participants or self.participants.values()}
        if roster == "summary":
            shown = {key: one for key, one in shown.items() if is_on_stage(one)}
        return self.model_copy(update={"roster": roster, "participants": shown, "present": present})

    def emptied(self) -> Self:
        """The state with nobody in the room and nobody at its door."""
        nobody: dict[str, Any] = {"roster": "full", "present": 0, "participants": {}, "waiting": {}}
        return self.model_copy(update=nobody)

    def _counted(self, told: int | None, known: int) -> int:
        # Logs from before rosters could be summaries do not tell it; then everybody is known.
        return known if told is None or self.roster == "full" else told

    def _showing(
        self, participants: dict[UUID, ParticipantView], changed_id: UUID, present: int | None = None
    ) -> Self:
        if self.roster == "summary":
            if not is_on_stage(participants[changed_id]):
                participants = {key: one for key, one in participants.items() if key != changed_id}
            elif changed_id not in self.participants:
                # Nobody can say who came to the stage when: they stand in the order in which they came in.
                participants = {one.id: one for one in sorted(participants.values(), key=_came)}
        count = self.present if present is None else present
        return self.model_copy(update={"participants": participants, "present": count})

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


def _came(participant: ParticipantView) -> tuple[datetime, UUID]:
    return participant.joined_at or datetime.min.replace(tzinfo=UTC), participant.id
