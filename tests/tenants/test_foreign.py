"""Somebody with every right of another tenant, and this tenant's ids: nothing is there, and nothing changes."""

import pytest

from models.migrations.metadata import METADATA
from models.tables import DEFAULT_TENANT
from realtime.commands import COMMANDS
from server.api import ENDPOINTS
from tests.realtime.house import House
from tests.security.rest_people import NOBODY, ask, key_of, make_world
from tests.tenants.neighbours import add_neighbours

NAMES_NOBODY = {"POST /api/v1/sessions/join"}
"""Endpoints that mean a session without an id in their path."""


async def rows(house: House) -> set[tuple[str, str]]:
    """Everything that is stored of the first tenant: each row with the table it is in."""
    found = set()
    async with house.context.database.read() as db:
        connection = await db.connection()
        for name, table in METADATA.tables.items():
            if "tenant_id" not in table.c or name.startswith("audit_") or name == "session_logs":
                continue
            asked = table.select().where(table.c.tenant_id == DEFAULT_TENANT)
            found |= {(name, str(row)) for row in await connection.execute(asked)}
    return found


@pytest.mark.timeout(300)
async def test_every_endpoint_denies_that_foreign_ids_exist(own_house: House) -> None:
    world = await make_world(own_house, NOBODY)
    stranger = (await add_neighbours(own_house)).person
    before, wrong = await rows(own_house), {}
    for endpoint in ENDPOINTS:
        key = key_of(endpoint)
        about_foreign = "{" in endpoint.path or key in NAMES_NOBODY
        if not about_foreign or "/users/me/" in endpoint.path or "{tenant_id}" in endpoint.path:
            continue
        answer = await ask(own_house, endpoint, world, stranger.token)
        if answer.status_code != 404:
            wrong[key] = answer.text
    assert wrong == {}
    assert await rows(own_house) ^ before == set()


async def test_every_command_denies_that_a_foreign_session_exists(own_house: House) -> None:
    world = await make_world(own_house, NOBODY)
    client = await own_house.client((await add_neighbours(own_house)).person)
    before, wrong = await rows(own_house), {}
    names = world.names
    extra = {
        "participant_id": names["participant_id"],
        "user_id": names["user_id"],
        "poll_id": names["poll_id"],
        "recording_id": names["recording_id"],
        "message_id": names["poll_id"],
        "role_id": names["room_role_id"],
        "role": "observer",
        "text": "Hello.",
        "emoji": "👍",
        "question": "Yes?",
        "options": ["Yes", "No"],
        "choices": [0],
        "language": "de",
        "reason": "So.",
        "is_hidden": True,
        "state": "paused",
        "allow": [],
        "deny": [],
        "email": "somebody@example.org",
        "consent": True,
    }
    for command in COMMANDS:
        if "session_id" not in command.payload.model_fields:
            continue
        required = {name for name, field in command.payload.model_fields.items() if field.is_required()}
        given = {name: value for name, value in extra.items() if name in required}
        ack = await client.command(command.name, {"session_id": names["session_id"], **given})
        code = "ok" if ack["ok"] else ack["error"]["errorCode"]
        if code not in ("SESSION_NOT_FOUND", "NOT_JOINED"):
            wrong[command.name] = ack
    assert wrong == {}
    assert await rows(own_house) ^ before == set()


async def test_the_code_of_a_foreign_session_leads_nowhere(house: House) -> None:
    world = await make_world(house, NOBODY)
    stranger = (await add_neighbours(house)).person
    headers = {"Authorization": f"Bearer {stranger.token}"}
    code = world.cast.room.code
    seen = (await house.http.get("/api/v1/sessions/preview", params={"code": code}, headers=headers)).json()
    assert [issue["code"] for issue in seen["data"]["errors"]] == ["SESSION_NOT_FOUND"]
