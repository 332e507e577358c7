"""Who is sent out in the very moment of coming in: refused, and nothing of them stays behind."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from prometheus_client import CollectorRegistry

from models.context import Context
from models.crowd import Asking, act_by_claims
from models.errors import ConveneError
from models.rooms.moderation import ban_participant, kick_participant
from models.rooms.payloads import After, Join
from models.transaction import Origin
from realtime.connection import Connection, Incoming
from realtime.entrance import Doors
from realtime.fanout import Fanout
from realtime.flow import Flow
from realtime.metrics import Meters
from realtime.presence import Presence
from realtime.wire.frames import Frame
from tests.realtime.house import House, Room


class Slow(Doors):
    """Doors at which something happens between somebody's rows being read and their being let in."""

    meanwhile: Callable[[], Awaitable[None]]

    async def _find_place(self, *asked: Any) -> Any:
        found = await super()._find_place(*asked)
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
    presence = Presence(house.context.settings)
    meters = Meters(CollectorRegistry())
    fanout = Fanout(presence.observe, tell_all, meters)
    context = replace(house.context, publisher=fanout)
    fanout.start(context, None)
    doors = Slow(context, fanout, presence, 100, meters)
    doors.meanwhile = lambda: sent_out_once(context, room, participant_id, send_out)
    heard = Heard()
    claims = context.tokens.read(guest_token)
    connection = Connection(uuid4().hex, claims, "", heard, Flow.starting(50, 0), carry_out)
    with pytest.raises(ConveneError):
        await doors.join(
            connection, Join(session_id=room.id, after=After(epoch=known["epoch"], seq=known["seq"]))
        )
    assert participant_id not in presence.held
    assert not connection.places
    found = fanout.room(room.id)
    assert found is None or found.is_empty
    await fanout.stop()


async def sent_out_once(context: Context, room: Room, participant_id: UUID, send_out: Any) -> None:
    """A host sends somebody out, through the same process."""
    async with context.transaction(Origin("participant:kick")) as tx:
        actor = await act_by_claims(tx, Asking(context.tokens.read(room.owner.token), room.id))
        await send_out(tx, actor, participant_id)
