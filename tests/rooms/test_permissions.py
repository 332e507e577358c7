"""Who may do what: every command by every role, with what must come of it written down."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from realtime.commands import BY_NAME
from tests.realtime.client import Client
from tests.realtime.house import House
from tests.rooms.people import (
    ADMIN,
    ATTENDEE,
    CO_HOST,
    EVERYBODY,
    HOST,
    IN_ROOM,
    MODERATOR,
    PRESENTER,
    STRANGER,
    WAITING,
    Cast,
    assemble,
)

OK: Final = "ok"
RUNNERS: Final = (HOST, CO_HOST, ADMIN)
MODERATORS: Final = (HOST, CO_HOST, MODERATOR, ADMIN)
ASKERS: Final = (HOST, CO_HOST, MODERATOR, PRESENTER, ADMIN)

# In the order they are tried. Whoever is not named is refused: in the room FORBIDDEN, at its door
# PARTICIPANT_WAITING, and for a stranger there is no such session.
ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    "session:sync": (*IN_ROOM, ADMIN),
    "chat:send": IN_ROOM,
    "reaction:send": IN_ROOM,
    "participant:raise_hand": IN_ROOM,
    "participant:lower_hand": IN_ROOM,
    "participant:consent": IN_ROOM,
    "poll:create": ASKERS,
    "poll:vote": IN_ROOM,
    "poll:close": ASKERS,
    "chat:edit": (),
    "chat:delete": MODERATORS,
    "waiting_room:message": MODERATORS,
    "participant:approve": MODERATORS,
    "participant:reject": MODERATORS,
    "participant:approve_all": MODERATORS,
    "participant:mute": MODERATORS,
    "participant:unmute": MODERATORS,
    "participant:mute_all": MODERATORS,
    "participant:unmute_all": MODERATORS,
    "participant:set_language": MODERATORS,
    "participant:set_role": RUNNERS,
    "participant:kick": MODERATORS,
    "participant:ban": RUNNERS,
    "participant:unban": RUNNERS,
    "session:lock": RUNNERS,
    "session:unlock": RUNNERS,
    "recording:start": RUNNERS,
    "recording:pause": RUNNERS,
    "recording:resume": RUNNERS,
    "recording:stop": RUNNERS,
    "session:pause": RUNNERS,
    "session:resume": RUNNERS,
    "session:start": (),
    "session:cancel": (HOST, ADMIN),
    "session:end": (),
}

# What they are told whom the rule above does not fit.
OTHERWISE: Final[dict[tuple[str, str], str]] = {
    # An administrator who is not in the room has no voice, hand or vote in it.
    **{(name, ADMIN): "NOT_JOINED" for name, allowed in ALLOWED.items() if allowed == IN_ROOM},
    ("chat:edit", ADMIN): "NOT_JOINED",
    # It runs already.
    **{("session:start", role): "INVALID_TRANSITION" for role in RUNNERS},
    # Who could has cancelled it by then; the co-host could not.
    **{("session:end", role): "INVALID_TRANSITION" for role in (HOST, ADMIN)},
    ("session:end", CO_HOST): OK,
}

# Commands about the socket itself, for whoever has a place; tests of their own.
ABOUT_THE_SOCKET: Final = {"session:join", "session:leave", "connection:authenticate"}


def expected(name: str, role: str) -> str:
    if role == STRANGER:
        return "SESSION_NOT_FOUND"
    if role == WAITING:
        return "PARTICIPANT_WAITING"
    return OTHERWISE.get((name, role)) or (OK if role in ALLOWED[name] else "FORBIDDEN")


def test_the_table_knows_every_command() -> None:
    assert set(ALLOWED) | ABOUT_THE_SOCKET == set(BY_NAME)


@pytest.mark.parametrize("role", EVERYBODY)
async def test_every_command_by_every_role(house: House, role: str) -> None:
    cast = await assemble(house)
    payloads = await _payloads(cast)
    actor = await cast.actor(role)
    outcomes = {}
    for name in ALLOWED:
        ack = await actor.command(name, {"session_id": str(cast.room.id), **payloads.get(name, {})})
        outcomes[name] = OK if ack["ok"] else ack["error"]["errorCode"]
    assert outcomes == {name: expected(name, role) for name in ALLOWED}


async def _payloads(cast: Cast) -> dict[str, dict[str, Any]]:
    target, out, banned = await cast.member(), await cast.member("Otto"), await cast.member("Bruno")
    said = await target.ok("chat:send", cast.room.id, text="Mine.")
    poll = await cast.owner.ok("poll:create", cast.room.id, question="Break?", options=["Yes", "No"])
    knockers = [await cast.knocker(name) for name in ("Una", "Uwe")]

    def about(client: Client, **more: Any) -> dict[str, Any]:
        return {"participant_id": str(cast.id_of(client)), **more}

    message = {"message_id": said["id"]}
    return {
        "chat:send": {"text": "Hello."},
        "chat:edit": {**message, "text": "Yours."},
        "chat:delete": message,
        "reaction:send": {"emoji": "👍"},
        "participant:consent": {"consent": True},
        "poll:create": {"question": "Again?", "options": ["Yes", "No"]},
        "poll:vote": {"poll_id": poll["id"], "choices": [0]},
        "poll:close": {"poll_id": poll["id"]},
        "waiting_room:message": {"text": "Soon."},
        "participant:approve": about(knockers[0]),
        "participant:reject": about(knockers[1]),
        "participant:mute": about(target),
        "participant:unmute": about(target),
        "participant:set_language": about(target, language="de"),
        "participant:set_role": about(target, role=PRESENTER),
        "participant:kick": about(out),
        "participant:ban": about(banned),
        "participant:unban": about(banned),
        "session:cancel": {"reason": "Fire alarm."},
    }


# Whom each role may act upon. The owner is a host, too, but nobody acts on them.
BELOW: Final[dict[str, tuple[str, ...]]] = {
    HOST: (HOST, CO_HOST, MODERATOR, PRESENTER, ATTENDEE),
    CO_HOST: (MODERATOR, PRESENTER, ATTENDEE),
    MODERATOR: (PRESENTER, ATTENDEE),
    ADMIN: ("owner", HOST, CO_HOST, MODERATOR, PRESENTER, ATTENDEE),
}
# The other host is gone by then.
LAST_ONE: Final = (ADMIN, "participant:kick", "owner")
ON_SOMEBODY: Final = ("participant:mute", "participant:unmute", "participant:lower_hand", "participant:kick")


@pytest.mark.parametrize("role", BELOW)
async def test_nobody_acts_on_those_above_or_beside_them(house: House, role: str) -> None:
    cast = await assemble(house)
    actor = await cast.actor(role)
    targets = {of: cast.id_of(await cast.actor(of)) for of in IN_ROOM}
    joined = await cast.owner.join(cast.room.id)
    targets["owner"] = joined["participant"]["id"]
    for name in ON_SOMEBODY:
        outcomes = {}
        for of, target in targets.items():
            ack = await actor.command(name, {"session_id": str(cast.room.id), "participant_id": str(target)})
            outcomes[of] = OK if ack["ok"] else ack["error"]["errorCode"]
        wanted = {of: OK if of in BELOW[role] else "OUTRANKS_YOU" for of in targets}
        if (role, name) == LAST_ONE[:2]:
            wanted[LAST_ONE[2]] = "LAST_HOST"
        assert outcomes == wanted, name


# Which roles each may give away.
GRANTS: Final[dict[str, tuple[str, ...]]] = {
    HOST: IN_ROOM,
    CO_HOST: (MODERATOR, PRESENTER, ATTENDEE),
    ADMIN: IN_ROOM,
    MODERATOR: (),
}


@pytest.mark.parametrize("role", GRANTS)
async def test_nobody_grants_more_than_they_have(house: House, role: str) -> None:
    cast = await assemble(house)
    actor = await cast.actor(role)
    outcomes = {}
    for granted in (MODERATOR, PRESENTER, ATTENDEE, CO_HOST, HOST):
        target = await cast.member()
        ack = await actor.command(
            "participant:set_role",
            {"session_id": str(cast.room.id), "participant_id": str(cast.id_of(target)), "role": granted},
        )
        outcomes[granted] = OK if ack["ok"] else ack["error"]["errorCode"]
    assert outcomes == {one: OK if one in GRANTS[role] else "FORBIDDEN" for one in outcomes}


SELF: Final[dict[str, Callable[[str], str]]] = {
    # Whoever may mute may mute themselves, if they may act on their equals.
    "participant:mute": lambda role: OK if role == HOST else "OUTRANKS_YOU",
    "participant:kick": lambda _role: "FORBIDDEN",
    "participant:ban": lambda _role: "FORBIDDEN",
    "participant:set_role": lambda role: OK if role in (HOST, CO_HOST) else "FORBIDDEN",
}


@pytest.mark.parametrize("role", [HOST, CO_HOST, MODERATOR])
async def test_acting_on_oneself(house: House, role: str) -> None:
    cast = await assemble(house)
    actor = await cast.actor(role)
    me = str(cast.id_of(actor))
    for name, outcome in SELF.items():
        more = {"role": ATTENDEE} if name == "participant:set_role" else {}
        ack = await actor.command(name, {"session_id": str(cast.room.id), "participant_id": me, **more})
        assert (OK if ack["ok"] else ack["error"]["errorCode"]) == outcome(role), name
