"""The join preview: whether a code leads anywhere, whether one could go in, and why not, while it is typed."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import find_participant
from models.clock import wire_time
from models.identity.principals import Principal
from models.identity.tables import Tenant, User
from models.ids import CODE_ALPHABET, CODE_LENGTH, normalise_code
from models.permissions import HOST_ROLES
from models.recordings.recording import find_live_recording
from models.rooms.seats import free_seats, present_count
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.kinds import SessionSettings, SessionStatus
from models.sessions.opening import opens_at
from models.sessions.payloads import PreviewIssue, PreviewSession, SessionPreview
from models.sessions.tables import Session
from models.tenancy import narrow

_BLOCKED = {
    ParticipantStatus.BANNED: ("PARTICIPANT_BANNED", "You are banned from this session."),
    ParticipantStatus.REMOVED: ("PARTICIPANT_REMOVED", "A host removed you from this session."),
    ParticipantStatus.DECLINED: ("PARTICIPANT_DECLINED", "A host declined your request to join."),
}


@dataclass(slots=True)
class _Findings:
    errors: list[PreviewIssue] = field(default_factory=list)
    warnings: list[PreviewIssue] = field(default_factory=list)

    def error(self, code: str, message: str, about: str | None = None) -> None:
        self.errors.append(PreviewIssue(code=code, message=message, field=about, severity="error"))

    def warn(self, code: str, message: str, about: str | None = None) -> None:
        self.warnings.append(PreviewIssue(code=code, message=message, field=about, severity="warning"))


async def preview_session(
    db: AsyncSession, principal: Principal | None, typed: str, now: datetime
) -> SessionPreview:
    """What a code leads to. Never raises for a wrong code: that is one of the answers."""
    code = normalise_code(typed)
    found = _Findings()
    if len(code) != CODE_LENGTH or not set(code) <= set(CODE_ALPHABET):
        found.error("INVALID_SESSION_CODE", _code_advice(code), "code")
        return _nothing(found)
    query = select(Session, User.display_name).join(User, col(User.id) == col(Session.owner_id))
    query = query.join(Tenant, col(Tenant.id) == col(Session.tenant_id))
    query = query.where(Session.code == code, col(Session.deleted_at).is_(None), Tenant.is_active)
    row = (await db.exec(query)).first()
    if row is None:
        found.error("SESSION_NOT_FOUND", "No session has this code. Check it with your host.", "code")
        return _nothing(found)
    narrow(db, row[0].tenant_id)
    return await _describe(db, principal, row[0], row[1], now, found)


def _code_advice(code: str) -> str:
    strange = sorted({ch for ch in code if ch not in CODE_ALPHABET})
    if strange:
        return f"Codes have no {', '.join(strange)}. Check it with your host."
    return f"A code has {CODE_LENGTH} letters and digits."


def _nothing(found: _Findings) -> SessionPreview:
    return SessionPreview(
        is_valid=False,
        session=None,
        errors=found.errors,
        warnings=found.warnings,
        participant_count=0,
        max_participants=None,
        time_until_start=None,
        can_join=False,
        join_restrictions=[issue.message for issue in found.errors],
    )


async def _describe(
    db: AsyncSession,
    principal: Principal | None,
    session: Session,
    host_name: str,
    now: datetime,
    found: _Findings,
) -> SessionPreview:
    settings = SessionSettings.model_validate(session.settings)
    known = None if principal is None else await find_participant(db, principal, session.id)
    recording = await find_live_recording(db, session.id)
    full = await free_seats(db, session, now, known.id if known else None) == 0
    _check_state(session, known, now, found)
    _check_person(session, settings, principal, known, found)
    if full and not (known and known.role in HOST_ROLES):
        found.error("SESSION_FULL", f"All {session.max_participants} seats are taken.")
    if recording is not None:
        found.warn("RECORDING", "This session is being recorded.")
    until = None if session.start_time is None else round((session.start_time - now).total_seconds())
    return SessionPreview(
        is_valid=True,
        session=describe_session(session, host_name, is_recording=recording is not None),
        errors=found.errors,
        warnings=found.warnings,
        participant_count=await present_count(db, session.id),
        max_participants=session.max_participants,
        time_until_start=until,
        can_join=not found.errors,
        join_restrictions=[issue.message for issue in found.errors + found.warnings],
    )


def describe_session(session: Session, host_name: str, *, is_recording: bool) -> PreviewSession:
    """What somebody who is not in yet may know of a session."""
    settings = SessionSettings.model_validate(session.settings)
    return PreviewSession(
        id=session.id,
        title=session.title,
        kind=session.kind,
        status=session.status,
        code=session.code,
        host_name=host_name,
        start_time=session.start_time,
        end_time=session.end_time,
        opens_at=opens_at(session),
        cancel_reason=session.cancel_reason,
        original_language=session.original_language,
        available_languages=session.available_languages,
        requires_approval=settings.requires_approval,
        allow_guests=settings.allow_guests,
        is_recording=is_recording,
        recording_consent=settings.recording_consent,
    )


def _check_state(session: Session, known: Participant | None, now: datetime, found: _Findings) -> None:
    is_host = known is not None and known.role in HOST_ROLES
    opening = opens_at(session)
    if session.status is SessionStatus.ENDED:
        found.error("SESSION_OVER", "This session has ended.")
    elif session.status is SessionStatus.CANCELLED:
        found.error("SESSION_OVER", f"This session was cancelled: {session.cancel_reason}")
    elif session.status is SessionStatus.DRAFT and not is_host:
        found.error("SESSION_NOT_OPEN", "The host is still preparing this session.")
    elif session.status is SessionStatus.SCHEDULED and not is_host:
        if opening is not None and now < opening:
            found.error("SESSION_NOT_OPEN", f"The doors open at {wire_time(opening)}.")
        else:
            found.warn("NOT_STARTED", "The session has not started. You can wait for it.")
    elif session.status is SessionStatus.PAUSED:
        found.warn("SESSION_PAUSED", "The session is paused at the moment.")


def _check_person(
    session: Session,
    settings: SessionSettings,
    principal: Principal | None,
    known: Participant | None,
    found: _Findings,
) -> None:
    blocked = _BLOCKED.get(known.status) if known else None
    if blocked is not None:
        found.error(*blocked)
    if session.is_locked and not (known and (known.is_counted_in or known.role in HOST_ROLES)):
        found.error("SESSION_LOCKED", "A host has locked this session.")
    if principal is None and not settings.allow_guests:
        found.error("GUESTS_NOT_ALLOWED", "This session is for people with an account. Sign in first.")
    admitted = known is not None and (known.admitted_at is not None or known.role in HOST_ROLES)
    if settings.requires_approval and not admitted:
        found.warn("APPROVAL_REQUIRED", "A host will let you in.")
