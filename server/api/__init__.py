"""Every URL of the API, on one page."""

from dataclasses import replace

from models import errors as e
from models.audit.exporting import MEDIA_TYPES, AuditExport
from models.audit.reading import AuditPage, AuditQuery, AuditSearch, AuditView
from models.identity.api_keys import ApiKeyView, CreateApiKey, NewApiKey
from models.identity.avatars import MAX_UPLOAD_BYTES
from models.identity.erasing import EraseMe, EraseMember
from models.identity.export import Export
from models.identity.linked_identities import IdentityView
from models.identity.logos import MAX_LOGO_BYTES
from models.identity.member_payloads import MemberPage, MemberQuery, MemberView, UpdateMember
from models.identity.own_email import ChangeEmail, ConfirmedEmail, ConfirmEmail
from models.identity.own_password import ChangePassword
from models.identity.owned import Owned
from models.identity.password_resets import RequestReset, ResetPassword
from models.identity.payloads import LogIn, Register, SecondStep, SignedIn, UpdateMe, UserView
from models.identity.registering import ConfirmRegistration, MailSent
from models.identity.role_payloads import (
    AssignmentView,
    AssignRole,
    CreateRole,
    PermissionView,
    RoleView,
    UpdateRole,
)
from models.identity.second_factor import (
    GivenCode,
    NewSecondFactor,
    Reauthenticate,
    RecoveryCodes,
    SecondFactorView,
)
from models.identity.sign_ins import EndedSignIns, SignInView
from models.identity.tenant_payloads import (
    CreatedTenant,
    CreateTenant,
    InvitationShown,
    InvitationView,
    Invite,
    ShowInvitation,
    ShownSite,
    SiteQuery,
    TenantQuery,
    TenantView,
    UpdateAnyTenant,
    UpdateTenant,
)
from models.log.history import EventFrame, EventQuery, StateView
from models.paging import PageQuery
from models.recordings.payloads import ChangeRecording, NewRecording, RecordingView
from models.rooms import payloads as p
from models.rooms import poll_payloads as q
from models.rooms.adding import AddCoHost, AddParticipant
from models.rooms.explaining import ExplainedPermission, PermissionsQuery
from models.rooms.granting import PermissionFields
from models.rooms.listing import MessageQuery, ParticipantQuery
from models.rooms.statistics import PersonStatistics, PersonStatisticsQuery, SessionStatistics
from models.sessions import payloads as s
from server.api import (
    account,
    api_keys,
    audit,
    expected,
    health,
    history,
    identity,
    meetings,
    members,
    oidc,
    polls,
    recordings,
    roles,
    rooms,
    second_factor,
    sessions,
    tenants,
)
from server.http.endpoint import Auth, Endpoint, Upload

_AUTH = "/api/v1/auth"
_OWN = "/api/v1/users/me"
_MAILED = (e.MailNotConfigured, e.WrongPassword)
_ALL = "/api/v1/sessions"
_ONE = "/api/v1/sessions/{session_id}"
_PEOPLE = "/api/v1/sessions/{session_id}/participants"
_WHO = "/api/v1/sessions/{session_id}/participants/{participant_id}"
_ROLES = "/api/v1/roles"
_TENANT = "/api/v1/tenant"
_INVITATIONS = "/api/v1/tenant/invitations"
_TENANTS = "/api/v1/tenants"
_USER = "/api/v1/users/{user_id}"
_MEETING = "/api/meetings/{session_id}"

