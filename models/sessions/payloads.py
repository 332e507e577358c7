"""What comes in and goes out about sessions."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from models.ids import CODE_ALPHABET, CODE_LENGTH, normalise_code
from models.sessions.kinds import MAX_PARTICIPANTS, SessionKind, SessionSettings, SessionStatus
from models.sessions.tables import Session
from models.text import Instant, Language, Moment, Multiline, OneLine, Payload, View

Title = Annotated[str, OneLine(255, min_length=2)]
Description = Annotated[str, Multiline(4_000, min_length=0)]
Tag = Annotated[str, OneLine(40)]
Seats = Annotated[int, Field(ge=1, le=MAX_PARTICIPANTS, description="How many may be in the room at once.")]


def _code(value: str) -> str:
    code = normalise_code(value)
    if len(code) != CODE_LENGTH or not set(code) <= set(CODE_ALPHABET):
        raise ValueError(f"must be a code of {CODE_LENGTH} letters and digits, like K7MPQ2")
    return code


Code = Annotated[
    str,
    Field(
        max_length=20,
        description="Six letters and digits; case, spaces and dashes do not matter.",
        examples=["K7MPQ2"],
    ),
    AfterValidator(_code),
]


class SettingsPatch(Payload):
    """The settings that differ from the kind's preset (creating) or from what they are (editing)."""

    requires_approval: bool | None = None
    allow_guests: bool | None = None
    opens_minutes_before: Annotated[int, Field(ge=0, le=10_080)] | None = None
    mute_on_entry: bool | None = None
    allow_chat: bool | None = None
    allow_reactions: bool | None = None
    allow_hands: bool | None = None
    allow_polls: bool | None = None
    allow_recording: bool | None = None
    recording_consent: bool | None = None

    def onto(self, settings: SessionSettings) -> SessionSettings:
        """These changes applied. Null means unchanged, but clears `opens_minutes_before`."""
        given = self.model_dump(exclude_unset=True)
        changes = {k: v for k, v in given.items() if v is not None or k == "opens_minutes_before"}
        return settings.model_copy(update=changes)


class _SessionFields(Payload):
    @field_validator("tags", "available_languages", check_fields=False)
    @classmethod
    def _distinct(cls, value: list[str] | None) -> list[str] | None:
        return value if value is None else list(dict.fromkeys(value))

    @field_validator("end_time", check_fields=False)
    @classmethod
    def _ends_after_start(cls, value: datetime | None, info: ValidationInfo) -> datetime | None:
        start = info.data.get("start_time")
        if start is not None and value is not None and value <= start:
            raise ValueError("must be after start_time")
        return value


class CreateSession(_SessionFields):
    """A new session. Whatever is left out comes from the kind's preset."""

    title: Title = Field(examples=["Algebra, week 3"])
    kind: SessionKind = SessionKind.MEETING
    description: Description = ""
    status: Literal[SessionStatus.DRAFT, SessionStatus.SCHEDULED] = Field(
        SessionStatus.DRAFT,
        description="A draft is seen by its hosts alone; a scheduled session can be started.",
    )
    start_time: Instant | None = None
    end_time: Instant | None = None
    original_language: Language = "en"
    available_languages: list[Language] = Field([], max_length=30)
    max_participants: Seats | None = None
    requires_approval: bool | None = Field(None, description="Shorthand for settings.requires_approval.")
    tags: list[Tag] = Field([], max_length=20)
    settings: SettingsPatch = SettingsPatch()


class UpdateSession(_SessionFields):
    """Only the fields that are given change."""

    title: Title | None = None
    description: Description | None = None
    start_time: Instant | None = None
    end_time: Instant | None = None
    original_language: Language | None = None
    available_languages: Annotated[list[Language], Field(max_length=30)] | None = None
    max_participants: Seats | None = None
    requires_approval: bool | None = None
    tags: Annotated[list[Tag], Field(max_length=20)] | None = None
    settings: SettingsPatch | None = None
    unchanged_since: Instant | None = Field(
        None,
        description="The updated_at that was seen: refused with SESSION_CHANGED if there is a newer one.",
    )


