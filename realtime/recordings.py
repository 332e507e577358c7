"""The commands of recording. Each is one use case."""

from models.actors import Actor
from models.recordings import recording
from models.recordings.payloads import RecordingView, StartRecording
from models.rooms.payloads import InSession
from models.transaction import Transaction


async def start(tx: Transaction, actor: Actor, payload: StartRecording) -> RecordingView:
    """Begins a recording; everybody sees it at once."""
    return RecordingView.of(await recording.start_recording(tx, actor, payload.title))


async def pause(tx: Transaction, actor: Actor, _payload: InSession) -> RecordingView:
    """Pauses the recording."""
    return RecordingView.of(await recording.pause_recording(tx, actor))


async def resume(tx: Transaction, actor: Actor, _payload: InSession) -> RecordingView:
    """Goes on with the paused recording."""
    return RecordingView.of(await recording.resume_recording(tx, actor))


async def stop(tx: Transaction, actor: Actor, _payload: InSession) -> RecordingView:
    """Ends the recording."""
    return RecordingView.of(await recording.stop_recording(tx, actor))
