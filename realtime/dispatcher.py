"""From what came off the wire to the acknowledgement: validate, limit, load, carry out, answer. Always an answer."""

import asyncio
import time
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from pydantic import ValidationError

from models.actors import Actor
from models.audit.keeping import note_refusal
from models.context import Context
from models.crowd import Asking, act_by_claims
from models.errors import (
    ConveneError,
    InternalError,
    RateLimited,
    Unavailable,
    UnknownCommand,
    ValidationFailed,
)
from models.log.answers import CommandKey, recall_command, remember_command
from models.log.grouping import Grouped, Outcome
from models.rooms.payloads import InSession
from models.transaction import Transaction
from models.validation import validation_failed
from realtime.command import Answer, Command, RoomHandler
from realtime.commands import BY_NAME
from realtime.connection import Connection, Incoming
from realtime.entrance import Doors
from realtime.metrics import Meters
from realtime.under_way import UnderWay

log = structlog.get_logger(__name__)

COMMAND_WITHIN_S = 15.0
"""No command takes longer; past this the client is told to try again."""

Ack = dict[str, Any]


class Dispatcher:
    """Carries out the commands of the table."""

    def __init__(self, context: Context, doors: Doors, meters: Meters) -> None:
        self._context = context
        self._meters = meters
        self._doors = doors
        self._under_way = UnderWay()

    @property
    def is_idle(self) -> bool:
        """Whether every command that went in a group has been acknowledged."""
        return self._under_way.is_empty

    async def carry_out(self, connection: Connection, incoming: Incoming) -> None:
        """Does what a command asks for and acknowledges it; never raises.

        A command that goes in a group is acknowledged later: the next of its kind may go in the same group. Whatever
        else a socket asks for waits until those before it are done.
        """
        then, began_s = None, time.perf_counter()
        try:
            async with asyncio.timeout(COMMAND_WITHIN_S):
                command = _command(incoming)
                if command.act is not None and command.grouped is not None:
                    await self._join_group(command, connection, incoming, began_s)
                    return
                await self._under_way.done(connection.sid)
                ack, then = await self._answer(command, connection, incoming)
        except ConveneError as error:
            self._note(connection, incoming, error)
            ack = refusal(error)
        except TimeoutError:
            ack = refusal(Unavailable())
        except Exception:  # whatever is wrong with us, the client is told and the next command is carried out
            log.exception("command.failed", command=_known_name(incoming))
            ack = refusal(InternalError())
        self._acknowledge(connection, incoming, ack, began_s)
        if then is not None:
            then()

    def _acknowledge(self, connection: Connection, incoming: Incoming, ack: Ack, began_s: float) -> None:
        outcome = "ok" if ack["ok"] else ack["error"]["errorCode"]
        self._meters.commanded(_known_name(incoming), outcome, time.perf_counter() - began_s)
        connection.answer(incoming.ack_id, ack)

    async def _join_group(
        self, command: Command, connection: Connection, incoming: Incoming, began_s: float
    ) -> None:
        payload, command_id = _payload(command, incoming)
        await self._under_way.room(connection.sid, payload.session_id)
        outcome = self._context.lane.submit(grouped(command, connection, payload, command_id))
        self._under_way.add(connection.sid, payload.session_id, outcome)
        outcome.add_done_callback(lambda done: self._answered(connection, incoming, done.result(), began_s))

    def _answered(self, connection: Connection, incoming: Incoming, outcome: Outcome, began_s: float) -> None:
        if outcome.refusal is not None:
            self._note(connection, incoming, outcome.refusal)
        self._acknowledge(connection, incoming, _ack_of(outcome), began_s)

    def _note(self, connection: Connection, incoming: Incoming, error: ConveneError) -> None:
        origin = connection.origin(_known_name(incoming))
        named = incoming.arguments[0] if incoming.arguments else None
        session_id, participant_id = (_named_id(named, key) for key in ("session_id", "participant_id"))
        target = ("participant", participant_id) if participant_id is not None else ("", None)
        note_refusal(self._context, origin, connection.claims, error, session_id=session_id, target=target)

    async def _answer(self, command: Command, connection: Connection, incoming: Incoming) -> tuple[Ack, Any]:
        payload, command_id = _payload(command, incoming)
        if command.act is not None:
            return await self._act(command, connection, payload, command_id), None
        answer = await self._connect(command, connection, payload)
        ack: Ack = {"ok": True, "data": answer.data}
        return (ack if answer.seq is None else {**ack, "seq": answer.seq}), answer.then

    async def _connect(self, command: Command, connection: Connection, payload: Any) -> Answer:
        if command.connect is None:
            raise UnknownCommand
        return await command.connect(self._doors, connection, payload)

    async def _act(
        self, command: Command, connection: Connection, payload: InSession, command_id: UUID | None
    ) -> Ack:
        if command.act is None:
            raise UnknownCommand
        context = self._context.within(connection.claims.tenant_id)
        async with context.transaction(connection.origin(command.name)) as tx:
            actor = await act_by_claims(tx, Asking(connection.claims, payload.session_id))
            key = None
            if command_id is not None:
                key = CommandKey(actor.session.id, actor.principal.id, command_id, command.name)
                known = await recall_command(tx, key)
                if known is not None:
                    return known
            ack = await _acted(command.act, payload, tx, actor)
            if command.counted is not None:
                await command.counted(self._context, actor, payload)
            if key is not None:
                remember_command(tx, key, ack)
            return ack


