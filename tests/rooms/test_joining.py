"""The one entrance: by id or code, as guest or account, on one device or two, and out again."""

from uuid import uuid4

from tests.realtime.client import assert_ack
from tests.realtime.house import House
from tests.rooms.entering import refused_join


async def test_an_account_joins_by_id_and_gets_the_whole_room(any_house: House) -> None:
    room, host = await any_house.live()
    mia = await any_house.client(await any_house.account("Mia"))
    joined = await mia.join(room.id, language="pt-BR")
    me = joined["participant"]
    assert (joined["status"], me["display_name"], me["language"]) == ("approved", "Mia", "pt-BR")
    assert joined["state"]["audience"] == "everyone"
    assert {one["display_name"] for one in joined["state"]["participants"].values()} == {"Hana", "Mia"}
    assert "chat:send" in joined["permissions"]
    assert "participant:mute" not in joined["permissions"]
    heard = await host.event("participant:joined", lambda d: d["participant"]["id"] == me["id"])
    assert heard.seq == joined["seq"]
    assert (await any_house.participant(me["id"])).is_present
    await any_house.assert_gapless(room)


async def test_a_code_may_be_typed_in_any_way(house: House) -> None:
    room, _host = await house.live()
    for written in (
        room.code.lower(),
        f" {room.code[:3]} {room.code[3:]} ",
        f"{room.code[:3]}-{room.code[3:]}",
    ):
        client = await house.client(await house.account())
        assert (await client.join(written))["status"] == "approved"


async def test_a_wrong_code_and_a_wrong_id_lead_nowhere(house: House) -> None:
    client = await house.client(await house.account())
    await refused_join(client, "SESSION_NOT_FOUND", code="ZZZZZZ")
    await refused_join(client, "SESSION_NOT_FOUND", session_id=uuid4())
    await refused_join(client, "VALIDATION_ERROR", code="no")
    await refused_join(client, "VALIDATION_ERROR")
    await refused_join(client, "VALIDATION_ERROR", code="ZZZZZZ", session_id=uuid4())


async def test_a_guest_joins_with_a_name_over_rest_and_comes_with_a_socket(any_house: House) -> None:
    room, host = await any_house.live()
    gus = await any_house.guest(room, "Gus")
    client = await any_house.client(gus)
    joined = await client.join(room.id)
    assert joined["participant"]["id"] == str(gus.participant_id)
    assert joined["participant"]["user_id"] is None
    marker = await host.command("chat:send", {"session_id": str(room.id), "text": "marker"})
    await host.until_seq(room.id, marker["seq"])
    assert len([f for f in host.frames if f.type == "participant:joined"]) == 1


async def test_a_guest_without_a_name_is_asked_for_one(house: House) -> None:
    room, _host = await house.live()
    answer = await house.request("POST", f"/sessions/{room.id}/join", {})
    assert answer.status_code == 400
    assert answer.json()["details"]["field"] == "display_name"


async def test_a_second_device_is_the_same_participant_and_no_event(any_house: House) -> None:
    room, host = await any_house.live()
    mia = await any_house.account("Mia")
    laptop, phone = await any_house.client(mia), await any_house.client(mia, ("polling",))
    first, second = await laptop.join(room.id), await phone.join(room.code)
    assert first["participant"]["id"] == second["participant"]["id"]
    assert first["seq"] == second["seq"]
    await host.ok("chat:send", room.id, text="to both")
    await laptop.event("chat:sent")
    await phone.event("chat:sent")


async def test_leaving_on_one_of_two_devices_is_not_leaving(house: House) -> None:
    room, host = await house.live()
    mia = await house.account("Mia")
    laptop, phone = await house.client(mia), await house.client(mia)
    me = (await laptop.join(room.id))["participant"]["id"]
    await phone.join(room.id)
    await phone.ok("session:leave", room.id)
    sent = await host.command("chat:send", {"session_id": str(room.id), "text": "still here?"})
    await laptop.event("chat:sent")
    await host.refute_event("participant:left", session_id=room.id, upto=sent["seq"])
    await laptop.ok("session:leave", room.id)
    left = await host.event("participant:left", lambda d: d["participant_id"] == me)
    assert left.data["reason"] == "left"
    after = assert_ack(await host.command("chat:send", {"session_id": str(room.id), "text": "gone"}))
    assert not (await house.participant(me)).is_present
    await laptop.refused("chat:send", "NOT_JOINED", room.id, text="from outside")
    await laptop.refused("session:sync", "NOT_JOINED", room.id)
    assert after["text"] not in [*laptop.texts(room.id), *phone.texts(room.id)]


async def test_a_reload_within_the_grace_period_is_no_event(any_house: House) -> None:
    room, _host = await any_house.live()
    mia = await any_house.account("Mia")
    before = await any_house.client(mia)
    me = (await before.join(room.id))["participant"]["id"]
    await before.vanish()
    again = await any_house.client(mia)
    joined = await again.join(room.id)
    assert joined["participant"]["id"] == me
    about_mia = [e for e in await any_house.assert_gapless(room) if str(e.actor_id) == me]
    assert [e.type for e in about_mia] == ["participant:joined"]


async def test_a_lost_link_is_one_leave_after_the_grace_period(any_house: House) -> None:
    room, host = await any_house.live()
    mia = await any_house.account("Mia")
    client = await any_house.client(mia)
    me = (await client.join(room.id))["participant"]["id"]
    await client.vanish()
    left = await host.event("participant:left", lambda d: d["participant_id"] == me)
    assert left.data["reason"] == "lost"
    again = await any_house.client(mia)
    joined = await again.join(room.id)
    assert joined["participant"]["id"] == me
    await host.event("participant:joined", after=left.seq or 0)
    log = await any_house.assert_gapless(room)
    types = [e.type for e in log if str(e.actor_id) == me]
    assert types == ["participant:joined", "participant:left", "participant:joined"]
    assert (await any_house.participant(me)).total_s > 0
