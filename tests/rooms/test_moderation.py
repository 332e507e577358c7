"""Moderation and what comes of it: at once, on every device, with whatever token."""

from typing import Any
from uuid import UUID

import pytest

from models.identity.system_roles import TENANT_ADMIN
from models.rooms.tables import ParticipantStatus
from tests.realtime.client import Client, assert_error
from tests.realtime.house import House, Person, Room
from tests.rooms.people import ATTENDEE, CO_HOST, HOST, MODERATOR, assemble


async def marker(client: Client, room: Room, text: str = "marker") -> int:
    """Says something and returns where the log stands then."""
    ack = await client.command("chat:send", {"session_id": str(room.id), "text": text})
    assert ack["ok"], ack
    seq: int = ack["seq"]
    return seq


async def assert_shut_out(house: House, room: Room, person: Person, code: str) -> None:
    """Somebody gets nothing of the room over REST any more."""
    for path in ("state", "events", "messages", "participants", "recordings"):
        answer = await house.get(f"/sessions/{room.id}/{path}", person)
        assert (answer.status_code, answer.json()["errorCode"]) == (403, code), path
    said = await house.request("POST", f"/sessions/{room.id}/messages", {"text": "Hello?"}, person)
    assert said.json()["errorCode"] == code


async def test_the_muted_cannot_speak_until_they_are_unmuted(house: House) -> None:
    room, host = await house.live()
    mia, mia_id = await house.member(room)
    muted = await host.ok("participant:mute", room.id, participant_id=mia_id)
    assert muted["is_muted"] is True
    await mia.refused("chat:send", "PARTICIPANT_MUTED", room.id, text="Hm.")
    heard = await mia.event("participant:muted", lambda d: d["participant_id"] == str(mia_id))
    await host.ok("participant:mute", room.id, participant_id=mia_id)
    upto = await marker(host, room)
    await mia.until_seq(room.id, upto)
    assert [f.seq for f in mia.frames if f.type == "participant:muted"] == [heard.seq]
    await host.ok("participant:unmute", room.id, participant_id=mia_id)
    await mia.ok("chat:send", room.id, text="Ah.")


async def test_muting_everybody_is_one_event_and_spares_those_beside_and_above(house: House) -> None:
    cast = await assemble(house)
    moderator, member = await cast.actor(MODERATOR), await cast.member()
    result = await moderator.ok("participant:mute_all", cast.room.id)
    assert result["participant_ids"] == [str(cast.id_of(member))]
    heard = await member.event("participant:all_muted")
    assert heard.data["participant_ids"] == [str(cast.id_of(member))]
    await member.refused("chat:send", "PARTICIPANT_MUTED", cast.room.id, text="Hm.")
    await marker(moderator, cast.room)
    await marker(cast.owner, cast.room)
    await moderator.ok("participant:unmute_all", cast.room.id)
    await member.event("participant:all_unmuted")
    await marker(member, cast.room)


@pytest.mark.parametrize(("verb", "code"), [("kick", "PARTICIPANT_REMOVED"), ("ban", "PARTICIPANT_BANNED")])
async def test_a_guest_sent_out_is_cut_off_and_stays_out(any_house: House, verb: str, code: str) -> None:
    house = any_house
    room, host = await house.live()
    gus = await house.guest(room)
    laptop, phone = await house.client(gus), await house.client(gus, ("polling",))
    for client in (laptop, phone):
        await client.join(room.id)
    await host.ok(f"participant:{verb}", room.id, participant_id=gus.participant_id, reason="Spam.")
    for client in (laptop, phone):
        told = await client.event("participant:kicked" if verb == "kick" else "participant:banned")
        assert told.data == {"participant_id": str(gus.participant_id), "reason": "Spam.", "present": 1}
        await client.until_closed()
    await assert_shut_out(house, room, gus, code)
    again = await house.client(gus)
    for name in ("session:sync", "participant:raise_hand"):
        await again.refused(name, code, room.id)
    assert_error(await again.command("session:join", {"code": room.code}), code)
    upto = await marker(host, room)
    await host.until_seq(room.id, upto)
    assert room.id not in {f.session_id for f in again.frames}
    # A new guest of the same name is somebody else; only accounts can be known again.
    row = await house.participant(gus.participant_id)
    assert (row.is_present, row.admitted_at) == (False, None)


