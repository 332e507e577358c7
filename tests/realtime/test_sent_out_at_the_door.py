"""Who is sent out or let go in the very moment of coming in: refused for good, or in for good."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from prometheus_client import CollectorRegistry
from sqlmodel import select

from models.context import Context
from models.crowd import Asking, act_by_claims
from models.errors import ConveneError
from models.rooms.moderation import ban_participant, kick_participant
from models.rooms.payloads import After, Join
from models.rooms.presence import leave_session
from models.rooms.tables import Participant
from models.transaction import Origin
from realtime.connection import Connection, Incoming
from realtime.entrance import Doors
from realtime.fanout import Fanout
from realtime.flow import Flow
from realtime.leaving import Leaving
from realtime.metrics import Meters
from realtime.presence import Presence
from realtime.wire.frames import Frame
from tests.realtime.house import House, Room


class Watched(Presence):
    """Tells when the doors look who is being let go."""

    on_look: Callable[[], None] | None = None

    def is_leaving(self, participant_id: UUID) -> bool:
        if self.on_look is not None:
            self.on_look()
        return super().is_leaving(participant_id)


class Slow(Doors):
    """Doors at which something happens between somebody's rows being read and their being let in."""

    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def _find_place(self, *asked: Any) -> Any:
        found = await super()._find_place(*asked)
        if self.meanwhile is not None:
            await self.meanwhile()
        return found


@dataclass
class Heard:
    """A client's end: what it was sent."""

    frames: list[Frame] = field(default_factory=list)

    def send(self, frame: Frame) -> None:
        self.frames.append(frame)

    def answer(self, ack_id: int | None, answer: dict[str, Any]) -> None:
        raise AssertionError("no command was sent over the wire")

    def cut(self, why: str) -> None:
        raise AssertionError(why)

    def close(self) -> None:
        raise AssertionError("nobody is sent away")


def tell_all(links: Iterable[Any], frame: Frame) -> None:
    for link in links:
        link.send(frame)


async def carry_out(_connection: Connection, _incoming: Incoming) -> None:
    raise AssertionError("no command was sent over the wire")


@pytest.mark.parametrize("send_out", [kick_participant, ban_participant])
async def test_who_is_sent_out_while_coming_back_leaves_nothing_behind(house: House, send_out: Any) -> None:
    room, _ = await house.live()
    mia, participant_id = await house.member(room)
    known = await mia.ok("session:sync", room.id)
    guest_token = await house.new_token(participant_id)
    async with door(house, guest_token) as here:
        here.doors.meanwhile = lambda: sent_out_once(here.context, room, participant_id, send_out)
        after = After(epoch=known["epoch"], seq=known["seq"])
        with pytest.raises(ConveneError):
            await here.doors.join(here.connection, Join(session_id=room.id, after=after))
        assert participant_id not in here.presence.held
        assert not here.connection.places
        found = here.fanout.room(room.id)
        assert found is None or found.is_empty


async def test_who_comes_back_while_being_let_go_has_a_seat(house: House, monkeypatch: Any) -> None:
    room, _ = await house.live()
    guest = await house.guest(room)
    assert guest.participant_id is not None
    is_going, may_go = asyncio.Event(), asyncio.Event()

    async def leave_slowly(*asked: Any) -> None:
        is_going.set()
        await may_go.wait()
        await leave_session(*asked)

    monkeypatch.setattr("realtime.leaving.leave_session", leave_slowly)
    async with door(house, guest.token) as here:
        here.presence.expect(guest.participant_id, room.id, within_s=0)
        letting_go = asyncio.create_task(Leaving(here.context, here.presence, None).settle())
        await is_going.wait()
        # It is stored when the doors have seen that it is under way; or if they do not look, behind their back.
        here.presence.on_look = may_go.set
        joining = asyncio.create_task(here.doors.join(here.connection, Join(session_id=room.id)))
        joining.add_done_callback(lambda _: may_go.set())
        answer = await joining
        await letting_go
        assert answer.data["status"] == "approved"
        assert guest.participant_id in here.presence.held
    async with house.context.database.read() as db:
        query = select(Participant.is_present).where(Participant.id == guest.participant_id)
        assert (await db.exec(query)).one()


@dataclass
class Here:
    """Doors in this process, and somebody before them."""

    context: Context
    presence: Watched
    fanout: Fanout
    doors: Slow
    connection: Connection


@asynccontextmanager
async def door(house: House, token: str) -> AsyncIterator[Here]:
    """Doors to the rooms of a house, and a connection of whom the token names."""
    presence = Watched(house.context.settings)
    meters = Meters(CollectorRegistry())
    fanout = Fanout(presence.observe, tell_all, meters)
    context = replace(house.context, publisher=fanout)
    fanout.start(context, None)
    claims = context.tokens.read(token)
    connection = Connection(uuid4().hex, claims, "", Heard(), Flow.starting(50, 0), carry_out)
    try:
        yield Here(context, presence, fanout, Slow(context, fanout, presence, 100, meters), connection)
    finally:
        await fanout.stop()


async def sent_out_once(context: Context, room: Room, participant_id: UUID, send_out: Any) -> None:
    """A host sends somebody out, through the same process."""
    async with context.transaction(Origin("participant:kick")) as tx:
        actor = await act_by_claims(tx, Asking(context.tokens.read(room.owner.token), room.id))
        await send_out(tx, actor, participant_id)
