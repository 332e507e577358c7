"""A session's course: scheduled, started, paused, resumed, ended, cancelled. Only the listed transitions."""

from datetime import datetime

from sqlmodel import col, update

from models.actors import FRESH, Actor, require
from models.errors import InvalidTransition, SessionOver, ValidationFailed
from models.permissions import Permission
from models.recordings.recording import close_recording, find_live_recording
from models.rooms.presence import give_up_seat
from models.rooms.rosters import present_in
from models.rooms.tables import Participant, ParticipantStatus
from models.rooms.waiting_room import admit_waiting
from models.sessions.events import (
    SessionCancelled,
    SessionEnded,
    SessionLockedEvent,
    SessionPausedEvent,
    SessionResumed,
    SessionScheduled,
    SessionStarted,
    SessionUnlocked,
)
from models.sessions.kinds import OVER, TRANSITIONS, SessionSettings, SessionStatus
from models.sessions.payloads import ScheduleSession
from models.sessions.tables import Session
from models.transaction import Transaction

_Status = SessionStatus


async def schedule_session(tx: Transaction, actor: Actor, when: ScheduleSession) -> Session:
    """Makes a draft a session that people can find, wait for and a host can start.

    Records `session:scheduled`. Raises Forbidden, InvalidTransition.
    """
    require(actor, Permission.SESSION_EDIT)
    session = actor.session
    start = when.start_time if "start_time" in when.model_fields_set else session.start_time
    end = when.end_time if "end_time" in when.model_fields_set else session.end_time
    check_times(start, end)
    await _move(tx, session, _Status.SCHEDULED, start_time=start, end_time=end)
    tx.record(SessionScheduled(start_time=session.start_time, end_time=session.end_time))
    return session


async def start_session(tx: Transaction, actor: Actor) -> Session:
    """Opens the room. Where nobody has to be approved, those who waited for this come in, as far as there are seats.

    Records `session:started`. Raises Forbidden, InvalidTransition.
    """
    require(actor, Permission.SESSION_START)
    session = actor.session
    if session.status is not _Status.SCHEDULED:
        raise _wrong(session, _Status.ACTIVE)
    await _move(tx, session, _Status.ACTIVE, started_at=tx.now)
    tx.record(SessionStarted())
    if not SessionSettings.model_validate(session.settings).requires_approval:
        await admit_waiting(tx, actor)
    return session


async def pause_session(tx: Transaction, actor: Actor) -> Session:
    """Holds the session: people stay, but only hosts may speak. Records `session:paused`. Raises InvalidTransition."""
    require(actor, Permission.SESSION_PAUSE)
    await _move(tx, actor.session, _Status.PAUSED, paused_at=tx.now)
    tx.record(SessionPausedEvent())
    return actor.session


async def resume_session(tx: Transaction, actor: Actor) -> Session:
    """Goes on after a pause. Records `session:resumed`. Raises InvalidTransition."""
    require(actor, Permission.SESSION_RESUME)
    session = actor.session
    if session.status is not _Status.PAUSED:
        raise _wrong(session, _Status.ACTIVE)
    await _move(tx, session, _Status.ACTIVE, paused_at=None, paused_s=_paused_s(session, tx.now))
    tx.record(SessionResumed(paused_s=session.paused_s))
    return session


async def end_session(tx: Transaction, actor: Actor) -> Session:
    """Closes the room for everybody, and its recording with it.

    Records `recording:stopped` if one was live, and `session:ended`. Raises Forbidden, InvalidTransition.
    """
    require(actor, Permission.SESSION_END)
    session = actor.session
    await _move(
        tx, session, _Status.ENDED, ended_at=tx.now, paused_s=_paused_s(session, tx.now), paused_at=None
    )
    await _empty_room(tx, session)
    tx.record(SessionEnded(paused_s=session.paused_s))
    return session


async def cancel_session(tx: Transaction, actor: Actor, reason: str) -> Session:
    """Calls the session off, at whatever point. Everybody sees why.

    Records `session:cancelled`. Raises Forbidden, InvalidTransition (it is over already).
    """
    require(actor, Permission.SESSION_CANCEL)
    session = actor.session
    ended_at = tx.now if session.started_at is not None else None
    paused_s = _paused_s(session, tx.now)
    await _move(
        tx,
        session,
        _Status.CANCELLED,
        cancel_reason=reason,
        ended_at=ended_at,
        paused_s=paused_s,
        paused_at=None,
    )
    await _empty_room(tx, session)
    tx.record(SessionCancelled(reason=reason, ended_at=ended_at, paused_s=paused_s))
    return session


async def lock_session(tx: Transaction, actor: Actor) -> Session:
    """Nobody else comes in. Locking twice is no change. Records `session:locked`. Raises Forbidden, SessionOver."""
    if _set_locked(tx, actor, locked=True):
        tx.record(SessionLockedEvent())
    return actor.session


async def unlock_session(tx: Transaction, actor: Actor) -> Session:
    """Opens the door again. Records `session:unlocked`. Raises Forbidden, SessionOver."""
    if _set_locked(tx, actor, locked=False):
        tx.record(SessionUnlocked())
    return actor.session


def check_times(start: datetime | None, end: datetime | None) -> None:
    """Raises ValidationFailed unless a session that has both ends after it starts."""
    if start is not None and end is not None and end <= start:
        raise ValidationFailed.of("end_time", "must be after start_time")


def _set_locked(tx: Transaction, actor: Actor, *, locked: bool) -> bool:
    require(actor, Permission.SESSION_LOCK)
    if actor.session.status in OVER:
        raise SessionOver
    if actor.session.is_locked is locked:
        return False
    actor.session.is_locked = locked
    actor.session.updated_at = tx.now
    return True


async def _move(tx: Transaction, session: Session, to: SessionStatus, **also: object) -> None:
    before = session.status
    allowed = to in TRANSITIONS[before]
    if not allowed or not await tx.compare_and_set(session, "status", before, to, updated_at=tx.now, **also):
        raise _wrong(session, to)


def _wrong(session: Session, to: SessionStatus) -> InvalidTransition:
    can = sorted(TRANSITIONS[session.status])
    rest = f"From here it can become: {', '.join(can)}." if can else "It is over for good."
    message = f"A session that is {session.status} cannot become {to}. {rest}"
    return InvalidTransition(message, status=session.status, requested=to, allowed=can)


def _paused_s(session: Session, now: datetime) -> float:
    running = (now - session.paused_at).total_seconds() if session.paused_at is not None else 0.0
    return session.paused_s + running


async def _empty_room(tx: Transaction, session: Session) -> None:
    recording = await find_live_recording(tx.db, session.id)
    if recording is not None:
        await close_recording(tx, recording)
    for participant in (await tx.db.exec(present_in(session.id), execution_options=FRESH)).all():
        give_up_seat(tx, participant, ParticipantStatus.LEFT)
    waiting = update(Participant).where(
        col(Participant.session_id) == session.id, col(Participant.status) == ParticipantStatus.PENDING
    )
    await tx.db.exec(waiting.values(status=ParticipantStatus.LEFT, updated_at=tx.now))
