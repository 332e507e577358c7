"""An event as the log keeps it and as it goes over the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import orjson

from models.clock import wire_time
from models.log.event import HIDDEN, may_hear
from models.log.tables import SessionEvent


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One entry of a log. `data` is finished JSON, so that nothing on its way out has to be decoded."""

    session_id: UUID
    epoch: str
    seq: int
    type: str
    actor_id: UUID | None
    audience: str
    at: datetime
    data: str

    @classmethod
    def of(cls, row: SessionEvent, epoch: str) -> Self:
        return cls(row.session_id, epoch, row.seq, row.type, row.actor_id, row.audience, row.at, row.data)

    def heard_by(self, audience: str, participant_id: UUID | None) -> "LoggedEvent":
        """This event, or `event:hidden` in its place for somebody outside its audience."""
        if may_hear(self.audience, audience, participant_id):
            return self
        return LoggedEvent(self.session_id, self.epoch, self.seq, HIDDEN, None, "everyone", self.at, "{}")

    def body(self) -> str:
        """The wire's argument: `{"session_id", "seq", "at", "actor", "data"}` as JSON."""
        return f'{{"session_id":"{self.session_id}","seq":{self.seq},{self._rest()}}}'

    def unnumbered_body(self) -> str:
        """The same without `seq`: for somebody who waits and has no part in the log."""
        return f'{{"session_id":"{self.session_id}",{self._rest()}}}'

    def _rest(self) -> str:
        actor = "null" if self.actor_id is None else f'"{self.actor_id}"'
        return f'"at":"{wire_time(self.at)}","actor":{actor},"data":{self.data}'

    def typed_body(self) -> str:
        """The event with its type, for answers that hold several."""
        return f'{{"type":"{self.type}",{self.body()[1:]}'

    def as_dict(self) -> dict[str, Any]:
        """The event with its type, decoded."""
        decoded: dict[str, Any] = orjson.loads(self.typed_body())
        return decoded
