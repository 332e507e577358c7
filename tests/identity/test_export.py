"""What somebody gets who asks for everything that is kept of them."""

from uuid import UUID

from tests.identity.people import code_of
from tests.realtime.house import House


async def test_it_holds_what_one_did_and_nothing_of_others(any_house: House) -> None:
    room, host = await any_house.live("Hana", title="Algebra")
    mia = await any_house.account("Mia")
    member = await any_house.client(mia)
    await member.join(room.id)
    await member.ok("chat:send", room.id, text="of Mia")
    await host.ok("chat:send", room.id, text="of Hana")
    made = await host.ok("poll:create", room.id, question="Which?", options=["This", "That"])
    await member.ok("poll:vote", room.id, poll_id=made["id"], choices=[1])
    answer = await any_house.get("/users/me/export", mia)
    assert answer.headers["content-disposition"] == 'attachment; filename="convene-export.json"'
    archive = answer.json()["data"]
    assert archive["account"]["id"] == str(mia.user_id)
    assert [one["title"] for one in archive["sessions"]] == ["Algebra"]
    assert [UUID(one["session_id"]) for one in archive["messages"]] == [room.id]
    assert [one["text"] for one in archive["messages"]] == ["of Mia"]
    assert [(one["question"], one["choices"]) for one in archive["votes"]] == [("Which?", ["That"])]
    assert "participant:joined" in {one["action"] for one in archive["acts"]}
    assert "argon2" not in answer.text
    assert "password" not in answer.text.replace("has_password", "")
    assert "of Hana" not in answer.text


async def test_a_guest_has_no_account_to_export(house: House) -> None:
    guest = await house.guest(await house.room(await house.account()))
    assert code_of(await house.get("/users/me/export", guest)) == (401, "UNAUTHENTICATED")
