"""Redis dies, freezes, or cuts its listeners off: commands go on, nothing is lost, and who is sent out is out."""

import asyncio
import time
from itertools import chain

from redis.asyncio import Redis

from models.permissions import Role
from tests.realtime.client import Client, together
from tests.realtime.house import House, Room
from tests.realtime.site import serving
from tests.services.ports import LOOPBACK, free_port
from tests.services.redis import RedisServer
from tests.workers.pair import Pair, ask, frozen, open_pair, talk_together

CURRENT_WITHIN_S = 2.0
AT_ONCE_S = 1.0


async def timed(client: Client, room: Room, lines: int) -> list[float]:
    """How long each of so many chat messages took to be acknowledged, in seconds."""
    took = []
    for number in range(lines):
        began = time.monotonic()
        await client.ok("chat:send", room.id, text=f"Line {number}")
        took.append(time.monotonic() - began)
    return took


async def test_a_killed_redis_loses_nothing(mortal_pair: Pair, mortal_redis: RedisServer) -> None:
    pair = mortal_pair
    room, host = await pair.live()
    mia, _ = await pair.member_there(room)
    everyone = {"Hana": host, "Mia": mia}
    await talk_together(room, everyone, 20)
    mortal_redis.service.kill()
    await talk_together(room, everyone, 60)
    mortal_redis.service.start()
    await talk_together(room, everyone, 20)
    log = await pair.one.assert_gapless(room)
    await together(
        *(client.until_seq(room.id, log[-1].seq, within_s=CURRENT_WITHIN_S) for client in (host, mia))
    )
    await pair.assert_heard_alike(room, host, mia)
    assert len(mia.texts(room.id)) == 200


async def test_a_frozen_redis_delays_no_command(mortal_pair: Pair, mortal_redis: RedisServer) -> None:
    pair = mortal_pair
    room, host = await pair.live()
    mia, _ = await pair.member_there(room)
    with frozen(mortal_redis.service):
        took = sorted(chain(*await together(timed(host, room, 60), timed(mia, room, 60))))
        assert took[int(len(took) * 0.99)] < AT_ONCE_S
        await pair.assert_heard_alike(room, host, mia)
    await talk_together(room, {"Hana": host, "Mia": mia}, 10)
    await pair.assert_heard_alike(room, host, mia)


async def test_listeners_that_are_cut_off_listen_again(pair: Pair, redis: RedisServer) -> None:
    """These workers look into the log every ten seconds only: what arrives soon has come over the bus."""
    room, host = await pair.live()
    mia, _ = await pair.member_there(room)
    async with Redis.from_url(redis.url) as client:
        await ask(client, "CLIENT", "KILL", "TYPE", "pubsub")
        pattern = f"convene:*:room:{room.id.hex}"
        async with asyncio.timeout(10):
            while (
                await ask(
                    client, "PUBSUB", "SHARDNUMSUB", *await ask(client, "PUBSUB", "SHARDCHANNELS", pattern)
                )
            )[1:] != [2]:
                await ask(client, "PING")
    ack = await host.command("chat:send", {"session_id": str(room.id), "text": "Heard?"})
    await mia.until_seq(room.id, ack["seq"], within_s=CURRENT_WITHIN_S)


async def test_who_is_kicked_is_out_at_once_while_redis_is_frozen(
    mortal_pair: Pair, mortal_redis: RedisServer
) -> None:
    pair = mortal_pair
    room, host = await pair.live()
    gus = await pair.one.guest(room, "Gus")
    guest = await pair.other.client(gus)
    await guest.join(room.id)
    una, una_id = await pair.member_there(room, "Una")
    with frozen(mortal_redis.service):
        for out in (gus.participant_id, una_id):
            await host.ok("participant:kick", room.id, participant_id=out)
        # Nothing is accepted from them, over either door, from the moment of the commit.
        await una.refused("chat:send", "PARTICIPANT_REMOVED", room.id, text="Me?")
        answer = await pair.other.get(f"/sessions/{room.id}/participants", gus)
        assert answer.status_code in (401, 403)
        await una.event(
            "participant:kicked", lambda d: d["participant_id"] == str(una_id), within_s=AT_ONCE_S
        )
        await guest.until_closed(within_s=2 * AT_ONCE_S)
        ack = await host.command("chat:send", {"session_id": str(room.id), "text": "Now among us."})
        watcher, _ = await pair.other.member(room, "Watcher")
        await host.ok("chat:send", room.id, text="Welcome.")
        await watcher.event("chat:sent", lambda d: d["message"]["text"] == "Welcome.")
    for client in (guest, una):
        assert (client.last_seq(room.id) or 0) < ack["seq"]


async def test_a_new_role_holds_on_both_doors_of_the_other_worker(
    mortal_pair: Pair, mortal_redis: RedisServer
) -> None:
    pair = mortal_pair
    room, host = await pair.live()
    mia, mia_id = await pair.member_there(room)
    noa, noa_id = await pair.member_there(room, "Noa")
    target = {"participant_id": str(noa_id)}
    with frozen(mortal_redis.service):
        await mia.refused("participant:mute", "FORBIDDEN", room.id, **target)
        await host.ok("participant:set_role", room.id, participant_id=mia_id, role=Role.MODERATOR)
        await mia.ok("participant:mute", room.id, **target)
        await host.ok("participant:set_role", room.id, participant_id=mia_id, role=Role.ATTENDEE)
        await mia.refused("participant:unmute", "FORBIDDEN", room.id, **target)
        await noa.event("participant:muted", within_s=AT_ONCE_S)


async def test_without_redis_at_the_start_one_worker_does_everything(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/convene.db"
    with serving(url, redis_url=f"redis://{LOOPBACK}:{free_port()}/0") as site:
        async with open_pair(site, site) as pair:
            room, host = await pair.live(requires_approval=True)
            gus = await pair.one.guest(room, "Gus")
            guest = await pair.one.client(gus)
            await guest.join(room.id)
            await host.ok("participant:approve", room.id, participant_id=gus.participant_id)
            await guest.event("participant:approved")
            await guest.join(room.id)
            await talk_together(room, {"Hana": host, "Gus": guest}, 10)
            await pair.assert_heard_alike(room, host, guest)
            assert await readiness(pair.one) == (200, "degraded")
            await guest.vanish()
            await host.event("participant:left", lambda d: d["participant_id"] == str(gus.participant_id))


async def test_a_redis_that_comes_back_is_used_again(mortal_pair: Pair, mortal_redis: RedisServer) -> None:
    assert await readiness(mortal_pair.one) == (200, "ready")
    mortal_redis.service.kill()
    assert await readiness(mortal_pair.one) == (200, "degraded")
    mortal_redis.service.start()
    assert await readiness(mortal_pair.one) == (200, "ready")


async def readiness(house: House) -> tuple[int, str]:
    answer = await house.http.get("/readyz")
    return answer.status_code, answer.json()["data"]["status"]
