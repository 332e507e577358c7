"""Who may do what: one catalogue of permissions, one table of roles, one question: `require`.

A permission has the name of the command it allows. Roles become rows in the identity area; until then this table
is the only place that knows them. Ranks settle who may act on whom: only on people below oneself.
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
    PARTICIPANT_APPROVE = "participant:approve"
    PARTICIPANT_REJECT = "participant:reject"
    PARTICIPANT_ADD = "participant:add"
    PARTICIPANT_REMOVE = "participant:remove"
    PARTICIPANT_MUTE = "participant:mute"
    PARTICIPANT_UNMUTE = "participant:unmute"
    PARTICIPANT_KICK = "participant:kick"
    PARTICIPANT_BAN = "participant:ban"
    PARTICIPANT_SET_ROLE = "participant:set_role"
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
    AUDIT_VIEW = "audit:view"


class Role(StrEnum):
    """What a participant is in one session (seed 004)."""

    HOST = "host"
    CO_HOST = "co_host"
    MODERATOR = "moderator"
    PRESENTER = "presenter"
    ATTENDEE = "attendee"


class AccountRole(StrEnum):
    """What an account is in its tenant."""

    ADMIN = "admin"
    MEMBER = "member"


RANK = {Role.HOST: 50, Role.CO_HOST: 40, Role.MODERATOR: 30, Role.PRESENTER: 20, Role.ATTENDEE: 10}
"""Nobody acts on somebody of their own rank or above; the host alone acts on other hosts."""

ADMIN_RANK = 60

_P = Permission

ATTENDEE_PERMISSIONS = frozenset(
    {
        _P.SESSION_VIEW,
        _P.SESSION_JOIN,
        _P.SESSION_LEAVE,
        _P.PARTICIPANT_RAISE_HAND,
        _P.PARTICIPANT_LOWER_HAND,
        _P.PARTICIPANT_SET_LANGUAGE,
        _P.CHAT_SEND,
        _P.REACTION_SEND,
        _P.POLL_VOTE,
        _P.RECORDING_VIEW,
    }
)
PRESENTER_PERMISSIONS = ATTENDEE_PERMISSIONS | {_P.POLL_CREATE, _P.POLL_CLOSE}
MODERATOR_PERMISSIONS = PRESENTER_PERMISSIONS | {
    _P.WAITING_ROOM_VIEW,
    _P.WAITING_ROOM_MESSAGE,
    _P.PARTICIPANT_APPROVE,
    _P.PARTICIPANT_REJECT,
    _P.PARTICIPANT_MUTE,
    _P.PARTICIPANT_UNMUTE,
    _P.PARTICIPANT_KICK,
    _P.PARTICIPANT_REMOVE,
    _P.CHAT_MODERATE,
}
HOST_PERMISSIONS = frozenset(_P) - {_P.SESSION_CREATE}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.HOST: HOST_PERMISSIONS,
    Role.CO_HOST: HOST_PERMISSIONS - {_P.SESSION_DELETE, _P.SESSION_CANCEL},
    Role.MODERATOR: MODERATOR_PERMISSIONS,
    Role.PRESENTER: PRESENTER_PERMISSIONS,
    Role.ATTENDEE: ATTENDEE_PERMISSIONS,
}

ACCOUNT_PERMISSIONS: dict[AccountRole, frozenset[Permission]] = {
    AccountRole.ADMIN: frozenset(_P),
    AccountRole.MEMBER: frozenset({_P.SESSION_CREATE}),
}

HOST_ROLES = frozenset(role for role, allowed in ROLE_PERMISSIONS.items() if _P.WAITING_ROOM_VIEW in allowed)
"""The roles that belong to the audience `hosts`."""
