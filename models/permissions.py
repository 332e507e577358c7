"""Who may do what: one catalogue of permissions, and the roles that somebody can have in one session.

A permission has the name of the command it allows. What an account may do in its tenant is in
`models/identity/system_roles.py`. Ranks settle who may act on whom: only on people below oneself.
"""

from enum import StrEnum


class Permission(StrEnum):
    """Everything a person can be allowed to do, by the string that the command, the log and the audit use."""

    SESSION_CREATE = "session:create"
    SESSION_VIEW = "session:view"
    SESSION_EDIT = "session:edit"
    SESSION_DELETE = "session:delete"
    SESSION_JOIN = "session:join"
    SESSION_LEAVE = "session:leave"
    SESSION_START = "session:start"
    SESSION_PAUSE = "session:pause"
    SESSION_RESUME = "session:resume"
    SESSION_END = "session:end"
    SESSION_CANCEL = "session:cancel"
    SESSION_LOCK = "session:lock"
    SESSION_MANAGE = "session:manage"
    PARTICIPANT_INVITE = "participant:invite"
    PARTICIPANT_APPROVE = "participant:approve"
    PARTICIPANT_REJECT = "participant:reject"
    PARTICIPANT_ADD = "participant:add"
    PARTICIPANT_REMOVE = "participant:remove"
    PARTICIPANT_MUTE = "participant:mute"
    PARTICIPANT_UNMUTE = "participant:unmute"
    PARTICIPANT_KICK = "participant:kick"
    PARTICIPANT_BAN = "participant:ban"
    PARTICIPANT_SET_ROLE = "participant:set_role"
    PARTICIPANT_SET_VISIBILITY = "participant:set_visibility"
    PARTICIPANT_SET_LANGUAGE = "participant:set_language"
    PARTICIPANT_RAISE_HAND = "participant:raise_hand"
    PARTICIPANT_LOWER_HAND = "participant:lower_hand"
    WAITING_ROOM_VIEW = "waiting_room:view"
    WAITING_ROOM_MESSAGE = "waiting_room:message"
    CHAT_SEND = "chat:send"
    CHAT_MODERATE = "chat:moderate"
    REACTION_SEND = "reaction:send"
    POLL_CREATE = "poll:create"
    POLL_VOTE = "poll:vote"
    POLL_CLOSE = "poll:close"
    RECORDING_START = "recording:start"
    RECORDING_PAUSE = "recording:pause"
    RECORDING_RESUME = "recording:resume"
    RECORDING_STOP = "recording:stop"
    RECORDING_VIEW = "recording:view"
    RECORDING_MANAGE = "recording:manage"
    CAPTION_VIEW = "caption:view"
    CAPTION_TRANSLATE = "caption:translate"
    CAPTION_EDIT = "caption:edit"
    CODE_VIEW = "code:view"
    CODE_EDIT = "code:edit"
    CODE_EXECUTE = "code:execute"
    SNAPSHOT_CREATE = "snapshot:create"
    SNAPSHOT_RESTORE = "snapshot:restore"
    PAYMENT_VIEW = "payment:view"
    PAYMENT_CONTRIBUTE = "payment:contribute"
    PAYMENT_MANAGE = "payment:manage"
    ANALYTICS_VIEW = "analytics:view"
    DATA_EXPORT = "data:export"
    AUDIT_VIEW = "audit:view"
    STATISTICS_VIEW = "statistics:view"
    ADMIN_USERS = "admin:users"
    ADMIN_SESSIONS = "admin:sessions"
    ADMIN_ANALYTICS = "admin:analytics"
    ADMIN_SETTINGS = "admin:settings"
    ROLE_MANAGE = "role:manage"
    TENANT_MANAGE = "tenant:manage"


class Role(StrEnum):
    """What a participant is in one session (seeds 002 and 004)."""

    HOST = "host"
    CO_HOST = "co_host"
    INSTRUCTOR = "instructor"
    MODERATOR = "moderator"
    PRESENTER = "presenter"
    ATTENDEE = "attendee"
    LEARNER = "learner"
    OBSERVER = "observer"


