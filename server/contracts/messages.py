"""Commands, events and signals as AsyncAPI messages."""

from models.log.event import HIDDEN, Event
from realtime.command import Command
from realtime.signals import Signal
from server.contracts.refusals import error_example
from server.contracts.samples import sample
from server.contracts.schemas import REF, Json, Schemas

_ID: Json = {"type": "string", "format": "uuid"}
_MOMENT: Json = {"type": "string", "format": "date-time"}
_SEQ: Json = {"type": "integer", "minimum": 1}
_ACTOR: Json = {
    "anyOf": [_ID, {"type": "null"}],
    "description": "The participant (or account) whose doing it was; null: the system.",
}


def command_messages(command: Command, schemas: Schemas) -> Json:
    """The command, and the two ways in which it is acknowledged."""
    form, result = schemas.incoming(command.payload), schemas.outgoing(command.result)
    done = _object({"ok": {"const": True}, "data": result, "seq": _SEQ}, optional=("seq",))
    refused = _object({"ok": {"const": False}, "error": {"$ref": f"{REF}Error"}})
    errors = sorted(command.errors, key=lambda error: (error.status, error.code))
    refusal = {"ok": False, "error": error_example(errors[-1])}
    return {
        "command": _message(command.name, form, sample(schemas, form))
        | {"x-records": [event.type for event in command.records]},
        "done": _message(f"{command.name} is done", done, sample(schemas, done)),
        "refused": _message(f"{command.name} is refused", refused, refusal)
        | {"x-errors": [error.code for error in errors]},
    }


def event_message(event: type[Event], schemas: Schemas) -> Json:
    """An event of the log."""
    payload = _frame(schemas.outgoing(event), {"seq": _SEQ})
    summary = (event.__doc__ if event.__doc__ != Event.__doc__ else None) or f"{event.type}."
    return _message(event.type, payload, sample(schemas, payload), summary) | {"x-audience": event.audience}


def signal_message(signal: Signal, schemas: Schemas) -> Json:
    """A push that is not in the log."""
    data = schemas.outgoing(signal.data)
    # What takes an event's place takes its place in the sequence, too.
    payload = _frame(data, {"seq": _SEQ} if signal.name == HIDDEN else {}) if signal.enveloped else data
    return _message(signal.name, payload, sample(schemas, payload), signal.summary)


def _frame(data: Json, also: Json) -> Json:
    return _object({"session_id": _ID, **also, "at": _MOMENT, "actor": _ACTOR, "data": data})


def _object(properties: Json, optional: tuple[str, ...] = ()) -> Json:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _message(name: str, payload: Json, example: object, summary: str | None = None) -> Json:
    message: Json = {"name": name, "payload": payload, "examples": [{"payload": example}]}
    return message if summary is None else {**message, "summary": summary.partition("\n")[0]}
