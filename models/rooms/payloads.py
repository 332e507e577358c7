"""What comes in and goes out about the people in a room and what they say."""

from typing import Annotated, Final, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from models.permissions import Role
from models.rooms.tables import ChatMessage, Participant, ParticipantStatus
from models.sessions.payloads import Code
from models.text import Language, Moment, Multiline, OneLine, Payload, View

DisplayName = Annotated[str, OneLine(80)]
MAX_MENTIONS = 20
ERASED: Final = "Their account was deleted: say it in the reader's language instead of `display_name`."

Mentioned = Annotated[
    tuple[UUID, ...],
    Field(
        max_length=MAX_MENTIONS,
        description="Participants whom this is meant for; its text has their names after an @.",
    ),
]
Reason = Annotated[str, OneLine(300), Field(description="Why, for the person and the audit.")]


class ParticipantView(View):
    """Somebody in the room, as everyone sees them."""

    id: UUID
    user_id: UUID | None = Field(description="Unset for guests.")
    display_name: str
    role: Role
    status: ParticipantStatus
    language: str
    is_muted: bool
    is_present: bool
    hand_raised_at: Moment | None
    consented_at: Moment | None = Field(description="When they agreed to being recorded.")
    joined_at: Moment | None
    is_hidden: bool = Field(False, description="Views show them to hosts and to themselves only.")
    avatar_url: str | None = Field(None, description="Their picture, to be had from this site.")
    is_erased: bool = Field(False, description=ERASED)

    @classmethod
    def of(cls, participant: Participant) -> Self:
        return cls.model_validate(participant, from_attributes=True)


class WaitingView(View):
    """Somebody in the waiting room, as hosts see them."""

    id: UUID
    user_id: UUID | None
    display_name: str
    language: str
    knocked_at: Moment | None
    avatar_url: str | None = None
    is_erased: bool = Field(False, description=ERASED)

    @classmethod
    def of(cls, participant: Participant) -> Self:
        return cls.model_validate(participant, from_attributes=True)


class Mention(View):
    """Somebody whom a message is meant for: its text has their name, as it was then, after an @."""

    participant_id: UUID
    display_name: str
    is_erased: bool = Field(False, description=ERASED)


class MessageView(View):
    """One line of chat."""

    id: UUID
    seq: int = Field(description="Its place in the session's log.")
    participant_id: UUID
    display_name: str
    text: str = Field(description="Empty once deleted.")
    reply_to: UUID | None
    sent_at: Moment
    edited_at: Moment | None
    deleted_at: Moment | None
    mentions: list[Mention] = Field(default_factory=list, description="Empty once deleted.")
    is_erased: bool = Field(False, description=ERASED)

    @classmethod
    def of(cls, message: ChatMessage) -> Self:
        return cls(
            id=message.id,
            seq=message.seq,
            participant_id=message.participant_id,
            display_name=message.display_name,
            text=message.text,
            reply_to=message.reply_to,
            sent_at=message.created_at,
            edited_at=message.edited_at,
            deleted_at=message.deleted_at,
            mentions=[Mention.model_validate(one) for one in message.mentions],
            is_erased=message.is_erased,
        )


class InSession(Payload):
    """A command about a session as a whole."""

    session_id: UUID


class Cancel(InSession):
    """Why the session will not take place, or not go on."""

    reason: Annotated[str, Multiline(500)]


class ParticipantTarget(InSession):
    """A command about one participant."""

    participant_id: UUID


class ParticipantTargetWithReason(ParticipantTarget):
    """A command about one participant that should say why."""

    reason: Reason | None = None


class LowerHand(InSession):
    """Whose hand to lower; one's own if left out."""

    participant_id: UUID | None = None


class SetRole(ParticipantTarget):
    """The role a participant gets."""

    role: Role


class SetVisibility(ParticipantTarget):
    """Whether a participant is shown to the others."""

    is_hidden: bool


class ForAll(InSession):
    """A command for everybody below one's own role; with `participant_ids`, for those of them only."""

    participant_ids: list[UUID] | None = Field(None, max_length=10_000, description="Everybody if left out.")


class SetLanguage(ParticipantTarget):
    """The language a participant wants to follow in."""

    language: Language


class After(Payload):
    """The last event a client has applied."""

    epoch: Annotated[str, Field(max_length=16)]
    seq: int = Field(ge=0, lt=2**63)


class JoinFields(Payload):
    """What somebody says of themselves when they join."""

    language: Language | None = Field(None, description="The session's own language if left out.")
    display_name: DisplayName | None = Field(None, description="Required for guests.")
    consent: bool | None = Field(None, description="True: I agree to being recorded.")


class JoinByCode(JoinFields):
    """Joining with a code."""

    code: Code


class Join(JoinFields):
    """Coming in, coming back, or knocking: by session_id or by code."""

    session_id: UUID | None = None
    code: Code | None = None
    after: After | None = Field(None, description="Coming back: what I have already.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.session_id is None) == (self.code is None):
            raise ValueError("give either session_id or code")
        return self


class Sync(InSession):
    """Asks for what was missed after a point, or without one for the whole state."""

    after: After | None = None


class SendMessage(InSession):
    """A line of chat."""

    text: Annotated[str, Multiline(4_000)]
    reply_to: UUID | None = Field(None, description="The message this answers.")
    mentions: Mentioned = ()


class EditMessage(InSession):
    """A new text for one's own message."""

    message_id: UUID
    text: Annotated[str, Multiline(4_000)]
    mentions: Mentioned = ()


class MessageTarget(InSession):
    """A message to delete."""

    message_id: UUID


class MessageWaiting(InSession):
    """A word to those who wait: to one of them, or to all."""

    text: Annotated[str, Multiline(500)]
    participant_id: UUID | None = None


REACTIONS = ("👍", "👏", "❤️", "😂", "😮", "🎉", "🤔", "👎")


class React(InSession):
    """An emoji that floats by. Not logged."""

    emoji: Literal["👍", "👏", "❤️", "😂", "😮", "🎉", "🤔", "👎"]


class Consent(InSession):
    """My answer to being recorded."""

    consent: bool


class Joined(View):
    """What one gets for joining over REST: oneself, and a token for the socket."""

    participant: ParticipantView
    status: Literal["approved", "pending"]
    session_id: UUID
    token: str = Field(description="For the socket's auth and for REST, good for this session only.")
    expires_at: Moment


class MassResult(View):
    """Whom a command for all has changed, and how many it could not."""

    participant_ids: list[UUID]
    remaining: int = Field(0, description="How many still wait, because no seat was free.")


class Done(View):
    """There is nothing more to say than that it is done."""