_SIGN_IN = Endpoint(
    "POST", f"{_AUTH}/login", "identity", result=SignedIn, auth=Auth.NONE, errors=(e.RateLimited,)
)
_AT_PROVIDER = Endpoint("GET", _AUTH, "identity", status=303, auth=Auth.NONE, errors=(e.NotFound,))
IDENTITY = (
    replace(
        _SIGN_IN,
        path=f"{_AUTH}/register",
        handle=identity.register,
        body=Register,
        status=201,
        other_results=((202, MailSent),),
        errors=(e.Forbidden, e.AccountExists, e.LinkNotValid, e.TenantNotFound, e.RateLimited),
    ),
    replace(
        _SIGN_IN,
        path=f"{_AUTH}/register/confirm",
        handle=identity.confirm_register,
        body=ConfirmRegistration,
        status=201,
        errors=(e.LinkNotValid, e.WrongPassword, e.RateLimited),
    ),
    replace(
        _SIGN_IN,
        handle=identity.sign_in,
        body=LogIn,
        errors=(e.InvalidCredentials, e.SecondFactorRequired, e.TenantNotFound, e.RateLimited),
    ),
    replace(
        _SIGN_IN,
        path=f"{_AUTH}/second-step",
        handle=identity.second_step,
        body=SecondStep,
        errors=(e.Unauthenticated, e.WrongCode, e.RateLimited),
    ),
    replace(
        _SIGN_IN,
        path=f"{_AUTH}/refresh",
        handle=identity.refresh_sign_in,
        auth=Auth.COOKIE,
        errors=(e.RefreshTokenReused,),
    ),
    replace(
        _AT_PROVIDER,
        path=f"{_AUTH}/oidc/start",
        handle=oidc.start_oidc,
        query=oidc.StartQuery,
    ),
    replace(
        _AT_PROVIDER,
        path=f"{_AUTH}/oidc/callback",
        handle=oidc.finish_oidc,
        query=oidc.ReturnQuery,
    ),
    Endpoint(
        "POST",
        f"{_AUTH}/logout",
        "identity",
        change=identity.sign_out,
        result=p.Done,
        auth=Auth.OPTIONAL,
        keeps_answers=False,
    ),
)

