"""Who may do what over REST: every endpoint by everybody, with what must come of it written down."""

from collections.abc import Iterable
from typing import Final

import httpx

from models.identity.system_roles import ADMIN, LECTURER, SUPER_ADMIN, TEACHER, TENANT_ADMIN
from server.api import ENDPOINTS
from server.http.endpoint import Endpoint
from tests.rooms.people import CO_HOST, HOST, IN_ROOM, INSTRUCTOR, MODERATOR, PRESENTER, VOICES
from tests.security.rest_people import ACCOUNTS, EVERYBODY, GUEST, NOBODY, WAITING, key_of

ADMINS: Final = (ADMIN, TENANT_ADMIN, SUPER_ADMIN)
HEADS: Final = (TENANT_ADMIN, SUPER_ADMIN)
WITH_ACCOUNT: Final = (*IN_ROOM, *ACCOUNTS)
WITH_TOKEN: Final = (WAITING, GUEST, *WITH_ACCOUNT)
MAKERS: Final = (LECTURER, TEACHER, *ADMINS)
SEEING: Final = (GUEST, *IN_ROOM, *ADMINS)
SPEAKING: Final = (GUEST, *VOICES)
ASKING: Final = (HOST, CO_HOST, INSTRUCTOR, MODERATOR, PRESENTER, *ADMINS)
MODERATING: Final = (HOST, CO_HOST, INSTRUCTOR, MODERATOR, *ADMINS)
RUNNING: Final = (HOST, CO_HOST, INSTRUCTOR, *ADMINS)
OWNING: Final = (HOST, *ADMINS)

_ME = "/api/v1/users/me"
_USER = "/api/v1/users/{user_id}"
_TENANT = "/api/v1/tenant"
_ONE = "/api/v1/sessions/{session_id}"
_WHO = f"{_ONE}/participants/{{participant_id}}"
_MEETING = "/api/meetings/{session_id}"

