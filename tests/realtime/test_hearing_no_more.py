"""Who was sent out while coming in hears why, and nothing of what came after."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from models.identity.tokens import ParticipantClaims
from models.log.event import EVERYONE
from models.log.logged import LoggedEvent
from realtime.connection import Connection, Incoming
from realtime.flow import Flow
from realtime.room import SENT_OUT, Member, Room
from realtime.telling import Telling
from realtime.wire.frames import Frame

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


@dataclass
class Heard:
    """A client's end: what it was sent."""

    names: list[str] = field(default_factory=list)

    def send(self, frame: Frame) -> None:
        self.names.append(str(frame.data).split('"')[1])

    def answer(self, ack_id: int | None, answer: dict[str, Any]) -> None:
        raise AssertionError("nobody asked for anything")

    def cut(self, why: str) -> None:
        raise AssertionError(why)

    def close(self) -> None:
        raise AssertionError("nobody is sent away")


def tell_all(links: Iterable[Any], frame: Frame) -> None:
    for link in links:
        link.send(frame)


async def carry_out(_connection: Connection, _incoming: Incoming) -> None:
    raise AssertionError("nothing was asked")


@pytest.mark.parametrize("how", SENT_OUT)
def test_who_is_sent_out_while_coming_in_hears_nothing_more(how: str) -> None:
    session_id, participant_id = uuid4(), uuid4()
    heard = Heard()
    claims = ParticipantClaims(uuid4(), participant_id, session_id, AT)
    connection = Connection("a", claims, "", heard, Flow.starting(50, 0), carry_out)
    connection.places[session_id] = participant_id
    room = Room(session_id, "epoch", 0, tell_all)
    member = Member(connection, participant_id, EVERYONE)
    room.enter(member)

    def event(seq: int, type_: str, data: str) -> Telling:
        return Telling.of(LoggedEvent(session_id, "epoch", seq, type_, None, EVERYONE, AT, data))

    room.offer(
        [
            event(1, "chat:sent", "{}"),
            event(2, how, f'{{"participant_id":"{participant_id}","reason":null}}'),
            event(3, "chat:sent", "{}"),
        ]
    )
    room.release(member, 0, EVERYONE)
    assert heard.names == ["chat:sent", how]
    assert room.is_empty
    assert session_id not in connection.places
