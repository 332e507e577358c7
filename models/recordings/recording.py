"""Recording: one live recording per room, several in a session, and a pause that does not split it."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import FRESH, Actor, require
from models.errors import (
    CapabilityOff,
    RecordingExists,
    RecordingNotFound,
    RecordingStateConflict,
    SessionNotLive,
)
from models.ids import new_id
from models.paging import Page, PageQuery, load_page
from models.permissions import Permission
from models.recordings.events import RecordingPaused, RecordingResumed, RecordingStarted, RecordingStopped
from models.recordings.payloads import RecordingView
from models.recordings.tables import Recording, RecordingState
from models.sessions.kinds import LIVE, SessionSettings
from models.transaction import Transaction

_State = RecordingState


async def start_recording(tx: Transaction, actor: Actor, title: str | None = None) -> Recording:
    """Begins a recording; everybody sees it at once.

    Records `recording:started`. Raises Forbidden, SessionNotLive, CapabilityOff, RecordingExists.
    """
    require(actor, Permission.RECORDING_START)
    if not SessionSettings.model_validate(actor.session.settings).allow_recording:
        raise CapabilityOff("This session cannot be recorded.")
    if actor.session.status not in LIVE:
        raise SessionNotLive
    if await find_live_recording(tx.db, actor.session.id) is not None:
        raise RecordingExists
    recording = Recording(
        id=new_id(),
        tenant_id=actor.session.tenant_id,
        session_id=actor.session.id,
        title=title or actor.session.title,
        state=_State.RECORDING,
        started_by=actor.participant.id if actor.participant else None,
        started_at=tx.now,
        running_since=tx.now,
        first_seq=tx.next_seq,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.db.add(recording)
    tx.record(RecordingStarted(recording=RecordingView.of(recording)))
    return recording


async def pause_recording(tx: Transaction, actor: Actor, recording_id: UUID | None = None) -> Recording:
    """Pauses the live recording. Records `recording:paused`. Raises RecordingNotFound, RecordingStateConflict."""
    require(actor, Permission.RECORDING_PAUSE)
    recording = await _load(tx, actor, recording_id)
    await _change(tx, recording, _State.RECORDING, _State.PAUSED)
    tx.record(RecordingPaused(recording_id=recording.id, recorded_s=recording.recorded_s))
    return recording


async def resume_recording(tx: Transaction, actor: Actor, recording_id: UUID | None = None) -> Recording:
    """Goes on with the paused recording. Records `recording:resumed`. Raises as `pause_recording` does."""
    require(actor, Permission.RECORDING_RESUME)
    recording = await _load(tx, actor, recording_id)
    await _change(tx, recording, _State.PAUSED, _State.RECORDING)
    tx.record(RecordingResumed(recording_id=recording.id))
    return recording


async def stop_recording(tx: Transaction, actor: Actor, recording_id: UUID | None = None) -> Recording:
    """Ends the live recording, running or paused. Records `recording:stopped`. Raises as `pause_recording` does."""
    require(actor, Permission.RECORDING_STOP)
    recording = await _load(tx, actor, recording_id)
    if recording.state is _State.STOPPED:
        raise RecordingStateConflict
    await close_recording(tx, recording)
    return recording


async def close_recording(tx: Transaction, recording: Recording) -> None:
    """Ends a recording, by a host's word or because its session ends. Records `recording:stopped`."""
    await _change(tx, recording, recording.state, _State.STOPPED)
    tx.record(RecordingStopped(recording_id=recording.id, recorded_s=recording.recorded_s))


async def find_live_recording(db: AsyncSession, session_id: UUID) -> Recording | None:
    """The recording that runs or is paused."""
    query = select(Recording).where(Recording.session_id == session_id, Recording.state != _State.STOPPED)
    return (await db.exec(query, execution_options=FRESH)).first()


async def list_recordings(db: AsyncSession, actor: Actor, query: PageQuery) -> Page[Recording]:
    """A session's recordings, newest first. Raises Forbidden."""
    require(actor, Permission.RECORDING_VIEW)
    recordings = select(Recording).where(Recording.session_id == actor.session.id)
    newest = recordings.order_by(col(Recording.started_at).desc(), col(Recording.id).desc())
    return await load_page(db, newest, query)


async def _load(tx: Transaction, actor: Actor, recording_id: UUID | None) -> Recording:
    if recording_id is None:
        live = await find_live_recording(tx.db, actor.session.id)
        if live is None:
            raise RecordingStateConflict("No recording is running.")
        return live
    query = select(Recording).where(Recording.id == recording_id, Recording.session_id == actor.session.id)
    recording = (await tx.db.exec(query, execution_options=FRESH)).first()
    if recording is None:
        raise RecordingNotFound
    return recording


async def _change(
    tx: Transaction, recording: Recording, expected: RecordingState, new: RecordingState
) -> None:
    since = recording.running_since
    spell = (tx.now - since).total_seconds() if since is not None else 0.0
    changed = await tx.compare_and_set(
        recording,
        "state",
        expected,
        new,
        updated_at=tx.now,
        recorded_s=recording.recorded_s + spell,
        running_since=tx.now if new is _State.RECORDING else None,
        stopped_at=tx.now if new is _State.STOPPED else None,
        last_seq=tx.next_seq if new is _State.STOPPED else None,
    )
    if not changed:
        raise RecordingStateConflict
