"""Raised hands, languages, consent, reactions."""

import pytest

from tests.realtime.client import Where, assert_error
from tests.realtime.house import House
from tests.rooms.people import MODERATOR, assemble


def about(participant_id: object) -> Where:
    return lambda data: data["participant_id"] == str(participant_id)


async def test_hands_stand_in_the_order_they_were_raised(any_house: House) -> None:
    room, host = await any_house.live()
    members = [await any_house.member(room, name) for name in ("First", "Second", "Third")]
    for client, participant_id in members:
        raised = await client.ok("participant:raise_hand", room.id)
        assert raised["hand_raised_at"] is not None
        await host.event("participant:hand_raised", about(participant_id))
    state = (await host.ok("session:sync", room.id))["state"]
    raised_at = [state["participants"][str(one)]["hand_raised_at"] for _, one in members]
    assert raised_at == sorted(raised_at)
    # Raising it again does not send one to the end of the line.
    first, first_id = members[0]
    again = await first.ok("participant:raise_hand", room.id)
    assert again["hand_raised_at"] == raised_at[0]
    await first.ok("participant:lower_hand", room.id)
    await first.ok("participant:lower_hand", room.id)
    await host.ok("participant:lower_hand", room.id, participant_id=members[1][1])
    lowered = await members[2][0].event(
        "participant:hand_lowered", lambda d: d["participant_id"] == str(members[1][1])
    )
    assert lowered.body["actor"] != str(members[1][1])
    log = await any_house.assert_gapless(room)
    assert [e.type for e in log].count("participant:hand_raised") == 3
    assert [e.type for e in log].count("participant:hand_lowered") == 2
    assert str(first_id) not in str(log[-1].data)


async def test_leaving_lowers_ones_hand(house: House) -> None:
    room, host = await house.live()
    mia, mia_id = await house.member(room)
    await mia.ok("participant:raise_hand", room.id)
    await mia.ok("session:leave", room.id)
    joined = await mia.join(room.id)
    assert joined["participant"]["hand_raised_at"] is None
    assert (await host.ok("session:sync", room.id))["state"]["participants"][str(mia_id)][
        "hand_raised_at"
    ] is None


async def test_a_language_is_ones_own_choice_and_a_moderators(house: House) -> None:
    cast = await assemble(house)
    moderator, member = await cast.actor(MODERATOR), await cast.member()
    target = {"participant_id": cast.id_of(member)}
    await member.ok("participant:set_language", cast.room.id, **target, language="de-CH")
    await moderator.ok("participant:set_language", cast.room.id, **target, language="fr")
    await member.event("participant:language_changed", lambda d: d["language"] == "fr")
    me = {"participant_id": cast.id_of(moderator)}
    await member.refused("participant:set_language", "FORBIDDEN", cast.room.id, **me, language="fr")
    for wrong in ("", "x", "english please", "en_US", "e" * 40):
        await member.refused(
            "participant:set_language", "VALIDATION_ERROR", cast.room.id, **target, language=wrong
        )


async def test_consent_is_given_and_taken_back_for_all_to_see(any_house: House) -> None:
    room, host = await any_house.live()
    mia, mia_id = await any_house.member(room)
    given = await mia.ok("participant:consent", room.id, consent=True)
    assert given["consented_at"] is not None
    await host.event("participant:consented", lambda d: d == {"participant_id": str(mia_id), "consent": True})
    await mia.ok("participant:consent", room.id, consent=True)
    await mia.ok("participant:consent", room.id, consent=False)
    await host.event("participant:consented", lambda d: d["consent"] is False)
    types = [e.type for e in await any_house.assert_gapless(room)]
    assert types.count("participant:consented") == 2


async def test_a_reaction_floats_by_without_a_place_in_the_log(any_house: House) -> None:
    room, host = await any_house.live()
    mia, mia_id = await any_house.member(room)
    before = len(await any_house.stored_log(room))
    await mia.ok("reaction:send", room.id, emoji="🎉")
    for client in (host, mia):
        seen = await client.event("reaction:sent", lambda d: d == {"emoji": "🎉"})
        assert seen.body["actor"] == str(mia_id)
        assert "seq" not in seen.body
    assert len(await any_house.stored_log(room)) == before


@pytest.mark.parametrize("emoji", ["", "x", "🎉🎉", "🖕", None])
async def test_only_the_known_reactions(house: House, emoji: str | None) -> None:
    room, host = await house.live()
    ack = await host.command("reaction:send", {"session_id": str(room.id), "emoji": emoji})
    assert_error(ack, "VALIDATION_ERROR")