_ME = Endpoint("POST", _OWN, "identity", result=p.Done)
ACCOUNT = (
    replace(_ME, method="GET", read=account.show_me, result=UserView, for_keys=True),
    replace(
        _ME,
        method="PATCH",
        change=account.change_me,
        body=UpdateMe,
        result=UserView,
        errors=(e.AccountExists,),
    ),
    replace(
        _ME,
        path=f"{_OWN}/avatar",
        handle=account.upload_avatar,
        upload=Upload(("image/jpeg", "image/png", "image/webp", "image/gif"), MAX_UPLOAD_BYTES),
        result=UserView,
        errors=(e.PictureNotReadable,),
    ),
    replace(_ME, method="DELETE", path=f"{_OWN}/avatar", handle=account.delete_avatar, result=UserView),
    replace(
        _ME,
        path=f"{_OWN}/password",
        handle=account.change_own_password,
        body=ChangePassword,
        errors=(e.WrongPassword, e.SignInAgain),
    ),
    replace(_ME, path=f"{_OWN}/email", handle=account.ask_for_email_change, body=ChangeEmail, errors=_MAILED),
    replace(_ME, path=f"{_OWN}/verification", handle=account.ask_for_verification, errors=_MAILED),
    replace(
        _ME,
        method="GET",
        path=f"{_OWN}/sign-ins",
        read=account.list_own_sign_ins,
        result=SignInView,
        many=True,
    ),
    replace(
        _ME,
        method="DELETE",
        path=f"{_OWN}/sign-ins",
        change=account.end_other_sign_ins,
        result=EndedSignIns,
    ),
    replace(
        _ME,
        method="DELETE",
        path=f"{_OWN}/sign-ins/{{sign_in_id}}",
        change=account.end_own_sign_in,
        result=None,
        status=204,
        errors=(e.SignInNotFound,),
    ),
    replace(
        _ME,
        method="GET",
        path=f"{_OWN}/second-factor",
        read=second_factor.show_second_factor,
        result=SecondFactorView,
    ),
    replace(
        _ME,
        path=f"{_OWN}/second-factor",
        handle=second_factor.begin_second_factor,
        body=Reauthenticate,
        result=NewSecondFactor,
        errors=(e.WrongPassword, e.Conflict),
    ),
    replace(
        _ME,
        path=f"{_OWN}/second-factor/confirm",
        handle=second_factor.confirm_second_factor,
        body=GivenCode,
        result=RecoveryCodes,
        errors=(e.WrongCode,),
    ),
    replace(
        _ME,
        path=f"{_OWN}/second-factor/recovery-codes",
        handle=second_factor.renew_recovery_codes,
        body=Reauthenticate,
        result=RecoveryCodes,
        errors=(e.WrongPassword, e.Conflict),
    ),
    replace(
        _ME,
        method="DELETE",
        path=f"{_OWN}/second-factor",
        handle=second_factor.end_second_factor,
        body=Reauthenticate,
        errors=(e.WrongPassword,),
    ),
    replace(
        _ME,
        method="GET",
        path=f"{_OWN}/identities",
        read=oidc.show_identities,
        result=IdentityView,
        many=True,
    ),
    replace(
        _ME,
        method="DELETE",
        path=f"{_OWN}/identities/{{identity_id}}",
        change=oidc.unlink,
        result=None,
        status=204,
        errors=(e.IdentityNotFound, e.LastWayIn),
        name="unlink_identity",
    ),
    replace(_ME, method="GET", path=f"{_OWN}/owned", read=account.show_owned, result=Owned),
    replace(
        _ME,
        method="DELETE",
        handle=account.delete_me,
        body=EraseMe,
        errors=(e.WrongPassword, e.OwnsSessions, e.UserNotFound, e.LastAdministrator, e.Conflict),
    ),
    replace(_ME, method="GET", path=f"{_OWN}/export", read=account.export_me, result=Export),
    Endpoint(
        "POST",
        f"{_AUTH}/email",
        "identity",
        change=account.confirm_address,
        body=ConfirmEmail,
        result=ConfirmedEmail,
        auth=Auth.NONE,
        errors=(e.LinkNotValid,),
        keeps_answers=False,
    ),
    replace(
        _SIGN_IN,
        path=f"{_AUTH}/password-reset",
        handle=account.ask_for_reset,
        body=RequestReset,
        result=p.Done,
        errors=(e.MailNotConfigured, e.RateLimited, e.TenantNotFound),
    ),
    replace(
        _SIGN_IN,
        path=f"{_AUTH}/password-reset/confirm",
        handle=account.confirm_reset,
        body=ResetPassword,
        result=p.Done,
        errors=(e.LinkNotValid, e.RateLimited),
    ),
)

_ROLE = Endpoint(
    "POST", _ROLES, "roles", result=RoleView, errors=(e.Forbidden, e.RoleNotFound, e.SystemRoleIsFixed)
)
_ASSIGNED = Endpoint(
    "POST",
    f"{_USER}/roles",
    "roles",
    result=AssignmentView,
    errors=(e.Forbidden, e.UserNotFound, e.OutranksYou),
)
ROLES = (
    Endpoint(
        "GET", "/api/v1/permissions", "roles", read=roles.list_permissions, result=PermissionView, many=True
    ),
    Endpoint("GET", _ROLES, "roles", read=roles.list_roles, result=RoleView, many=True),
    replace(
        _ROLE,
        change=roles.create_role,
        body=CreateRole,
        status=201,
        errors=(e.Forbidden, e.RoleExists, e.Conflict),
    ),
    replace(
        _ROLE,
        method="PATCH",
        path=f"{_ROLES}/{{role_id}}",
        change=roles.update_role,
        body=UpdateRole,
        errors=(*_ROLE.errors, e.LastAdministrator),
    ),
    replace(
        _ROLE,
        method="DELETE",
        path=f"{_ROLES}/{{role_id}}",
        change=roles.delete_role,
        result=None,
        status=204,
        errors=(*_ROLE.errors, e.RoleInUse),
    ),
    replace(
        _ASSIGNED,
        method="GET",
        read=roles.list_assignments,
        many=True,
        errors=(e.Forbidden, e.UserNotFound),
    ),
    replace(
        _ASSIGNED,
        change=roles.assign_role,
        body=AssignRole,
        status=201,
        errors=(*_ASSIGNED.errors, e.RoleNotFound, e.LastAdministrator),
    ),
    replace(
        _ASSIGNED,
        method="DELETE",
        path=f"{_USER}/roles/{{role_id}}",
        change=roles.unassign_role,
        result=None,
        status=204,
        errors=(*_ASSIGNED.errors, e.RoleNotFound, e.RoleNotAssigned, e.LastAdministrator),
    ),
)

