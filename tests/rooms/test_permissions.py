"""Who may do what: every command by every role, with what must come of it written down."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from realtime.commands import BY_NAME
from tests.realtime.house import House
from tests.rooms.people import (
    ADMIN,
    ATTENDEE,
    CO_HOST,
    EVERYBODY,
    HOST,
    IN_ROOM,
    INSTRUCTOR,
    LEARNER,
    MODERATOR,
    OBSERVER,
    PRESENTER,
    STRANGER,
    VOICES,
    WAITING,
    assemble,
    payloads_for,
)

OK: Final = "ok"
RUNNERS: Final = (HOST, CO_HOST, INSTRUCTOR, ADMIN)
MODERATORS: Final = (HOST, CO_HOST, INSTRUCTOR, MODERATOR, ADMIN)
ASKERS: Final = (HOST, CO_HOST, INSTRUCTOR, MODERATOR, PRESENTER, ADMIN)

# In the order they are tried. Whoever is not named is refused: in the room FORBIDDEN, at its door
# PARTICIPANT_WAITING, and for a stranger there is no such session.
ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    "session:sync": (*IN_ROOM, ADMIN),
    "chat:send": VOICES,
    "reaction:send": VOICES,
    "participant:raise_hand": VOICES,
    "participant:lower_hand": VOICES,
    "participant:consent": IN_ROOM,
    "poll:create": ASKERS,
    "poll:vote": VOICES,
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
    "participant:set_visibility": MODERATORS,
    "participant:set_language": MODERATORS,
    "participant:set_role": RUNNERS,
    "participant:set_permissions": RUNNERS,
    "participant:set_custom_role": (),
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
    **{(name, ADMIN): "NOT_JOINED" for name, allowed in ALLOWED.items() if allowed in (IN_ROOM, VOICES)},
    ("chat:edit", ADMIN): "NOT_JOINED",
    # There is no such role: tests of their own.
    **{("participant:set_custom_role", role): "ROLE_NOT_FOUND" for role in EVERYBODY},
    # It runs already.
    **{("session:start", role): "INVALID_TRANSITION" for role in RUNNERS},
    # Who could has cancelled it by then; the co-host could not.
    **{("session:end", role): "INVALID_TRANSITION" for role in (HOST, ADMIN)},
    ("session:end", CO_HOST): OK,
    ("session:end", INSTRUCTOR): OK,
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
    payloads = await payloads_for(cast)
    actor = await cast.actor(role)
    outcomes = {}
    for name in ALLOWED:
        ack = await actor.command(name, {"session_id": str(cast.room.id), **payloads.get(name, {})})
        outcomes[name] = OK if ack["ok"] else ack["error"]["errorCode"]
    assert outcomes == {name: expected(name, role) for name in ALLOWED}


# Whom each role may act upon. The owner is a host, too, but nobody acts on them.
BELOW: Final[dict[str, tuple[str, ...]]] = {
    HOST: IN_ROOM,
    CO_HOST: (MODERATOR, PRESENTER, ATTENDEE, LEARNER, OBSERVER),
    INSTRUCTOR: (MODERATOR, PRESENTER, ATTENDEE, LEARNER, OBSERVER),
    MODERATOR: (PRESENTER, ATTENDEE, LEARNER, OBSERVER),
    ADMIN: ("owner", *IN_ROOM),
}
# The other host is gone by then.
LAST_ONE: Final = (ADMIN, "participant:kick", "owner")
ON_SOMEBODY: Final = (
    "participant:mute",
    "participant:unmute",
    "participant:lower_hand",
    "participant:set_visibility",
    "participant:kick",
)
MORE: Final[dict[str, dict[str, Any]]] = {"participant:set_visibility": {"is_hidden": True}}


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
            about = {"session_id": str(cast.room.id), "participant_id": str(target), **MORE.get(name, {})}
            ack = await actor.command(name, about)
            outcomes[of] = OK if ack["ok"] else ack["error"]["errorCode"]
        wanted = {of: OK if of in BELOW[role] else "OUTRANKS_YOU" for of in targets}
        if (role, name) == LAST_ONE[:2]:
            wanted[LAST_ONE[2]] = "LAST_HOST"
        assert outcomes == wanted, name


# Which roles each may give away.
GRANTS: Final[dict[str, tuple[str, ...]]] = {
    HOST: IN_ROOM,
    CO_HOST: (MODERATOR, PRESENTER, ATTENDEE, LEARNER, OBSERVER),
    INSTRUCTOR: (MODERATOR, PRESENTER, ATTENDEE, LEARNER, OBSERVER),
    ADMIN: IN_ROOM,
    MODERATOR: (),
}


@pytest.mark.parametrize("role", GRANTS)
async def test_nobody_grants_more_than_they_have(house: House, role: str) -> None:
    cast = await assemble(house)
    actor = await cast.actor(role)
    outcomes = {}
    for granted in reversed(IN_ROOM):
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
    "participant:set_visibility": lambda _role: OK,
    "participant:set_role": lambda role: OK if role in (HOST, CO_HOST, INSTRUCTOR) else "FORBIDDEN",
}


@pytest.mark.parametrize("role", [HOST, CO_HOST, INSTRUCTOR, MODERATOR])
async def test_acting_on_oneself(house: House, role: str) -> None:
    cast = await assemble(house)
    actor = await cast.actor(role)
    me = str(cast.id_of(actor))
    for name, outcome in SELF.items():
        more = {"role": ATTENDEE} if name == "participant:set_role" else MORE.get(name, {})
        ack = await actor.command(name, {"session_id": str(cast.room.id), "participant_id": me, **more})
        assert (OK if ack["ok"] else ack["error"]["errorCode"]) == outcome(role), name
