"""Schemathesis against the running server: whatever the contract allows or forbids, the answers are as it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.contracts.openapi import openapi_document
from tests.realtime.site import Site

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# The first ends the sign-in that the rest of the run needs; a file has no form that could be made up.
UNTESTED = ["sign_out", "upload_avatar"]

Case = schemathesis.Case[Any]

schema = schemathesis.openapi.from_dict(openapi_document())
tested = schema.exclude(operation_id=UNTESTED)
bounded = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.filter_too_much,
        HealthCheck.too_slow,
    ],
)


@dataclass(frozen=True)
class Host:
    """Somebody signed in, and a client that says so."""

    http: httpx.Client
    token: str

    def live_room(self) -> dict[str, str]:
        """The ids of a running session and of a guest who waits for it."""
        made = self.http.post(
            "/api/v1/sessions", json={"title": "Algebra", "kind": "class", "status": "scheduled"}
        ).json()["data"]
        here = f"/api/v1/sessions/{made['id']}"
        assert self.http.post(f"{here}/start").is_success
        assert self.http.post(f"{here}/join", json={}).is_success
        stranger = httpx.post(f"{self.http.base_url}{here}/join", json={"display_name": "Gus"})
        return {"session_id": made["id"], "participant_id": stranger.json()["data"]["participant"]["id"]}


@pytest.fixture(scope="module")
def host(sqlite_site: Site) -> Iterator[Host]:
    person = {"email": "schema@example.org", "password": "correct horse battery", "display_name": "Ada"}
    with httpx.Client(base_url=sqlite_site.url) as http:
        answer = http.post("/api/v1/auth/register", json=person)
        token = answer.json()["data"]["access_token"]
        http.headers["Authorization"] = f"Bearer {token}"
        yield Host(http, token)


@pytest.fixture
def room(host: Host) -> dict[str, str]:
    return host.live_room()


@tested.parametrize()
@bounded
def test_any_request_is_answered_as_the_contract_says(case: Case, host: Host, sqlite_site: Site) -> None:
    case.call_and_validate(
        base_url=sqlite_site.url, headers={"Authorization": f"Bearer {host.token}"}, checks=CHECKS
    )


@tested.include(path_regex="{session_id}").parametrize()
@bounded
def test_any_request_about_a_live_room_is_answered_as_the_contract_says(
    case: Case, host: Host, room: dict[str, str], sqlite_site: Site
) -> None:
    case.path_parameters = {**case.path_parameters, **{k: room[k] for k in case.path_parameters if k in room}}
    case.call_and_validate(
        base_url=sqlite_site.url, headers={"Authorization": f"Bearer {host.token}"}, checks=CHECKS
    )
