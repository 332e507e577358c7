"""What brings somebody up to date: the events they missed, or the whole state. At hand if it can be, else read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from models.actors import Actor
from models.context import Context
from models.log.loading import AudienceKind, Snapshot, load_snapshot
from models.log.resume import audience_kind, read_log, role_after
from models.rooms.events import RoleChanged
from models.rooms.payloads import After
from realtime.fanout import Fanout
from realtime.metrics import Meters
from realtime.recent import Finished
from realtime.room import Room
from realtime.telling import Telling

TOLD_WITHIN_S = 3.0
"""What was committed is told within a moment, and found in the log within half a second."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody as they were when the log of their session stood at `seq`."""

    actor: Actor
    epoch: str
    seq: int


class CatchUp:
    """Answers for those who come in, come back or ask what they missed."""

    def __init__(self, context: Context, fanout: Fanout, replay_limit: int, meters: Meters) -> None:
        self._context = context
        self._meters = meters
        self._fanout = fanout
        self._replay_limit = replay_limit

    async def bring(self, place: Place, after: After | None) -> tuple[dict[str, Any], int]:
        """What brings somebody up to date, as finished JSON, and up to where.

        That is exactly what they missed after a point, up to their place. Or it is the state, at their place or later:
        when there is no point, the epoch is another, the gap is over the limit, or their role changed meanwhile.
        """
        missed = await self._missed(place, after)
        if missed is not None:
            self._meters.resumed("events" if missed else "none")
            own = place.actor.participant.id if place.actor.participant else None
            events = [one.heard_by(place.actor.audience, own) for one in missed]
            return {"epoch": place.epoch, "seq": place.seq, "events": events}, place.seq
        self._meters.resumed("state")
        snapshot, state = await self._state(place)
        return {"epoch": snapshot.epoch, "seq": snapshot.seq, "state": orjson.Fragment(state)}, snapshot.seq

    def has_changed(self, place: Place, seq: int) -> bool:
        """Whether something has happened to somebody between their place and a later one."""
        room = self._room(place)
        own = place.actor.participant
        return room is not None and own is not None and room.at_hand.recent.tells_of(own.id, place.seq, seq)

    async def _missed(self, place: Place, after: After | None) -> Sequence[Finished] | None:
        if (
            after is None
            or after.epoch != place.epoch
            or not 0 <= place.seq - after.seq <= self._replay_limit
        ):
            return None
        missed = await self._find(place, after.seq)
        # A change of one's own role may have changed what one hears; the events alone cannot make up for that.
        return None if any(_changes_role(one.telling, place.actor) for one in missed) else missed

    async def _find(self, place: Place, after: int) -> Sequence[Finished]:
        room = self._room(place)
        if room is not None and room.delivered >= place.seq:
            recent = room.at_hand.recent
            found = recent.between(after, place.seq)
            if found is None:
                async with room.at_hand.reading:
                    found = recent.between(after, place.seq) or await self._read_back(room, place.seq, after)
            if found is not None:
                return found
        async with self._context.database.read() as db:
            events = await read_log(db, place.actor.session.id, after, place.seq - after)
        return [Finished(Telling.of(event)) for event in events]

    async def _read_back(self, room: Room, seq: int, after: int) -> Sequence[Finished] | None:
        """Reads for all who will ask what this room was told before it was opened here."""
        recent = room.at_hand.recent
        forgotten, floor = recent.forgotten, recent.floor
        low = max(0, seq - self._replay_limit)
        async with self._context.database.read() as db:
            events = await read_log(db, room.session_id, low, floor - low)
        if recent.forgotten == forgotten:
            recent.put_before(Telling.of(event) for event in events)
        return recent.between(after, seq)

    async def _state(self, place: Place) -> tuple[Snapshot, bytes]:
        room, kind = self._room(place), audience_kind(place.actor)
        if room is None:
            async with self._context.database.read() as db:
                return _encoded(await load_snapshot(db, place.actor.session.id, kind))
        kept = _kept(room, kind, place.seq)
        if kept is not None:
            return kept
        async with room.at_hand.reading:
            kept = _kept(room, kind, place.seq)
            if kept is not None:
                return kept
            return await self._load(room, kind)

    async def _load(self, room: Room, kind: AudienceKind) -> tuple[Snapshot, bytes]:
        async with self._context.database.read() as db:
            snapshot = await load_snapshot(db, room.session_id, kind)
        if snapshot.epoch != room.epoch:
            return _encoded(snapshot)
        # Another worker may be ahead. What happened to whom until then has to be known here before they get the state.
        await room.at_hand.told(snapshot.seq, TOLD_WITHIN_S)
        return room.at_hand.keep(snapshot, room.delivered).now()

    def _room(self, place: Place) -> Room | None:
        room = self._fanout.room(place.actor.session.id)
        return room if room is not None and room.epoch == place.epoch else None


def _kept(room: Room, kind: AudienceKind, at_least: int) -> tuple[Snapshot, bytes] | None:
    standing = room.at_hand.standings.get(kind)
    return None if standing is None or room.delivered < at_least else standing.now()


def _encoded(snapshot: Snapshot) -> tuple[Snapshot, bytes]:
    return snapshot, snapshot.state.model_dump_json().encode()


def _changes_role(telling: Telling, actor: Actor) -> bool:
    if telling.type != RoleChanged.type or actor.participant is None:
        return False
    return role_after(telling.event, actor.participant.id) is not None