@pytest.mark.parametrize(("verb", "code"), [("kick", "PARTICIPANT_REMOVED"), ("ban", "PARTICIPANT_BANNED")])
async def test_an_account_sent_out_keeps_its_socket_and_hears_nothing_more(
    house: House, verb: str, code: str
) -> None:
    room, host = await house.live()
    account = await house.account("Mia")
    by_account = await house.client(account)
    mia_id = (await by_account.join(room.id))["participant"]["id"]
    seat = await house.post(f"/sessions/{room.id}/join", {}, account)
    seated = Person("Mia", seat["token"], participant_id=UUID(mia_id))
    by_seat = await house.client(seated)
    await by_seat.join(room.id)
    await host.ok(f"participant:{verb}", room.id, participant_id=mia_id)
    await by_seat.until_closed()
    await by_account.event("participant:kicked" if verb == "kick" else "participant:banned")
    for person in (account, seated):
        await assert_shut_out(house, room, person, code)
    for name in ("chat:send", "reaction:send", "session:sync"):
        more: dict[str, Any] = {"chat:send": {"text": "Hm."}, "reaction:send": {"emoji": "👍"}}.get(name, {})
        await by_account.refused(name, code, room.id, **more)
    upto = await marker(host, room, "now that they are gone")
    await host.until_seq(room.id, upto)
    # The socket is fine: it can be in another room.
    elsewhere, _ = await house.live("Ola")
    await by_account.join(elsewhere.id)
    assert not by_account.closed.is_set()
    assert "now that they are gone" not in by_account.texts(room.id)


async def test_a_host_may_let_somebody_back_in_after_a_kick_and_lift_a_ban(house: House) -> None:
    room, host = await house.live()
    mia, mia_id = await house.member(room)
    await host.ok("participant:kick", room.id, participant_id=mia_id)
    await host.refused("participant:kick", "ALREADY_DECIDED", room.id, participant_id=mia_id)
    await host.ok("participant:approve", room.id, participant_id=mia_id)
    assert (await mia.join(room.id))["status"] == "approved"
    await host.ok("participant:ban", room.id, participant_id=mia_id)
    await host.refused("participant:ban", "ALREADY_DECIDED", room.id, participant_id=mia_id)
    await host.refused("participant:approve", "ALREADY_DECIDED", room.id, participant_id=mia_id)
    await host.ok("participant:unban", room.id, participant_id=mia_id)
    await host.event("participant:unbanned")
    await host.refused("participant:unban", "ALREADY_DECIDED", room.id, participant_id=mia_id)
    assert (await mia.join(room.id))["status"] == "approved"
    await marker(mia, room)


async def test_who_came_back_after_a_kick_is_still_missed_when_they_are_lost(house: House) -> None:
    room, host = await house.live()
    mia, mia_id = await house.member(room)
    await host.ok("participant:kick", room.id, participant_id=mia_id)
    await host.ok("participant:approve", room.id, participant_id=mia_id)
    await mia.join(room.id)
    await mia.vanish()
    lost = await host.event("participant:left", lambda d: d["participant_id"] == str(mia_id))
    assert lost.data["reason"] == "lost"


async def test_who_waits_can_be_sent_away_for_good(house: House) -> None:
    cast = await assemble(house)
    knocker = await cast.knocker()
    await cast.owner.ok("participant:ban", cast.room.id, participant_id=cast.id_of(knocker), reason="No.")
    told = await knocker.event("participant:banned")
    assert "seq" not in told.body
    await knocker.until_closed()
    left = await cast.owner.event("waiting_room:updated", lambda d: d["waiting"] is None)
    assert left.data["count"] == 0
    assert (await house.participant(cast.id_of(knocker))).status is ParticipantStatus.BANNED


