"""What a room keeps at hand for those who come in or come back: its last events, and its state for either audience."""

import asyncio
from dataclasses import dataclass, field

from models.log.loading import AudienceKind, Snapshot
from realtime.recent import Recent
from realtime.standing import Standing
from realtime.telling import Telling


@dataclass(eq=False, slots=True)
class AtHand:
    """Kept by a room, which notes here every event as it tells it."""

    recent: Recent
    standings: dict[AudienceKind, Standing] = field(default_factory=dict)
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by the one who reads from the database what is not here; the others wait for what that brings."""

    @classmethod
    def since(cls, head: int) -> "AtHand":
        """For a room that is told everything after `head`."""
        return cls(Recent(head))

    def note(self, telling: Telling) -> None:
        """Takes the event that the room tells next."""
        self.recent.note(telling)
        for standing in list(self.standings.values()):
            standing.tell(telling)
            if standing.is_stale:
                del self.standings[standing.audience]

    def begin_anew(self, head: int) -> None:
        """The log was restored or cut: nothing that is here is good any more."""
        self.recent.begin_anew(head)
        self.standings.clear()

    def keep(self, snapshot: Snapshot, delivered: int) -> Standing:
        """Keeps a state that was just loaded, if all that has been told since is here to bring it up to date."""
        standing = Standing(snapshot)
        told = self.recent.between(min(snapshot.seq, delivered), delivered)
        if told is not None:
            for one in told:
                standing.tell(one.telling)
            self.standings[standing.audience] = standing
        return standing