_MEMBER = Endpoint(
    "POST",
    _USER,
    "users",
    result=MemberView,
    errors=(e.Forbidden, e.UserNotFound, e.OutranksYou),
)
_SEEN_MEMBER = replace(_MEMBER, method="GET", errors=(e.Forbidden, e.UserNotFound))
MEMBERS = (
    replace(
        _SEEN_MEMBER,
        path="/api/v1/users",
        read=members.list_members,
        query=MemberQuery,
        result=MemberPage,
    ),
    replace(_SEEN_MEMBER, read=members.show_member),
    replace(
        _MEMBER,
        method="PATCH",
        change=members.update_member,
        body=UpdateMember,
        errors=(*_MEMBER.errors, e.AccountExists),
    ),
    replace(
        _MEMBER,
        path=f"{_USER}/deactivate",
        change=members.deactivate_member,
        errors=(*_MEMBER.errors, e.LastAdministrator),
    ),
    replace(
        _MEMBER,
        method="DELETE",
        handle=members.delete_member,
        body=EraseMember,
        result=p.Done,
        errors=(*_MEMBER.errors, e.OwnsSessions, e.LastAdministrator, e.Conflict),
    ),
    replace(
        _MEMBER,
        method="DELETE",
        path=f"{_USER}/second-factor",
        change=second_factor.reset_second_factor,
        result=None,
        status=204,
    ),
    replace(_MEMBER, path=f"{_USER}/reactivate", change=members.reactivate_member),
    replace(
        _SEEN_MEMBER,
        path=f"{_USER}/sign-ins",
        read=members.list_sign_ins_of,
        result=SignInView,
        many=True,
    ),
    replace(
        _MEMBER,
        method="DELETE",
        path=f"{_USER}/sign-ins",
        change=members.end_sign_ins_of,
        result=EndedSignIns,
    ),
    replace(
        _MEMBER,
        method="DELETE",
        path=f"{_USER}/sign-ins/{{sign_in_id}}",
        change=members.end_sign_in_of,
        result=None,
        status=204,
        errors=(*_MEMBER.errors, e.SignInNotFound),
    ),
    replace(
        _MEMBER,
        path=f"{_USER}/password-reset",
        change=members.mail_reset_to,
        result=p.Done,
        errors=(*_MEMBER.errors, e.AccountInactive, e.MailNotConfigured, e.RateLimited),
    ),
)

