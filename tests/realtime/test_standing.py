"""The state that is kept at hand for joiners is the state that the tables hold, whatever has happened since."""

from uuid import uuid4

from tests.realtime.client import Client, Json
from tests.realtime.house import House, Room


async def kept_and_loaded(house: House, room: Room, client: Client) -> tuple[Json, Json]:
    """The state a socket is given, and the one that REST reads from the tables, at the same place of the log."""
    kept = await client.ok("session:sync", room.id)
    loaded = (await house.get(f"/sessions/{room.id}/state", room.owner)).json()["data"]
    assert kept["seq"] == loaded["seq"]
    return kept["state"], loaded["state"]


async def test_a_state_kept_through_a_lively_hour_is_the_state_of_the_tables(any_house: House) -> None:
    room, host = await any_house.live()
    await host.ok("session:sync", room.id)
    mia = await any_house.client(await any_house.account("Mia"))
    who = (await mia.join(room.id))["participant"]["id"]
    said = await mia.ok("chat:send", room.id, text="Hello")
    await host.ok("chat:send", room.id, text="Welcome", reply_to=said["id"])
    await mia.ok("chat:edit", room.id, message_id=said["id"], text="Hello, everybody")
    await mia.ok("participant:raise_hand", room.id)
    await host.ok("participant:mute", room.id, participant_id=who)
    poll = await host.ok("poll:create", room.id, question="Break?", options=["Yes", "No"])
    await mia.ok("poll:vote", room.id, poll_id=poll["id"], choices=[1])
    await host.ok("recording:start", room.id)
    await host.ok("recording:pause", room.id)
    await host.ok("session:lock", room.id)
    kept, loaded = await kept_and_loaded(any_house, room, host)
    assert kept == loaded
    assert kept["participants"][who]["is_muted"]
    await host.ok("chat:delete", room.id, message_id=said["id"])
    await host.ok("participant:kick", room.id, participant_id=who)
    kept, loaded = await kept_and_loaded(any_house, room, host)
    assert kept == loaded
    assert who not in kept["participants"]


async def test_everyone_who_comes_in_gets_a_state_with_themselves_and_no_secrets_of_hosts(
    house: House,
) -> None:
    room, host = await house.live(requires_approval=True)
    waiting = await house.guest(room, "Wil")
    for name in ("Ann", "Ben", "Cem"):
        guest = await house.guest(room, name)
        await host.ok("participant:approve", room.id, participant_id=str(guest.participant_id))
        joined = await (await house.client(guest)).join(room.id)
        assert str(guest.participant_id) in joined["state"]["participants"]
        assert joined["state"]["waiting"] == {}
        assert joined["state"]["audience"] == "everyone"
    synced = await host.ok("session:sync", room.id)
    assert list(synced["state"]["waiting"]) == [str(waiting.participant_id)]
    assert len(synced["state"]["participants"]) == 4


async def test_a_repeated_question_of_the_state_is_answered_alike(house: House) -> None:
    room, host = await house.live()
    first = await host.ok("session:sync", room.id, command_id=str(uuid4()))
    assert await host.ok("session:sync", room.id) == first
