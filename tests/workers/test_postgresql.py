"""Two workers over PostgreSQL, as on two hosts: one order, nobody lost, and a database that goes away for a moment."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.realtime.client import Client, together
from tests.realtime.house import Room
from tests.realtime.site import Site, serving
from tests.services.postgres import PostgresServer, postgres_server
from tests.services.redis import RedisServer
from tests.workers.pair import Pair, frozen, open_pair, talk_together

RETRY_WITHIN_S = 2.5


@pytest.fixture
async def postgres_sites(
    room_postgres: PostgresServer, mortal_redis: RedisServer
) -> AsyncIterator[tuple[Site, Site]]:
    async with room_postgres.database() as url:
        with (
            serving(url, redis_url=mortal_redis.url) as one,
            serving(url, redis_url=mortal_redis.url) as other,
        ):
            yield one, other


async def test_two_workers_make_one_order_with_redis_and_without(
    postgres_sites: tuple[Site, Site], mortal_redis: RedisServer
) -> None:
    async with open_pair(*postgres_sites) as pair:
        room, host = await pair.live()
        mia, _ = await pair.member_there(room)
        noa, noa_id = await pair.member_there(room, "Noa")
        everyone = {"Hana": host, "Mia": mia, "Noa": noa}
        await talk_together(room, everyone, 40)
        with frozen(mortal_redis.service):
            await talk_together(room, everyone, 40)
            await pair.assert_heard_alike(room, host, mia, noa)
            await host.ok("participant:kick", room.id, participant_id=noa_id)
            await noa.event("participant:kicked", within_s=RETRY_WITHIN_S)
        await pair.assert_heard_alike(room, host, mia)
        await leave_with_their_worker(pair, room, host, postgres_sites[1])


async def leave_with_their_worker(pair: Pair, room: Room, host: Client, site: Site) -> None:
    """A worker that is killed: who was there leaves after the grace period, and whoever comes back stays."""
    person = await pair.other.account("Stays")
    await pair.again(pair.other, person, room)
    _, goes_id = await pair.member_there(room, "Goes")
    site.service.kill()
    await pair.again(pair.one, person, room)
    await host.event("participant:left", lambda d: d["participant_id"] == str(goes_id), within_s=40)
    site.service.start()
    log = await pair.one.assert_gapless(room)
    assert len([event for event in log if event.type == "participant:left" and "lost" in event.data]) >= 1


async def test_a_restart_of_postgresql_is_a_clear_refusal_and_then_over(mortal_redis: RedisServer) -> None:
    with (
        postgres_server() as server,
        serving(server.url(), redis_url=mortal_redis.url) as one,
        serving(server.url(), redis_url=mortal_redis.url) as other,
    ):
        async with open_pair(one, other) as pair:
            room, host = await pair.live()
            mia, _ = await pair.member_there(room)
            server.service.kill()
            for client in (host, mia):
                command = client.command("chat:send", {"session_id": str(room.id), "text": "Lost?"})
                refused = await asyncio.wait_for(command, RETRY_WITHIN_S)
                assert refused["error"]["errorCode"] == "UNAVAILABLE"
            server.service.start()
            await together(*(until_said(client, room) for client in (host, mia)))
            await pair.assert_heard_alike(room, host, mia)
            texts = host.texts(room.id)
            assert sorted(texts) == ["Back.", "Back."]


async def until_said(client: Client, room: Room) -> None:
    """Says something again and again until it is acknowledged."""
    async with asyncio.timeout(10):
        while True:
            ack = await client.command("chat:send", {"session_id": str(room.id), "text": "Back."})
            if ack["ok"]:
                return
            assert ack["error"]["errorCode"] == "UNAVAILABLE"
