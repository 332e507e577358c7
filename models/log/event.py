"""What an event is: a fact with a name, an audience and its effect on the room's state."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from models.permissions import HOST_ROLES, Role

if TYPE_CHECKING:
    from models.log.state import RoomState

EVERYONE = "everyone"
HOSTS = "hosts"
HIDDEN = "event:hidden"
"""What somebody outside an event's audience gets in its place, so that nobody's sequence has a gap."""


def people(*participant_ids: UUID) -> str:
    """The audience of just these participants."""
    return "people:" + ",".join(str(one) for one in sorted(participant_ids))


def audience_of(role: Role) -> str:
    """The audience a role belongs to: `hosts` (who also hear what everyone hears) or `everyone`."""
    return HOSTS if role in HOST_ROLES else EVERYONE


def may_hear(audience: str, own_audience: str, participant_id: UUID | None) -> bool:
    """Whether somebody in `own_audience` may hear an event addressed to `audience`."""
    if audience in (EVERYONE, own_audience):
        return True
    return audience.startswith("people:") and str(participant_id) in audience[7:].split(",")


class Event(BaseModel):
    """A fact about a room, named in the past tense. Carries ids and resulting values, never differences.

    A subclass says what its data are, who may hear it, and how it changes the room's state.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: ClassVar[str]
    audience: ClassVar[str] = EVERYONE
    audited: ClassVar[bool] = True
    anonymous: ClassVar[bool] = False

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        """The state after this event, which happened `at`. Pure; the TypeScript reducer does the same."""
        return state
