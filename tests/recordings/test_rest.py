"""Recordings over REST."""

from typing import Any

import httpx
import pytest

from models.ids import new_id
from tests.identity.people import code_of
from tests.realtime.house import House, Room


async def live(house: House, **fields: Any) -> Room:
    room = await house.room(await house.account("Hana"), **fields)
    await house.post(f"/sessions/{room.id}/start", None, room.owner)
    return room


async def turn(house: House, room: Room, recording_id: object, state: str) -> httpx.Response:
    """Names the state a recording should be in."""
    return await house.request(
        "PATCH", f"/sessions/{room.id}/recordings/{recording_id}", {"state": state}, room.owner
    )


async def test_a_recording_from_its_start_to_its_end(any_house: House) -> None:
    room = await live(any_house)
    path = f"/sessions/{room.id}/recordings"
    started = await any_house.request("POST", path, {"title": "First half"}, room.owner)
    assert started.status_code == 201
    recording = started.json()["data"]
    assert (recording["title"], recording["state"]) == ("First half", "recording")
    for state in ("paused", "recording", "stopped"):
        assert (await turn(any_house, room, recording["id"], state)).json()["data"]["state"] == state
    second = await any_house.post(path, None, room.owner)
    assert second["title"] == "Algebra"
    listed = (await any_house.get(path, room.owner)).json()
    assert [one["id"] for one in listed["data"]] == [second["id"], recording["id"]]
    assert listed["pagination"]["total"] == 2
    log = await any_house.assert_gapless(room)
    stopped = listed["data"][1]
    assert log[stopped["first_seq"] - 1].type == "recording:started"
    assert log[stopped["last_seq"] - 1].type == "recording:stopped"


async def test_one_recording_at_a_time(any_house: House) -> None:
    room = await live(any_house)
    await any_house.post(f"/sessions/{room.id}/recordings", None, room.owner)
    again = await any_house.request("POST", f"/sessions/{room.id}/recordings", None, room.owner)
    assert code_of(again) == (409, "RECORDING_EXISTS")


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([], "recording"),
        (["paused"], "paused"),
        (["stopped"], "recording"),
        (["stopped"], "paused"),
        (["stopped"], "stopped"),
    ],
)
async def test_only_these_changes(house: House, steps: list[str], state: str) -> None:
    room = await live(house)
    recording = await house.post(f"/sessions/{room.id}/recordings", None, room.owner)
    for step in steps:
        assert (await turn(house, room, recording["id"], step)).status_code == 200
    assert code_of(await turn(house, room, recording["id"], state)) == (409, "RECORDING_STATE")


async def test_what_is_not_there_and_what_is_no_state(house: House) -> None:
    room = await live(house)
    assert code_of(await turn(house, room, new_id(), "paused")) == (404, "RECORDING_NOT_FOUND")
    assert code_of(await turn(house, room, "none", "paused")) == (404, "RECORDING_NOT_FOUND")
    assert code_of(await turn(house, room, new_id(), "rewound")) == (400, "VALIDATION_ERROR")


async def test_where_and_when_nothing_is_recorded(house: House) -> None:
    consultation = await live(house, kind="consultation", requires_approval=False)
    quiet = await house.room(await house.account())
    refused = await house.request("POST", f"/sessions/{consultation.id}/recordings", None, consultation.owner)
    assert code_of(refused) == (422, "CAPABILITY_OFF")
    early = await house.request("POST", f"/sessions/{quiet.id}/recordings", None, quiet.owner)
    assert code_of(early) == (422, "SESSION_NOT_LIVE")


async def test_the_end_of_a_session_ends_its_recording(house: House) -> None:
    room = await live(house)
    await house.post(f"/sessions/{room.id}/recordings", None, room.owner)
    await house.post(f"/sessions/{room.id}/end", None, room.owner)
    listed = (await house.get(f"/sessions/{room.id}/recordings", room.owner)).json()["data"]
    assert [one["state"] for one in listed] == ["stopped"]


async def test_attendees_do_not_record(house: House) -> None:
    room = await live(house)
    guest = await house.guest(room)
    assert code_of(await house.request("POST", f"/sessions/{room.id}/recordings", None, guest)) == (
        403,
        "FORBIDDEN",
    )
