"""Anything anybody could try in a room, drawn at random and small enough to be shrunk."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from models.errors import ConveneError
from models.permissions import Role
from models.recordings import recording
from models.rooms import adding, chat, hands, moderation, polls, visibility, waiting_room
from models.rooms.poll_payloads import PollFields
from models.sessions import editing, lifecycle
from models.sessions.kinds import SessionKind
from models.sessions.payloads import CreateSession, ScheduleSession, UpdateSession
from tests.log.room import ACCOUNTS, GUESTS, OWNER, Room

NOBODY = UUID(int=7)
"""An id that belongs to nothing."""

STRANGE = 11
"""The choice of somebody or something that is not there."""


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody tries something, some time after the step before. `whom` and `how` choose among what there is."""

    command: str
    who: str
    whom: int
    how: int
    after_ms: int


Try = Callable[[Room, Step], Awaitable[Any]]


def _among(known: Iterable[UUID], step: Step) -> UUID:
    found = list(known)
    return found[-1 - step.whom % len(found)] if found and step.whom < STRANGE else NOBODY


def _person(room: Room, step: Step) -> UUID:
    return _among(room.ids.values(), step)


def _message(room: Room, step: Step) -> UUID:
    return _among(room.messages, step)


def _recording(room: Room, step: Step) -> UUID | None:
    return None if step.whom % 2 else _among(room.recordings, step)


def _one(step: Step, *options: Any) -> Any:
    return options[step.how % len(options)]


def _acting(use_case: Callable[..., Awaitable[Any]], *choosers: Callable[[Room, Step], Any]) -> Try:
    return lambda room, step: room.act(step.who, use_case, *(choose(room, step) for choose in choosers))


async def _send(room: Room, step: Step) -> None:
    said = room.messages[-1] if room.messages and step.how % 2 else None
    message = await room.act(step.who, chat.send_message, f"word {step.how}", said)
    room.messages.append(message.id)


async def _start_recording(room: Room, step: Step) -> None:
    started = await room.act(step.who, recording.start_recording, _one(step, None, "Take two"))
    room.recordings.append(started.id)


async def _ask(room: Room, step: Step) -> None:
    question = PollFields(
        question="Shall we go on?", options=["Yes", "No"], is_multiple=_one(step, False, True)
    )
    poll = await room.act(step.who, polls.create_poll, question)
    room.polls.append(poll.id)


async def _vote(room: Room, step: Step) -> None:
    choices = _one(step, [0], [1], [0, 1], [2])
    await room.act(step.who, polls.vote, _poll(room, step), choices)


def _poll(room: Room, step: Step) -> UUID:
    return _among(room.polls, step)


async def _set_visibility(room: Room, step: Step) -> None:
    is_hidden = _one(step, True, False)
    await room.act(step.who, visibility.set_visibility, _person(room, step), is_hidden=is_hidden)


def _everybody_or_some(room: Room, step: Step) -> list[UUID] | None:
    some: list[UUID] | None = _one(step, None, None, [_person(room, step)], [])
    return some


async def _leave(room: Room, step: Step) -> None:
    await room.leave(step.who, _one(step, "left", "lost"))


async def _consent(room: Room, step: Step) -> None:
    await room.act(step.who, hands.give_consent, consent=_one(step, True, False))


def _times(room: Room, step: Step) -> dict[str, Any]:
    soon = (room.site.clock.now() + timedelta(hours=2)).astimezone(timezone(timedelta(hours=2)))
    later = soon + timedelta(hours=1, microseconds=123_456)
    times: dict[str, Any] = _one(
        step,
        {},
        {"start_time": soon, "end_time": later},
        {"start_time": None, "end_time": None},
        {"end_time": soon},
        {"start_time": later},
        {"start_time": soon - timedelta(hours=4)},
    )
    return times


def _schedule(room: Room, step: Step) -> ScheduleSession:
    return ScheduleSession(**_times(room, step))


def _update(room: Room, step: Step) -> UpdateSession:
    changes: tuple[dict[str, Any], ...] = (
        {"title": "Algebra, week 4", "tags": ["maths"]},
        {"max_participants": 1 + step.whom % 4},
        {"max_participants": 50},
        {"requires_approval": step.whom % 2 == 0},
        {"settings": {"allow_chat": step.whom % 2 == 0, "allow_hands": step.whom % 3 == 0}},
        {"settings": {"allow_guests": True, "recording_consent": step.whom % 2 == 0}},
        {"settings": {"opens_minutes_before": step.whom, "mute_on_entry": True}},
        {"settings": {"allow_recording": step.whom % 2 == 0}, "available_languages": ["de", "en"]},
        {},
        _times(room, step),
    )
    return UpdateSession.model_validate(_one(step, *changes))


