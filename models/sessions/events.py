"""What can happen to a session."""

from datetime import datetime
from typing import ClassVar

from models.log.event import Event
from models.log.state import RoomState
from models.sessions.kinds import SessionStatus
from models.sessions.payloads import RoomSession
from models.text import Moment


class SessionCreated(Event):
    """The first event of every log."""

    type: ClassVar[str] = "session:created"
    session: RoomSession

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.model_copy(update={"session": self.session})


class SessionUpdated(Event):
    """What was set up has changed; `session` is how it is now."""

    type: ClassVar[str] = "session:updated"
    session: RoomSession
    changed: list[str]

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.model_copy(update={"session": self.session})


class SessionScheduled(Event):
    type: ClassVar[str] = "session:scheduled"
    start_time: Moment | None
    end_time: Moment | None

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_session(
            status=SessionStatus.SCHEDULED, start_time=self.start_time, end_time=self.end_time
        )


class SessionStarted(Event):
    type: ClassVar[str] = "session:started"

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_session(status=SessionStatus.ACTIVE, started_at=at)


class SessionPausedEvent(Event):
    type: ClassVar[str] = "session:paused"

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_session(status=SessionStatus.PAUSED, paused_at=at)


class SessionResumed(Event):
    type: ClassVar[str] = "session:resumed"
    paused_s: float

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_session(status=SessionStatus.ACTIVE, paused_at=None, paused_s=self.paused_s)


def _closed(state: RoomState, **changes: object) -> RoomState:
    return state.emptied().with_session(paused_at=None, **changes)


class SessionEnded(Event):
    """The room is closed: nobody is in it any more, nobody waits."""

    type: ClassVar[str] = "session:ended"
    paused_s: float

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return _closed(state, status=SessionStatus.ENDED, ended_at=at, paused_s=self.paused_s)


class SessionCancelled(Event):
    """The session will not take place, or not go on."""

    type: ClassVar[str] = "session:cancelled"
    reason: str
    ended_at: Moment | None
    paused_s: float

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return _closed(
            state,
            status=SessionStatus.CANCELLED,
            cancel_reason=self.reason,
            ended_at=self.ended_at,
            paused_s=self.paused_s,
        )


class SessionLockedEvent(Event):
    """Nobody else can come in."""

    type: ClassVar[str] = "session:locked"

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_session(is_locked=True)


class SessionUnlocked(Event):
    type: ClassVar[str] = "session:unlocked"

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_session(is_locked=False)


class SessionDeleted(Event):
    """The session is gone from every list until it is restored."""

    type: ClassVar[str] = "session:deleted"


class SessionRestored(Event):
    type: ClassVar[str] = "session:restored"