_SESSION = Endpoint("POST", _ONE, "sessions", result=s.SessionView, errors=expected.MOVED)
SESSIONS = (
    Endpoint(
        "POST",
        _ALL,
        "sessions",
        change=sessions.create_session,
        body=s.CreateSession,
        query=sessions.CreateQuery,
        result=s.SessionView,
        status=201,
        other_statuses=(200,),
        errors=(e.Forbidden,),
    ),
    Endpoint(
        "GET",
        _ALL,
        "sessions",
        read=sessions.list_sessions,
        query=s.SessionQuery,
        result=s.SessionView,
        many=True,
        paged=True,
    ),
    Endpoint(
        "GET",
        f"{_ALL}/preview",
        "sessions",
        read=sessions.preview_code,
        query=s.PreviewQuery,
        result=s.SessionPreview,
        auth=Auth.OPTIONAL,
        errors=(e.RateLimited,),
    ),
    Endpoint(
        "GET",
        "/api/v1/session-kinds",
        "sessions",
        handle=sessions.list_kinds,
        result=sessions.KindPreset,
        many=True,
        auth=Auth.NONE,
    ),
    Endpoint("GET", _ONE, "sessions", read=sessions.show_session, result=s.SessionView, errors=expected.SEEN),
    replace(
        _SESSION,
        method="PATCH",
        change=sessions.change_session,
        body=s.UpdateSession,
        errors=expected.EDITED,
    ),
    replace(_SESSION, method="DELETE", change=sessions.delete_session, result=None, status=204),
    replace(_SESSION, path=f"{_ONE}/restore", change=sessions.restore_session, errors=expected.RULED),
    replace(_SESSION, path=f"{_ONE}/schedule", change=sessions.schedule_session, body=s.ScheduleSession),
    replace(_SESSION, path=f"{_ONE}/start", change=sessions.start_session),
    replace(_SESSION, path=f"{_ONE}/pause", change=sessions.pause_session),
    replace(_SESSION, path=f"{_ONE}/resume", change=sessions.resume_session),
    replace(_SESSION, path=f"{_ONE}/end", change=sessions.end_session),
    replace(_SESSION, path=f"{_ONE}/cancel", change=sessions.cancel_session, body=s.CancelSession),
    replace(_SESSION, path=f"{_ONE}/lock", change=sessions.lock_session, errors=expected.LOCKED),
    replace(_SESSION, path=f"{_ONE}/unlock", change=sessions.unlock_session, errors=expected.LOCKED),
)

_OWN_TENANT = Endpoint("GET", _TENANT, "tenants", result=TenantView, errors=(e.Forbidden,))
_INVITATION = replace(_OWN_TENANT, path=_INVITATIONS, result=InvitationView)
_ANY_TENANT = replace(_OWN_TENANT, path=f"{_TENANTS}/{{tenant_id}}", errors=(e.Forbidden, e.TenantNotFound))
TENANTS = (
    Endpoint(
        "GET",
        "/api/v1/site",
        "tenants",
        handle=tenants.show_site,
        query=SiteQuery,
        result=ShownSite,
        auth=Auth.OPTIONAL,
        errors=(e.TenantNotFound,),
    ),
    Endpoint(
        "POST",
        f"{_AUTH}/invitation",
        "tenants",
        handle=tenants.show_invitation,
        body=ShowInvitation,
        result=InvitationShown,
        auth=Auth.NONE,
        errors=(e.LinkNotValid, e.RateLimited),
    ),
    replace(_OWN_TENANT, read=tenants.show_own_tenant),
    replace(_OWN_TENANT, method="PATCH", change=tenants.change_own_tenant, body=UpdateTenant),
    replace(
        _OWN_TENANT,
        method="POST",
        path=f"{_TENANT}/logo",
        handle=tenants.upload_logo,
        upload=Upload(("image/jpeg", "image/png", "image/webp", "image/gif"), MAX_LOGO_BYTES),
        errors=(e.Forbidden, e.PictureNotReadable),
    ),
    replace(_OWN_TENANT, method="DELETE", path=f"{_TENANT}/logo", handle=tenants.delete_logo),
    replace(_INVITATION, read=tenants.list_invitations, query=PageQuery, many=True, paged=True),
    replace(
        _INVITATION,
        method="POST",
        change=tenants.create_invitation,
        body=Invite,
        status=201,
        errors=(e.Forbidden, e.RoleNotFound, e.OutranksYou, e.RateLimited),
        keeps_answers=False,
    ),
    replace(
        _INVITATION,
        method="DELETE",
        path=f"{_INVITATIONS}/{{invitation_id}}",
        change=tenants.delete_invitation,
        result=None,
        status=204,
        errors=(e.Forbidden, e.InvitationNotFound),
    ),
    replace(
        _OWN_TENANT,
        path=_TENANTS,
        handle=tenants.list_all_tenants,
        query=TenantQuery,
        many=True,
        paged=True,
    ),
    replace(
        _OWN_TENANT,
        method="POST",
        path=_TENANTS,
        handle=tenants.create_a_tenant,
        body=CreateTenant,
        result=CreatedTenant,
        status=201,
        errors=(e.Forbidden, e.TenantExists),
    ),
    replace(_ANY_TENANT, handle=tenants.show_tenant),
    replace(
        _ANY_TENANT,
        method="PATCH",
        handle=tenants.change_a_tenant,
        body=UpdateAnyTenant,
        errors=(e.Forbidden, e.TenantNotFound, e.TenantExists),
    ),
)

