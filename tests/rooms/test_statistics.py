"""A session in numbers, over REST: for those who lead it, and nobody else."""

import pytest

from models.identity.system_roles import TENANT_ADMIN
from models.permissions import Role
from tests.identity.people import code_of
from tests.realtime.house import House, Person, Room
from tests.rooms.test_rest import live, member

STATISTICS = ("statistics", "statistics/people")


async def statuses(house: House, room: Room, person: Person) -> list[int]:
    return [(await house.get(f"/sessions/{room.id}/{path}", person)).status_code for path in STATISTICS]


async def test_a_session_in_numbers_and_its_people_in_pages(any_house: House) -> None:
    room = await live(any_house)
    await member(any_house, room, Role.MODERATOR)
    await any_house.guest(room)
    path = f"/sessions/{room.id}/statistics"
    found = (await any_house.get(path, room.owner)).json()["data"]
    assert (found["present"], found["guests"], found["peak"]) == (2, 1, 2)
    listed = (await any_house.get(f"{path}/people?sort=name&limit=1", room.owner)).json()
    assert (listed["pagination"]["total"], len(listed["data"])) == (2, 1)
    assert listed["data"][0]["display_name"] == "Gus"
    assert listed["data"][0]["present_s"] >= 0


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CO_HOST, 200), (Role.MODERATOR, 200), (Role.PRESENTER, 403), (Role.ATTENDEE, 403)],
)
async def test_they_are_for_those_who_lead(house: House, role: Role, status: int) -> None:
    room = await live(house)
    person, _ = await member(house, room, role)
    assert await statuses(house, room, person) == [status, status]


async def test_who_waits_and_strangers_read_nothing_and_administrators_do(house: House) -> None:
    room = await live(house, requires_approval=True)
    waiting = await house.guest(room)
    answer = await house.get(f"/sessions/{room.id}/statistics", waiting)
    assert code_of(answer) == (403, "PARTICIPANT_WAITING")
    assert await statuses(house, room, await house.account("Stan")) == [404, 404]
    assert await statuses(house, room, await house.account("Adam", TENANT_ADMIN)) == [200, 200]


async def test_what_each_role_may_do_is_there_for_everybody_to_read(house: House) -> None:
    roles = (await house.get("/session-roles")).json()["data"]
    assert [one["role"] for one in roles] == [
        *("host", "co_host", "instructor", "moderator"),
        *("presenter", "attendee", "learner", "observer"),
    ]
    may = {one["role"]: set(one["permissions"]) for one in roles}
    assert "session:cancel" in may["host"] - may["co_host"]
    assert may["attendee"] < may["presenter"] < may["moderator"] < may["co_host"] < may["host"]
