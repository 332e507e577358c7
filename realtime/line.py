"""The waiting line of a room: those in it are told their place whenever it may have changed."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

import structlog

from models.context import Context
from models.errors import ConveneError
from models.rooms.waiting_room import load_waiting
from realtime.room import Room
from realtime.signals import position

log = structlog.get_logger(__name__)


class Line:
    """The lines at the doors of this worker's rooms."""

    def __init__(self, rooms: Mapping[UUID, Room]) -> None:
        self._rooms = rooms
        self._moved: set[UUID] = set()
        self._telling: dict[UUID, asyncio.Task[None]] = {}

    def tell_soon(self, session_id: UUID, context: Context) -> None:
        """Reads the line of a room and tells those who wait here."""
        self._moved.add(session_id)
        if session_id not in self._telling:
            task = asyncio.create_task(self._tell(session_id, context), name=f"line of {session_id}")
            self._telling[session_id] = task

    def stop(self) -> None:
        """Ends what is under way."""
        for task in self._telling.values():
            task.cancel()

    async def _tell(self, session_id: UUID, context: Context) -> None:
        try:
            # It may move again while it is being read.
            while session_id in self._moved:
                self._moved.discard(session_id)
                async with context.database.read() as db:
                    line = await load_waiting(db, session_id)
                self._tell_places(session_id, context, [participant.id for participant in line])
        except ConveneError as error:
            log.warning("fanout.line_failed", error=error.code)
        finally:
            del self._telling[session_id]

    def _tell_places(self, session_id: UUID, context: Context, line: list[UUID]) -> None:
        places = {participant_id: place for place, participant_id in enumerate(line, 1)}
        room = self._rooms.get(session_id)
        for connection, participant_id in list(room.waiting.values()) if room else []:
            if participant_id in places:
                connection.link.send(position(session_id, context.clock.now(), places[participant_id]))