def grouped(command: Command, connection: Connection, payload: InSession, command_id: UUID | None) -> Grouped:
    """A command as the lane takes it."""
    if command.act is None or command.grouped is None:
        raise UnknownCommand
    claims, key = connection.claims, None
    if command_id is not None:
        key = CommandKey(payload.session_id, claims.person_id, command_id, command.name)
    return Grouped(
        Asking(claims, payload.session_id),
        connection.origin(command.name),
        partial(_acted, command.act, payload),
        key,
        messages=command.grouped(payload),
    )


async def _acted(act: RoomHandler, payload: InSession, tx: Transaction, actor: Actor) -> Ack:
    view = await act(tx, actor, payload)
    return {"ok": True, "data": view.model_dump(mode="json"), "seq": tx.log.head_seq}


def _ack_of(outcome: Outcome) -> Ack:
    if outcome.refusal is not None:
        return refusal(outcome.refusal)
    return outcome.answer or refusal(InternalError())


def refusal(error: ConveneError) -> Ack:
    """The acknowledgement of a command that was not carried out."""
    return {"ok": False, "error": error.body()}


def too_fast(retry_after_s: float) -> Ack:
    """The acknowledgement of a command that came too soon after the others."""
    return refusal(RateLimited(retry_after_s))


def _command(incoming: Incoming) -> Command:
    command = BY_NAME.get(incoming.name) if isinstance(incoming.name, str) else None
    if command is None:
        raise UnknownCommand
    if incoming.has_binary:
        raise ValidationFailed.of("", "send text, not binary")
    return command


def _payload(command: Command, incoming: Incoming) -> tuple[Any, UUID | None]:
    if len(incoming.arguments) != 1 or not isinstance(incoming.arguments[0], dict):
        raise ValidationFailed.of("", "send one object as the command's argument")
    given = dict(incoming.arguments[0])
    command_id = _command_id(given.pop("command_id", None))
    try:
        return command.payload.model_validate(given), command_id
    except ValidationError as error:
        raise validation_failed(error) from error


def _command_id(given: Any) -> UUID | None:
    if given is None:
        return None
    try:
        return UUID(given) if isinstance(given, str) else UUID(int=-1)
    except ValueError as error:
        raise ValidationFailed.of("command_id", "must be a UUID") from error


def _named_id(payload: Any, key: str) -> UUID | None:
    given = payload.get(key) if isinstance(payload, dict) else None
    try:
        return UUID(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _known_name(incoming: Incoming) -> str:
    return incoming.name if isinstance(incoming.name, str) and incoming.name in BY_NAME else "unknown"
