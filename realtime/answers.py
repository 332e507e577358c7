"""What the commands about the connection itself are answered with."""

from typing import Literal

from pydantic import Field

from models.log.history import EventFrame
from models.log.state import RoomState
from models.rooms.payloads import ParticipantView
from models.sessions.payloads import PreviewSession
from models.text import Moment, Payload, View


class CaughtUpView(View):
    """What brings a client up to `seq`: either `events`, to be applied in order, or `state`, to start from."""

    participant: ParticipantView | None = Field(None, description="Oneself; unset for who is not in it.")
    epoch: str
    seq: int
    events: list[EventFrame] | None = None
    state: RoomState | None = None


class JoinedView(View):
    """Where a join has led. Who waits (`pending`) gets `position` and `session`, and nothing of the room."""

    participant: ParticipantView
    status: Literal["approved", "pending"]
    permissions: list[str] | None = Field(None, description="What one may do here.")
    epoch: str | None = None
    seq: int | None = None
    events: list[EventFrame] | None = None
    state: RoomState | None = None
    position: int | None = Field(None, description="One's place in the waiting line, from 1.")
    session: PreviewSession | None = None


class Authenticate(Payload):
    """A fresh token for an open socket."""

    token: str = Field(min_length=1, max_length=2_048)


class Authenticated(View):
    """Until when the token is good."""

    expires_at: Moment
