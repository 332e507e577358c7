"""Sessions as people hold them, told from beginning to end. Together they hold every kind of event."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlmodel import select

from models.identity.avatars import show_avatar_in_rooms
from models.identity.tables import User
from models.permissions import Permission, Role
from models.recordings.recording import pause_recording, resume_recording, start_recording, stop_recording
from models.rooms.adding import AddParticipant, add_participant
from models.rooms.chat import delete_message, edit_message, send_message
from models.rooms.erasing import erase_participant
from models.rooms.granting import PermissionFields, set_permissions
from models.rooms.hands import give_consent, lower_hand, raise_hand, set_language
from models.rooms.moderation import (
    ban_participant,
    kick_participant,
    mute_all,
    mute_participant,
    set_role,
    unban_participant,
    unmute_all,
    unmute_participant,
)
from models.rooms.poll_payloads import PollFields
from models.rooms.polls import close_poll, create_poll, vote
from models.rooms.tables import Participant
from models.rooms.visibility import set_visibility
from models.rooms.waiting_room import approve_all, approve_participant, message_waiting, reject_participant
from models.sessions.editing import delete_session, update_session
from models.sessions.kinds import SessionKind, SessionStatus
from models.sessions.lifecycle import (
    cancel_session,
    end_session,
    lock_session,
    pause_session,
    resume_session,
    schedule_session,
    start_session,
    unlock_session,
)
from models.sessions.payloads import CreateSession, ScheduleSession, UpdateSession
from models.transaction import Transaction
from tests.log.room import Room

Scenario = Callable[[Room], Awaitable[None]]

LONG_CHAT = 57
"""Lines enough that the first are no longer part of the state."""


async def a_class_with_a_waiting_room(room: Room) -> None:
    await room.create(CreateSession(title="Algebra, week 3", kind=SessionKind.CLASS, tags=["maths"]))
    await room.join("ada")
    start = room.site.clock.now() + timedelta(hours=1)
    await room.act("ada", schedule_session, ScheduleSession(start_time=start, end_time=None))
    milo = AddParticipant(user_id=room.site.accounts["milo"].id, role=Role.MODERATOR, language="fr")
    await room.act("ada", add_participant, milo)
    for who in ("gus", "gia", "gil", "abel"):
        await room.join(who, language="de")
    await room.join("milo")
    await room.act("milo", message_waiting, "We begin in a minute.")
    await room.act("milo", message_waiting, "Which class are you from?", room.ids["gia"])
    await room.act("ada", set_language, room.ids["gus"], "en")
    await room.act("milo", approve_participant, room.ids["gus"])
    await room.act("milo", reject_participant, room.ids["gia"], "not of this class")
    await room.act("ada", start_session)
    await room.join("gus")
    await room.leave("gil")
    await room.act("ada", set_role, room.ids["abel"], Role.CO_HOST)
    await room.join("abel")
    await room.act("ada", approve_participant, room.ids["gia"])
    await room.join("gia", consent=True)
    await room.join("gil")
    await room.act("abel", approve_all)
    await room.act("ada", lock_session)
    await room.act("ada", unlock_session)
    await room.join("ben")
    await room.act("ada", end_session)


async def a_meeting_with_moderation(room: Room) -> None:
    await _meet(room, "cora", "petra", "ben", "gus")
    people = room.ids
    await room.act("ada", set_role, people["cora"], Role.CO_HOST)
    await room.act("ada", set_role, people["petra"], Role.PRESENTER)
    await room.act("gus", raise_hand)
    await room.act("ben", raise_hand)
    await room.act("cora", mute_participant, people["gus"])
    await room.act("cora", lower_hand, people["ben"])
    await room.act("cora", unmute_participant, people["gus"])
    await room.act("cora", mute_all)
    await room.act("gus", set_language, people["gus"], "pt-BR")
    await room.act("ada", unmute_all)
    await room.act("ben", give_consent, consent=True)
    await room.act("ben", give_consent, consent=False)
    await room.leave("petra", "lost")
    await room.join("petra")
    await room.act("cora", kick_participant, people["gus"], "noise")
    await room.act("cora", approve_participant, people["gus"])
    await room.join("gus")
    await room.act("ada", ban_participant, people["gus"], None)
    await room.act("ada", unban_participant, people["gus"])
    await room.join("gus")
    changes = {"title": "Planning, day 2", "settings": {"requires_approval": True, "allow_hands": False}}
    await room.act("ada", update_session, UpdateSession.model_validate(changes))
    await room.join("gia")
    await room.act("ada", pause_session)
    await room.act("ada", resume_session)
    await room.act("ada", pause_session)
    await room.act("ada", cancel_session, "There is a fire drill.")


async def people_who_are_hidden(room: Room) -> None:
    await _meet(room, "cora", "ben", "gus")
    people = room.ids
    await room.act("ada", set_role, people["cora"], Role.MODERATOR)
    await room.act("cora", set_visibility, people["ben"], is_hidden=True)
    await room.act("cora", set_visibility, people["cora"], is_hidden=True)
    await room.act("ben", raise_hand)
    await room.leave("ben")
    await room.act("cora", set_visibility, people["gus"], is_hidden=True)
    await room.join("ben")
    await room.act("ada", mute_all)
    await room.act("ada", unmute_all, [people["ben"]])
    await room.act("ada", set_visibility, people["ben"], is_hidden=False)
    quiet = PermissionFields(deny=(Permission.CHAT_SEND,))
    await room.act("ada", set_permissions, people["ben"], quiet)


async def somebody_with_a_picture(room: Room) -> None:
    await _meet(room, "ben", "gus")
    await _show(room, "ben", "0123456789abcdef" * 2)
    await room.leave("ben")
    await room.join("ben")
    await _show(room, "ben", None)


async def _show(room: Room, who: str, avatar: str | None) -> None:
    async def show(tx: Transaction) -> None:
        user = (await tx.db.exec(select(User).where(User.id == room.site.accounts[who].id))).one()
        user.avatar = avatar
        await show_avatar_in_rooms(tx, user)

    await room.change(show)


async def somebody_who_deletes_their_account(room: Room) -> None:
    await _meet(room, "ben", "gus")
    await _show(room, "ben", "fedcba9876543210" * 2)
    ben = [room.ids["ben"]]
    said = await room.act("gus", send_message, "Hello @Ben, and @Ben again", None, ben)
    await room.act("ben", send_message, "Hello!", said.id)
    await room.act("ada", send_message, "x" * 3_990 + " @Ben 🎉", None, ben)
    await room.act("gus", edit_message, said.id, "Bye @Ben", ben)
    await room.act("ben", raise_hand)
    await room.act("ada", message_waiting, "Soon", None)
    for who in ("ben", "ada"):
        await room.change(lambda tx, who=who: _erase(room, tx, who))  # type: ignore[misc]


async def _erase(room: Room, tx: Transaction, who: str) -> None:
    await tx.lock(room.session_id)
    query = select(Participant).where(Participant.id == room.ids[who])
    await erase_participant(tx, (await tx.db.exec(query)).one())


async def a_long_chat(room: Room) -> None:
    await _meet(room, "ben", "gus")
    for line in range(LONG_CHAT):
        message = await room.act(("ada", "ben", "gus")[line % 3], send_message, f"line {line}")
        room.messages.append(message.id)
    reply = await room.act("ben", send_message, "Yes — “genau” 🎉\nline two", room.messages[-2])
    await room.act("ben", edit_message, reply.id, "Yes, exactly")
    await room.act("ben", edit_message, room.messages[1], "long out of sight")
    await room.act("gus", delete_message, room.messages[-1])
    await room.act("ada", delete_message, reply.id)
    await room.act("ada", delete_message, room.messages[0])
    await room.act("ben", send_message, "The end.")


async def recordings_and_polls(room: Room) -> None:
    await _meet(room, "ben", "gus")
    await room.act("ada", start_recording, "The talk")
    await room.act("ada", pause_recording)
    await room.act("ada", resume_recording)
    await room.act("ada", pause_recording)
    await room.act("ada", stop_recording)
    question = PollFields(question="Which days?", options=["Mon", "Tue", "Wed"], is_multiple=True)
    poll = await room.act("ada", create_poll, question)
    await room.act("ben", vote, poll.id, [0, 2])
    await room.act("gus", vote, poll.id, [1])
    await room.act("ben", vote, poll.id, [1])
    other = await room.act("ada", create_poll, PollFields(question="A break?", options=["Yes", "No"]))
    await room.act("gus", vote, other.id, [0])
    await room.act("ada", close_poll, poll.id)
    await room.act("ada", start_recording)
    await room.act("ada", pause_session)
    await room.act("ada", resume_session)
    await room.act("ada", end_session)


async def a_session_that_was_deleted(room: Room) -> None:
    await room.create(CreateSession(title="Maybe never", kind=SessionKind.CONSULTATION))
    await room.join("ada")
    await room.act("ada", delete_session)
    await room.restore("ada")
    await room.act("ada", schedule_session, ScheduleSession())
    await room.join("gus")
    await room.act("ada", cancel_session, "Nobody came.")


async def a_room_that_grows_large(room: Room) -> None:
    room.roster_limit = 4
    await _meet(room, "ben", "petra", "gus")
    await room.act("gus", raise_hand)
    for who in ("gia", "cora", "gil"):
        await room.join(who)
    await room.act("gia", raise_hand)
    await room.act("ada", set_role, room.ids["cora"], Role.CO_HOST)
    await room.act("ben", send_message, "So many people!")
    await room.act("ada", mute_all)
    await room.act("ada", set_role, room.ids["petra"], Role.PRESENTER)
    await room.act("cora", lower_hand, room.ids["gus"])
    await room.act("ben", set_language, room.ids["ben"], "fr")
    await room.leave("ben")
    await room.join("ben")
    await room.act("ada", set_role, room.ids["petra"], Role.ATTENDEE)
    await room.act("cora", kick_participant, room.ids["gil"], "noise")
    await room.act("ada", ban_participant, room.ids["gil"], None)
    await room.leave("gia", "lost")
    await room.leave("cora")
    await room.leave("ben")
    await room.act("gus", raise_hand)
    for who in ("milo", "abel", "stan"):
        await room.join(who)
    await room.act("ada", end_session)


SCENARIOS: tuple[Scenario, ...] = (
    a_room_that_grows_large,
    a_class_with_a_waiting_room,
    a_meeting_with_moderation,
    people_who_are_hidden,
    somebody_with_a_picture,
    somebody_who_deletes_their_account,
    a_long_chat,
    recordings_and_polls,
    a_session_that_was_deleted,
)


async def _meet(room: Room, *guests: str) -> None:
    """A running meeting with its host and these people in it."""
    await room.create(CreateSession(title="Planning", status=SessionStatus.SCHEDULED))
    await room.join("ada")
    await room.act("ada", start_session)
    for who in guests:
        await room.join(who)