_JOIN = Endpoint(
    "POST",
    f"{_ALL}/join",
    "rooms",
    result=p.Joined,
    auth=Auth.OPTIONAL,
    errors=expected.JOINED,
    after=rooms.with_token,
)
_LIST = Endpoint("GET", _PEOPLE, "rooms", query=PageQuery, many=True, paged=True, errors=expected.RULED)
_MODERATE = Endpoint("POST", _WHO, "rooms", result=p.ParticipantView, errors=expected.PERSON)
_ALL_PEOPLE = Endpoint("POST", _PEOPLE, "rooms", result=p.MassResult, errors=expected.LOCKED)
_APPROVE = replace(
    _MODERATE, path=f"{_WHO}/approve", change=rooms.approve_participant, errors=expected.ADMITTED
)
_REJECT = replace(
    _MODERATE,
    path=f"{_WHO}/reject",
    change=rooms.reject_participant,
    body=rooms.WithReason,
    errors=(*expected.RULED, e.ParticipantNotFound, e.AlreadyDecided),
)
_WAITING = replace(_LIST, path=f"{_ONE}/waiting-room", read=rooms.list_waiting, result=p.WaitingView)
ROOMS = (
    replace(_JOIN, change=rooms.join_by_code, body=p.JoinByCode, around=rooms.counting_codes),
    replace(
        _JOIN,
        path=f"{_ONE}/join",
        change=rooms.join_by_id,
        body=p.JoinFields,
        around=rooms.counting_guests,
    ),
    replace(_LIST, read=rooms.list_participants, query=ParticipantQuery, result=p.ParticipantView),
    Endpoint(
        "POST",
        _PEOPLE,
        "rooms",
        change=rooms.add_participant,
        around=rooms.counting_unknown,
        body=AddParticipant,
        result=p.ParticipantView,
        status=201,
        errors=(*expected.LOCKED, e.UserNotFound, e.Conflict, e.OutranksYou),
    ),
    _WAITING,
    _APPROVE,
    _REJECT,
    replace(_MODERATE, path=f"{_WHO}/mute", change=rooms.mute_participant),
    replace(_MODERATE, path=f"{_WHO}/unmute", change=rooms.unmute_participant),
    replace(
        _MODERATE,
        path=f"{_WHO}/kick",
        change=rooms.kick_participant,
        body=rooms.WithReason,
        errors=expected.SENT_OUT,
    ),
    replace(
        _MODERATE,
        path=f"{_WHO}/ban",
        change=rooms.ban_participant,
        body=rooms.WithReason,
        errors=expected.SENT_OUT,
    ),
    replace(_MODERATE, path=f"{_WHO}/unban", change=rooms.unban_participant, errors=expected.DECIDED),
    replace(
        _MODERATE,
        path=f"{_WHO}/role",
        change=rooms.set_role,
        body=rooms.NewRole,
        errors=(*expected.CO_HOSTED, e.ParticipantNotFound),
    ),
    replace(_MODERATE, path=f"{_WHO}/visibility", change=rooms.set_visibility, body=rooms.NewVisibility),
    replace(
        _MODERATE,
        path=f"{_WHO}/custom-role",
        change=rooms.set_custom_role,
        body=rooms.CustomRole,
        errors=(*expected.CO_HOSTED, e.ParticipantNotFound, e.RoleNotFound),
    ),
    replace(
        _MODERATE,
        path=f"{_WHO}/permissions",
        change=rooms.set_permissions,
        body=PermissionFields,
        errors=(*expected.RULED, e.ParticipantNotFound, e.OutranksYou),
    ),
    replace(
        _LIST,
        path=f"{_ONE}/permissions",
        read=rooms.explain_permissions,
        query=PermissionsQuery,
        result=ExplainedPermission,
        paged=False,
        errors=(*expected.RULED, e.ParticipantNotFound),
    ),
    replace(_ALL_PEOPLE, path=f"{_PEOPLE}/approve-all", change=rooms.approve_all),
    replace(_ALL_PEOPLE, path=f"{_PEOPLE}/mute-all", change=rooms.mute_all, body=rooms.OnlyThese),
    replace(_ALL_PEOPLE, path=f"{_PEOPLE}/unmute-all", change=rooms.unmute_all, body=rooms.OnlyThese),
    Endpoint(
        "GET",
        "/api/v1/session-roles",
        "rooms",
        handle=rooms.list_session_roles,
        result=rooms.SessionRoleView,
        many=True,
        auth=Auth.NONE,
    ),
    Endpoint(
        "GET",
        f"{_ONE}/statistics",
        "rooms",
        read=rooms.show_statistics,
        result=SessionStatistics,
        errors=expected.RULED,
    ),
    replace(
        _LIST,
        path=f"{_ONE}/statistics/people",
        read=rooms.list_person_statistics,
        query=PersonStatisticsQuery,
        result=PersonStatistics,
    ),
    replace(
        _LIST,
        path=f"{_ONE}/messages",
        read=rooms.list_messages,
        query=MessageQuery,
        result=p.MessageView,
        paged=False,
    ),
    Endpoint(
        "POST",
        f"{_ONE}/messages",
        "rooms",
        change=rooms.post_message,
        grouped=rooms.messages_read,
        body=rooms.NewMessage,
        result=p.MessageView,
        status=201,
        errors=expected.SPOKEN,
    ),
)

