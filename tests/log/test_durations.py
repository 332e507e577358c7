"""How long a session was paused and a recording ran: the sums that the log carries."""

import pytest

from models.errors import InvalidTransition, RecordingStateConflict
from models.recordings.recording import pause_recording, resume_recording, start_recording, stop_recording
from models.sessions.kinds import SessionStatus
from models.sessions.lifecycle import (
    cancel_session,
    end_session,
    pause_session,
    resume_session,
    start_session,
)
from models.sessions.payloads import CreateSession
from tests.log.law import LawfulRoom
from tests.log.room import Site


@pytest.fixture
async def room(site: Site) -> LawfulRoom:
    room = LawfulRoom(site)
    await room.create(CreateSession(title="Planning", status=SessionStatus.SCHEDULED))
    await room.act("ada", start_session)
    return room


async def test_pauses_of_a_session_add_up(room: LawfulRoom) -> None:
    for seconds in (2, 3):
        await room.act("ada", pause_session)
        room.site.clock.turn(seconds * 1000 + 250)
        await room.act("ada", resume_session)
        room.site.clock.turn(60_000)
    session = await room.act("ada", end_session)
    assert (session.paused_s, session.paused_at) == (5.5, None)


async def test_a_pause_that_is_cancelled_counts_until_then(room: LawfulRoom) -> None:
    await room.act("ada", pause_session)
    room.site.clock.turn(1_500)
    session = await room.act("ada", cancel_session, "ill")
    assert (session.paused_s, session.paused_at) == (1.5, None)
    assert session.ended_at == room.site.clock.now()


async def test_a_paused_session_cannot_simply_end(room: LawfulRoom) -> None:
    await room.act("ada", pause_session)
    with pytest.raises(InvalidTransition):
        await room.act("ada", end_session)


async def test_spells_of_a_recording_add_up(room: LawfulRoom) -> None:
    await room.act("ada", start_recording)
    for seconds in (4, 6):
        room.site.clock.turn(seconds * 1000)
        await room.act("ada", pause_recording)
        room.site.clock.turn(100_000)
        await room.act("ada", resume_recording)
    room.site.clock.turn(125)
    stopped = await room.act("ada", stop_recording)
    assert (stopped.recorded_s, stopped.running_since) == (10.125, None)
    assert stopped.last_seq == len(room.told)


async def test_a_recording_that_is_stopped_while_paused_gains_nothing(room: LawfulRoom) -> None:
    await room.act("ada", start_recording)
    room.site.clock.turn(700)
    await room.act("ada", pause_recording)
    room.site.clock.turn(50_000)
    stopped = await room.act("ada", stop_recording)
    assert stopped.recorded_s == 0.7


async def test_pausing_twice_is_refused_and_loses_no_time(room: LawfulRoom) -> None:
    await room.act("ada", start_recording)
    room.site.clock.turn(1_000)
    await room.act("ada", pause_recording)
    room.site.clock.turn(1_000)
    with pytest.raises(RecordingStateConflict):
        await room.act("ada", pause_recording)
    await room.act("ada", resume_recording)
    with pytest.raises(RecordingStateConflict):
        await room.act("ada", resume_recording)
    room.site.clock.turn(1_000)
    assert (await room.act("ada", stop_recording)).recorded_s == 2.0


async def test_the_end_of_a_session_ends_its_recording(room: LawfulRoom) -> None:
    recording = await room.act("ada", start_recording)
    room.site.clock.turn(3_000)
    await room.act("ada", end_session)
    stopped, ended = room.told[-2:]
    assert (stopped.type, ended.type) == ("recording:stopped", "session:ended")
    assert stopped.as_dict()["data"] == {"recording_id": str(recording.id), "recorded_s": 3.0}