# Who gets in, in the order in which they are tried: what takes something away comes last. To get in is to be
# refused for no lack of rights: that something is done already is another matter, and has tests of its own.
ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    "GET /healthz": EVERYBODY,
    "GET /readyz": EVERYBODY,
    "POST /api/v1/auth/register": EVERYBODY,
    "POST /api/v1/auth/register/confirm": EVERYBODY,
    "POST /api/v1/auth/login": (),
    "POST /api/v1/auth/email": EVERYBODY,
    "POST /api/v1/auth/password-reset": EVERYBODY,
    "POST /api/v1/auth/password-reset/confirm": EVERYBODY,
    "GET /api/v1/session-kinds": EVERYBODY,
    "GET /api/v1/session-roles": EVERYBODY,
    "GET /api/v1/sessions/preview": EVERYBODY,
    "POST /api/v1/auth/refresh": (),
    "GET /api/v1/permissions": WITH_TOKEN,
    f"GET {_ME}": WITH_ACCOUNT,
    f"PATCH {_ME}": WITH_ACCOUNT,
    f"POST {_ME}/avatar": WITH_ACCOUNT,
    f"DELETE {_ME}/avatar": WITH_ACCOUNT,
    f"POST {_ME}/password": (),
    f"DELETE {_ME}": (),
    f"GET {_ME}/second-factor": WITH_ACCOUNT,
    f"POST {_ME}/second-factor": (),
    f"POST {_ME}/second-factor/confirm": (),
    f"POST {_ME}/second-factor/recovery-codes": (),
    f"DELETE {_ME}/second-factor": (),
    "POST /api/v1/auth/second-step": (),
    "GET /api/v1/auth/oidc/start": (),
    "GET /api/v1/auth/oidc/callback": (),
    f"GET {_ME}/identities": WITH_ACCOUNT,
    f"DELETE {_ME}/identities/{{identity_id}}": (),
    f"GET {_ME}/owned": WITH_ACCOUNT,
    f"POST {_ME}/email": WITH_ACCOUNT,
    f"POST {_ME}/verification": WITH_ACCOUNT,
    f"GET {_ME}/sign-ins": WITH_ACCOUNT,
    f"GET {_ME}/export": WITH_ACCOUNT,
    "GET /api/v1/users/me/api-keys": WITH_ACCOUNT,
    "POST /api/v1/users/me/api-keys": WITH_ACCOUNT,
    "DELETE /api/v1/users/me/api-keys/{key_id}": WITH_ACCOUNT,
    "GET /api/v1/api-keys": ADMINS,
    "DELETE /api/v1/api-keys/{key_id}": ADMINS,
    "GET /api/v1/roles": WITH_ACCOUNT,
    "POST /api/v1/roles": HEADS,
    "PATCH /api/v1/roles/{role_id}": HEADS,
    "GET /api/v1/audit": ADMINS,
    "GET /api/v1/audit/export": ADMINS,
    "GET /api/v1/users": ADMINS,
    f"GET {_USER}": ADMINS,
    f"PATCH {_USER}": ADMINS,
    f"GET {_USER}/roles": ADMINS,
    f"POST {_USER}/roles": ADMINS,
    f"DELETE {_USER}/roles/{{role_id}}": ADMINS,
    f"GET {_USER}/sign-ins": ADMINS,
    f"POST {_USER}/password-reset": ADMINS,
    "GET /api/v1/site": EVERYBODY,
    "POST /api/v1/auth/invitation": EVERYBODY,
    f"GET {_TENANT}": HEADS,
    f"PATCH {_TENANT}": HEADS,
    f"POST {_TENANT}/logo": HEADS,
    f"DELETE {_TENANT}/logo": HEADS,
    f"GET {_TENANT}/invitations": HEADS,
    f"POST {_TENANT}/invitations": HEADS,
    f"DELETE {_TENANT}/invitations/{{invitation_id}}": HEADS,
    f"GET {_TENANT}s": (SUPER_ADMIN,),
    f"POST {_TENANT}s": (SUPER_ADMIN,),
    f"GET {_TENANT}s/{{tenant_id}}": (SUPER_ADMIN,),
    f"PATCH {_TENANT}s/{{tenant_id}}": (SUPER_ADMIN,),
    "POST /api/v1/sessions": MAKERS,
    "GET /api/v1/sessions": WITH_ACCOUNT,
    f"GET {_ONE}": SEEING,
    f"GET {_ONE}/participants": SEEING,
    f"GET {_ONE}/permissions": SEEING,
    f"GET {_ONE}/messages": SEEING,
    f"GET {_ONE}/polls": SEEING,
    f"GET {_ONE}/recordings": SEEING,
    f"GET {_ONE}/events": SEEING,
    f"GET {_ONE}/state": SEEING,
    f"GET {_ONE}/waiting-room": MODERATING,
    f"GET {_ONE}/statistics": MODERATING,
    f"GET {_ONE}/statistics/people": MODERATING,
    f"GET {_ONE}/audit": RUNNING,
    f"POST {_ONE}/messages": SPEAKING,
    f"POST {_ONE}/polls": ASKING,
    f"POST {_ONE}/polls/{{poll_id}}/vote": SPEAKING,
    f"POST {_ONE}/polls/{{poll_id}}/close": ASKING,
    f"POST {_WHO}/approve": MODERATING,
    f"POST {_WHO}/reject": MODERATING,
    f"GET {_MEETING}/waiting-room": MODERATING,
    f"POST {_MEETING}/participants/{{participant_id}}/approve": MODERATING,
    f"POST {_MEETING}/participants/{{participant_id}}/reject": MODERATING,
    f"POST {_ONE}/participants/approve-all": MODERATING,
    f"POST {_ONE}/participants/mute-all": MODERATING,
    f"POST {_ONE}/participants/unmute-all": MODERATING,
    f"POST {_WHO}/mute": MODERATING,
    f"POST {_WHO}/unmute": MODERATING,
    f"POST {_WHO}/visibility": MODERATING,
    f"POST {_WHO}/kick": MODERATING,
    f"POST {_WHO}/ban": RUNNING,
    f"POST {_WHO}/unban": RUNNING,
    f"POST {_WHO}/permissions": RUNNING,
    f"POST {_WHO}/custom-role": RUNNING,
    f"POST {_WHO}/role": RUNNING,
    f"POST {_ONE}/participants": RUNNING,
    f"POST {_ONE}/recordings": RUNNING,
    f"PATCH {_ONE}/recordings/{{recording_id}}": RUNNING,
    f"PATCH {_ONE}": RUNNING,
    f"POST {_ONE}/schedule": RUNNING,
    f"POST {_ONE}/start": RUNNING,
    f"POST {_ONE}/pause": RUNNING,
    f"POST {_ONE}/resume": RUNNING,
    f"POST {_ONE}/lock": RUNNING,
    f"POST {_ONE}/unlock": RUNNING,
    f"POST {_MEETING}/co-hosts": OWNING,
    f"DELETE {_MEETING}/co-hosts/{{user_id}}": OWNING,
    f"POST {_ONE}/end": RUNNING,
    f"POST {_ONE}/cancel": OWNING,
    f"DELETE {_ONE}": OWNING,
    f"POST {_ONE}/restore": OWNING,
    # Whoever comes by the code is nobody's stranger any more.
    f"POST {_ONE}/join": EVERYBODY,
    "POST /api/v1/sessions/join": EVERYBODY,
    f"DELETE {_USER}/sign-ins/{{sign_in_id}}": ADMINS,
    f"DELETE {_USER}/second-factor": ADMINS,
    f"POST {_USER}/deactivate": ADMINS,
    f"POST {_USER}/reactivate": ADMINS,
    f"DELETE {_USER}/sign-ins": ADMINS,
    f"DELETE {_USER}": ADMINS,
    "DELETE /api/v1/roles/{role_id}": HEADS,
    f"DELETE {_ME}/sign-ins/{{sign_in_id}}": WITH_ACCOUNT,
    f"DELETE {_ME}/sign-ins": WITH_ACCOUNT,
    "POST /api/v1/auth/logout": (NOBODY, *WITH_ACCOUNT),
}


