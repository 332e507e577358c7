"""What a room keeps at hand for those who come in or come back: its last events, and its state for either audience."""

import asyncio
from dataclasses import dataclass, field

from models.errors import Unavailable
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
    _awaited: list[tuple[int, asyncio.Future[None]]] = field(default_factory=list)

    @classmethod
    def since(cls, head: int) -> "AtHand":
        """For a room that is told everything after `head`."""
        return cls(Recent(head))

    def note(self, telling: Telling) -> None:
        """Takes the event that the room tells next."""
        self.recent.note(telling)
        if self._awaited:
            self._wake(telling.seq)
        for standing in list(self.standings.values()):
            standing.tell(telling)
            if standing.is_stale:
                del self.standings[standing.audience]

    def begin_anew(self, head: int) -> None:
        """The log was restored or cut: nothing that is here is good any more."""
        self.recent.begin_anew(head)
        self._wake(None)
        self.standings.clear()

    async def told(self, seq: int, within_s: float) -> None:
        """Waits until the room has told everything up to `seq`. Raises Unavailable if that takes too long."""
        if self.recent.head >= seq:
            return
        told: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._awaited.append((seq, told))
        try:
            await asyncio.wait_for(told, within_s)
        except TimeoutError as error:
            raise Unavailable from error
        finally:
            self._awaited = [one for one in self._awaited if one[1] is not told]

    def _wake(self, seq: int | None) -> None:
        for awaited, told in self._awaited:
            if (seq is None or awaited <= seq) and not told.done():
                told.set_result(None)

    def keep(self, snapshot: Snapshot, delivered: int) -> Standing:
        """Keeps a state that was just loaded, if all that has been told since is here to bring it up to date."""
        standing = Standing(snapshot)
        told = self.recent.between(min(snapshot.seq, delivered), delivered)
        if told is not None:
            for one in told:
                standing.tell(one.telling)
            self.standings[standing.audience] = standing
        return standing
