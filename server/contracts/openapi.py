"""OpenAPI 3.1, from the table of endpoints and the payloads."""

from importlib import metadata

from pydantic import BaseModel

from models.text import Payload
from server.api import ENDPOINTS
from server.contracts.operations import operation
from server.contracts.refusals import Refusals, error_schema, examples
from server.contracts.schemas import Json, Schemas
from server.http.cookies import NAME
from server.http.endpoint import NoBody
from server.http.reply import Pagination

AREAS = {
    "identity": "Accounts and sign-in.",
    "tenants": "Tenants: how one shows itself, one's own, and all of them.",
    "sessions": "Sessions: set up, find, look up by code, and the course of their life.",
    "rooms": "The live room: come in, see who is there, let people in, moderate, chat.",
    "recordings": "Recordings: stretches of a session's log.",
    "history": "What happened: the log, the state, the audit.",
    "audit": "Who did what in the tenant, and what was refused.",
    "meetings": "Sessions under the name and paths of seed 004.",
    "health": "For whoever runs the site.",
}
ABOUT = """\
Live sessions with a waiting room, roles, moderation and a complete record.

Answers come in an envelope, `{success, data, pagination?}`; refusals as
`{success: false, statusCode, message, errorCode, details}`. Times are ISO 8601 in UTC, ids are UUIDs. What happens in a
room is told over Socket.IO: see [/asyncapi.json](/asyncapi.json).
"""


def openapi_document() -> Json:
    """The whole REST door as one document."""
    schemas = _schemas()
    # Query parameters are spelled out with each operation.
    forms = dict.fromkeys(endpoint.query for endpoint in ENDPOINTS)
    queries = {form: schemas.take(schemas.incoming(form)) for form in forms}
    paths: Json = {}
    refusals = Refusals()
    for endpoint in ENDPOINTS:
        described = operation(endpoint, schemas, queries[endpoint.query], refusals)
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Convene",
            "version": metadata.version("convene"),
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in AREAS.items()],
        "paths": paths,
        "components": _components(schemas, refusals),
    }


def _schemas() -> Schemas:
    incoming: list[type[Payload]] = [
        form for one in ENDPOINTS for form in (one.body, one.query) if form is not NoBody
    ]
    results: list[type[BaseModel]] = [one.result for one in ENDPOINTS if one.result is not None]
    results += [result for one in ENDPOINTS for _, result in one.other_results]
    return Schemas(incoming, [*results, Pagination])


def _components(schemas: Schemas, refusals: Refusals) -> Json:
    refusal = error_schema()
    refusal["properties"] = {"success": {"const": False}, **refusal["properties"]}
    refusal["required"] = ["success", *refusal["required"]]
    return {
        "schemas": {**schemas.definitions, "Error": refusal},
        "responses": dict(sorted(refusals.responses.items())),
        "examples": examples(),
        "headers": {
            "RequestId": {
                "description": "Names the request in the server's log.",
                "schema": {"type": "string"},
            },
            "RetryAfter": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
        },
        "securitySchemes": {
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "description": "An account's access token, or the participant token that joining gives.",
            },
            "refresh": {
                "type": "apiKey",
                "in": "cookie",
                "name": NAME,
                "description": "Set on sign-in; good once, and only for /api/v1/auth.",
            },
        },
    }