def _each(keys: Iterable[str], people: Iterable[str], outcome: str) -> dict[tuple[str, str], str]:
    return {(key, who): outcome for key in keys for who in people}


# What they are told whom the rule below does not fit.
OTHERWISE: Final[dict[tuple[str, str], str]] = {
    # By the password alone, which is a wrong one, and by the cookie alone, which none of these requests has.
    **_each(["POST /api/v1/auth/login"], EVERYBODY, "INVALID_CREDENTIALS"),
    **_each([f"POST {_ME}/password", f"DELETE {_ME}"], WITH_ACCOUNT, "WRONG_PASSWORD"),
    **_each(["POST /api/v1/auth/refresh"], EVERYBODY, "UNAUTHENTICATED"),
    # This site knows no other one to sign in at, and nobody is linked to any.
    **_each([f"GET /api/v1/auth/oidc/{page}" for page in ("start", "callback")], EVERYBODY, "NOT_FOUND"),
    **_each([f"DELETE {_ME}/identities/{{identity_id}}"], WITH_ACCOUNT, "IDENTITY_NOT_FOUND"),
    # By the second factor, which none of them has.
    **_each(["POST /api/v1/auth/second-step"], EVERYBODY, "UNAUTHENTICATED"),
    **_each([f"POST {_ME}/second-factor/confirm"], WITH_ACCOUNT, "WRONG_CODE"),
    **_each(
        [f"{verb} {_ME}/second-factor" for verb in ("POST", "DELETE")]
        + [f"POST {_ME}/second-factor/recovery-codes"],
        WITH_ACCOUNT,
        "WRONG_PASSWORD",
    ),
    # An administrator who is not in the room has no voice or vote in it.
    **_each([f"POST {_ONE}/messages", f"POST {_ONE}/polls/{{poll_id}}/vote"], ADMINS, "NOT_JOINED"),
    # They may take roles away, but not from their equals.
    **_each([f"DELETE {_MEETING}/co-hosts/{{user_id}}"], [CO_HOST, INSTRUCTOR], "OUTRANKS_YOU"),
    # Deleted is gone, for everybody who may not restore it.
    **_each([f"POST {_ONE}/restore"], (WAITING, GUEST, *IN_ROOM), "SESSION_NOT_FOUND"),
}

IN: Final = "in"
ENDPOINT: Final[dict[str, Endpoint]] = {key_of(endpoint): endpoint for endpoint in ENDPOINTS}


def expected(key: str, who: str) -> str:
    """What must come of it. Without a right one is not signed in enough, or not in the session, or not allowed to."""
    if who in ALLOWED[key]:
        return IN
    if (key, who) in OTHERWISE:
        return OTHERWISE[key, who]
    is_of_a_session = "{session_id}" in key
    if who == NOBODY or (who in (WAITING, GUEST) and not is_of_a_session):
        return "UNAUTHENTICATED"
    if is_of_a_session and who in ACCOUNTS:
        return "SESSION_NOT_FOUND"
    if is_of_a_session and who == WAITING:
        return "PARTICIPANT_WAITING"
    return "FORBIDDEN"


def outcome_of(answer: httpx.Response) -> str:
    """The code of a refusal for lack of rights; whatever else came of it means that somebody got in."""
    if answer.status_code in (401, 403, 404):
        return str(answer.json()["errorCode"])
    assert answer.status_code < 500, answer.text
    return IN
