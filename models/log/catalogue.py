"""Every event there is, on one page. The log, the sockets, the audit and AsyncAPI know no other."""

from datetime import datetime
from typing import Any

from models.log.event import Event
from models.log.state import RoomState
from models.recordings import events as recordings
from models.rooms import chat_events as chat
from models.rooms import events as rooms
from models.rooms import poll_events as polls
from models.rooms.erasure_event import ParticipantErased
from models.sessions import events as sessions

EVENTS: tuple[type[Event], ...] = (
    sessions.SessionCreated,
    sessions.SessionUpdated,
    sessions.SessionScheduled,
    sessions.SessionStarted,
    sessions.SessionPausedEvent,
    sessions.SessionResumed,
    sessions.SessionEnded,
    sessions.SessionCancelled,
    sessions.SessionLockedEvent,
    sessions.SessionUnlocked,
    sessions.SessionDeleted,
    sessions.SessionRestored,
    rooms.ParticipantAdded,
    rooms.ParticipantJoined,
    rooms.ParticipantLeft,
    rooms.ParticipantKicked,
    rooms.ParticipantBanned,
    rooms.ParticipantUnbanned,
    rooms.ParticipantApproved,
    rooms.ParticipantDeclined,
    rooms.WaitingRoomUpdated,
    rooms.WaitingRoomMessaged,
    rooms.ParticipantMuted,
    rooms.ParticipantUnmuted,
    rooms.AllMuted,
    rooms.AllUnmuted,
    rooms.RoleChanged,
    rooms.VisibilityChanged,
    rooms.PermissionsChanged,
    rooms.LanguageChanged,
    rooms.AvatarChanged,
    ParticipantErased,
    rooms.HandRaised,
    rooms.HandLowered,
    rooms.Consented,
    rooms.RosterChanged,
    chat.ChatSent,
    chat.ChatEdited,
    chat.ChatDeleted,
    polls.PollCreated,
    polls.PollVoted,
    polls.PollClosed,
    recordings.RecordingStarted,
    recordings.RecordingPaused,
    recordings.RecordingResumed,
    recordings.RecordingStopped,
)

CATALOGUE: dict[str, type[Event]] = {event.type: event for event in EVENTS}


def apply(state: RoomState, type_: str, at: datetime, data: dict[str, Any]) -> RoomState:
    """The state after one event of the log. What is hidden from an audience changes nothing for it."""
    kind = CATALOGUE.get(type_)
    return state if kind is None else kind.model_validate(data).fold(state, at)
