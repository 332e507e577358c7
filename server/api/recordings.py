"""Recordings of a session."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor
from models.recordings import recording
from models.recordings.payloads import RecordingView
from models.recordings.tables import Recording, RecordingState
from models.transaction import Transaction
from server.http.call import Call
from server.http.paged import paged
from server.http.reply import Reply


async def list_recordings(call: Call, db: AsyncSession) -> Reply:
    """The session's recordings, newest first."""
    found = await recording.list_recordings(db, await call.reader(db), call.query)
    return paged(found, RecordingView.of, call.query.page, call.query.limit)


async def start_recording(call: Call, tx: Transaction) -> Reply:
    """Begin a recording. Everybody in the room sees it at once."""
    started = await recording.start_recording(tx, await call.actor(tx), call.body.title)
    return Reply(RecordingView.of(started))


async def change_recording(call: Call, tx: Transaction) -> Reply:
    """Pause, resume or stop a recording, by the state it should be in."""
    actor = await call.actor(tx)
    return Reply(RecordingView.of(await _change(tx, actor, call.ids["recording_id"], call.body.state)))


async def _change(tx: Transaction, actor: Actor, recording_id: UUID, state: RecordingState) -> Recording:
    match state:
        case RecordingState.PAUSED:
            return await recording.pause_recording(tx, actor, recording_id)
        case RecordingState.RECORDING:
            return await recording.resume_recording(tx, actor, recording_id)
        case RecordingState.STOPPED:
            return await recording.stop_recording(tx, actor, recording_id)
