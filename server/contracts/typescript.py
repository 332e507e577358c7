"""TypeScript types of both contracts, for the browser client."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from models.log.catalogue import EVENTS
from realtime.commands import COMMANDS
from realtime.signals import SIGNALS
from server.contracts.asyncapi import socket_schemas
from server.contracts.refusals import error_schema
from server.contracts.schemas import Json

ROOT: Final = Path(__file__).parents[2]
TIMEOUT_S: Final = 120
OPTIONS: Final = (
    "--root-types",
    "--root-types-no-schema-prefix",
    "--root-types-keep-casing",
    "--default-non-nullable=false",
    "--empty-objects-unknown=false",
)


def types_of(document: Json) -> str:
    """The types of an OpenAPI document, as `openapi-typescript` writes them. Needs the client's npm packages."""
    with tempfile.TemporaryDirectory(prefix="convene-contracts-") as name:
        source, target = Path(name) / "document.json", Path(name) / "document.d.ts"
        source.write_text(json.dumps(document))
        program = (str(ROOT / "scripts/npm"), "exec", "--", "openapi-typescript")
        command = (*program, str(source), "--output", str(target), *OPTIONS)
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S)  # noqa: S603
        return target.read_text()


def realtime_as_openapi() -> Json:
    """The schemas of the sockets as an OpenAPI document without paths.

    `Commands` maps a command to its payload and result, `Events` an event to its data, `Signals` a push to its.
    """
    schemas = socket_schemas()
    commands = {
        command.name: _record(
            {"payload": schemas.incoming(command.payload), "result": schemas.outgoing(command.result)}
        )
        for command in COMMANDS
    }
    tables = {
        "Commands": _record(commands),
        "Events": _record({event.type: schemas.outgoing(event) for event in EVENTS}),
        "Signals": _record({signal.name: schemas.outgoing(signal.data) for signal in SIGNALS}),
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Convene's sockets", "version": "1"},
        "paths": {},
        "components": {"schemas": {**schemas.definitions, "Error": error_schema(), **tables}},
    }


def _record(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
