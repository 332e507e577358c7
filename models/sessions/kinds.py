"""Kinds of session, states, settings. A kind is a preset of settings and never a branch in the code."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class SessionKind(StrEnum):
    MEETING = "meeting"
    CLASS = "class"
    LECTURE = "lecture"
    CODING = "coding"
    CONSULTATION = "consultation"


class SessionStatus(StrEnum):
    """Seed 001's states."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    CANCELLED = "cancelled"


TRANSITIONS: dict[SessionStatus, frozenset[SessionStatus]] = {
    SessionStatus.DRAFT: frozenset({SessionStatus.SCHEDULED, SessionStatus.CANCELLED}),
    SessionStatus.SCHEDULED: frozenset({SessionStatus.ACTIVE, SessionStatus.CANCELLED}),
    SessionStatus.ACTIVE: frozenset({SessionStatus.PAUSED, SessionStatus.ENDED, SessionStatus.CANCELLED}),
    SessionStatus.PAUSED: frozenset({SessionStatus.ACTIVE, SessionStatus.CANCELLED}),
    SessionStatus.ENDED: frozenset(),
    SessionStatus.CANCELLED: frozenset(),
}
"""Only these; everything else is 409."""

LIVE = frozenset({SessionStatus.ACTIVE, SessionStatus.PAUSED})
OVER = frozenset({SessionStatus.ENDED, SessionStatus.CANCELLED})

MAX_PARTICIPANTS = 10_000


class SessionSettings(BaseModel):
    """What a session offers and asks for. Created from its kind's preset; each field can be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    requires_approval: bool = Field(False, description="People wait until a host lets them in, one by one.")
    allow_guests: bool = Field(
        True, description="People without an account may join with the code and a name."
    )
    opens_minutes_before: Annotated[int, Field(ge=0, le=10_080)] | None = Field(
        None, description="How long before start_time people may come and wait, in minutes. Unset: any time."
    )
    mute_on_entry: bool = Field(False, description="Attendees come in muted.")
    allow_chat: bool = Field(True, description="Chat is open.")
    allow_reactions: bool = Field(True, description="People may react with an emoji.")
    allow_hands: bool = Field(True, description="People may raise a hand.")
    allow_polls: bool = Field(True, description="Hosts and presenters may ask the room.")
    allow_recording: bool = Field(True, description="Hosts may record.")
    recording_consent: bool = Field(
        True, description="While a recording runs, people agree before they come in."
    )


PRESETS: dict[SessionKind, SessionSettings] = {
    SessionKind.MEETING: SessionSettings(),
    SessionKind.CLASS: SessionSettings(requires_approval=True, mute_on_entry=True),
    SessionKind.LECTURE: SessionSettings(mute_on_entry=True, opens_minutes_before=30),
    SessionKind.CODING: SessionSettings(requires_approval=True, allow_guests=False),
    SessionKind.CONSULTATION: SessionSettings(
        requires_approval=True, allow_polls=False, allow_recording=False, allow_reactions=False
    ),
}

PRESET_SEATS: dict[SessionKind, int] = {
    SessionKind.MEETING: 100,
    SessionKind.CLASS: 60,
    SessionKind.LECTURE: 1_000,
    SessionKind.CODING: 30,
    SessionKind.CONSULTATION: 4,
}
"""How many may be in at once when the creator does not say."""
