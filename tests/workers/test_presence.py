"""Who is there, on whatever worker: nobody leaves whom another worker holds, and whose worker dies leaves once."""

import asyncio

from redis.asyncio import Redis

from tests.realtime.client import Client
from tests.realtime.house import House, Room
from tests.realtime.site import Site
from tests.services.redis import RedisServer
from tests.workers.pair import Pair, frozen, open_pair


async def leaves(house: House, room: Room, participant_id: object) -> list[str]:
    """How somebody left, each time they did, as the log has it."""
    log = await house.assert_gapless(room)
    return [
        "lost" if '"lost"' in event.data else "left"
        for event in log
        if event.type == "participant:left" and str(participant_id) in event.data
    ]


async def until_left(host: Client, participant_id: object) -> None:
    await host.event("participant:left", lambda d: d["participant_id"] == str(participant_id), within_s=40)


async def settled(pair: Pair, room: Room, host: Client) -> None:
    """Returns when somebody's whole grace period has gone by: that of a witness who is known to be gone."""
    witness, witness_id = await pair.one.member(room, "Witness")
    await witness.vanish()
    await until_left(host, witness_id)


async def test_a_device_on_another_worker_keeps_one_in(mortal_pair: Pair) -> None:
    pair = mortal_pair
    room, host = await pair.live()
    mia = await pair.one.account("Mia")
    here, there = await pair.again(pair.one, mia, room), await pair.again(pair.other, mia, room)
    joined = await there.join(room.id)
    mia_id = joined["participant"]["id"]
    # Lost on one worker, left on purpose on the same: the other device is still there.
    await here.vanish()
    await settled(pair, room, host)
    assert await leaves(pair.one, room, mia_id) == []
    here = await pair.again(pair.one, mia, room)
    await here.ok("session:leave", room.id)
    await there.ok("chat:send", room.id, text="Still here.")
    assert await leaves(pair.one, room, mia_id) == []
    await there.ok("session:leave", room.id)
    await until_left(host, mia_id)
    assert await leaves(pair.one, room, mia_id) == ["left"]


async def test_who_moves_to_another_worker_stays(mortal_pair: Pair) -> None:
    pair = mortal_pair
    room, host = await pair.live()
    mia = await pair.one.account("Mia")
    before = await pair.one.client(mia)
    mia_id = (await before.join(room.id))["participant"]["id"]
    await before.vanish()
    await pair.again(pair.other, mia, room)
    await settled(pair, room, host)
    assert await leaves(pair.one, room, mia_id) == []


async def test_a_killed_workers_people_have_the_grace_period_and_leave_once(
    mortal_sites: tuple[Site, Site],
) -> None:
    async with open_pair(*mortal_sites) as pair:
        room, host = await pair.live()
        stays = await pair.other.account("Stays")
        _, goes_id = await pair.member_there(room, "Goes")
        stays_id = (await (await pair.other.client(stays)).join(room.id))["participant"]["id"]
        mortal_sites[1].service.kill()
        await pair.again(pair.one, stays, room)
        await until_left(host, goes_id)
        assert await leaves(pair.one, room, goes_id) == ["lost"]
        mortal_sites[1].service.start()
        # The one that comes back considers only those whom nobody holds.
        await settled(pair, room, host)
        assert await leaves(pair.one, room, stays_id) == []
        assert await leaves(pair.one, room, goes_id) == ["lost"]


async def test_a_frozen_workers_people_leave_and_on_waking_it_cuts_them(
    mortal_sites: tuple[Site, Site],
) -> None:
    async with open_pair(*mortal_sites) as pair:
        room, host = await pair.live()
        mia = await pair.other.account("Mia")
        client = await pair.other.client(mia)
        mia_id = (await client.join(room.id))["participant"]["id"]
        with frozen(mortal_sites[1].service):
            await until_left(host, mia_id)
        await client.until_closed()
        assert await leaves(pair.one, room, mia_id) == ["lost"]
        back = await pair.other.client(mia)
        assert (await back.join(room.id))["status"] == "approved"
        await settled(pair, room, host)
        assert await leaves(pair.one, room, mia_id) == ["lost"]


async def test_a_flushed_redis_sends_nobody_away(mortal_pair: Pair, mortal_redis: RedisServer) -> None:
    pair = mortal_pair
    room, host = await pair.live()
    mia, mia_id = await pair.member_there(room)
    host_id = (await host.join(room.id))["participant"]["id"]
    async with Redis.from_url(mortal_redis.url) as client:
        for _ in range(3):
            await client.flushall()
            await settled(pair, room, host)
    for participant_id in (mia_id, host_id):
        assert await leaves(pair.one, room, participant_id) == []
    await mia.vanish()
    await until_left(host, mia_id)
    assert await leaves(pair.one, room, mia_id) == ["lost"]


async def test_while_redis_is_away_nobody_is_sent_away_wrongly(
    mortal_pair: Pair, mortal_redis: RedisServer
) -> None:
    pair = mortal_pair
    room, host = await pair.live()
    mia = await pair.one.account("Mia")
    here = await pair.again(pair.one, mia, room)
    there = await pair.again(pair.other, mia, room)
    mia_id = (await there.join(room.id))["participant"]["id"]
    gone, gone_id = await pair.member_there(room, "Gone")
    mortal_redis.service.kill()
    await here.vanish()
    await gone.vanish()
    await there.ok("chat:send", room.id, text="Redis is away, I am not.")
    await some_time_passes(pair.other, room)
    assert await leaves(pair.one, room, mia_id) == []
    mortal_redis.service.start()
    await until_left(host, gone_id)
    assert await leaves(pair.one, room, mia_id) == []
    assert await leaves(pair.one, room, gone_id) == ["lost"]


async def test_alone_without_redis_all_works_as_with_one_worker(
    mortal_sites: tuple[Site, Site], mortal_redis: RedisServer
) -> None:
    one, other = mortal_sites
    async with open_pair(one, other) as pair:
        room, host = await pair.live()
        mia, mia_id = await pair.one.member(room)
        await asyncio.to_thread(other.service.stop)
        mortal_redis.service.kill()
        await mia.vanish()
        await until_left(host, mia_id)
        assert await leaves(pair.one, room, mia_id) == ["lost"]
        mortal_redis.service.start()
        other.service.start()


async def some_time_passes(house: House, room: Room) -> None:
    """Much longer than the grace period: from one heartbeat of the room to the next."""
    for _ in range(2):
        watcher, _ = await house.member(room, "Watcher")
        await watcher.event("session:heartbeat")