_POLL = Endpoint(
    "POST",
    f"{_ONE}/polls/{{poll_id}}/close",
    "polls",
    change=polls.close_poll,
    result=q.PollView,
    errors=(*expected.RULED, e.PollNotFound),
)
POLLS = (
    replace(_LIST, path=f"{_ONE}/polls", area="polls", read=polls.list_polls, result=q.OwnPollView),
    replace(
        _POLL,
        path=f"{_ONE}/polls",
        change=polls.create_poll,
        body=q.PollFields,
        status=201,
        errors=(*expected.RULED, e.CapabilityOff, e.SessionNotLive, e.TooManyPolls),
    ),
    _POLL,
    replace(
        _POLL,
        path=f"{_ONE}/polls/{{poll_id}}/vote",
        change=polls.vote,
        body=q.VoteFields,
        result=q.OwnPollView,
        errors=(*_POLL.errors, e.PollIsClosed, e.SessionNotLive),
    ),
)

RECORDINGS = (
    replace(
        _LIST,
        path=f"{_ONE}/recordings",
        area="recordings",
        read=recordings.list_recordings,
        result=RecordingView,
    ),
    Endpoint(
        "POST",
        f"{_ONE}/recordings",
        "recordings",
        change=recordings.start_recording,
        body=NewRecording,
        result=RecordingView,
        status=201,
        errors=(*expected.RULED, e.SessionNotLive, e.CapabilityOff, e.RecordingExists),
    ),
    Endpoint(
        "PATCH",
        f"{_ONE}/recordings/{{recording_id}}",
        "recordings",
        change=recordings.change_recording,
        body=ChangeRecording,
        result=RecordingView,
        errors=expected.RECORDED,
    ),
)

