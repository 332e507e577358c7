"""What a client makes of the frames it hears, by the rules of PROTOCOL.md. Pure: it knows no socket and no clock."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.log.catalogue import apply
from models.log.state import RoomState
from tests.realtime.client import Json

HEARTBEAT = "session:heartbeat"


@dataclass
class Stretch:
    """An unbroken piece of a log: the state at `since`, and every event after it, typed, in order."""

    epoch: str
    since: int
    state: RoomState
    events: list[Json] = field(default_factory=list)
    _folded: tuple[int, RoomState] | None = None

    @property
    def last(self) -> int:
        return self.since + len(self.events)

    def folded(self) -> RoomState:
        """The state now."""
        done, state = self._folded or (0, self.state)
        for event in self.events[done:]:
            state = apply(state, event["type"], datetime.fromisoformat(event["at"]), event["data"])
        self._folded = len(self.events), state
        return state


@dataclass
class Journal:
    """Everything a client has applied, in stretches: a new one begins with each state it was given."""

    stretches: list[Stretch] = field(default_factory=list)
    held: dict[int, Json] = field(default_factory=dict)
    beat: tuple[str, int] | None = None

    @property
    def now(self) -> Stretch:
        return self.stretches[-1]

    @property
    def place(self) -> dict[str, Any] | None:
        """Where to go on, as `after` of a join or sync."""
        return {"epoch": self.now.epoch, "seq": self.now.last} if self.stretches else None

    @property
    def is_behind(self) -> bool:
        """Whether it knows of something that it does not have."""
        return bool(self.held) or (self.beat is not None and self.beat[1] > self.now.last)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the log has been restored or cut: what it has is worth nothing."""
        return self.beat is not None and bool(self.stretches) and self.beat[0] != self.now.epoch

    def caught_up(self, answer: Json) -> None:
        """Takes in the answer to a join or a sync: the missed events, or a state to begin anew with."""
        self.beat = None
        if "state" in answer:
            self._begin(answer)
        for event in [*answer.get("events", []), *self.held.values()]:
            self.hear(event)

    def hear(self, event: Json) -> None:
        """Drops what it has, applies what is next, holds what is later, and everything until it has the new log."""
        if self.is_elsewhere or not self.stretches:
            self.held[event["seq"]] = event
            return
        if event["seq"] > self.now.last:
            self.held[event["seq"]] = event
        while (following := self.held.pop(self.now.last + 1, None)) is not None:
            self.now.events.append(following)

    def heartbeat(self, body: Json) -> None:
        """Notes where the log stands."""
        was_elsewhere = self.is_elsewhere
        self.beat = (body["epoch"], body["seq"])
        if self.is_elsewhere and not was_elsewhere:
            self.held.clear()

    def _begin(self, answer: Json) -> None:
        state = RoomState.model_validate(answer["state"])
        self.stretches.append(Stretch(answer["epoch"], answer["seq"], state))
        self.held = {seq: event for seq, event in self.held.items() if seq > answer["seq"]}
