"""What happens on one worker is heard on the other at once, by whom it concerns, and by nobody else."""

import asyncio

from redis.asyncio import Redis

from models.permissions import Role
from tests.realtime.client import together
from tests.services.redis import RedisServer
from tests.workers.pair import Pair, ask, talk_together

SOON_S = 3.0
"""Well before anybody would look into the log."""


async def test_an_event_is_heard_on_the_other_worker(pair: Pair) -> None:
    room, host = await pair.live()
    mia, _ = await pair.member_there(room)
    await host.ok("chat:send", room.id, text="From the one.")
    await mia.ok("chat:send", room.id, text="From the other.")
    for client in (host, mia):
        await client.event("chat:sent", lambda d: d["message"]["text"] == "From the one.", within_s=SOON_S)
        await client.event("chat:sent", lambda d: d["message"]["text"] == "From the other.", within_s=SOON_S)
    await pair.assert_heard_alike(room, host, mia)


async def test_two_workers_talking_into_one_room_make_one_order(pair: Pair) -> None:
    room, host = await pair.live()
    mia, _ = await pair.member_there(room)
    noa, _ = await pair.other.member(room, "Noa")
    await talk_together(room, {"Hana": host, "Mia": mia, "Noa": noa}, 40)
    await pair.assert_heard_alike(room, host, mia, noa)
    assert len(mia.texts(room.id)) == 120


async def test_a_reaction_floats_by_on_both(pair: Pair) -> None:
    room, host = await pair.live()
    mia, _ = await pair.member_there(room)
    await mia.ok("reaction:send", room.id, emoji="👏")
    for client in (host, mia):
        heard = await client.event("reaction:sent", lambda d: d["emoji"] == "👏", within_s=SOON_S)
        assert heard.seq is None
    assert len([frame for frame in mia.frames if frame.type == "reaction:sent"]) == 1


async def test_what_is_for_hosts_stays_with_hosts(pair: Pair) -> None:
    room, host = await pair.live(requires_approval=True)
    gus = await pair.one.guest(room, "Gus")
    guest = await pair.other.client(gus)
    assert (await guest.join(room.id))["status"] == "pending"
    await host.ok("participant:approve", room.id, participant_id=gus.participant_id)
    await guest.event("participant:approved", within_s=SOON_S)
    await guest.join(room.id)
    knocker = await pair.one.client(await pair.one.account("Una"))
    await knocker.join(room.id)
    hidden = await guest.event("event:hidden", within_s=SOON_S)
    assert hidden.data == {}
    assert not [frame for frame in guest.frames if frame.type == "waiting_room:updated"]
    await host.event("waiting_room:updated", lambda d: (d["waiting"] or {}).get("display_name") == "Una")


async def test_the_line_moves_on_every_worker(pair: Pair) -> None:
    room, host = await pair.live(requires_approval=True)
    first, second = [await pair.one.guest(room, name) for name in ("First", "Second")]
    waiting = await pair.other.client(second)
    assert (await waiting.join(room.id))["position"] == 2
    await host.ok("participant:reject", room.id, participant_id=first.participant_id)
    await waiting.event("waiting_room:position", lambda d: d["position"] == 1, within_s=SOON_S)
    await host.ok("waiting_room:message", room.id, text="Soon.")
    await waiting.event("waiting_room:messaged", lambda d: d["text"] == "Soon.", within_s=SOON_S)


async def test_a_new_host_hears_what_hosts_hear_at_once(pair: Pair) -> None:
    room, host = await pair.live(requires_approval=True)
    una = await pair.one.guest(room, "Una")
    await host.ok("participant:approve", room.id, participant_id=una.participant_id)
    there = await pair.other.client(una)
    await there.join(room.id)
    await host.ok("participant:set_role", room.id, participant_id=una.participant_id, role=Role.MODERATOR)
    await there.event("participant:role_changed", within_s=SOON_S)
    await pair.one.guest(room, "Knut")
    await there.event(
        "waiting_room:updated",
        lambda d: (d["waiting"] or {}).get("display_name") == "Knut",
        within_s=SOON_S,
    )


async def test_who_is_sent_out_hears_no_more_and_says_no_more(pair: Pair) -> None:
    room, host = await pair.live()
    mia, mia_id = await pair.member_there(room)
    ack = await host.command("participant:kick", {"session_id": str(room.id), "participant_id": str(mia_id)})
    await mia.event("participant:kicked", within_s=SOON_S)
    await mia.refused("chat:send", "PARTICIPANT_REMOVED", room.id, text="Still here?")
    await host.ok("chat:send", room.id, text="She is gone.")
    await host.event("chat:sent")
    noa, _ = await pair.other.member(room, "Noa")
    await host.ok("chat:send", room.id, text="Welcome.")
    await noa.event("chat:sent", lambda d: d["message"]["text"] == "Welcome.", within_s=SOON_S)
    assert mia.last_seq(room.id) == ack["seq"]


async def test_the_end_of_a_session_reaches_everybody(pair: Pair) -> None:
    room, host = await pair.live(requires_approval=True)
    gus = await pair.one.guest(room, "Gus")
    waiting = await pair.other.client(gus)
    await waiting.join(room.id)
    await host.ok("session:end", room.id)
    await waiting.event("participant:declined", lambda d: d["reason"] == "session:ended", within_s=SOON_S)


async def test_a_channel_is_heard_only_where_somebody_is(pair: Pair, redis: RedisServer) -> None:
    async with Redis.from_url(redis.url) as client:
        room, host = await pair.live()
        await until_listeners(client, room.id.hex, 1)
        mia, _ = await pair.member_there(room)
        await until_listeners(client, room.id.hex, 2)
        await together(mia.ok("session:leave", room.id), host.ok("session:leave", room.id))


async def listeners(client: Redis, session: str) -> int:
    """How many workers are subscribed to a session's channel."""
    names = await ask(client, "PUBSUB", "SHARDCHANNELS", f"convene:*:room:{session}")
    if not names:
        return 0
    counted = await ask(client, "PUBSUB", "SHARDNUMSUB", *names)
    return int(counted[1])


async def until_listeners(client: Redis, session: str, number: int) -> None:
    async with asyncio.timeout(SOON_S):
        while await listeners(client, session) != number:
            await ask(client, "PING")
