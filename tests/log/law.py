"""The law of the house, checked after every change: the state at seq n, with the events after n applied, is the state.

A state is compared as the JSON that a client holds, for both audiences, each with what it may hear of the log.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, get_args

import orjson
from sqlalchemy import select
from sqlmodel import SQLModel

from models.errors import ConveneError
from models.log.catalogue import CATALOGUE, apply
from models.log.event import HIDDEN
from models.log.loading import AudienceKind, load_snapshot
from models.log.logged import LoggedEvent
from models.log.resume import read_log
from models.log.state import RoomState
from models.sessions.payloads import CreateSession
from models.transaction import Transaction
from tests.log.room import Room, Site

AUDIENCES: tuple[AudienceKind, ...] = get_args(AudienceKind)
MORE_THAN_ALL = 1_000_000

TICK_MS = 1_250

T = TypeVar("T")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a client that loaded the room at `seq` holds."""

    seq: int
    state: Json


class LawfulRoom(Room):
    """A room in which no change passes unchecked."""

    keeps_order: ClassVar[bool] = False

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.remembered: dict[AudienceKind, list[Remembered]] = {one: [] for one in AUDIENCES}
        self.told: list[LoggedEvent] = []
        self._rows: dict[str, list[str]] = {}

    async def create(self, data: CreateSession) -> None:
        heard = len(self.site.heard.events)
        await super().create(data)
        await self._take_note(heard)

    async def change(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        heard = len(self.site.heard.events)
        try:
            result = await super().change(work)
        except ConveneError:
            assert await self._load_rows() == self._rows, "a refused command changed something"
            assert len(self.site.heard.events) == heard, "a refused command was heard of"
            raise
        await self._take_note(heard)
        for audience in AUDIENCES:
            *_, earlier, now = self.remembered[audience]
            self._check_law(audience, earlier, now, self.told)
        return result

    async def check_all(self) -> None:
        """From every state ever loaded, the log as it stands now leads to the state now."""
        log = await self.log()
        for audience in AUDIENCES:
            *earlier, now = self.remembered[audience]
            for one in earlier:
                self._check_law(audience, one, now, log)

    def heard_by(self, audience: AudienceKind) -> list[LoggedEvent]:
        """Every event so far, as it was told to an audience when it happened."""
        return [event.heard_by(audience, None) for event in self.told]

    async def log(self) -> list[LoggedEvent]:
        """The log as it is stored now."""
        async with self.site.context.database.read() as db:
            return await read_log(db, self.session_id, 0, MORE_THAN_ALL)

    def _check_law(
        self, audience: AudienceKind, earlier: Remembered, now: Remembered, log: list[LoggedEvent]
    ) -> None:
        state = RoomState.model_validate(earlier.state)
        since = [event.heard_by(audience, None) for event in log if event.seq > earlier.seq]
        for event in since:
            state = apply(state, event.type, event.at, orjson.loads(event.data))
        told = [f"{event.seq} {event.type}" for event in since]
        reached = state.model_dump(mode="json")
        assert reached == now.state, f"{audience} from {earlier.seq}: {told}"
        if self.keeps_order:
            assert orjson.dumps(reached) == orjson.dumps(now.state), f"out of order: {told}"

    async def _take_note(self, heard: int) -> None:
        """Notes what was told since, checks it against the log, and remembers the state."""
        fresh = self.site.heard.events[heard:]
        self.told += fresh
        await self._check_log(fresh)
        await self._remember()
        self._rows = await self._load_rows()

    async def _check_log(self, fresh: list[LoggedEvent]) -> None:
        log = await self.log()
        assert [event.seq for event in log] == list(range(1, len(log) + 1)), "the log has a gap"
        assert [(one.seq, one.type, one.audience, one.at, one.actor_id) for one in log] == [
            (one.seq, one.type, one.audience, one.at, one.actor_id) for one in self.told
        ], "what was told is not what was stored"
        assert log[len(log) - len(fresh) :] == fresh
        for event in fresh:
            assert event.type != HIDDEN
            kind = CATALOGUE[event.type]
            assert kind.model_validate_json(event.data).model_dump_json() == event.data

    async def _remember(self) -> None:
        async with self.site.context.database.read() as db:
            for audience in AUDIENCES:
                snapshot = await load_snapshot(db, self.session_id, audience)
                assert snapshot.seq == len(self.told)
                state = snapshot.state.model_dump(mode="json")
                self.remembered[audience].append(Remembered(snapshot.seq, state))

    async def _load_rows(self) -> dict[str, list[str]]:
        """Every row of every table that belongs to the session."""
        found: dict[str, list[str]] = {}
        async with self.site.context.database.read() as db:
            connection = await db.connection()
            for table in SQLModel.metadata.sorted_tables:
                key = table.c.get("id" if table.name == "sessions" else "session_id")
                if key is not None:
                    rows = await connection.execute(select(table).where(key == self.session_id))
                    found[table.name] = sorted(map(repr, rows))
        return found


class TickingRoom(LawfulRoom):
    """A lawful room in which every change takes its time, so that people and polls have a clear order, too."""

    keeps_order = True

    async def change(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        self.site.clock.turn(TICK_MS)
        return await super().change(work)
