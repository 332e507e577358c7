"""Every URL of the API, on one page."""

from dataclasses import replace

from models import errors as e
from models.audit.reading import AuditQuery, AuditView
from models.identity.payloads import LogIn, Register, SignedIn, UpdateMe, UserView
from models.log.history import EventFrame, EventQuery, StateView
from models.paging import PageQuery
from models.recordings.payloads import ChangeRecording, NewRecording, RecordingView
from models.rooms import payloads as p
from models.rooms import poll_payloads as q
from models.rooms.adding import AddCoHost, AddParticipant
from models.rooms.listing import MessageQuery, ParticipantQuery
from models.sessions import payloads as s
from server.api import expected, health, history, identity, meetings, polls, recordings, rooms, sessions
from server.http.endpoint import Auth, Endpoint

_AUTH = "/api/v1/auth"
_ALL = "/api/v1/sessions"
_ONE = "/api/v1/sessions/{session_id}"
_PEOPLE = "/api/v1/sessions/{session_id}/participants"
_WHO = "/api/v1/sessions/{session_id}/participants/{participant_id}"
_MEETING = "/api/meetings/{session_id}"

_SIGN_IN = Endpoint(
    "POST", f"{_AUTH}/login", "identity", result=SignedIn, auth=Auth.NONE, errors=(e.RateLimited,)
)
IDENTITY = (
    replace(
        _SIGN_IN,
        path=f"{_AUTH}/register",
        handle=identity.register,
        body=Register,
        status=201,
        errors=(e.Forbidden, e.AccountExists, e.RateLimited),
    ),
    replace(_SIGN_IN, handle=identity.sign_in, body=LogIn, errors=(e.InvalidCredentials, e.RateLimited)),
    replace(
        _SIGN_IN,
        path=f"{_AUTH}/refresh",
        handle=identity.refresh_sign_in,
        auth=Auth.COOKIE,
        errors=(e.RefreshTokenReused,),
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
    Endpoint("GET", "/api/v1/users/me", "identity", read=identity.show_me, result=UserView),
    Endpoint(
        "PATCH", "/api/v1/users/me", "identity", change=identity.change_me, body=UpdateMe, result=UserView
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
        errors=expected.LOCKED,
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
    replace(_ALL_PEOPLE, path=f"{_PEOPLE}/approve-all", change=rooms.approve_all),
    replace(_ALL_PEOPLE, path=f"{_PEOPLE}/mute-all", change=rooms.mute_all),
    replace(_ALL_PEOPLE, path=f"{_PEOPLE}/unmute-all", change=rooms.unmute_all),
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
    *SESSIONS,
    *ROOMS,
    *POLLS,
    *RECORDINGS,
    *HISTORY,
    *MEETINGS,
    *HEALTH,
)
