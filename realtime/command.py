"""What a command is: a name, a form, a use case, and what may come of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from models.actors import Actor
from models.context import Context
from models.errors import ConveneError
from models.log.event import Event
from models.text import Payload, View
from models.transaction import Transaction
from realtime.connection import Connection

RoomHandler = Callable[[Transaction, Actor, Any], Awaitable[View]]
ConnectionHandler = Callable[[Any, Connection, Any], Awaitable["Answer"]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command gives back: its data, where the session's log stands after it, and what to do once it is sent."""

    data: dict[str, Any]
    seq: int | None = None
    then: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the table in `realtime/commands.py`.

    `act` runs within a transaction, as an actor of the payload's session; the dispatcher does the rest. `connect`, a
    method of `Doors`, gets the connection instead, for the few commands that are about the connection itself.

    A command with `grouped` is frequent enough to share its transaction with others: it adds rows and changes none.
    `grouped` says which messages a payload is going to look at. `counted` may refuse what was done too often this hour;
    it is asked when all is done and nothing committed.
    """

    name: str
    payload: type[Payload]
    result: type[BaseModel]
    act: RoomHandler | None = None
    connect: ConnectionHandler | None = None
    grouped: Callable[[Any], tuple[UUID, ...]] | None = None
    counted: Callable[[Context, Actor, Any], Awaitable[None]] | None = None
    records: tuple[type[Event], ...] = ()
    errors: tuple[type[ConveneError], ...] = ()

    @property
    def summary(self) -> str:
        """What it does, in the words of its handler."""
        return (getattr(self.act or self.connect, "__doc__", None) or self.name).strip()
