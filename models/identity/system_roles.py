"""The roles that every tenant has, and what the permissions mean in words."""

from dataclasses import dataclass
from enum import StrEnum

from models.permissions import (
    ADMIN_RANK,
    IN_SESSION,
    IN_TENANT,
    RANK,
    ROLE_PERMISSIONS,
    Permission,
    Role,
)

_P = Permission


class RoleScope(StrEnum):
    """Where a role counts: for an account in all its tenant, or for a participant in one session."""

    TENANT = "tenant"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class SystemRole:
    """A role that comes with the system. Its permissions are those of this version; nobody can change them."""

    key: str
    name: str
    description: str
    scope: RoleScope
    permissions: frozenset[Permission]
    rank: int


def _in_tenant(key: str, name: str, description: str, rank: int, *permissions: Permission) -> SystemRole:
    return SystemRole(key, name, description, RoleScope.TENANT, frozenset(permissions), rank)


def _in_session(role: Role, name: str, description: str) -> SystemRole:
    return SystemRole(role.value, name, description, RoleScope.SESSION, ROLE_PERMISSIONS[role], RANK[role])


STUDENT, LECTURER, TEACHER = "student", "lecturer", "teacher"
ADMIN, TENANT_ADMIN, SUPER_ADMIN = "admin", "tenant_admin", "super_admin"

_OF_ADMINS = (*IN_SESSION, _P.SESSION_CREATE, _P.ADMIN_USERS, _P.ADMIN_SESSIONS, _P.ADMIN_ANALYTICS)

SYSTEM_ROLES: tuple[SystemRole, ...] = (
    _in_tenant(STUDENT, "Student", "Takes part in sessions.", 10),
    _in_tenant(LECTURER, "Lecturer", "Makes sessions and leads them.", 20, _P.SESSION_CREATE),
    _in_tenant(TEACHER, "Teacher", "Makes course sessions and leads them.", 20, _P.SESSION_CREATE),
    _in_tenant(ADMIN, "Administrator", "Runs every session and looks after people.", ADMIN_RANK, *_OF_ADMINS),
    _in_tenant(
        TENANT_ADMIN,
        "Tenant administrator",
        "Everything within the tenant, its settings and roles included.",
        ADMIN_RANK + 10,
        *(IN_TENANT | IN_SESSION) - {_P.TENANT_MANAGE},
    ),
    _in_tenant(SUPER_ADMIN, "Super administrator", "Everything, in every tenant.", ADMIN_RANK + 20, *_P),
    _in_session(Role.HOST, "Host", "Leads the session and may do everything in it."),
    _in_session(Role.CO_HOST, "Co-host", "Leads beside the host; cannot cancel or delete the session."),
    _in_session(Role.INSTRUCTOR, "Instructor", "Teaches in a coding room: everything but cancel and delete."),
    _in_session(Role.MODERATOR, "Moderator", "Looks after the waiting room, the people and the chat."),
    _in_session(Role.PRESENTER, "Presenter", "Asks the room in polls and shows something."),
    _in_session(Role.ATTENDEE, "Attendee", "Talks, writes, votes and reacts."),
    _in_session(Role.LEARNER, "Learner", "Writes and runs code and keeps snapshots of it."),
    _in_session(Role.OBSERVER, "Observer", "Watches, without a voice."),
)

DESCRIPTIONS: dict[Permission, str] = {
    _P.SESSION_CREATE: "Make sessions.",
    _P.SESSION_VIEW: "See the session and its history.",
    _P.SESSION_EDIT: "Change title, times and settings.",
    _P.SESSION_DELETE: "Delete the session and restore it.",
    _P.SESSION_JOIN: "Come in.",
    _P.SESSION_LEAVE: "Go out.",
    _P.SESSION_START: "Start the session.",
    _P.SESSION_PAUSE: "Pause the session.",
    _P.SESSION_RESUME: "Resume a paused session.",
    _P.SESSION_END: "End the session.",
    _P.SESSION_CANCEL: "Cancel the session.",
    _P.SESSION_LOCK: "Lock and unlock the doors.",
    _P.SESSION_MANAGE: "Manage what belongs to the session, such as its documents.",
    _P.PARTICIPANT_INVITE: "Invite people.",
    _P.PARTICIPANT_APPROVE: "Admit people from the waiting room.",
    _P.PARTICIPANT_REJECT: "Decline people in the waiting room.",
    _P.PARTICIPANT_ADD: "Give accounts a place in the session.",
    _P.PARTICIPANT_REMOVE: "Remove people.",
    _P.PARTICIPANT_MUTE: "Mute people.",
    _P.PARTICIPANT_UNMUTE: "Give people their voice back.",
    _P.PARTICIPANT_KICK: "Send people out.",
    _P.PARTICIPANT_BAN: "Send people out for good, and lift a ban.",
    _P.PARTICIPANT_SET_ROLE: "Change people's roles and single rights.",
    _P.PARTICIPANT_SET_LANGUAGE: "Choose the language one follows in.",
    _P.PARTICIPANT_RAISE_HAND: "Raise one's hand.",
    _P.PARTICIPANT_LOWER_HAND: "Lower one's hand.",
    _P.PARTICIPANT_SET_VISIBILITY: "Put people on the stage or take them off it.",
    _P.WAITING_ROOM_VIEW: "See who waits, and hear what only hosts hear.",
    _P.WAITING_ROOM_MESSAGE: "Write to those who wait.",
    _P.CHAT_SEND: "Write in the chat.",
    _P.CHAT_MODERATE: "Delete other people's messages.",
    _P.REACTION_SEND: "React with an emoji.",
    _P.POLL_CREATE: "Ask the room.",
    _P.POLL_VOTE: "Vote.",
    _P.POLL_CLOSE: "Close a poll.",
    _P.RECORDING_START: "Start a recording.",
    _P.RECORDING_PAUSE: "Pause a recording.",
    _P.RECORDING_RESUME: "Resume a recording.",
    _P.RECORDING_STOP: "Stop a recording.",
    _P.RECORDING_VIEW: "See the recordings.",
    _P.RECORDING_MANAGE: "Describe, share and delete recordings.",
    _P.CAPTION_VIEW: "Read the captions.",
    _P.CAPTION_TRANSLATE: "Translate captions.",
    _P.CAPTION_EDIT: "Correct captions.",
    _P.CODE_VIEW: "Read the shared code.",
    _P.CODE_EDIT: "Change the shared code.",
    _P.CODE_EXECUTE: "Run the shared code.",
    _P.SNAPSHOT_CREATE: "Keep a snapshot of the code.",
    _P.SNAPSHOT_RESTORE: "Bring a snapshot back for everyone.",
    _P.PAYMENT_VIEW: "See the goal and what came in.",
    _P.PAYMENT_CONTRIBUTE: "Contribute.",
    _P.PAYMENT_MANAGE: "Set the goal and distribute what came in.",
    _P.ANALYTICS_VIEW: "See the numbers of the session.",
    _P.DATA_EXPORT: "Take data of the session out.",
    _P.STATISTICS_VIEW: "See how the session goes: who is how long in it, and what they do.",
    _P.AUDIT_VIEW: "See who did what.",
    _P.ADMIN_USERS: "Look after the tenant's accounts and their roles.",
    _P.ADMIN_SESSIONS: "See and run every session of the tenant.",
    _P.ADMIN_ANALYTICS: "See the numbers of all the tenant.",
    _P.ADMIN_SETTINGS: "Change the tenant's settings and look.",
    _P.ROLE_MANAGE: "Make and change roles.",
    _P.TENANT_MANAGE: "Make tenants and cross into them.",
}
