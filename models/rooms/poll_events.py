"""What can happen to a poll."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from models.log.event import Event
from models.log.state import RoomState
from models.rooms.poll_payloads import PollView


class PollCreated(Event):
    type: ClassVar[str] = "poll:created"
    poll: PollView

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.model_copy(update={"polls": {**state.polls, self.poll.id: self.poll}})


class PollVoted(Event):
    """Somebody voted, or changed their vote. Tells the sums, not whose vote it was."""

    type: ClassVar[str] = "poll:voted"
    audited: ClassVar[bool] = False
    anonymous: ClassVar[bool] = True
    poll_id: UUID
    counts: list[int]
    voters: int

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_poll(self.poll_id, counts=self.counts, voters=self.voters)


class PollClosed(Event):
    """Nobody can vote any more."""

    type: ClassVar[str] = "poll:closed"
    poll_id: UUID

    def fold(self, state: RoomState, at: datetime) -> RoomState:
        return state.with_poll(self.poll_id, closed_at=at)
