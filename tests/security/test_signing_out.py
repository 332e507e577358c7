"""Signing out ends what the sign-in gave: a seat's token, too, and its open sockets."""

from tests.realtime.client import WITHIN_S
from tests.realtime.house import House, Person


async def test_a_seat_ends_with_the_sign_in_it_was_taken_by(house: House) -> None:
    room, _ = await house.live()
    ada, bob = await house.account("Ada"), await house.account("Bob")
    seats = {}
    for person in (ada, bob):
        joined = await house.post(f"/sessions/{room.id}/join", {}, person)
        # Joining again by the seat's own token gives no longer a life than the first.
        again = await house.post(f"/sessions/{room.id}/join", {}, Person(person.name, joined["token"]))
        seats[person.name] = Person(person.name, again["token"])
    sockets = {name: await house.client(seat) for name, seat in seats.items()}
    await house.post("/auth/logout", {}, ada)
    await sockets["Ada"].until_closed(WITHIN_S)
    assert (await house.get(f"/sessions/{room.id}/state", seats["Ada"])).status_code == 401
    said = await house.request("POST", f"/sessions/{room.id}/messages", {"text": "still here"}, seats["Ada"])
    assert said.status_code == 401
    assert (await house.get(f"/sessions/{room.id}/state", seats["Bob"])).status_code == 200
    assert not sockets["Bob"].closed.is_set()


async def test_a_guest_has_no_sign_in_and_stays(house: House) -> None:
    room, _ = await house.live()
    guest = await house.guest(room)
    assert (await house.get(f"/sessions/{room.id}/state", guest)).status_code == 200
