"""Who waits hears what is said to them, and not a byte of the room, by whatever door they try."""

import json
from typing import Any

import pytest

from realtime.commands import BY_NAME
from tests.realtime.client import Client
from tests.realtime.house import House, Person, Room
from tests.realtime.wire import Wire, wire
from tests.rooms.people import Cast, assemble

TO_WHO_WAITS = {
    "participant:approved",
    "participant:declined",
    "waiting_room:messaged",
    "waiting_room:status",
    "waiting_room:position",
}
SECRETS = (
    "Secretary",
    "launch codes",
    "corrected codes",
    "Raise prices?",
    "Board meeting",
    "Fired.",
    "\\ud83c",
)


async def a_busy_meeting(cast: Cast) -> None:
    """Everything that can happen in a room happens."""
    room, host, member = cast.room.id, cast.owner, await cast.member("Secretary")
    about = {"participant_id": cast.id_of(member)}
    await host.ok("recording:start", room, title="Board meeting")
    await member.ok("participant:consent", room, consent=True)
    said = await member.ok("chat:send", room, text="launch codes")
    await member.ok("chat:edit", room, message_id=said["id"], text="corrected codes")
    await host.ok("chat:delete", room, message_id=said["id"])
    await member.ok("participant:raise_hand", room)
    await host.ok("participant:lower_hand", room, **about)
    await member.ok("reaction:send", room, emoji="🎉")
    poll = await host.ok("poll:create", room, question="Raise prices?", options=["Yes", "No"])
    await member.ok("poll:vote", room, poll_id=poll["id"], choices=[0])
    await host.ok("poll:close", room, poll_id=poll["id"])
    for verb in ("mute", "unmute"):
        await host.ok(f"participant:{verb}", room, **about)
        await host.ok(f"participant:{verb}_all", room)
    await host.ok("participant:set_role", room, **about, role="co_host")
    await host.ok("participant:set_language", room, **about, language="fr")
    for name in ("session:lock", "session:unlock", "session:pause", "session:resume"):
        await host.ok(name, room)
    for name in ("recording:pause", "recording:resume", "recording:stop"):
        await host.ok(name, room)
    await host.ok("participant:kick", room, **about, reason="Fired.")
    declined = await cast.knocker("Una")
    await host.ok("participant:reject", room, participant_id=cast.id_of(declined))


def pushed(socket: Wire) -> list[str]:
    """The names of the events a socket was sent, in order."""
    return [json.loads(m[2:])[0] for m in socket.received if isinstance(m, str) and m.startswith("42")]


async def try_every_command(socket: Wire, room: Room) -> None:
    """Every command there is, as well filled in as it can be, is refused."""
    anything: dict[str, Any] = {
        "text": "Hello?",
        "emoji": "👍",
        "reason": "Why not?",
        "role": "host",
        "language": "en",
        "consent": True,
        "question": "May I?",
        "options": ["Yes", "No"],
        "choices": [0],
        "participant_id": "00000000-0000-7000-8000-000000000001",
        "message_id": "00000000-0000-7000-8000-000000000001",
        "role_id": "00000000-0000-7000-8000-000000000001",
        "is_hidden": True,
        "poll_id": "00000000-0000-7000-8000-000000000001",
    }
    for name in set(BY_NAME) - {"session:join", "session:leave", "connection:authenticate"}:
        fields = BY_NAME[name].payload.model_fields
        required = {
            key: anything[key] for key, field in fields.items() if field.is_required() and key in anything
        }
        ack = await socket.command(name, {"session_id": str(room.id), **required})
        assert ack.get("error", {}).get("errorCode") == "PARTICIPANT_WAITING", (name, ack)


async def assert_rest_is_shut(house: House, room: Room, person: Person) -> None:
    for path in (
        "",
        "/state",
        "/events",
        "/messages",
        "/participants",
        "/waiting-room",
        "/recordings",
        "/polls",
        "/audit",
    ):
        answer = await house.get(f"/sessions/{room.id}{path}", person)
        assert answer.status_code in (401, 403, 404), (path, answer.text)


