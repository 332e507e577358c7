"""Every command there is, on one page. Who wants to know what a socket can ask for reads this."""

from models import errors as e
from models.recordings import events as recorded
from models.recordings.payloads import RecordingView, StartRecording
from models.rooms import chat_events as said
from models.rooms import events as happened
from models.rooms import payloads as p
from models.rooms import poll_events as asked
from models.rooms import poll_payloads as q
from models.rooms.granting import SetCustomRole, SetPermissions
from models.sessions import events as became
from models.sessions.payloads import RoomSession
from realtime import polls, recordings, rooms, sessions
from realtime.answers import Authenticate, Authenticated, CaughtUpView, JoinedView
from realtime.command import Command
from realtime.entrance import Doors

_IN_ROOM = (
    e.ValidationFailed,
    e.Unauthenticated,
    e.Forbidden,
    e.ParticipantWaiting,
    e.ParticipantRemoved,
    e.ParticipantBanned,
    e.ParticipantDeclined,
    e.SessionNotFound,
    e.RateLimited,
    e.Unavailable,
)
_COURSE = (*_IN_ROOM, e.InvalidTransition)
_ON_PERSON = (*_IN_ROOM, e.ParticipantNotFound, e.OutranksYou, e.SessionOver)
_DECIDED = (*_ON_PERSON, e.AlreadyDecided)
_SAYING = (
    *_IN_ROOM,
    e.NotJoined,
    e.ParticipantMutedError,
    e.CapabilityOff,
    e.MessageNotFound,
    e.ParticipantNotFound,
    e.SessionNotLive,
    e.SessionPaused,
    e.SessionOver,
)
_RECORDING = (*_IN_ROOM, e.RecordingStateConflict)
_JOINING = (
    e.ValidationFailed,
    e.Unauthenticated,
    e.SessionNotFound,
    e.SessionOver,
    e.SessionNotOpen,
    e.SessionLocked,
    e.SessionFull,
    e.GuestsNotAllowed,
    e.ConsentRequired,
    e.WaitingRoomFull,
    e.ParticipantDeclined,
    e.ParticipantRemoved,
    e.ParticipantBanned,
    e.RateLimited,
    e.Unavailable,
)
_SENT_OUT = (happened.ParticipantKicked, happened.WaitingRoomUpdated)

_Target, _Reason, _Room = p.ParticipantTarget, p.ParticipantTargetWithReason, p.InSession
_Person = p.ParticipantView