RANK = {
    Role.HOST: 50,
    Role.CO_HOST: 40,
    Role.INSTRUCTOR: 40,
    Role.MODERATOR: 30,
    Role.PRESENTER: 20,
    Role.ATTENDEE: 10,
    Role.LEARNER: 10,
    Role.OBSERVER: 5,
}
"""Nobody acts on somebody of their own rank or above; the host alone acts on other hosts."""

ADMIN_RANK = 60
"""Where whoever may administer sessions stands in each of them."""

_P = Permission

IN_TENANT = frozenset(
    {
        _P.SESSION_CREATE,
        _P.ADMIN_USERS,
        _P.ADMIN_SESSIONS,
        _P.ADMIN_ANALYTICS,
        _P.ADMIN_SETTINGS,
        _P.ROLE_MANAGE,
        _P.TENANT_MANAGE,
    }
)
"""What an account may do outside of any session. No role in a session has these."""

IN_SESSION = frozenset(_P) - IN_TENANT

OBSERVER_PERMISSIONS = frozenset(
    {
        _P.SESSION_VIEW,
        _P.SESSION_JOIN,
        _P.SESSION_LEAVE,
        _P.PARTICIPANT_SET_LANGUAGE,
        _P.RECORDING_VIEW,
        _P.CAPTION_VIEW,
        _P.CODE_VIEW,
    }
)
ATTENDEE_PERMISSIONS = OBSERVER_PERMISSIONS | {
    _P.PARTICIPANT_RAISE_HAND,
    _P.PARTICIPANT_LOWER_HAND,
    _P.CHAT_SEND,
    _P.REACTION_SEND,
    _P.POLL_VOTE,
    _P.PAYMENT_VIEW,
    _P.PAYMENT_CONTRIBUTE,
}
LEARNER_PERMISSIONS = ATTENDEE_PERMISSIONS | {_P.CODE_EDIT, _P.CODE_EXECUTE, _P.SNAPSHOT_CREATE}
PRESENTER_PERMISSIONS = ATTENDEE_PERMISSIONS | {_P.POLL_CREATE, _P.POLL_CLOSE, _P.CODE_EDIT, _P.CODE_EXECUTE}
MODERATOR_PERMISSIONS = PRESENTER_PERMISSIONS | {
    _P.WAITING_ROOM_VIEW,
    _P.WAITING_ROOM_MESSAGE,
    _P.PARTICIPANT_APPROVE,
    _P.PARTICIPANT_REJECT,
    _P.PARTICIPANT_MUTE,
    _P.PARTICIPANT_UNMUTE,
    _P.PARTICIPANT_KICK,
    _P.PARTICIPANT_REMOVE,
    _P.PARTICIPANT_SET_VISIBILITY,
    _P.CHAT_MODERATE,
    _P.STATISTICS_VIEW,
}
HOST_PERMISSIONS = IN_SESSION

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.HOST: HOST_PERMISSIONS,
    Role.CO_HOST: HOST_PERMISSIONS - {_P.SESSION_DELETE, _P.SESSION_CANCEL},
    Role.INSTRUCTOR: HOST_PERMISSIONS - {_P.SESSION_DELETE, _P.SESSION_CANCEL},
    Role.MODERATOR: MODERATOR_PERMISSIONS,
    Role.PRESENTER: PRESENTER_PERMISSIONS,
    Role.ATTENDEE: ATTENDEE_PERMISSIONS,
    Role.LEARNER: LEARNER_PERMISSIONS,
    Role.OBSERVER: OBSERVER_PERMISSIONS,
}

HOST_ROLES = frozenset(role for role, allowed in ROLE_PERMISSIONS.items() if _P.WAITING_ROOM_VIEW in allowed)
"""The roles that belong to the audience `hosts`."""