class ScheduleSession(_SessionFields):
    """When a draft will take place. Both may be left out: it can then be started at any time."""

    start_time: Instant | None = None
    end_time: Instant | None = None


class CancelSession(Payload):
    """Why the session will not take place, or not go on."""

    reason: Annotated[str, Multiline(500)] = Field(examples=["The speaker is ill."])


SortField = Literal["created_at", "updated_at", "start_time", "title", "status"]


class SessionQuery(Payload):
    """Which sessions, in which order, which page."""

    q: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="Text in title, description or code."
    )
    kind: SessionKind | None = None
    status: SessionStatus | None = None
    active: bool | None = Field(
        None, description="Only those that are running (or, false, only those that are not)."
    )
    owner_id: UUID | None = None
    tag: Annotated[str, Field(max_length=40)] | None = None
    from_: Instant | None = Field(None, alias="from", description="Starting at or after.")
    to: Instant | None = Field(None, description="Starting before.")
    deleted: bool = Field(False, description="The deleted ones instead, to restore them.")
    page: int = Field(1, ge=1, le=100_000)
    limit: int = Field(20, ge=1, le=100)
    sort_by: SortField = Field("created_at", alias="sortBy")
    sort_order: Literal["asc", "desc"] = Field("desc", alias="sortOrder")


class RoomSession(View):
    """A session as everyone in its room sees it."""

    id: UUID
    title: str
    description: str
    kind: SessionKind
    status: SessionStatus
    code: str
    owner_id: UUID
    start_time: Moment | None
    end_time: Moment | None
    original_language: str
    available_languages: list[str]
    max_participants: int
    settings: SessionSettings
    is_locked: bool
    cancel_reason: str | None
    started_at: Moment | None
    paused_at: Moment | None
    ended_at: Moment | None
    paused_s: float = Field(description="Seconds spent paused, in all closed pauses.")

    @classmethod
    def of(cls, session: Session) -> Self:
        return cls.model_validate(session, from_attributes=True)


class SessionView(RoomSession):
    """A session as REST gives it to its people."""

    tags: list[str]
    participant_count: int = Field(description="How many are in the room now.")
    my_role: str | None = Field(description="Your role in it, if you have one.")
    owner_name: str
    is_owner_erased: bool = Field(description="Their account was deleted: say it in the reader's language.")
    created_at: Moment
    updated_at: Moment
    deleted_at: Moment | None


class PreviewQuery(Payload):
    """The code as far as it is typed."""

    code: Annotated[str, Field(max_length=40, description="A code, complete or not.", examples=["K7MPQ2"])]


class PreviewIssue(View):
    """Something about a code or session that one should know before joining."""

    code: str
    message: str
    field: str | None = None
    severity: Literal["error", "warning"]


class PreviewSession(View):
    """What a stranger with the code may know."""

    id: UUID
    title: str
    kind: SessionKind
    status: SessionStatus
    code: str
    host_name: str
    start_time: Moment | None
    end_time: Moment | None
    opens_at: Moment | None = Field(description="When its doors open; null if they always are.")
    cancel_reason: str | None
    original_language: str
    available_languages: list[str]
    requires_approval: bool
    allow_guests: bool
    is_recording: bool
    recording_consent: bool


class SessionPreview(View):
    """Whether one could join, and why not (seed 001's SessionValidationResult)."""

    is_valid: bool
    session: PreviewSession | None
    errors: list[PreviewIssue]
    warnings: list[PreviewIssue]
    participant_count: int
    max_participants: int | None
    time_until_start: int | None = Field(description="Seconds until start_time; negative once it has passed.")
    can_join: bool
    join_restrictions: list[str]
