"""Seats and places in line of people who have no socket: kept for a while, then given up."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from models.rooms.tables import ParticipantStatus
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.polling import log_in, post
from tests.realtime.site import Site, serving
from tests.realtime.wire import wire


@pytest.fixture(scope="module")
def brisk_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that keeps places for a second."""
    folder: Path = tmp_path_factory.mktemp("brisk")
    url = f"sqlite:///{folder / 'convene.db'}"
    with serving(
        url, waiting_grace_s=1.0, presence_grace_s=1.0, ping_interval_s=1.0, ping_timeout_s=1.0
    ) as site:
        yield site


@pytest.fixture
async def brisk(brisk_site: Site) -> AsyncIterator[House]:
    async with open_house(brisk_site) as house:
        yield house


async def test_a_seat_taken_over_rest_is_given_up_when_nobody_comes(brisk: House) -> None:
    room, host = await brisk.live(max_participants=2)
    gus = await brisk.guest(room, "Gus")
    left = await host.event("participant:left", lambda d: d["participant_id"] == str(gus.participant_id))
    assert left.data["reason"] == "lost"
    # The seat is free, and who comes late may take it again if nobody was faster.
    assert (await (await brisk.client(gus)).join(room.id))["status"] == "approved"


async def test_who_comes_with_a_socket_in_time_keeps_the_seat(brisk: House) -> None:
    room, host = await brisk.live()
    stays, goes = await brisk.guest(room, "Stays"), await brisk.guest(room, "Goes")
    client = await brisk.client(stays)
    await client.join(room.id)
    await host.event("participant:left", lambda d: d["participant_id"] == str(goes.participant_id))
    ack = await host.command("chat:send", {"session_id": str(room.id), "text": "marker"})
    await host.refute_event(
        "participant:left",
        lambda d: d["participant_id"] == str(stays.participant_id),
        session_id=room.id,
        upto=ack["seq"],
    )


async def test_a_knock_without_a_socket_is_given_up(brisk: House) -> None:
    room, host = await brisk.live(requires_approval=True)
    over_rest, by_socket = await brisk.guest(room, "Una"), await brisk.guest(room, "Uwe")
    client = await brisk.client(by_socket)
    await client.join(room.id)
    await host.event("waiting_room:updated", lambda d: is_over(d, over_rest.participant_id))
    moved = await client.event("waiting_room:position", lambda d: d["position"] == 1)
    assert "seq" not in moved.body
    await client.vanish()
    await host.event("waiting_room:updated", lambda d: is_over(d, by_socket.participant_id))
    assert (await brisk.participant(by_socket.participant_id)).status is ParticipantStatus.LEFT


def is_over(data: dict[str, object], participant_id: object) -> bool:
    return data["participant_id"] == str(participant_id) and data["waiting"] is None


async def test_a_client_that_vanishes_without_a_word_is_found_out_once(brisk: House) -> None:
    """No FIN, no pong: as when a cable is pulled."""
    room, host = await brisk.live()
    mia = await brisk.account("Mia")
    async with wire(brisk.site.url, mia.token) as socket:
        joined = await socket.command("session:join", {"session_id": str(room.id)})
        socket.plays_dead = True
        me = joined["data"]["participant"]["id"]
        left = await host.event("participant:left", lambda d: d["participant_id"] == me)
        assert left.data["reason"] == "lost"
        await socket.until_closed()
    leaves = [e for e in await brisk.assert_gapless(room) if e.type == "participant:left"]
    assert len(leaves) == 1


async def test_a_polling_client_that_stops_polling_is_found_out(brisk: House) -> None:
    room, host = await brisk.live()
    query = await log_in(brisk, await brisk.account("Mia"))
    await post(brisk, query, f'421["session:join",{{"session_id":"{room.id}"}}]')
    joined = await host.event("participant:joined")
    me = joined.data["participant"]["id"]
    await host.event("participant:left", lambda d: d["participant_id"] == me)
