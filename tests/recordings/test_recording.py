"""Recording over both doors: one at a time, pauses that do not count, and an end with the session's."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.recordings.tables import Recording
from tests.realtime.client import Client
from tests.realtime.house import House, Room

EXACT_S = 5.0
"""By how much a recorded time may be off, on a busy machine."""


class Recorder:
    """Records a session through one of the two doors."""

    def __init__(self, house: House, room: Room, host: Client, door: str) -> None:
        self.house, self.room, self.host, self.door = house, room, host, door
        self.id: str | None = None

    async def start(self, title: str | None = None) -> Any:
        if self.door == "socket":
            found = await self.host.ok("recording:start", self.room.id, **({"title": title} if title else {}))
        else:
            body = {"title": title} if title else {}
            found = await self.house.post(f"/sessions/{self.room.id}/recordings", body, self.room.owner)
        self.id = found["id"]
        return found

    async def change(self, verb: str, state: str) -> Any:
        if self.door == "socket":
            return await self.host.ok(f"recording:{verb}", self.room.id)
        answer = await self.patch(state)
        assert answer.is_success, answer.text
        return answer.json()["data"]

    async def refused(self, verb: str, state: str, code: str) -> None:
        if self.door == "socket":
            await self.host.refused(f"recording:{verb}", code, self.room.id)
            return
        answer = await self.patch(state)
        assert (answer.status_code, answer.json()["errorCode"]) == (409, code)

    async def patch(self, state: str) -> Any:
        path = f"/sessions/{self.room.id}/recordings/{self.id}"
        return await self.house.request("PATCH", path, {"state": state}, self.room.owner)

    async def let_pass(self, seconds: float) -> None:
        """Moves the beginning of the running spell back, as if so much time had passed."""
        since = datetime.now(UTC) - timedelta(seconds=seconds)
        assert self.id is not None
        await self.house.change(Recording, UUID(self.id), running_since=since)


@pytest.fixture(params=["socket", "rest"])
async def recorder(request: pytest.FixtureRequest, any_house: House) -> Recorder:
    room, host = await any_house.live()
    return Recorder(any_house, room, host, request.param)


async def test_pauses_do_not_count(recorder: Recorder) -> None:
    mia, _ = await recorder.house.member(recorder.room)
    started = await recorder.start("Lesson 1")
    assert (started["title"], started["state"], started["recorded_s"]) == ("Lesson 1", "recording", 0)
    heard = await mia.event("recording:started")
    assert heard.data["recording"] == started
    assert started["first_seq"] == heard.seq
    await recorder.let_pass(100)
    paused = await recorder.change("pause", "paused")
    assert paused["running_since"] is None
    assert 100 <= paused["recorded_s"] < 100 + EXACT_S
    await mia.event("recording:paused", lambda d: d["recorded_s"] == paused["recorded_s"])
    resumed = await recorder.change("resume", "recording")
    assert resumed["recorded_s"] == paused["recorded_s"]
    await mia.event("recording:resumed")
    await recorder.let_pass(50)
    stopped = await recorder.change("stop", "stopped")
    assert 150 <= stopped["recorded_s"] < 150 + 2 * EXACT_S
    gone = await mia.event("recording:stopped", lambda d: d["recorded_s"] == stopped["recorded_s"])
    assert (stopped["state"], stopped["last_seq"]) == ("stopped", gone.seq)
    assert (await recorder.host.ok("session:sync", recorder.room.id))["state"]["recording"] is None


async def test_a_recording_that_is_paused_can_be_stopped(recorder: Recorder) -> None:
    await recorder.start()
    await recorder.let_pass(10)
    paused = await recorder.change("pause", "paused")
    stopped = await recorder.change("stop", "stopped")
    assert stopped["recorded_s"] == paused["recorded_s"]


async def test_only_what_fits_the_state(recorder: Recorder) -> None:
    await recorder.start()
    await recorder.refused("resume", "recording", "RECORDING_STATE")
    await recorder.change("pause", "paused")
    await recorder.refused("pause", "paused", "RECORDING_STATE")
    await recorder.change("stop", "stopped")
    for verb, state in (("pause", "paused"), ("resume", "recording"), ("stop", "stopped")):
        await recorder.refused(verb, state, "RECORDING_STATE")


async def test_one_at_a_time_and_several_in_a_row(recorder: Recorder) -> None:
    first = await recorder.start("One")
    await recorder.host.refused("recording:start", "RECORDING_EXISTS", recorder.room.id)
    await recorder.change("pause", "paused")
    await recorder.host.refused("recording:start", "RECORDING_EXISTS", recorder.room.id)
    await recorder.change("stop", "stopped")
    second = await recorder.start("Two")
    listed = await recorder.house.get(f"/sessions/{recorder.room.id}/recordings", recorder.room.owner)
    assert [one["id"] for one in listed.json()["data"]] == [second["id"], first["id"]]


@pytest.mark.parametrize("end", ["session:end", "session:cancel"])
async def test_the_end_of_the_session_closes_it(recorder: Recorder, end: str) -> None:
    mia, _ = await recorder.house.member(recorder.room)
    await recorder.start()
    await recorder.let_pass(30)
    await recorder.host.ok(end, recorder.room.id, **({"reason": "Fire."} if end == "session:cancel" else {}))
    stopped = await mia.event("recording:stopped")
    assert 30 <= stopped.data["recorded_s"] < 30 + EXACT_S
    ended = await mia.event("session:ended" if end == "session:end" else "session:cancelled")
    assert (stopped.seq or 0) < (ended.seq or 0)
    listed = await recorder.house.get(f"/sessions/{recorder.room.id}/recordings", recorder.room.owner)
    (found,) = listed.json()["data"]
    assert (found["state"], found["recorded_s"]) == ("stopped", stopped.data["recorded_s"])
    await recorder.host.refused("recording:start", "SESSION_NOT_LIVE", recorder.room.id)


async def test_nothing_is_recorded_before_the_start(house: House) -> None:
    room = await house.room(await house.account())
    host = await house.host(room, start=False)
    await host.refused("recording:start", "SESSION_NOT_LIVE", room.id)
    for verb in ("pause", "resume", "stop"):
        await host.refused(f"recording:{verb}", "RECORDING_STATE", room.id)
