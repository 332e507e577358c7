"""Fan-out: from the commit to the sockets. What the publisher or the bus hands over is a hint; the log is the truth.

Events may arrive late, twice, out of order or not at all (a crash between commit and publish, a bus that is away):
every room tells them in the log's order, and a look into the log every half second finds what never came.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

import structlog

from models.context import Context
from models.errors import ConveneError
from models.log.heads import Head, moved_heads
from models.log.loading import load_head
from models.log.logged import LoggedEvent
from models.log.resume import read_log
from realtime.bus import Bus
from realtime.bus_message import BusMessage, Kind
from realtime.connection import Connection
from realtime.line import Line
from realtime.metrics import Meters
from realtime.room import Broadcast, Member, Room, moves_the_line
from realtime.signals import heartbeat
from realtime.telling import Telling
from realtime.wire.frames import Frame

log = structlog.get_logger(__name__)

READ_AT_ONCE = 500
HEARTBEAT_EVERY_S = 10.0
BEAT_PARTS = 10
"""Rooms have their heartbeats by turns, so that thousands of rooms do not have them in one moment."""
GAP_PATIENCE_S = 0.02
"""With several workers an event may overtake the one before it by a moment; that is no reason to read the log."""

Observe = Callable[[Telling, bool], None]


class Fanout:
    """The rooms of this worker. Implements `models.transaction.Publisher`.

    `observe` is called with every event that becomes known here, and whether it was committed here.
    """

    def __init__(self, observe: Observe, broadcast: Broadcast, meters: Meters) -> None:
        self._observe = observe
        self._meters = meters
        self._broadcast = broadcast
        self._rooms: dict[UUID, Room] = {}
        self._left: set[UUID] = set()
        self._opening: dict[UUID, asyncio.Lock] = {}
        self._catching_up: dict[UUID, asyncio.Task[None]] = {}
        self._line = Line(self._rooms)
        self._context: Context | None = None
        self._bus: Bus | None = None

    def start(self, context: Context, bus: Bus | None) -> None:
        """From here on there is a log to look into and, with several workers, a bus to the others."""
        self._context = context
        self._bus = bus

    @property
    def context(self) -> Context:
        if self._context is None:
            raise RuntimeError("the fan-out has not been started")
        return self._context

    @property
    def rooms(self) -> Collection[Room]:
        """The rooms somebody is in, or waits at, on this worker."""
        return self._rooms.values()

    def publish(self, events: Sequence[LoggedEvent]) -> None:
        """Tells committed events to those who listen here, and to the other workers."""
        self._meters.heard("own", len(events))
        tellings = [Telling.of(event) for event in events]
        by_session: dict[UUID, list[Telling]] = {}
        for telling in tellings:
            self._observe(telling, True)
            by_session.setdefault(telling.session_id, []).append(telling)
            if self._bus is not None:
                self._bus.tell(telling)
        for session_id, own in by_session.items():
            self._offer(session_id, own)

    def hear(self, session_id: UUID, message: BusMessage) -> None:
        """Takes what another worker says about a session."""
        room = self._rooms.get(session_id)
        if room is None:
            return
        if message.kind is Kind.SIGNAL:
            room.signal(Frame(message.text))
        elif message.kind is Kind.WAKE:
            self._catch_up_soon(room)
        elif message.seq > room.delivered or message.epoch != room.epoch:
            telling = Telling(
                session_id, message.epoch, message.seq, message.type, message.audience, message.text
            )
            self._meters.heard("bus", 1)
            self._observe(telling, False)
            self._offer(session_id, [telling])

    async def enter(self, connection: Connection, session_id: UUID, participant_id: UUID | None) -> Member:
        """Has a socket listen to a room. What happens from now on is held for it until it is released."""
        room = await self._open(session_id)
        self.leave(connection, session_id)
        member = Member(connection, participant_id, "everyone")
        room.enter(member)
        if participant_id is not None:
            connection.places[session_id] = participant_id
        return member

    async def wait(self, connection: Connection, session_id: UUID, participant_id: UUID) -> None:
        """Has a socket wait at a room: it hears what is said to it, and nothing of the room."""
        room = await self._open(session_id)
        self.leave(connection, session_id)
        room.waiting[connection.sid] = (connection, participant_id)
        connection.places[session_id] = participant_id

    def release(self, member: Member, session_id: UUID, since: int, audience: str) -> None:
        """Lets a member hear what was held for it, once it has been sent the state at `since`."""
        room = self._rooms.get(session_id)
        if room is not None:
            room.release(member, since, audience)

    def leave(self, connection: Connection, session_id: UUID) -> bool:
        """Takes a socket out of a room, or away from its door. Returns whether it was waiting there."""
        connection.places.pop(session_id, None)
        room = self._rooms.get(session_id)
        if room is None:
            return False
        room.remove(connection.sid)
        waited = room.waiting.pop(connection.sid, None) is not None
        if room.is_empty:
            self._left.add(session_id)
        return waited

    def signal(self, session_id: UUID, frame: Frame) -> None:
        """Sends something that is no event of the log to everybody in a room, on whatever worker."""
        room = self._rooms.get(session_id)
        if room is not None:
            room.signal(frame)
        if self._bus is not None:
            self._bus.signal(session_id, str(frame.data))

    def room(self, session_id: UUID) -> Room | None:
        """A room that somebody is in, or waits at, on this worker."""
        return self._rooms.get(session_id)

    async def look_into_log(self) -> None:
        """Finds what was committed and never handed over, and forgets rooms that nobody is in."""
        self._forget_empty()
        if not self._rooms:
            return
        known = [Head(room.session_id, room.epoch, room.delivered) for room in self._rooms.values()]
        async with self.context.database.read() as db:
            moved = await moved_heads(db, known)
        for head in moved:
            room = self._rooms.get(head.session_id)
            if room is not None and room.epoch != head.epoch:
                room.begin_anew(head.epoch, head.seq)
                room.signal(heartbeat(room.session_id, room.epoch, room.delivered))
            elif room is not None and room.delivered < head.seq:
                self._catch_up_soon(room)

    async def catch_up(self) -> None:
        """Tells everything that is in the log by now."""
        # Twice: a reading that is under way may have begun too early.
        for _ in range(2):
            await self.look_into_log()
            await asyncio.gather(*self._catching_up.values(), return_exceptions=True)

    def beat(self, part: int) -> None:
        """Tells the members of every tenth room where the log stands, so that a quiet loss is found."""
        for room in [room for room in self._rooms.values() if room.session_id.int % BEAT_PARTS == part]:
            room.signal(heartbeat(room.session_id, room.epoch, room.delivered))

    async def stop(self) -> None:
        """Ends what is under way."""
        self._line.stop()
        for task in self._catching_up.values():
            task.cancel()

    async def _open(self, session_id: UUID) -> Room:
        async with self._opening.setdefault(session_id, asyncio.Lock()):
            room = self._rooms.get(session_id)
            if room is None:
                # The head is read before anyone listens: whatever comes after it will be told.
                async with self.context.database.read() as db:
                    head = await load_head(db, session_id)
                room = Room(session_id, head.epoch, head.head_seq, self._broadcast)
                self._rooms[session_id] = room
                if self._bus is not None:
                    self._bus.join(session_id)
            # Whoever asked for it may not come in after all.
            self._left.add(session_id)
            return room

    def _forget_empty(self) -> None:
        for session_id in list(self._left):
            room = self._rooms.get(session_id)
            if room is not None and room.is_empty:
                del self._rooms[session_id]
                self._opening.pop(session_id, None)
                if self._bus is not None:
                    self._bus.leave(session_id)
        self._left.clear()

    def _offer(self, session_id: UUID, tellings: list[Telling]) -> None:
        room = self._rooms.get(session_id)
        if room is not None and self._tell(room, tellings):
            self._catch_up_soon(room, patience_s=0.0 if self._bus is None else GAP_PATIENCE_S)

    def _tell(self, room: Room, tellings: list[Telling]) -> bool:
        before, listeners, began_s = room.delivered, len(room.members), time.perf_counter()
        is_behind = room.offer(tellings)
        if room.delivered > before:
            self._meters.fanned_out(room.delivered - before, listeners, time.perf_counter() - began_s)
        if room.is_empty:
            self._left.add(room.session_id)
        if room.waiting and any(moves_the_line(telling) for telling in tellings):
            self._line.tell_soon(room.session_id, self.context)
        return is_behind

    def _catch_up_soon(self, room: Room, patience_s: float = 0.0) -> None:
        if room.session_id not in self._catching_up:
            task = asyncio.create_task(self._catch_up(room, patience_s), name=f"catch up {room.session_id}")
            self._catching_up[room.session_id] = task
            task.add_done_callback(lambda _: self._catching_up.pop(room.session_id, None))

    async def _catch_up(self, room: Room, patience_s: float) -> None:
        if patience_s > 0:
            await asyncio.sleep(patience_s)
            if not room.ahead:
                return
        try:
            while True:
                async with self.context.database.read() as db:
                    events = await read_log(db, room.session_id, room.delivered, READ_AT_ONCE)
                self._meters.heard("log", len(events))
                tellings = [Telling.of(event) for event in events]
                for telling in tellings:
                    self._observe(telling, False)
                self._tell(room, tellings)
                if len(events) < READ_AT_ONCE:
                    return
        except ConveneError as error:
            log.warning("fanout.catch_up_failed", error=error.code)
