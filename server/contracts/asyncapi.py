"""AsyncAPI 3.0, from the tables of commands, events and signals."""

from importlib import metadata

from models.log.catalogue import EVENTS
from realtime.commands import COMMANDS
from realtime.signals import SIGNALS
from server.contracts.messages import command_messages, event_message, signal_message
from server.contracts.refusals import error_schema
from server.contracts.schemas import Json, Schemas

ABOUT = """\
Rooms over Socket.IO v5 (Engine.IO v4), namespace `/`. Any stock client will do.

- Connect with `auth: {"token": <access token or participant token>}`. Without a good one: `connect_error`, whose `data`
  is an Error.
- A channel is the name of a Socket.IO event. Every command has one object as its argument and is always acknowledged:
  `{"ok": true, "data", "seq"?}` or `{"ok": false, "error"}`. `seq` is where the session's log stands after it.
- `session:join` is the one entrance; its answer holds the state, or what was missed.
- Every event of a room carries `seq`, without a gap for anyone: drop seq <= last, apply last + 1, hold anything later,
  and if the gap stays, send `session:sync`. Messages marked as signals carry no `seq` and are not logged.
"""


def socket_schemas() -> Schemas:
    """What travels over the sockets, in both directions."""
    outgoing = [
        *(command.result for command in COMMANDS),
        *EVENTS,
        *(signal.data for signal in SIGNALS),
    ]
    schemas = Schemas((command.payload for command in COMMANDS), outgoing)
    for command in COMMANDS:
        form = schemas.resolve(schemas.incoming(command.payload))
        form["properties"] = {
            **form.get("properties", {}),
            "command_id": {
                "type": "string",
                "format": "uuid",
                "description": "Sent again with the same id, a command does nothing and gets its first answer.",
            },
        }
    return schemas


def asyncapi_document() -> Json:
    """The whole socket door as one document."""
    schemas = socket_schemas()
    channels: Json = {}
    operations: Json = {}
    for command in COMMANDS:
        key = channel_key(command.name)
        channels[key] = {"address": command.name, "messages": command_messages(command, schemas)}
        operations[key] = _asked(key, command.summary)
    for event in EVENTS:
        _tell(channels, operations, event.type, "event", event_message(event, schemas))
    for signal in SIGNALS:
        _tell(channels, operations, signal.name, "signal", signal_message(signal, schemas))
    return {
        "asyncapi": "3.0.0",
        "id": "urn:convene:sockets",
        "info": {
            "title": "Convene",
            "version": metadata.version("convene"),
            "description": ABOUT,
            "license": {"name": "Apache-2.0"},
        },
        "servers": {"site": _server()},
        "defaultContentType": "application/json",
        "channels": dict(sorted(channels.items())),
        "operations": dict(sorted(operations.items())),
        "components": {"schemas": {**schemas.definitions, "Error": error_schema()}},
    }


def channel_key(name: str) -> str:
    """The name of a command or event as AsyncAPI allows it for a key."""
    return name.replace(":", ".")


def _asked(key: str, summary: str) -> Json:
    here = f"#/channels/{key}"
    return {
        "action": "receive",
        "channel": {"$ref": here},
        "summary": summary.partition("\n")[0],
        "description": summary,
        "messages": [{"$ref": f"{here}/messages/command"}],
        "reply": {
            "channel": {"$ref": here},
            "messages": [{"$ref": f"{here}/messages/done"}, {"$ref": f"{here}/messages/refused"}],
        },
    }


def _tell(channels: Json, operations: Json, name: str, kind: str, message: Json) -> None:
    key = channel_key(name)
    channel = channels.setdefault(key, {"address": name, "messages": {}})
    channel["messages"][kind] = message
    operations[f"{key}.{kind}"] = {
        "action": "send",
        "channel": {"$ref": f"#/channels/{key}"},
        "summary": message["summary"],
        "messages": [{"$ref": f"#/channels/{key}/messages/{kind}"}],
    }


def _server() -> Json:
    return {
        "host": "localhost:8000",
        "pathname": "/socket.io/",
        "protocol": "ws",
        "description": "Wherever the site is; over TLS as wss.",
        "security": [
            {
                "type": "httpApiKey",
                "name": "token",
                "in": "query",
                "description": 'Socket.IO\'s connect packet carries it: auth: {"token": ...}.',
            }
        ],
    }
