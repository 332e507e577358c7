"""The contracts are what their formats ask for, complete, and true to the code; their examples are valid."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from models.errors import ConveneError
from models.log.catalogue import CATALOGUE, EVENTS
from realtime.commands import BY_NAME, COMMANDS
from realtime.signals import SIGNALS
from server.api import ENDPOINTS
from server.contracts.asyncapi import asyncapi_document, channel_key
from server.contracts.openapi import openapi_document
from server.contracts.refusals import all_errors
from server.contracts.typescript import ROOT, realtime_as_openapi
from server.http.endpoint import Auth, NoBody
from tests.realtime.site import Site

Json = dict[str, Any]


@pytest.fixture(scope="module")
def openapi() -> Json:
    return openapi_document()


@pytest.fixture(scope="module")
def asyncapi() -> Json:
    return asyncapi_document()


@pytest.mark.parametrize("document", [openapi_document, asyncapi_document, realtime_as_openapi])
def test_the_document_is_what_its_format_asks_for(document: Any, tmp_path: Path) -> None:
    file = tmp_path / "document.json"
    file.write_text(json.dumps(document()))
    lint = (
        str(ROOT / "scripts/npm"),
        "exec",
        "--",
        "node",
        str(Path(__file__).with_name("lint.mjs")),
        str(file),
    )
    ended = subprocess.run(lint, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr


@pytest.mark.parametrize(
    ("name", "document"), [("openapi", openapi_document), ("asyncapi", asyncapi_document)]
)
def test_what_is_published_is_what_the_code_says(name: str, document: Any) -> None:
    published = json.loads((ROOT / f"docs/contracts/{name}.json").read_text())
    assert published == document(), "run `make contracts`"


@pytest.mark.parametrize("name", ["openapi", "asyncapi"])
def test_what_is_served_is_what_is_published(sqlite_site: Site, name: str) -> None:
    served = httpx.get(f"{sqlite_site.url}/{name}.json").json()
    assert served == json.loads((ROOT / f"docs/contracts/{name}.json").read_text())


def test_no_two_operations_share_a_name() -> None:
    names = [endpoint.operation_id for endpoint in ENDPOINTS]
    assert sorted(names) == sorted(set(names))


def test_every_endpoint_is_described_in_full(openapi: Json) -> None:
    for endpoint in ENDPOINTS:
        described = openapi["paths"][endpoint.path][endpoint.method.lower()]
        where = f"{endpoint.method} {endpoint.path}"
        assert described["summary"][0].isupper(), where
        assert "description" in described, where
        in_path = {one["name"] for one in described["parameters"] if one["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", endpoint.path)), where
        assert ("requestBody" in described) == (endpoint.upload is not None or endpoint.body is not NoBody), (
            where
        )
        assert {str(endpoint.status), "400", "500", "503"} <= set(described["responses"]), where
        assert endpoint.auth is Auth.NONE or "401" in described["responses"], where
        keys = [one for one in described["parameters"] if one["name"] == "Idempotency-Key"]
        assert len(keys) == endpoint.is_repeatable, where


def test_every_error_of_an_endpoint_has_its_example(openapi: Json) -> None:
    for endpoint in ENDPOINTS:
        described = openapi["paths"][endpoint.path][endpoint.method.lower()]
        for error in endpoint.errors:
            ref = described["responses"][str(error.status)]["$ref"].rpartition("/")[2]
            shown = openapi["components"]["responses"][ref]["content"]["application/json"]["examples"]
            assert shown[error.code] == {"$ref": f"#/components/examples/{error.code}"}


def test_every_error_of_the_domain_is_in_the_contract(openapi: Json) -> None:
    codes = {error.code for error in all_errors()}
    assert set(openapi["components"]["examples"]) == codes
    assert set(openapi["components"]["schemas"]["Error"]["properties"]["errorCode"]["enum"]) == codes
    assert len(codes) == len(all_errors())
    assert ConveneError not in all_errors()


def test_the_examples_of_bodies_are_valid(openapi: Json) -> None:
    for endpoint in ENDPOINTS:
        described = openapi["paths"][endpoint.path][endpoint.method.lower()]
        if "requestBody" in described and endpoint.upload is None:
            endpoint.body.model_validate(described["requestBody"]["content"]["application/json"]["example"])


def test_every_command_is_in_the_contract_with_its_answers(asyncapi: Json) -> None:
    asked = {name for name, operation in asyncapi["operations"].items() if operation["action"] == "receive"}
    assert asked == {channel_key(name) for name in BY_NAME}
    for command in COMMANDS:
        channel = asyncapi["channels"][channel_key(command.name)]
        assert channel["address"] == command.name
        assert {"command", "done", "refused"} <= set(channel["messages"])
        assert set(channel["messages"]["refused"]["x-errors"]) == {error.code for error in command.errors}


def test_every_event_and_signal_is_in_the_contract(asyncapi: Json) -> None:
    told = {name for name, operation in asyncapi["operations"].items() if operation["action"] == "send"}
    assert told == {f"{channel_key(name)}.event" for name in CATALOGUE} | {
        f"{channel_key(signal.name)}.signal" for signal in SIGNALS
    }


def test_the_examples_of_commands_and_events_are_valid(asyncapi: Json) -> None:
    for command in COMMANDS:
        example = asyncapi["channels"][channel_key(command.name)]["messages"]["command"]["examples"][0]
        command.payload.model_validate(example["payload"])
    for event in EVENTS:
        example = asyncapi["channels"][channel_key(event.type)]["messages"]["event"]["examples"][0]
        event.model_validate(example["payload"]["data"])


def test_the_types_of_the_client_know_every_name() -> None:
    rest = (ROOT / "static/src/contract/rest.d.ts").read_text()
    sockets = (ROOT / "static/src/contract/realtime.d.ts").read_text()
    assert all(f'"{endpoint.path}": {{' in rest for endpoint in ENDPOINTS)
    assert all(f'"{command.name}": {{' in sockets for command in COMMANDS)
    assert all(f'"{event.type}": components' in sockets for event in EVENTS)
