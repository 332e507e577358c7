"""What each kind of event changes in a room's state, and that it changes nothing else."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from models.clock import wire_time
from models.log.catalogue import EVENTS, apply
from models.log.event import HIDDEN, Event
from models.log.state import RECENT_MESSAGES, RoomState
from models.permissions import Permission, Role
from models.recordings import events as recordings
from models.recordings.payloads import RecordingView
from models.recordings.tables import RecordingState
from models.rooms import chat_events as chat
from models.rooms import events as rooms
from models.rooms import poll_events as polls
from models.rooms.erasure_event import ParticipantErased
from models.rooms.payloads import Mention, MessageView, ParticipantView, WaitingView
from models.rooms.poll_payloads import PollView
from models.rooms.tables import ParticipantStatus
from models.sessions import events as sessions
from models.sessions.kinds import SessionKind, SessionSettings, SessionStatus
from models.sessions.payloads import RoomSession

ANA, BEN, CAT, DAN = (UUID(int=n) for n in range(1, 5))
MESSAGE, POLL, RECORDING, SESSION = (UUID(int=n) for n in range(11, 15))
NAMES = {str(ANA): "ana", str(BEN): "ben", str(CAT): "cat", str(DAN): "dan", str(POLL): "poll"}
BEFORE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
AT = datetime(2026, 11, 21, 9, 5, 0, 123_000, tzinfo=UTC)
NOW = wire_time(AT)


class Gone:
    """Stands for something that was there before."""


def _person(id_: UUID, name: str, role: Role = Role.ATTENDEE) -> ParticipantView:
    return ParticipantView(
        id=id_,
        user_id=None,
        display_name=name,
        role=role,
        status=ParticipantStatus.APPROVED,
        language="en",
        is_muted=False,
        is_present=True,
        hand_raised_at=None,
        consented_at=None,
        joined_at=BEFORE,
    )


def _message(number: int, id_: UUID) -> MessageView:
    return MessageView(
        id=id_,
        seq=number,
        participant_id=ANA,
        display_name="Ana",
        text=f"line {number}",
        reply_to=None,
        sent_at=BEFORE,
        edited_at=None,
        deleted_at=None,
    )


MENTION = Mention(participant_id=BEN, display_name="Ben")
MUTED = _person(BEN, "Ben").model_copy(update={"is_muted": True, "hand_raised_at": BEFORE})
WAITING = WaitingView(id=CAT, user_id=None, display_name="Cat", language="en", knocked_at=BEFORE)
TAKE = RecordingView(
    id=RECORDING,
    title="Algebra",
    state=RecordingState.RECORDING,
    started_by=ANA,
    started_at=BEFORE,
    running_since=BEFORE,
    stopped_at=None,
    recorded_s=0.0,
    first_seq=7,
    last_seq=None,
)
ASKED = PollView(
    id=POLL,
    question="A break?",
    options=["Yes", "No"],
    is_multiple=False,
    counts=[0, 0],
    voters=0,
    created_by=ANA,
    created_at=BEFORE,
    closed_at=None,
)
STATE = RoomState(
    audience="hosts",
    session=RoomSession(
        id=SESSION,
        title="Algebra",
        description="",
        kind=SessionKind.CLASS,
        status=SessionStatus.PAUSED,
        code="K7MPQ2",
        owner_id=DAN,
        start_time=None,
        end_time=None,
        original_language="en",
        available_languages=["en"],
        max_participants=60,
        settings=SessionSettings(),
        is_locked=False,
        cancel_reason=None,
        started_at=BEFORE,
        paused_at=BEFORE,
        ended_at=None,
        paused_s=2.5,
    ),
    roster="full",
    present=2,
    participants={ANA: _person(ANA, "Ana", Role.HOST), BEN: MUTED},
    waiting={CAT: WAITING},
    messages=[_message(5, MESSAGE)],
    polls={POLL: ASKED},
    recording=TAKE,
)
SCHEDULED = STATE.session.model_copy(update={"title": "Algebra 2", "max_participants": 3})
LOCKED = STATE.with_session(is_locked=True)
SILENT = STATE.model_copy(update={"recording": None})
SUMMARY = STATE.with_roster("summary", None, 2)
ENDED: dict[str, Any] = {
    "present": 0,
    "participants.ana": Gone,
    "participants.ben": Gone,
    "waiting.cat": Gone,
    "session.paused_at": None,
    "session.ended_at": NOW,
    "session.paused_s": 9.0,
}

FOLDS: list[tuple[Event, dict[str, Any]]] = [
    (
        sessions.SessionCreated(session=SCHEDULED),
        {"session.title": "Algebra 2", "session.max_participants": 3},
    ),
    (
        sessions.SessionUpdated(session=SCHEDULED, changed=["max_participants", "title"]),
        {"session.title": "Algebra 2", "session.max_participants": 3},
    ),
    (
        sessions.SessionScheduled(start_time=AT, end_time=None),
        {"session.status": "scheduled", "session.start_time": NOW},
    ),
    (sessions.SessionStarted(), {"session.status": "active", "session.started_at": NOW}),
    (sessions.SessionPausedEvent(), {"session.paused_at": NOW}),
    (
        sessions.SessionResumed(paused_s=4.0),
        {"session.status": "active", "session.paused_at": None, "session.paused_s": 4.0},
    ),
    (sessions.SessionEnded(paused_s=9.0), {**ENDED, "session.status": "ended"}),
    (
        sessions.SessionCancelled(reason="ill", ended_at=AT, paused_s=9.0),
        {**ENDED, "session.status": "cancelled", "session.cancel_reason": "ill"},
    ),
    (sessions.SessionLockedEvent(), {"session.is_locked": True}),
    (sessions.SessionUnlocked(), {}),
    (sessions.SessionDeleted(), {}),
    (sessions.SessionRestored(), {}),
    (rooms.ParticipantAdded(participant_id=DAN, user_id=DAN), {}),
    (
        rooms.ParticipantJoined(participant=_person(DAN, "Dan")),
        {"present": 3, "participants.dan": _person(DAN, "Dan").model_dump(mode="json")},
    ),
    (rooms.ParticipantLeft(participant_id=BEN, reason="lost"), {"present": 1, "participants.ben": Gone}),
    (rooms.ParticipantKicked(participant_id=BEN, reason=None), {"present": 1, "participants.ben": Gone}),
    (rooms.ParticipantBanned(participant_id=BEN, reason="noise"), {"present": 1, "participants.ben": Gone}),
    (
        rooms.RosterChanged(roster="full", present=1, participants=[_person(DAN, "Dan")]),
        {
            "present": 1,
            "participants.ana": Gone,
            "participants.ben": Gone,
            "participants.dan": _person(DAN, "Dan").model_dump(mode="json"),
        },
    ),
    (rooms.ParticipantUnbanned(participant_id=BEN), {}),
    (rooms.ParticipantApproved(participant_id=CAT), {}),
    (rooms.ParticipantDeclined(participant_id=CAT, reason=None), {}),
    (rooms.WaitingRoomUpdated(participant_id=CAT, waiting=None, count=0), {"waiting.cat": Gone}),
    (
        rooms.WaitingRoomUpdated(participant_id=DAN, waiting=WAITING.model_copy(update={"id": DAN}), count=2),
        {"waiting.dan": {**WAITING.model_dump(mode="json"), "id": str(DAN)}},
    ),
    (rooms.WaitingRoomMessaged(participant_id=None, text="Soon."), {}),
    (rooms.ParticipantMuted(participant_id=ANA), {"participants.ana.is_muted": True}),
    (rooms.ParticipantMuted(participant_id=DAN), {}),
    (rooms.ParticipantUnmuted(participant_id=BEN), {"participants.ben.is_muted": False}),
    (rooms.AllMuted(participant_ids=[ANA, BEN, DAN]), {"participants.ana.is_muted": True}),
    (rooms.AllUnmuted(participant_ids=[BEN]), {"participants.ben.is_muted": False}),
    (rooms.RoleChanged(participant_id=BEN, role=Role.CO_HOST), {"participants.ben.role": "co_host"}),
    (rooms.VisibilityChanged(participant_id=BEN, is_hidden=True), {"participants.ben.is_hidden": True}),
    (rooms.PermissionsChanged(participant_id=BEN, permissions=[Permission.CHAT_SEND]), {}),
    (rooms.LanguageChanged(participant_id=BEN, language="de"), {"participants.ben.language": "de"}),
    (rooms.LanguageChanged(participant_id=CAT, language="de"), {"waiting.cat.language": "de"}),
    (rooms.AvatarChanged(participant_id=BEN, avatar_url="/a"), {"participants.ben.avatar_url": "/a"}),
    (rooms.AvatarChanged(participant_id=CAT, avatar_url="/a"), {"waiting.cat.avatar_url": "/a"}),
    (rooms.HandRaised(participant_id=ANA), {"participants.ana.hand_raised_at": NOW}),
    (rooms.HandLowered(participant_id=BEN), {"participants.ben.hand_raised_at": None}),
    (rooms.Consented(participant_id=BEN, consent=True), {"participants.ben.consented_at": NOW}),
    (rooms.Consented(participant_id=BEN, consent=False), {}),
    (
        chat.ChatSent(message=_message(6, DAN)),
        {"messages.1": _message(6, DAN).model_dump(mode="json")},
    ),
    (
        chat.ChatEdited(message_id=MESSAGE, text="better, @Ben", mentions=[MENTION]),
        {
            "messages.0.text": "better, @Ben",
            "messages.0.edited_at": NOW,
            "messages.0.mentions.0": MENTION.model_dump(mode="json"),
        },
    ),
    (chat.ChatDeleted(message_id=MESSAGE), {"messages.0.text": "", "messages.0.deleted_at": NOW}),
    (chat.ChatDeleted(message_id=DAN), {}),
    (ParticipantErased(participant_id=BEN, display_name="Former"), {}),
    (
        ParticipantErased(participant_id=ANA, display_name="Former"),
        {"messages.0.display_name": "Former", "messages.0.is_erased": True},
    ),
    (
        polls.PollCreated(poll=ASKED.model_copy(update={"id": DAN})),
        {"polls.dan": {**ASKED.model_dump(mode="json"), "id": str(DAN)}},
    ),
    (
        polls.PollVoted(poll_id=POLL, counts=[1, 0], voters=1),
        {"polls.poll.counts.0": 1, "polls.poll.voters": 1},
    ),
    (polls.PollClosed(poll_id=POLL), {"polls.poll.closed_at": NOW}),
    (
        recordings.RecordingStarted(recording=TAKE.model_copy(update={"title": "Two"})),
        {"recording.title": "Two"},
    ),
    (
        recordings.RecordingPaused(recording_id=RECORDING, recorded_s=12.5),
        {"recording.state": "paused", "recording.running_since": None, "recording.recorded_s": 12.5},
    ),
    (recordings.RecordingResumed(recording_id=RECORDING), {"recording.running_since": NOW}),
    (recordings.RecordingStopped(recording_id=RECORDING, recorded_s=12.5), {"recording": None}),
]


@pytest.mark.parametrize(("event", "changes"), FOLDS, ids=[event.type for event, _ in FOLDS])
def test_fold(event: Event, changes: dict[str, Any]) -> None:
    state = apply(STATE, event.type, AT, event.model_dump(mode="json"))
    assert _differences(STATE.model_dump(mode="json"), state.model_dump(mode="json")) == changes


IN_A_SUMMARY: list[tuple[Event, dict[str, Any]]] = [
    (rooms.ParticipantJoined(participant=_person(DAN, "Dan"), present=3), {"present": 3}),
    (
        rooms.ParticipantJoined(participant=_person(DAN, "Dan", Role.CO_HOST), present=3),
        {"present": 3, "participants.dan": _person(DAN, "Dan", Role.CO_HOST).model_dump(mode="json")},
    ),
    (rooms.ParticipantLeft(participant_id=CAT, reason="left", present=1), {"present": 1}),
    (rooms.ParticipantKicked(participant_id=DAN, reason=None, present=2), {}),
    (rooms.ParticipantMuted(participant_id=CAT), {}),
    (rooms.AllMuted(participant_ids=[ANA, CAT]), {"participants.ana.is_muted": True}),
    (
        rooms.HandRaised(participant_id=CAT, participant=_person(CAT, "Cat")),
        {"participants.cat": {**_person(CAT, "Cat").model_dump(mode="json"), "hand_raised_at": NOW}},
    ),
    (rooms.HandLowered(participant_id=ANA), {"participants.ana.hand_raised_at": None}),
    (
        rooms.RoleChanged(participant_id=CAT, role=Role.PRESENTER, participant=_person(CAT, "Cat")),
        {"participants.cat": _person(CAT, "Cat", Role.PRESENTER).model_dump(mode="json")},
    ),
    (rooms.RoleChanged(participant_id=CAT, role=Role.ATTENDEE, participant=_person(CAT, "Cat")), {}),
    (rooms.RosterChanged(roster="summary", present=2, participants=None), {}),
]


@pytest.mark.parametrize(("event", "changes"), IN_A_SUMMARY)
def test_fold_of_a_summary(event: Event, changes: dict[str, Any]) -> None:
    raised = SUMMARY.with_participant(ANA, hand_raised_at=BEFORE)
    state = apply(raised, event.type, AT, event.model_dump(mode="json"))
    assert _differences(raised.model_dump(mode="json"), state.model_dump(mode="json")) == changes


def test_a_summary_names_who_leads_and_who_has_a_hand_raised() -> None:
    raised = STATE.with_participant(BEN, hand_raised_at=AT)
    assert list(STATE.with_roster("summary", None, 2).participants) == [
        key for key, one in STATE.participants.items() if key == ANA or one.hand_raised_at
    ]
    assert set(raised.with_roster("summary", None, 2).participants) == {ANA, BEN}
    lowered = raised.with_roster("summary", None, 2).with_participant(BEN, hand_raised_at=None)
    assert set(lowered.participants) == {ANA}


def test_every_kind_of_event_is_folded_above() -> None:
    assert {event.type for event, _ in FOLDS} == {kind.type for kind in EVENTS}


def test_unlocking_opens_a_locked_room() -> None:
    assert not sessions.SessionUnlocked().fold(LOCKED, AT).session.is_locked


def test_a_first_recording_appears() -> None:
    assert recordings.RecordingStarted(recording=TAKE).fold(SILENT, AT).recording == TAKE


def test_what_concerns_no_recording_changes_nothing() -> None:
    assert recordings.RecordingPaused(recording_id=RECORDING, recorded_s=1).fold(SILENT, AT) == SILENT


def test_whoever_knocks_again_goes_to_the_end_of_the_line() -> None:
    first = WAITING.model_copy(update={"id": DAN})
    state = rooms.WaitingRoomUpdated(participant_id=DAN, waiting=first, count=2).fold(STATE, AT)
    again = rooms.WaitingRoomUpdated(participant_id=CAT, waiting=WAITING, count=2).fold(state, AT)
    assert list(again.waiting) == [DAN, CAT]


def test_only_the_last_lines_are_part_of_the_state() -> None:
    state = STATE
    for number in range(6, 6 + RECENT_MESSAGES):
        state = chat.ChatSent(message=_message(number, UUID(int=100 + number))).fold(state, AT)
    assert [one.seq for one in state.messages] == list(range(6, 6 + RECENT_MESSAGES))


def test_what_is_hidden_changes_nothing() -> None:
    assert apply(STATE, HIDDEN, AT, {}) is STATE


def test_a_fold_leaves_the_state_before_as_it_was() -> None:
    before = STATE.model_dump(mode="json")
    for event, _ in FOLDS:
        event.fold(STATE, AT)
    assert STATE.model_dump(mode="json") == before


def _differences(before: Any, after: Any, path: str = "") -> dict[str, Any]:
    """What has changed, by dotted path; people by their names."""
    if before == after:
        return {}
    if isinstance(before, list) and isinstance(after, list):
        before, after = dict(enumerate(before)), dict(enumerate(after))
    if not isinstance(before, dict) or not isinstance(after, dict):
        return {path: after}
    found: dict[str, Any] = {}
    for key in [*before, *(key for key in after if key not in before)]:
        step = f"{path}.{NAMES.get(key, key)}".removeprefix(".")
        if key in before and key in after:
            found |= _differences(before[key], after[key], step)
        else:
            found[step] = after.get(key, Gone)
    return found


def test_what_was_logged_before_people_could_be_erased_is_of_nobody_erased() -> None:
    said = _message(6, DAN).model_copy(update={"mentions": [MENTION]})
    old = said.model_dump(mode="json", exclude={"is_erased": True, "mentions": {"__all__": {"is_erased"}}})
    assert "is_erased" not in str(old)
    folded = apply(STATE, chat.ChatSent.type, AT, {"message": old})
    assert folded.messages[-1] == said
    assert not folded.messages[-1].is_erased