async def test_the_demoted_lose_their_powers_with_the_next_command(house: House) -> None:
    cast = await assemble(house)
    moderator, member = await cast.actor(MODERATOR), await cast.member()
    target = {"participant_id": cast.id_of(member)}
    await moderator.ok("participant:mute", cast.room.id, **target)
    await cast.owner.ok(
        "participant:set_role", cast.room.id, participant_id=cast.id_of(moderator), role=ATTENDEE
    )
    await moderator.refused("participant:unmute", "FORBIDDEN", cast.room.id, **target)
    changed = await moderator.event("participant:role_changed", lambda d: d["role"] == ATTENDEE)
    await cast.knocker()
    upto = await marker(cast.owner, cast.room)
    await moderator.refute_event(
        "waiting_room:updated",
        lambda d: d["waiting"] is not None and d["waiting"]["display_name"] == "Wil",
        session_id=cast.room.id,
        upto=upto,
    )
    seqs = moderator.seqs(cast.room.id)
    assert seqs == list(range(seqs[0], upto + 1))
    hidden = [
        f
        for f in moderator.log_of(cast.room.id)
        if f.type == "event:hidden" and (f.seq or 0) > (changed.seq or 0)
    ]
    assert hidden
    assert all(f.data == {} and f.body["actor"] is None for f in hidden)
    synced = await moderator.ok("session:sync", cast.room.id)
    assert (synced["state"]["audience"], synced["state"]["waiting"]) == ("everyone", {})


async def test_the_promoted_see_who_waits(house: House) -> None:
    cast = await assemble(house)
    member, knocker = await cast.member(), await cast.knocker()
    role = {"participant_id": cast.id_of(member), "role": CO_HOST}
    await cast.owner.ok("participant:set_role", cast.room.id, **role)
    await member.event("participant:role_changed", lambda d: d["role"] == CO_HOST)
    synced = await member.ok("session:sync", cast.room.id)
    assert synced["state"]["audience"] == "hosts"
    assert list(synced["state"]["waiting"]) == [str(cast.id_of(knocker))]
    second = await cast.knocker("Uwe")
    await member.event("waiting_room:updated", lambda d: d["participant_id"] == str(cast.id_of(second)))
    await member.ok("participant:approve", cast.room.id, participant_id=cast.id_of(second))


async def test_a_session_keeps_a_host(house: House) -> None:
    room, host = await house.live()
    me = (await host.join(room.id))["participant"]["id"]
    admin = await house.client(await house.account("Adam", TENANT_ADMIN))
    await host.refused("participant:set_role", "LAST_HOST", room.id, participant_id=me, role=ATTENDEE)
    for verb in ("kick", "ban"):
        await admin.refused(f"participant:{verb}", "LAST_HOST", room.id, participant_id=me)
    await admin.refused("participant:set_role", "LAST_HOST", room.id, participant_id=me, role=ATTENDEE)
    mia, mia_id = await house.member(room)
    await host.ok("participant:set_role", room.id, participant_id=mia_id, role=HOST)
    await host.ok("participant:set_role", room.id, participant_id=me, role=ATTENDEE)
    await mia.refused("participant:set_role", "LAST_HOST", room.id, participant_id=mia_id, role=ATTENDEE)


async def test_the_owner_cannot_be_acted_upon_even_as_an_attendee(house: House) -> None:
    room, host = await house.live()
    me = (await host.join(room.id))["participant"]["id"]
    mia, mia_id = await house.member(room)
    await host.ok("participant:set_role", room.id, participant_id=mia_id, role=HOST)
    await host.ok("participant:set_role", room.id, participant_id=me, role=ATTENDEE)
    for verb in ("mute", "kick", "ban"):
        await mia.refused(f"participant:{verb}", "OUTRANKS_YOU", room.id, participant_id=me)
    await mia.refused("participant:set_role", "OUTRANKS_YOU", room.id, participant_id=me, role=CO_HOST)


async def test_a_token_of_another_session_opens_nothing_here(house: House) -> None:
    here, _host = await house.live()
    there, _ = await house.live("Ola")
    gus = await house.guest(there)
    client = await house.client(gus)
    assert_error(await client.command("session:join", {"session_id": str(here.id)}), "SESSION_NOT_FOUND")
    assert_error(await client.command("session:join", {"code": here.code}), "SESSION_NOT_FOUND")
    for name in ("session:sync", "session:end", "participant:mute_all"):
        await client.refused(name, "SESSION_NOT_FOUND", here.id)
    for path in ("state", "events", "participants"):
        assert (await house.get(f"/sessions/{here.id}/{path}", gus)).status_code == 404


async def test_a_person_of_another_session_is_not_to_be_found_here(house: House) -> None:
    here, host = await house.live()
    there, _ = await house.live("Ola")
    _, mia_id = await house.member(there)
    for verb in ("mute", "kick", "ban", "approve", "reject"):
        await host.refused(f"participant:{verb}", "PARTICIPANT_NOT_FOUND", here.id, participant_id=mia_id)
