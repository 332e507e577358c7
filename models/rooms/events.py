"""What can happen to the people in a room."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from models.log.event import HOSTS, Event
from models.log.state import RoomState, Roster
from models.permissions import Permission, Role
from models.rooms.payloads import ParticipantView, WaitingView

_PRESENT = Field(None, description="How many are in the room then.")
_NEWCOMER = Field(None, description="Who it is, where the roster is a summary and does not say.")


class ParticipantJoined(Event):
    """Somebody took a seat. Their second device, or a reload, is no further event."""

    type: ClassVar[str] = "participant:joined"
    participant: ParticipantView
    present: int | None = _PRESENT

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_newcomer(self.participant, self.present)


class ParticipantAdded(Event):
    """A host gave an account a place in the session; it may come in without waiting."""

    type: ClassVar[str] = "participant:added"
    audience: ClassVar[str] = HOSTS
    participant_id: UUID
    user_id: UUID


class _Gone(Event):
    participant_id: UUID
    present: int | None = _PRESENT

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.without_participant(self.participant_id, self.present)


class ParticipantLeft(_Gone):
    """Somebody left, or their link was lost for longer than the grace period."""

    type: ClassVar[str] = "participant:left"
    reason: Literal["left", "lost"]


class ParticipantKicked(_Gone):
    """Somebody was sent out. They can come back only if a host lets them in again."""

    type: ClassVar[str] = "participant:kicked"
    reason: str | None


class ParticipantBanned(_Gone):
    """Somebody was sent out for good."""

    type: ClassVar[str] = "participant:banned"
    reason: str | None


class ParticipantUnbanned(Event):
    """A ban was lifted: the person may knock again."""

    type: ClassVar[str] = "participant:unbanned"
    audience: ClassVar[str] = HOSTS
    participant_id: UUID


class WaitingRoomUpdated(Event):
    """Somebody came to wait (`waiting` says who), or waits no more (`waiting` is null)."""

    type: ClassVar[str] = "waiting_room:updated"
    audience: ClassVar[str] = HOSTS
    audited: ClassVar[bool] = False
    participant_id: UUID
    waiting: WaitingView | None
    count: int

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        rest = {key: one for key, one in state.waiting.items() if key != self.participant_id}
        if self.waiting is not None:
            rest[self.participant_id] = self.waiting
        return state.model_copy(update={"waiting": rest})


class WaitingRoomMessaged(Event):
    """A host spoke to those who wait; to one of them if `participant_id` is set."""

    type: ClassVar[str] = "waiting_room:messaged"
    audience: ClassVar[str] = HOSTS
    audited: ClassVar[bool] = False
    participant_id: UUID | None
    text: str
    display_name: str | None = Field(None, description="Who spoke, for those who cannot know the host yet.")


class ParticipantApproved(Event):
    """A host let somebody in. That they are in is told by `participant:joined`."""

    type: ClassVar[str] = "participant:approved"
    audience: ClassVar[str] = HOSTS
    participant_id: UUID


class ParticipantDeclined(Event):
    """A host did not let somebody in."""

    type: ClassVar[str] = "participant:declined"
    audience: ClassVar[str] = HOSTS
    participant_id: UUID
    reason: str | None


class ParticipantMuted(Event):
    type: ClassVar[str] = "participant:muted"
    participant_id: UUID

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_participant(self.participant_id, is_muted=True)


class ParticipantUnmuted(Event):
    type: ClassVar[str] = "participant:unmuted"
    participant_id: UUID

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_participant(self.participant_id, is_muted=False)


class _AllMuted(Event):
    participant_ids: list[UUID]


class AllMuted(_AllMuted):
    """Everybody of lower rank than the host who did it was muted at once."""

    type: ClassVar[str] = "participant:all_muted"

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        for one in self.participant_ids:
            state = state.with_participant(one, is_muted=True)
        return state


class AllUnmuted(_AllMuted):
    """Everybody was unmuted at once."""

    type: ClassVar[str] = "participant:all_unmuted"

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        for one in self.participant_ids:
            state = state.with_participant(one, is_muted=False)
        return state


class RoleChanged(Event):
    """Somebody has another role. Who becomes or ceases to be a host asks for the state anew (session:sync)."""

    type: ClassVar[str] = "participant:role_changed"
    participant_id: UUID
    role: Role
    participant: ParticipantView | None = _NEWCOMER

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_participant(self.participant_id, self.participant, role=self.role)


class VisibilityChanged(Event):
    """Somebody is from now on shown to hosts only (`is_hidden`), or to everybody again."""

    type: ClassVar[str] = "participant:visibility_changed"
    participant_id: UUID
    is_hidden: bool

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_participant(self.participant_id, is_hidden=self.is_hidden)


class PermissionsChanged(Event):
    """Somebody may do other things than their role says. They come in anew (session:join) with what they may do now."""

    type: ClassVar[str] = "participant:permissions_changed"
    participant_id: UUID
    permissions: list[Permission]


class AvatarChanged(Event):
    """Somebody shows another picture, or none; they may still be waiting."""

    type: ClassVar[str] = "participant:avatar_changed"
    audited: ClassVar[bool] = False
    participant_id: UUID
    avatar_url: str | None

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        state = state.with_participant(self.participant_id, avatar_url=self.avatar_url)
        return state.with_waiting(self.participant_id, avatar_url=self.avatar_url)


class LanguageChanged(Event):
    """Somebody follows in another language; they may still be waiting."""

    type: ClassVar[str] = "participant:language_changed"
    audited: ClassVar[bool] = False
    participant_id: UUID
    language: str

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        state = state.with_participant(self.participant_id, language=self.language)
        return state.with_waiting(self.participant_id, language=self.language)


class HandRaised(Event):
    type: ClassVar[str] = "participant:hand_raised"
    audited: ClassVar[bool] = False
    participant_id: UUID
    participant: ParticipantView | None = _NEWCOMER

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_participant(self.participant_id, self.participant, hand_raised_at=at)


class HandLowered(Event):
    type: ClassVar[str] = "participant:hand_lowered"
    audited: ClassVar[bool] = False
    participant_id: UUID

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_participant(self.participant_id, hand_raised_at=None)


class Consented(Event):
    """Somebody agreed to being recorded, or took that back."""

    type: ClassVar[str] = "participant:consented"
    participant_id: UUID
    consent: bool

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_participant(self.participant_id, consented_at=at if self.consent else None)


class RosterChanged(Event):
    """From here on the state holds everybody in the room (`full`), or only those on the stage (`summary`)."""

    type: ClassVar[str] = "session:roster_changed"
    audited: ClassVar[bool] = False
    anonymous: ClassVar[bool] = True
    roster: Roster
    present: int = Field(description="How many are in the room.")
    participants: list[ParticipantView] | None = Field(description="Everybody in the room, for `full`.")

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_roster(self.roster, self.participants, self.present)