COMMANDS: tuple[Command, ...] = (
    Command(
        "session:join",
        p.Join,
        JoinedView,
        connect=Doors.join,
        records=(happened.ParticipantJoined, happened.WaitingRoomUpdated, happened.Consented),
        errors=_JOINING,
    ),
    Command("session:sync", p.Sync, CaughtUpView, connect=Doors.sync, errors=(*_IN_ROOM, e.NotJoined)),
    Command(
        "session:leave",
        _Room,
        p.Done,
        connect=Doors.leave,
        records=(happened.ParticipantLeft, happened.WaitingRoomUpdated),
        errors=(e.ValidationFailed, e.NotJoined, e.RateLimited, e.Unavailable),
    ),
    Command(
        "session:start", _Room, RoomSession, sessions.start, records=(became.SessionStarted,), errors=_COURSE
    ),
    Command(
        "session:pause",
        _Room,
        RoomSession,
        sessions.pause,
        records=(became.SessionPausedEvent,),
        errors=_COURSE,
    ),
    Command(
        "session:resume",
        _Room,
        RoomSession,
        sessions.resume,
        records=(became.SessionResumed,),
        errors=_COURSE,
    ),
    Command("session:end", _Room, RoomSession, sessions.end, records=(became.SessionEnded,), errors=_COURSE),
    Command(
        "session:cancel",
        p.Cancel,
        RoomSession,
        sessions.cancel,
        records=(became.SessionCancelled,),
        errors=_COURSE,
    ),
    Command(
        "session:lock",
        _Room,
        RoomSession,
        sessions.lock,
        records=(became.SessionLockedEvent,),
        errors=(*_IN_ROOM, e.SessionOver),
    ),
    Command(
        "session:unlock",
        _Room,
        RoomSession,
        sessions.unlock,
        records=(became.SessionUnlocked,),
        errors=(*_IN_ROOM, e.SessionOver),
    ),
    Command(
        "participant:approve",
        _Target,
        _Person,
        rooms.approve,
        records=(happened.ParticipantApproved, happened.WaitingRoomUpdated),
        errors=(*_DECIDED, e.SessionFull),
    ),
    Command(
        "participant:approve_all",
        _Room,
        p.MassResult,
        rooms.approve_all,
        records=(happened.ParticipantApproved, happened.WaitingRoomUpdated),
        errors=(*_IN_ROOM, e.SessionOver),
    ),
    Command(
        "participant:reject",
        _Reason,
        _Person,
        rooms.reject,
        records=(happened.ParticipantDeclined, happened.WaitingRoomUpdated),
        errors=_DECIDED,
    ),
    Command(
        "waiting_room:message",
        p.MessageWaiting,
        p.Done,
        rooms.message_waiting,
        counted=rooms.count_announcement,
        records=(happened.WaitingRoomMessaged,),
        errors=_DECIDED,
    ),
    Command(
        "participant:mute",
        _Target,
        _Person,
        rooms.mute,
        records=(happened.ParticipantMuted,),
        errors=_ON_PERSON,
    ),
    Command(
        "participant:unmute",
        _Target,
        _Person,
        rooms.unmute,
        records=(happened.ParticipantUnmuted,),
        errors=_ON_PERSON,
    ),
    Command(
        "participant:mute_all",
        p.ForAll,
        p.MassResult,
        rooms.mute_all,
        records=(happened.AllMuted,),
        errors=(*_IN_ROOM, e.SessionOver),
    ),
    Command(
        "participant:unmute_all",
        p.ForAll,
        p.MassResult,
        rooms.unmute_all,
        records=(happened.AllUnmuted,),
        errors=(*_IN_ROOM, e.SessionOver),
    ),
    Command(
        "participant:kick", _Reason, _Person, rooms.kick, records=_SENT_OUT, errors=(*_DECIDED, e.LastHost)
    ),
    Command(
        "participant:ban",
        _Reason,
        _Person,
        rooms.ban,
        records=(happened.ParticipantBanned, happened.WaitingRoomUpdated),
        errors=(*_DECIDED, e.LastHost),
    ),
    Command(
        "participant:unban",
        _Target,
        _Person,
        rooms.unban,
        records=(happened.ParticipantUnbanned,),
        errors=_DECIDED,
    ),
    Command(
        "participant:set_role",
        p.SetRole,
        _Person,
        rooms.set_role,
        records=(happened.RoleChanged,),
        errors=(*_ON_PERSON, e.LastHost),
    ),
    Command(
        "participant:set_visibility",
        p.SetVisibility,
        _Person,
        rooms.set_visibility,
        records=(happened.VisibilityChanged,),
        errors=_ON_PERSON,
    ),
    Command(
        "participant:set_permissions",
        SetPermissions,
        _Person,
        rooms.set_permissions,
        records=(happened.PermissionsChanged,),
        errors=(*_IN_ROOM, e.ParticipantNotFound, e.OutranksYou),
    ),
    Command(
        "participant:set_custom_role",
        SetCustomRole,
        _Person,
        rooms.set_custom_role,
        records=(happened.RoleChanged, happened.PermissionsChanged),
        errors=(*_ON_PERSON, e.LastHost, e.RoleNotFound),
    ),
    Command(
        "participant:set_language",
        p.SetLanguage,
        _Person,
        rooms.set_language,
        records=(happened.LanguageChanged,),
        errors=(*_IN_ROOM, e.ParticipantNotFound, e.OutranksYou),
    ),
    Command(
        "participant:raise_hand",
        _Room,
        _Person,
        rooms.raise_hand,
        records=(happened.HandRaised,),
        errors=(*_IN_ROOM, e.NotJoined, e.CapabilityOff),
    ),
    Command(
        "participant:lower_hand",
        p.LowerHand,
        _Person,
        rooms.lower_hand,
        records=(happened.HandLowered,),
        errors=(*_IN_ROOM, e.NotJoined, e.ParticipantNotFound, e.OutranksYou),
    ),
    Command(
        "participant:consent",
        p.Consent,
        _Person,
        rooms.consent,
        records=(happened.Consented,),
        errors=(*_IN_ROOM, e.NotJoined),
    ),
    Command(
        "chat:send",
        p.SendMessage,
        p.MessageView,
        rooms.send_message,
        grouped=rooms.messages_read,
        records=(said.ChatSent,),
        errors=_SAYING,
    ),
    Command(
        "chat:edit",
        p.EditMessage,
        p.MessageView,
        rooms.edit_message,
        records=(said.ChatEdited,),
        errors=(*_SAYING, e.EditWindowClosed),
    ),
    Command(
        "chat:delete",
        p.MessageTarget,
        p.MessageView,
        rooms.delete_message,
        records=(said.ChatDeleted,),
        errors=(*_IN_ROOM, e.MessageNotFound),
    ),
    Command(
        "reaction:send",
        p.React,
        p.Done,
        connect=Doors.react,
        errors=(*_IN_ROOM, e.NotJoined, e.CapabilityOff),
    ),
    Command(
        "poll:create",
        q.CreatePoll,
        q.PollView,
        polls.create,
        records=(asked.PollCreated,),
        errors=(*_IN_ROOM, e.CapabilityOff, e.SessionNotLive, e.TooManyPolls),
    ),
    Command(
        "poll:vote",
        q.Vote,
        q.OwnPollView,
        polls.vote,
        records=(asked.PollVoted,),
        errors=(*_IN_ROOM, e.NotJoined, e.PollNotFound, e.PollIsClosed, e.SessionNotLive),
    ),
    Command(
        "poll:close",
        q.PollTarget,
        q.PollView,
        polls.close,
        records=(asked.PollClosed,),
        errors=(*_IN_ROOM, e.PollNotFound),
    ),
    Command(
        "recording:start",
        StartRecording,
        RecordingView,
        recordings.start,
        records=(recorded.RecordingStarted,),
        errors=(*_IN_ROOM, e.RecordingExists, e.CapabilityOff, e.SessionNotLive),
    ),
    Command(
        "recording:pause",
        _Room,
        RecordingView,
        recordings.pause,
        records=(recorded.RecordingPaused,),
        errors=_RECORDING,
    ),
    Command(
        "recording:resume",
        _Room,
        RecordingView,
        recordings.resume,
        records=(recorded.RecordingResumed,),
        errors=_RECORDING,
    ),
    Command(
        "recording:stop",
        _Room,
        RecordingView,
        recordings.stop,
        records=(recorded.RecordingStopped,),
        errors=_RECORDING,
    ),
    Command(
        "connection:authenticate",
        Authenticate,
        Authenticated,
        connect=Doors.authenticate,
        errors=(e.ValidationFailed, e.Unauthenticated, e.TokenExpired, e.Forbidden, e.RateLimited),
    ),
)

BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}