@pytest.mark.parametrize("kind", ["guest", "account"])
async def test_not_a_byte_of_the_room_reaches_who_waits(any_house: House, kind: str) -> None:
    house, cast = any_house, await assemble(any_house)
    person = await house.guest(cast.room, "Wil") if kind == "guest" else await house.account("Wil")
    async with wire(house.site.url, person.token) as socket:
        joined = await socket.command("session:join", {"session_id": str(cast.room.id)})
        assert joined["data"]["status"] == "pending"
        await a_busy_meeting(cast)
        await try_every_command(socket, cast.room)
        await assert_rest_is_shut(house, cast.room, person)
        again = await socket.command(
            "session:join",
            {
                "session_id": str(cast.room.id),
                "after": {"epoch": await epoch(cast.owner, cast.room), "seq": 1},
            },
        )
        assert not {"state", "events"} & set(again["data"])
        await cast.owner.ok("waiting_room:message", cast.room.id, text="to all who wait")
        await socket.message(lambda text: "to all who wait" in text)
        bytes_ = "".join(m for m in socket.received if isinstance(m, str))
        assert [secret for secret in SECRETS if secret in bytes_] == []
        assert set(pushed(socket)) <= TO_WHO_WAITS
        assert "participant:approved" not in pushed(socket)
        assert '"seq"' not in bytes_


async def epoch(client: Client, room: Room) -> str:
    found: str = (await client.ok("session:sync", room.id))["epoch"]
    return found


async def test_a_word_to_one_who_waits_is_for_them_alone(house: House) -> None:
    cast = await assemble(house)
    first, second = await cast.knocker("First"), await cast.knocker("Second")
    await cast.owner.ok(
        "waiting_room:message", cast.room.id, text="You are next.", participant_id=cast.id_of(first)
    )
    await first.event("waiting_room:messaged", lambda d: d == _said(cast, "You are next."))
    await cast.owner.ok("waiting_room:message", cast.room.id, text="Soon.")
    for client in (first, second):
        await client.event("waiting_room:messaged", lambda d: d == _said(cast, "Soon."))
    assert "You are next." not in str(second.frames)


async def test_the_line_moves_up(any_house: House) -> None:
    cast = await assemble(any_house)
    line = [await cast.knocker(f"Guest {n}") for n in range(4)]
    await cast.owner.ok("participant:reject", cast.room.id, participant_id=cast.id_of(line[0]))
    await line[3].event("waiting_room:position", lambda d: d["position"] == 3)
    await line[1].ok("session:leave", cast.room.id)
    await line[3].event("waiting_room:position", lambda d: d["position"] == 2)
    result = await cast.owner.ok("participant:approve_all", cast.room.id)
    assert result == {"participant_ids": [str(cast.id_of(line[2])), str(cast.id_of(line[3]))], "remaining": 0}
    for client in line[2:]:
        await client.event("participant:approved")
        assert (await client.join(cast.room.id))["status"] == "approved"


async def test_everybody_at_once_as_far_as_there_are_seats(house: House) -> None:
    room, host = await house.live(requires_approval=True, max_participants=3)
    guests = [await house.guest(room, f"Guest {n}") for n in range(4)]
    result = await host.ok("participant:approve_all", room.id)
    assert result == {"participant_ids": [str(g.participant_id) for g in guests[:2]], "remaining": 2}


async def test_hosts_alone_see_the_line_and_nobody_else_has_a_gap(house: House) -> None:
    cast = await assemble(house)
    member = await cast.member()
    knocker = await cast.knocker()
    await cast.owner.event("waiting_room:updated", lambda d: d["participant_id"] == str(cast.id_of(knocker)))
    ack = await cast.owner.command("chat:send", {"session_id": str(cast.room.id), "text": "marker"})
    await member.until_seq(cast.room.id, ack["seq"])
    seqs = member.seqs(cast.room.id)
    assert seqs == list(range(seqs[0], ack["seq"] + 1))
    assert "Wil" not in str([f.body for f in member.frames])
    hidden = [f for f in member.log_of(cast.room.id) if f.type == "event:hidden"]
    assert hidden
    assert all(set(f.body) == {"session_id", "seq", "at", "actor", "data"} for f in hidden)


async def test_who_waits_hears_how_the_session_goes(house: House) -> None:
    room = await house.room(await house.account(), requires_approval=True)
    client = await house.client(await house.guest(room))
    await client.join(room.id)
    host = await house.host(room)
    await client.event("waiting_room:status", lambda d: d == {"status": "active"})
    await host.ok("session:pause", room.id)
    await client.event("waiting_room:status", lambda d: d == {"status": "paused"})


def _said(cast: Cast, text: str) -> dict[str, str]:
    """What those who wait hear when the owner speaks."""
    return {"text": text, "display_name": cast.room.owner.name}
