"""What can happen to a recording."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from models.log.event import Event
from models.log.state import RoomState
from models.recordings.payloads import RecordingView
from models.recordings.tables import RecordingState


class RecordingStarted(Event):
    type: ClassVar[str] = "recording:started"
    recording: RecordingView

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.model_copy(update={"recording": self.recording})


class RecordingPaused(Event):
    type: ClassVar[str] = "recording:paused"
    recording_id: UUID
    recorded_s: float

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_recording(
            state=RecordingState.PAUSED, running_since=None, recorded_s=self.recorded_s
        )


class RecordingResumed(Event):
    type: ClassVar[str] = "recording:resumed"
    recording_id: UUID

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_recording(state=RecordingState.RECORDING, running_since=at)


class RecordingStopped(Event):
    type: ClassVar[str] = "recording:stopped"
    recording_id: UUID
    recorded_s: float

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.model_copy(update={"recording": None})
