"""Who was let go wrongly is put back into their seat by the worker that holds their socket."""

from models.rooms.presence import leave_session
from models.transaction import Origin
from tests.realtime.house import House


async def test_who_is_here_does_not_stay_lost(house: House) -> None:
    """As when another worker judged in the very moment in which they came to this one."""
    room, host = await house.live()
    mia, mia_id = await house.member(room)
    async with house.context.transaction(Origin("participant:lost")) as tx:
        await tx.lock(room.id)
        await leave_session(tx, room.id, mia_id, "lost")
    left = await host.event("participant:left", lambda d: d["participant_id"] == str(mia_id))
    assert left.seq is not None
    joined = await host.event(
        "participant:joined", lambda d: d["participant"]["id"] == str(mia_id), after=left.seq
    )
    assert joined.seq is not None
    await mia.until_seq(room.id, joined.seq)
    await mia.ok("chat:send", room.id, text="I was never gone.")


async def test_who_was_sent_out_is_not_put_back(house: House) -> None:
    room, host = await house.live()
    mia, mia_id = await house.member(room)
    await host.ok("participant:kick", room.id, participant_id=mia_id)
    await mia.event("participant:kicked")
    noa, _ = await house.member(room, "Noa")
    await noa.ok("session:leave", room.id)
    types = [event.type for event in await house.assert_gapless(room)]
    assert types.count("participant:joined") == 3
