"""Who is shown: hidden people are in the room, and every view is told so."""

from sqlmodel import select

from models.audit.tables import AuditEntry
from tests.realtime.house import House
from tests.rooms.people import MODERATOR, assemble
from tests.rooms.test_moderation import marker


async def test_everybody_hears_who_is_hidden_and_who_is_shown_again(any_house: House) -> None:
    room, host = await any_house.live()
    mia, mia_id = await any_house.member(room)
    ben, _ = await any_house.member(room, "Ben")
    hidden = await host.ok("participant:set_visibility", room.id, participant_id=mia_id, is_hidden=True)
    assert hidden["is_hidden"] is True
    for client in (host, mia, ben):
        told = await client.event("participant:visibility_changed")
        assert told.data == {"participant_id": str(mia_id), "is_hidden": True}
    state = (await ben.ok("session:sync", room.id))["state"]
    assert state["participants"][str(mia_id)]["is_hidden"] is True
    # Hidden is not silent: they are in the room like everybody else.
    await marker(mia, room)
    await host.ok("participant:set_visibility", room.id, participant_id=mia_id, is_hidden=False)
    await ben.event("participant:visibility_changed", lambda d: d["is_hidden"] is False)


async def test_hiding_twice_is_one_event(house: House) -> None:
    room, host = await house.live()
    _, mia_id = await house.member(room)
    for _ in range(2):
        await host.ok("participant:set_visibility", room.id, participant_id=mia_id, is_hidden=True)
    log = await house.assert_gapless(room)
    assert [event.type for event in log].count("participant:visibility_changed") == 1


async def test_who_leaves_and_comes_back_is_still_hidden(house: House) -> None:
    room, host = await house.live()
    mia, mia_id = await house.member(room)
    await host.ok("participant:set_visibility", room.id, participant_id=mia_id, is_hidden=True)
    await mia.ok("session:leave", room.id)
    assert (await mia.join(room.id))["participant"]["is_hidden"] is True


async def test_only_hosts_hear_that_somebody_who_waits_is_hidden(house: House) -> None:
    cast = await assemble(house)
    member, knocker = await cast.member(), await cast.knocker()
    about = {"participant_id": cast.id_of(knocker), "is_hidden": True}
    await cast.owner.ok("participant:set_visibility", cast.room.id, **about)
    await cast.owner.event("participant:visibility_changed")
    upto = await marker(cast.owner, cast.room)
    await member.refute_event("participant:visibility_changed", session_id=cast.room.id, upto=upto)


async def test_moderators_may_hide_themselves_but_nobody_above_them(house: House) -> None:
    cast = await assemble(house)
    moderator = await cast.actor(MODERATOR)
    own = {"participant_id": cast.id_of(moderator), "is_hidden": True}
    await moderator.ok("participant:set_visibility", cast.room.id, **own)
    owner_id = (await cast.owner.join(cast.room.id))["participant"]["id"]
    above = {"participant_id": owner_id, "is_hidden": True}
    await moderator.refused("participant:set_visibility", "OUTRANKS_YOU", cast.room.id, **above)


async def test_visibility_over_rest_is_audited(any_house: House) -> None:
    room, _host = await any_house.live()
    _, mia_id = await any_house.member(room)
    path = f"/sessions/{room.id}/participants/{mia_id}/visibility"
    assert (await any_house.post(path, {"is_hidden": True}, room.owner))["is_hidden"] is True
    assert (await any_house.participant(mia_id)).is_hidden is True
    async with any_house.context.database.read() as db:
        action = AuditEntry.action == "participant:visibility_changed"
        entry = (await db.exec(select(AuditEntry).where(AuditEntry.session_id == room.id, action))).one()
    assert (entry.target_id, entry.user_id) == (mia_id, room.owner.user_id)
    assert entry.details == {"is_hidden": True}
    assert (await any_house.request("POST", path, {}, room.owner)).status_code == 400


async def test_muting_all_is_taken_back_for_just_those_it_muted(any_house: House) -> None:
    room, host = await any_house.live()
    _, mia_id = await any_house.member(room)
    _, ben_id = await any_house.member(room, "Ben")
    await host.ok("participant:mute", room.id, participant_id=ben_id)
    muted = await host.ok("participant:mute_all", room.id)
    assert muted["participant_ids"] == [str(mia_id)]
    undone = await host.ok("participant:unmute_all", room.id, participant_ids=muted["participant_ids"])
    assert undone["participant_ids"] == [str(mia_id)]
    assert (await any_house.participant(ben_id)).is_muted is True
    path = f"/sessions/{room.id}/participants/unmute-all"
    assert (await any_house.post(path, {"participant_ids": [str(ben_id)]}, room.owner))["participant_ids"]
    assert (await host.ok("participant:unmute_all", room.id, participant_ids=[]))["participant_ids"] == []
