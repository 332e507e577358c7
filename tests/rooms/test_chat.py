"""Chat: who may say, correct and take back what, when, and that what is taken back is gone."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from models.log.tables import AnsweredCommand, SessionEvent
from models.rooms.tables import ChatMessage
from tests.realtime.client import Json
from tests.realtime.house import House, Room
from tests.rooms.people import ATTENDEE, HOST, MODERATOR, assemble


async def test_what_is_said_is_heard_stored_and_part_of_the_state(any_house: House) -> None:
    room, host = await any_house.live()
    mia, mia_id = await any_house.member(room)
    text = "Grüße,\n\tand <b>not bold</b> 👩‍🏫"
    said = await mia.ok("chat:send", room.id, text=f"  {text}\r\n")
    assert (said["text"], said["participant_id"], said["display_name"]) == (text, str(mia_id), "Mia")
    heard = await host.event("chat:sent")
    assert heard.data["message"] == said
    assert heard.seq == said["seq"]
    state = (await host.ok("session:sync", room.id))["state"]
    assert state["messages"] == [said]
    history = (await any_house.get(f"/sessions/{room.id}/messages", room.owner)).json()["data"]
    assert history == [said]


async def test_an_answer_names_what_it_answers(house: House) -> None:
    room, host = await house.live()
    question = await host.ok("chat:send", room.id, text="Ready?")
    answer = await host.ok("chat:send", room.id, text="Yes.", reply_to=question["id"])
    assert answer["reply_to"] == question["id"]
    await host.refused("chat:send", "MESSAGE_NOT_FOUND", room.id, text="Yes.", reply_to=uuid4())
    elsewhere, other = await house.live("Ola")
    foreign = await other.ok("chat:send", elsewhere.id, text="Elsewhere.")
    await host.refused("chat:send", "MESSAGE_NOT_FOUND", room.id, text="Yes.", reply_to=foreign["id"])


async def test_a_line_can_be_corrected_by_its_author_within_the_hour(any_house: House) -> None:
    room, host = await any_house.live()
    mia, _ = await any_house.member(room)
    said = await mia.ok("chat:send", room.id, text="Helo.")
    edited = await mia.ok("chat:edit", room.id, message_id=said["id"], text="Hello.")
    assert edited["text"] == "Hello."
    assert edited["edited_at"] is not None
    heard = await host.event("chat:edited")
    assert heard.data == {"message_id": said["id"], "text": "Hello.", "mentions": []}
    # The same words again are no change.
    await mia.ok("chat:edit", room.id, message_id=said["id"], text="Hello.")
    await host.refused("chat:edit", "FORBIDDEN", room.id, message_id=said["id"], text="Mine now.")
    long_ago = datetime.now(UTC) - timedelta(hours=1, seconds=1)
    await any_house.change(ChatMessage, UUID(said["id"]), created_at=long_ago)
    await mia.refused("chat:edit", "EDIT_WINDOW_CLOSED", room.id, message_id=said["id"], text="Late.")
    log = await any_house.assert_gapless(room)
    assert [e.type for e in log].count("chat:edited") == 1


async def test_what_is_taken_back_is_gone_from_log_state_and_history(any_house: House) -> None:
    room, host = await any_house.live()
    mia, _ = await any_house.member(room)
    before = await host.ok("session:sync", room.id)
    command = {"text": "My password is swordfish.", "command_id": str(uuid4())}
    said = await mia.ok("chat:send", room.id, **command)
    await mia.ok(
        "chat:edit", room.id, message_id=said["id"], text="My password was swordfish.", command_id=uuid4()
    )
    other = await mia.ok("chat:send", room.id, text="This stays.")
    deleted = await mia.ok("chat:delete", room.id, message_id=said["id"])
    assert (deleted["text"], deleted["deleted_at"] is not None) == ("", True)
    await host.event("chat:deleted", lambda d: d == {"message_id": said["id"]})
    state = (await host.ok("session:sync", room.id))["state"]
    assert [m["text"] for m in state["messages"]] == ["", "This stays."]
    replay = await host.ok("session:sync", room.id, after={"epoch": before["epoch"], "seq": before["seq"]})
    types = [e["type"] for e in replay["events"]]
    assert types == ["chat:sent", "chat:edited", "chat:sent", "chat:deleted"]
    for path in ("messages", "events", "state"):
        answer = await any_house.get(f"/sessions/{room.id}/{path}", room.owner)
        assert answer.is_success
        assert "This stays." in answer.text
        assert "swordfish" not in answer.text + str(replay) + str(state)
    assert "swordfish" not in await everything_stored(any_house, room)
    # Said once more by mistake, it is not said again.
    again = await mia.command("chat:send", {"session_id": str(room.id), **command})
    assert (again["ok"], again["data"]["id"]) == (True, said["id"])
    assert other["id"] != said["id"]
    await mia.refused("chat:edit", "MESSAGE_NOT_FOUND", room.id, message_id=said["id"], text="No.")
    await mia.refused("chat:delete", "MESSAGE_NOT_FOUND", room.id, message_id=said["id"])
    await mia.refused("chat:send", "MESSAGE_NOT_FOUND", room.id, text="To that:", reply_to=said["id"])


async def everything_stored(house: House, room: Room) -> str:
    """Whatever tables hold of what was said in a session."""
    async with house.context.database.read() as db:
        events = select(SessionEvent.data).where(SessionEvent.session_id == room.id)
        answers = select(AnsweredCommand.answer).where(AnsweredCommand.session_id == room.id)
        lines = select(ChatMessage.text).where(col(ChatMessage.session_id) == room.id)
        found = [
            *(await db.exec(events)).all(),
            *(await db.exec(answers)).all(),
            *(await db.exec(lines)).all(),
        ]
    return "\n".join(found)


async def test_moderators_take_back_what_others_said(house: House) -> None:
    cast = await assemble(house)
    moderator, member, other = await cast.actor(MODERATOR), await cast.member(), await cast.member("Una")
    said = await member.ok("chat:send", cast.room.id, text="Rude.")
    await other.refused("chat:delete", "FORBIDDEN", cast.room.id, message_id=said["id"])
    await moderator.ok("chat:delete", cast.room.id, message_id=said["id"])
    own = await moderator.ok("chat:send", cast.room.id, text="Mine.")
    await moderator.ok("chat:delete", cast.room.id, message_id=own["id"])
    await moderator.refused("chat:delete", "MESSAGE_NOT_FOUND", cast.room.id, message_id=uuid4())


async def test_the_muted_may_not_correct_but_take_back(house: House) -> None:
    room, host = await house.live()
    mia, mia_id = await house.member(room)
    said = await mia.ok("chat:send", room.id, text="Hm.")
    await host.ok("participant:mute", room.id, participant_id=mia_id)
    await mia.refused("chat:edit", "PARTICIPANT_MUTED", room.id, message_id=said["id"], text="Hmm.")
    await mia.ok("chat:delete", room.id, message_id=said["id"])


async def test_in_a_pause_only_hosts_speak(house: House) -> None:
    cast = await assemble(house)
    moderator, member = await cast.actor(MODERATOR), await cast.member()
    await cast.owner.ok("session:pause", cast.room.id)
    await member.event("session:paused")
    await member.refused("chat:send", "SESSION_PAUSED", cast.room.id, text="Psst.")
    for client in (cast.owner, moderator):
        await client.ok("chat:send", cast.room.id, text="Back in five.")
    await cast.owner.ok("session:resume", cast.room.id)
    await member.ok("chat:send", cast.room.id, text="Here again.")


async def test_before_the_start_only_hosts_speak(house: House) -> None:
    room = await house.room(await house.account("Hana"))
    host = await house.host(room, start=False)
    guest = await house.guest(room)
    client = await house.client(guest)
    await client.join(room.id)
    await host.ok("participant:approve", room.id, participant_id=guest.participant_id)
    assert (await client.join(room.id))["status"] == "approved"
    await client.refused("chat:send", "SESSION_NOT_LIVE", room.id, text="First!")
    await host.ok("chat:send", room.id, text="We begin soon.")
    await client.event("chat:sent")


async def test_after_the_end_nobody_speaks(house: House) -> None:
    room, host = await house.live()
    said = await host.ok("chat:send", room.id, text="Last words.")
    await host.ok("session:end", room.id)
    await host.refused("chat:send", "SESSION_OVER", room.id, text="More.")
    await host.refused("chat:edit", "SESSION_OVER", room.id, message_id=said["id"], text="More.")
    # What should not have been said can be taken back even then.
    await host.ok("chat:delete", room.id, message_id=said["id"])


@pytest.mark.parametrize(
    ("setting", "name", "payload"),
    [
        ("allow_chat", "chat:send", {"text": "Hello."}),
        ("allow_hands", "participant:raise_hand", {}),
        ("allow_reactions", "reaction:send", {"emoji": "👍"}),
        ("allow_recording", "recording:start", {}),
        ("allow_polls", "poll:create", {"question": "Who?", "options": ["You", "I"]}),
    ],
)
async def test_what_a_session_does_not_offer_is_not_to_be_had(
    any_house: House, setting: str, name: str, payload: Json
) -> None:
    without, its_host = await any_house.live(settings={setting: False})
    await its_host.refused(name, "CAPABILITY_OFF", without.id, **payload)
    room, host = await any_house.live()
    await host.ok(name, room.id, **payload)


async def test_only_who_is_in_speaks(house: House) -> None:
    room, host = await house.live()
    mia, mia_id = await house.member(room)
    await mia.ok("session:leave", room.id)
    tried: dict[str, Json] = {
        "chat:send": {"text": "Hm."},
        "participant:raise_hand": {},
        "reaction:send": {"emoji": "👍"},
        "participant:consent": {"consent": True},
    }
    for name, more in tried.items():
        await mia.refused(name, "NOT_JOINED", room.id, **more)
    await host.ok("participant:set_role", room.id, participant_id=mia_id, role=HOST)
    await mia.refused("chat:send", "NOT_JOINED", room.id, text="As a host, then?")
    await host.ok("participant:set_role", room.id, participant_id=mia_id, role=ATTENDEE)


async def test_a_line_over_rest_is_a_line_like_any_other(any_house: House) -> None:
    room, host = await any_house.live()
    gus = await any_house.guest(room)
    said = await any_house.post(f"/sessions/{room.id}/messages", {"text": "By post."}, gus)
    heard = await host.event("chat:sent")
    assert heard.data["message"] == said


async def test_what_was_said_over_rest_and_taken_back_is_gone_as_well(house: House) -> None:
    room, _host = await house.live()
    gus = await house.guest(room)
    headers = {"Authorization": f"Bearer {gus.token}", "Idempotency-Key": uuid4().hex}
    path, body = f"/api/v1/sessions/{room.id}/messages", {"text": "My password is swordfish."}
    said = (await house.http.post(path, json=body, headers=headers)).json()["data"]
    client = await house.client(gus)
    await client.join(room.id)
    await client.ok("chat:delete", room.id, message_id=said["id"])
    again = await house.http.post(path, json=body, headers=headers)
    assert again.json()["data"] == {**said, "text": ""}


async def test_the_state_holds_the_last_fifty_lines_and_history_the_rest(house: House) -> None:
    room, host = await house.live()
    await asyncio.gather(*(host.ok("chat:send", room.id, text=f"Line {n}") for n in range(60)))
    messages = (await host.ok("session:sync", room.id))["state"]["messages"]
    assert [m["text"] for m in messages] == [f"Line {n}" for n in range(10, 60)]
    before = messages[0]["seq"]
    older = (await house.get(f"/sessions/{room.id}/messages?before={before}", room.owner)).json()["data"]
    assert [m["text"] for m in older] == [f"Line {n}" for n in range(10)]


async def test_a_message_names_those_it_is_meant_for(any_house: House) -> None:
    room, host = await any_house.live()
    mia, mia_id = await any_house.member(room)
    _, ole_id = await any_house.member(room, "Ole")
    said = await host.ok("chat:send", room.id, text="@Mia, yours.", mentions=[str(mia_id)] * 2)
    mia_named = {"participant_id": str(mia_id), "display_name": "Mia", "is_erased": False}
    assert said["mentions"] == [mia_named]
    heard = await mia.event("chat:sent")
    assert heard.data["message"] == said
    await host.ok("chat:edit", room.id, message_id=said["id"], text="@Ole, yours.", mentions=[str(ole_id)])
    edited = await mia.event("chat:edited")
    assert edited.data["mentions"] == [{**mia_named, "participant_id": str(ole_id), "display_name": "Ole"}]
    history = (await any_house.get(f"/sessions/{room.id}/messages", room.owner)).json()["data"]
    state = (await host.ok("session:sync", room.id))["state"]
    assert history[0]["mentions"] == state["messages"][0]["mentions"] == edited.data["mentions"]
    deleted = await host.ok("chat:delete", room.id, message_id=said["id"])
    assert deleted["mentions"] == []
    log = await any_house.get(f"/sessions/{room.id}/events", room.owner)
    assert "Ole" not in str([event for event in log.json()["data"] if event["type"].startswith("chat:")])


async def test_only_who_is_of_the_session_can_be_mentioned(house: House) -> None:
    room, host = await house.live(requires_approval=True)
    waits = await house.guest(room, "Wim")
    elsewhere, _ = await house.live("Ola")
    _, foreign_id = await house.member(elsewhere)
    for stranger in (waits.participant_id, foreign_id, uuid4()):
        await host.refused(
            "chat:send", "PARTICIPANT_NOT_FOUND", room.id, text="@You", mentions=[str(stranger)]
        )
    crowd = [str(uuid4()) for _ in range(21)]
    await host.refused("chat:send", "VALIDATION_ERROR", room.id, text="@You", mentions=crowd)
