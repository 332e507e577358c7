"""What comes in and goes out about recordings."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from models.recordings.tables import Recording, RecordingState
from models.rooms.payloads import InSession
from models.text import Moment, OneLine, Payload, View


class RecordingView(View):
    """One recording. Its length now is `recorded_s`, plus the time since `running_since` while it runs."""

    id: UUID
    title: str
    state: RecordingState
    started_by: UUID | None = Field(description="The participant who started it.")
    started_at: Moment
    running_since: Moment | None
    stopped_at: Moment | None
    recorded_s: float = Field(description="Seconds in all closed spells.")
    first_seq: int = Field(description="Where in the session's log it begins.")
    last_seq: int | None

    @classmethod
    def of(cls, recording: Recording) -> Self:
        return cls.model_validate(recording, from_attributes=True)


class StartRecording(InSession):
    """Begins a recording."""

    title: Annotated[str, OneLine(255)] | None = None


class NewRecording(Payload):
    """Begins a recording, over REST."""

    title: Annotated[str, OneLine(255)] | None = None


class ChangeRecording(Payload):
    """Pauses, resumes or stops a recording by naming the state it should be in."""

    state: Literal[RecordingState.PAUSED, RecordingState.RECORDING, RecordingState.STOPPED]
