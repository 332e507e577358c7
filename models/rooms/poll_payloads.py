"""What comes in and goes out about polls."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, field_validator

from models.rooms.payloads import InSession
from models.rooms.poll_tables import Poll
from models.text import Moment, OneLine, Payload, View

MAX_OPTIONS = 10

Option = Annotated[str, OneLine(120)]


class PollView(View):
    """A poll as everyone sees it. Who voted for what is nobody's business but the voter's."""

    id: UUID
    question: str
    options: list[str]
    is_multiple: bool = Field(description="Whether one may choose several options.")
    counts: list[int] = Field(description="Votes for each option, in the order of `options`.")
    voters: int = Field(description="How many have voted.")
    created_by: UUID | None = Field(description="The participant who asked.")
    created_at: Moment
    closed_at: Moment | None = Field(description="Set once nobody can vote any more.")

    @classmethod
    def of(cls, poll: Poll) -> Self:
        return cls.model_validate(poll, from_attributes=True)


class OwnPollView(PollView):
    """A poll with one's own vote."""

    my_choices: list[int] | None = Field(description="The options one chose, from 0; unset without a vote.")


class PollFields(Payload):
    """A question with two to ten different answers."""

    question: Annotated[str, OneLine(300)] = Field(examples=["Shall we take a break?"])
    options: Annotated[list[Option], Field(min_length=2, max_length=MAX_OPTIONS, examples=[["Yes", "No"]])]
    is_multiple: bool = False

    @field_validator("options")
    @classmethod
    def _all_different(cls, options: list[str]) -> list[str]:
        if len({option.casefold() for option in options}) < len(options):
            raise ValueError("must all be different")
        return options


class CreatePoll(PollFields, InSession):
    """Asks the room a question."""


class PollTarget(InSession):
    """A poll to close."""

    poll_id: UUID


class VoteFields(Payload):
    """The chosen options by their number, from 0."""

    choices: Annotated[
        list[Annotated[int, Field(ge=0, lt=MAX_OPTIONS)]], Field(min_length=1, max_length=MAX_OPTIONS)
    ]


class Vote(VoteFields, PollTarget):
    """One's vote in a poll; a second one replaces the first."""