async def _add_participant(room: Room, step: Step) -> None:
    role = _one(step, Role.ATTENDEE, Role.MODERATOR, Role.CO_HOST)
    who = adding.AddParticipant(user_id=_account(room, step), role=role)
    await room.act(step.who, adding.add_participant, who)


async def _add_co_host(room: Room, step: Step) -> None:
    await room.act(step.who, adding.add_co_host, _account(room, step))


async def _remove_co_host(room: Room, step: Step) -> None:
    await room.act(step.who, adding.remove_co_host, _account(room, step))


def _account(room: Room, step: Step) -> UUID:
    return _among((one.id for one in room.site.accounts.values()), step)


def _reason(_room: Room, step: Step) -> str | None:
    reason: str | None = _one(step, None, "noise")
    return reason


def _maybe_person(room: Room, step: Step) -> UUID | None:
    return _one(step, None, _person(room, step))  # type: ignore[no-any-return]


TRIES: dict[str, Try] = {
    "join": lambda room, step: room.join(step.who, **_one(step, {}, {"consent": True}, {"language": "de"})),
    "leave": _leave,
    "approve": _acting(waiting_room.approve_participant, _person),
    "approve_all": _acting(waiting_room.approve_all),
    "reject": _acting(waiting_room.reject_participant, _person, _reason),
    "message_waiting": _acting(waiting_room.message_waiting, lambda *_: "Soon.", _maybe_person),
    "mute": _acting(moderation.mute_participant, _person),
    "unmute": _acting(moderation.unmute_participant, _person),
    "mute_all": _acting(moderation.mute_all, _everybody_or_some),
    "unmute_all": _acting(moderation.unmute_all, _everybody_or_some),
    "kick": _acting(moderation.kick_participant, _person, _reason),
    "ban": _acting(moderation.ban_participant, _person, _reason),
    "unban": _acting(moderation.unban_participant, _person),
    "set_role": _acting(moderation.set_role, _person, lambda _, step: _one(step, *Role)),
    "set_visibility": _set_visibility,
    "add_participant": _add_participant,
    "add_co_host": _add_co_host,
    "remove_co_host": _remove_co_host,
    "raise_hand": _acting(hands.raise_hand),
    "lower_hand": _acting(hands.lower_hand, _maybe_person),
    "set_language": _acting(hands.set_language, _person, lambda _, step: _one(step, "de", "fr", "en")),
    "consent": _consent,
    "send": _send,
    "edit": _acting(chat.edit_message, _message, lambda _, step: f"corrected {step.how}"),
    "delete_message": _acting(chat.delete_message, _message),
    "ask": _ask,
    "vote": _vote,
    "close_poll": _acting(polls.close_poll, _poll),
    "start_recording": _start_recording,
    "pause_recording": _acting(recording.pause_recording, _recording),
    "resume_recording": _acting(recording.resume_recording, _recording),
    "stop_recording": _acting(recording.stop_recording, _recording),
    "schedule": _acting(lifecycle.schedule_session, _schedule),
    "start": _acting(lifecycle.start_session),
    "pause": _acting(lifecycle.pause_session),
    "resume": _acting(lifecycle.resume_session),
    "end": _acting(lifecycle.end_session),
    "cancel": _acting(lifecycle.cancel_session, lambda *_: "The speaker is ill."),
    "lock": _acting(lifecycle.lock_session),
    "unlock": _acting(lifecycle.unlock_session),
    "update": _acting(editing.update_session, _update),
    "delete": _acting(editing.delete_session),
    "restore": lambda room, step: room.restore(step.who),
}

_FREQUENT = (
    "join",
    "join",
    "approve",
    "approve",
    "send",
    "edit",
    "vote",
    "set_role",
    "update",
    "start",
    "resume",
)
_LAST = ("end", "cancel", "delete")
_COMMANDS = [name for name in (*_FREQUENT, *TRIES) if name not in _LAST]

steps = st.builds(
    Step,
    # What closes a room is tried seldom, so that there is a room to try the rest in.
    command=st.sampled_from([*_COMMANDS * 3, *_LAST]),
    who=st.sampled_from([OWNER] * 6 + [*ACCOUNTS, *GUESTS]),
    whom=st.integers(0, STRANGE),
    how=st.integers(0, 9),
    after_ms=st.sampled_from([0, 1, 17, 999, 61_000, 3_600_001]),
)

sessions = st.builds(
    CreateSession,
    title=st.just("Algebra"),
    kind=st.sampled_from(SessionKind),
    status=st.sampled_from(["scheduled", "scheduled", "draft"]),
)


async def attempt(room: Room, step: Step) -> bool:
    """Takes a step; returns whether it was allowed."""
    room.site.clock.turn(step.after_ms)
    try:
        await TRIES[step.command](room, step)
    except ConveneError:
        return False
    return True