HISTORY = (
    replace(
        _LIST,
        path=f"{_ONE}/events",
        area="history",
        read=history.list_events,
        query=EventQuery,
        result=EventFrame,
        paged=False,
    ),
    Endpoint(
        "GET", f"{_ONE}/state", "history", read=history.show_state, result=StateView, errors=expected.SEEN
    ),
    replace(
        _LIST,
        path=f"{_ONE}/audit",
        area="history",
        read=history.list_audit,
        query=AuditQuery,
        result=AuditView,
    ),
)

AUDIT = (
    Endpoint(
        "GET",
        "/api/v1/audit",
        "audit",
        read=audit.search_audit,
        query=AuditSearch,
        result=AuditPage,
        errors=(e.Forbidden,),
    ),
    Endpoint(
        "GET",
        "/api/v1/audit/export",
        "audit",
        stream=audit.export_audit,
        query=AuditExport,
        media_types=tuple(MEDIA_TYPES.values()),
        errors=(e.Forbidden,),
    ),
)

_KEYS = Endpoint("GET", f"{_OWN}/api-keys", "identity", result=ApiKeyView, many=True)
_ONE_KEY = replace(_KEYS, method="DELETE", result=None, many=False, status=204, errors=(e.ApiKeyNotFound,))
API_KEYS = (
    replace(_KEYS, read=api_keys.list_own_keys),
    replace(
        _KEYS,
        method="POST",
        change=api_keys.create_key,
        body=CreateApiKey,
        result=NewApiKey,
        many=False,
        status=201,
        # What is kept of an answer could be read again, and the key is shown once.
        keeps_answers=False,
        errors=(e.Forbidden, e.Conflict),
    ),
    replace(_ONE_KEY, path=f"{_OWN}/api-keys/{{key_id}}", change=api_keys.revoke_own_key),
    replace(_KEYS, path="/api/v1/api-keys", read=api_keys.list_keys, errors=(e.Forbidden,)),
    replace(
        _ONE_KEY,
        path="/api/v1/api-keys/{key_id}",
        change=api_keys.revoke_key,
        errors=(e.Forbidden, e.OutranksYou, e.ApiKeyNotFound),
    ),
)

_SEED_004 = replace(_APPROVE, area="meetings")
MEETINGS = (
    replace(
        _SEED_004,
        path=f"{_MEETING}/co-hosts",
        change=meetings.add_co_host,
        body=AddCoHost,
        status=201,
        errors=(*expected.CO_HOSTED, e.UserNotFound, e.Conflict),
    ),
    replace(
        _SEED_004,
        method="DELETE",
        path=f"{_MEETING}/co-hosts/{{user_id}}",
        change=meetings.remove_co_host,
        result=None,
        status=204,
        errors=(*expected.CO_HOSTED, e.ParticipantNotFound),
    ),
    replace(_WAITING, area="meetings", path=f"{_MEETING}/waiting-room", name="list_waiting_of_meeting"),
    replace(
        _SEED_004,
        path=f"{_MEETING}/participants/{{participant_id}}/approve",
        name="approve_participant_of_meeting",
    ),
    replace(
        _REJECT,
        area="meetings",
        path=f"{_MEETING}/participants/{{participant_id}}/reject",
        name="reject_participant_of_meeting",
    ),
)

HEALTH = (
    Endpoint("GET", "/healthz", "health", handle=health.show_alive, result=health.Alive, auth=Auth.NONE),
    Endpoint("GET", "/readyz", "health", handle=health.show_ready, result=health.Readiness, auth=Auth.NONE),
)

ENDPOINTS: tuple[Endpoint, ...] = (
    *IDENTITY,
    *ROLES,
    *MEMBERS,
    *ACCOUNT,
    *TENANTS,
    *SESSIONS,
    *ROOMS,
    *POLLS,
    *RECORDINGS,
    *HISTORY,
    *AUDIT,
    *API_KEYS,
    *MEETINGS,
    *HEALTH,
)
