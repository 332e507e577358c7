"""Fan-out: from the commit to the sockets. What the publisher hands over is a hint; the log is the truth.

Events may arrive late, twice, out of order or not at all (a crash between commit and publish, another process): every
room tells them in the log's order, and a look into the log every half second finds what never came.
"""

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID

import structlog
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.context import Context
from models.errors import ConveneError
from models.log.loading import AudienceKind, Snapshot, load_head, load_snapshot
from models.log.logged import LoggedEvent
from models.log.resume import read_log
from models.log.tables import SessionLog
from models.rooms.waiting_room import load_waiting
from realtime.connection import Connection
from realtime.room import Member, Room, moves_the_line
from realtime.signals import heartbeat, position
from realtime.standing import Standing
from realtime.wire.frames import Frame

log = structlog.get_logger(__name__)

READ_AT_ONCE = 500
HEARTBEAT_EVERY_S = 10.0


class Fanout:
    """The rooms of this worker. Implements `models.transaction.Publisher`."""

    def __init__(self, observe: Callable[[LoggedEvent], None]) -> None:
        self._observe = observe
        self._rooms: dict[UUID, Room] = {}
        self._opening: dict[UUID, asyncio.Lock] = {}
        self._catching_up: dict[UUID, asyncio.Task[None]] = {}
        self._lines: dict[UUID, asyncio.Task[None]] = {}
        self._moved: set[UUID] = set()
        self._context: Context | None = None

    def start(self, context: Context) -> None:
        """From here on there is a log to look into."""
        self._context = context

    @property
    def context(self) -> Context:
        if self._context is None:
            raise RuntimeError("the fan-out has not been started")
        return self._context

    def publish(self, events: Sequence[LoggedEvent]) -> None:
        """Tells the committed events of a session to those who listen here."""
        for event in events:
            self._observe(event)
        by_session: dict[UUID, list[LoggedEvent]] = {}
        for event in events:
            by_session.setdefault(event.session_id, []).append(event)
        for session_id, own in by_session.items():
            self._offer(session_id, own)

    async def enter(self, connection: Connection, session_id: UUID, participant_id: UUID | None) -> Member:
        """Has a socket listen to a room. What happens from now on is held for it until it is released."""
        room = await self._open(session_id)
        self.leave(connection, session_id)
        member = Member(connection, participant_id, "everyone")
        room.members[connection.sid] = member
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
        room.members.pop(connection.sid, None)
        return room.waiting.pop(connection.sid, None) is not None

    def signal(self, session_id: UUID, frame: Frame) -> None:
        """Sends something that is no event of the log to everybody in a room."""
        room = self._rooms.get(session_id)
        if room is not None:
            room.signal(frame)

    async def state(
        self, db: AsyncSession, session_id: UUID, audience: AudienceKind, at_least: int
    ) -> tuple[Snapshot, bytes]:
        """A room's state for an audience, at `at_least` or later, and its JSON: at hand if somebody had it before."""
        room = self._rooms.get(session_id)
        standing = None if room is None else room.standings.get(audience)
        if room is None or standing is None or room.delivered < at_least:
            snapshot = await load_snapshot(db, session_id, audience)
            standing = Standing(snapshot) if room is None else room.keep(snapshot)
        return standing.now()

    async def look_into_log(self) -> None:
        """Finds what was committed and never handed over, and forgets rooms that nobody is in."""
        for session_id in [key for key, room in self._rooms.items() if room.is_empty]:
            del self._rooms[session_id]
            self._opening.pop(session_id, None)
        if not self._rooms:
            return
        query = select(SessionLog).where(col(SessionLog.session_id).in_(self._rooms))
        async with self.context.database.read() as db:
            heads = (await db.exec(query)).all()
        for head in heads:
            room = self._rooms.get(head.session_id)
            if room is not None and room.epoch != head.epoch:
                room.begin_anew(head.epoch, head.head_seq)
                room.signal(heartbeat(room.session_id, room.epoch, room.delivered))
            elif room is not None and room.delivered < head.head_seq:
                self._catch_up_soon(room)

    async def catch_up(self) -> None:
        """Tells everything that is in the log by now."""
        # Twice: a reading that is under way may have begun too early.
        for _ in range(2):
            await self.look_into_log()
            await asyncio.gather(*self._catching_up.values(), return_exceptions=True)

    def beat(self) -> None:
        """Tells every member where the log stands, so that a quiet loss is found."""
        for room in self._rooms.values():
            room.signal(heartbeat(room.session_id, room.epoch, room.delivered))

    async def stop(self) -> None:
        """Ends what is under way."""
        for task in [*self._catching_up.values(), *self._lines.values()]:
            task.cancel()

    async def _open(self, session_id: UUID) -> Room:
        async with self._opening.setdefault(session_id, asyncio.Lock()):
            room = self._rooms.get(session_id)
            if room is None:
                # The head is read before anyone listens: whatever comes after it will be told.
                async with self.context.database.read() as db:
                    head = await load_head(db, session_id)
                room = self._rooms.setdefault(session_id, Room(session_id, head.epoch, head.head_seq))
            return room

    def _offer(self, session_id: UUID, events: list[LoggedEvent]) -> None:
        room = self._rooms.get(session_id)
        if room is None:
            return
        self._tell(room, events)
        if room.ahead:
            self._catch_up_soon(room)

    def _tell(self, room: Room, events: list[LoggedEvent]) -> None:
        room.offer(events)
        if room.waiting and any(moves_the_line(event) for event in events):
            self._tell_line_soon(room.session_id)

    def _catch_up_soon(self, room: Room) -> None:
        if room.session_id not in self._catching_up:
            task = asyncio.create_task(self._catch_up(room), name=f"catch up {room.session_id}")
            self._catching_up[room.session_id] = task
            task.add_done_callback(lambda _: self._catching_up.pop(room.session_id, None))

    async def _catch_up(self, room: Room) -> None:
        try:
            while True:
                async with self.context.database.read() as db:
                    events = await read_log(db, room.session_id, room.delivered, READ_AT_ONCE)
                for event in events:
                    self._observe(event)
                self._tell(room, events)
                if len(events) < READ_AT_ONCE:
                    return
        except ConveneError as error:
            log.warning("fanout.catch_up_failed", error=error.code)

    def _tell_line_soon(self, session_id: UUID) -> None:
        self._moved.add(session_id)
        if session_id not in self._lines:
            self._lines[session_id] = asyncio.create_task(
                self._tell_line(session_id), name=f"line of {session_id}"
            )

    async def _tell_line(self, session_id: UUID) -> None:
        try:
            # It may move again while it is being read.
            while session_id in self._moved:
                self._moved.discard(session_id)
                async with self.context.database.read() as db:
                    line = await load_waiting(db, session_id)
                self._tell_places(session_id, [participant.id for participant in line])
        except ConveneError as error:
            log.warning("fanout.line_failed", error=error.code)
        finally:
            del self._lines[session_id]

    def _tell_places(self, session_id: UUID, line: list[UUID]) -> None:
        places = {participant_id: place for place, participant_id in enumerate(line, 1)}
        room = self._rooms.get(session_id)
        for connection, participant_id in list(room.waiting.values()) if room else []:
            if participant_id in places:
                connection.link.send(position(session_id, self.context.clock.now(), places[participant_id]))
