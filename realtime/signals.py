"""What is sent but not logged: no place in the sequence, first to be dropped, gone once it is seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import Field

from models.clock import wire_time
from models.log.event import HIDDEN
from models.sessions.kinds import SessionStatus
from models.text import View
from realtime.wire.frames import Frame, event_frame


class Heartbeat(View):
    """Every ten seconds: where the log stands. Who is behind asks for the rest with session:sync."""

    session_id: UUID
    epoch: str
    seq: int


class Draining(View):
    """The server is about to close this socket, because it stops: connect again after so many seconds."""

    reconnect_in_s: float = Field(ge=0)


class ReactionData(View):
    """The emoji."""

    emoji: str


class PositionData(View):
    """One's place in the waiting line."""

    position: int = Field(ge=1)


class HiddenData(View):
    """Nothing: an event of the log that is not for this reader. It only moves the sequence on."""


class WaitingMessageData(View):
    """What a host says to those who wait, and the host's name."""

    text: str
    display_name: str | None = None


class WaitingStatusData(View):
    """How the session stands that one waits for."""

    status: SessionStatus


class ToldParticipantData(View):
    """Whom a decision at the waiting room's door is about: the socket's own participant."""

    participant_id: UUID
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """One line of the table of pushes. `enveloped`: the data stands in `data`, beside session_id, at and actor."""

    name: str
    data: type[View]
    summary: str
    enveloped: bool = True


SIGNALS: tuple[Signal, ...] = (
    Signal("session:heartbeat", Heartbeat, "Where the log of a room stands.", enveloped=False),
    Signal(
        "server:draining",
        Draining,
        "The server stops: this socket is closed in a moment; connect again when it says.",
        enveloped=False,
    ),
    Signal("reaction:sent", ReactionData, "Somebody reacted with an emoji."),
    Signal(HIDDEN, HiddenData, "An event for others; it has a seq, and moves the reader's sequence on."),
    Signal("waiting_room:position", PositionData, "To who waits: the place in line has changed."),
    Signal("waiting_room:messaged", WaitingMessageData, "To who waits: a host says something."),
    Signal("waiting_room:status", WaitingStatusData, "To who waits: the session starts, pauses or goes on."),
    Signal(
        "participant:approved", ToldParticipantData, "To who waits: you are let in; send session:join again."
    ),
    Signal(
        "participant:declined",
        ToldParticipantData,
        "To who waits: you are not let in, or the session is over.",
    ),
)


def heartbeat(session_id: UUID, epoch: str, seq: int) -> Frame:
    """The frame of a heartbeat."""
    return event_frame("session:heartbeat", f'{{"session_id":"{session_id}","epoch":"{epoch}","seq":{seq}}}')


def draining(reconnect_in_s: float) -> Frame:
    """The frame that tells a client to come back elsewhere."""
    return event_frame("server:draining", f'{{"reconnect_in_s":{reconnect_in_s:.3f}}}')


def position(session_id: UUID, at: datetime, place: int) -> Frame:
    """The frame that tells somebody their place in line."""
    return _signal("waiting_room:position", session_id, at, None, {"position": place})


def reaction(session_id: UUID, at: datetime, actor_id: UUID, emoji: str) -> Frame:
    """The frame of a reaction."""
    return _signal("reaction:sent", session_id, at, actor_id, {"emoji": emoji})


def _signal(name: str, session_id: UUID, at: datetime, actor_id: UUID | None, data: dict[str, Any]) -> Frame:
    # As text: the UUIDs that asyncpg gives are of a kind of their own, which orjson does not take.
    actor = None if actor_id is None else str(actor_id)
    body = {"session_id": str(session_id), "at": wire_time(at), "actor": actor, "data": data}
    return event_frame(name, orjson.dumps(body).decode())
