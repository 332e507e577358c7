"""One endpoint as OpenAPI describes it."""

import inspect
import re
from http import HTTPStatus
from typing import Final

from pydantic import BaseModel

from models import errors as e
from server.contracts.refusals import Refusals
from server.contracts.samples import sample
from server.contracts.schemas import Json, Schemas
from server.http.endpoint import Auth, Endpoint, NoBody, Upload
from server.http.reply import Pagination

_IN_PATH: Final = re.compile(r"{(\w+)}")
_SECURITY: Final[dict[Auth, list[Json]]] = {
    Auth.USER: [{"bearer": []}],
    Auth.OPTIONAL: [{}, {"bearer": []}],
    Auth.NONE: [],
    Auth.COOKIE: [{"refresh": []}],
}
_ANYWHERE: Final = (e.ValidationFailed, e.InternalError, e.Unavailable)
_WITH_BODY: Final = (e.OriginNotAllowed, e.RequestTimeout, e.PayloadTooLarge, e.UnsupportedMediaType)
_KEY: Final[Json] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": (
        "A random name for this request, such as a UUID. Sent again with the same key, the request does nothing "
        "and gets its first answer, marked `Idempotency-Replayed: true`."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
}


def operation(endpoint: Endpoint, schemas: Schemas, query: Json, refusals: Refusals) -> Json:
    """The endpoint with its parameters, body and every answer it may give."""
    text = inspect.getdoc(endpoint.does) or endpoint.operation_id
    described: Json = {
        "operationId": endpoint.operation_id,
        "summary": text.partition(". ")[0].rstrip("."),
        "description": text,
        "tags": [endpoint.area],
        "security": _SECURITY[endpoint.auth],
        "parameters": [*_path_parameters(endpoint), *_query_parameters(query)],
        "responses": {**_successes(endpoint, schemas), **refusals.of(_errors(endpoint))},
    }
    if endpoint.is_repeatable:
        described["parameters"].append(_KEY)
    if endpoint.upload is not None:
        described["requestBody"] = _file(endpoint.upload)
    elif endpoint.body is not NoBody:
        described["requestBody"] = _body(endpoint, schemas)
    return described


def _path_parameters(endpoint: Endpoint) -> list[Json]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": f"The {name.removesuffix('_id')}'s id.",
            "schema": {"type": "string", "format": "uuid"},
        }
        for name in _IN_PATH.findall(endpoint.path)
    ]


def _query_parameters(query: Json) -> list[Json]:
    required = query.get("required", [])
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            **({"description": schema["description"]} if "description" in schema else {}),
            "schema": _not_null(schema),
        }
        for name, schema in query.get("properties", {}).items()
    ]


def _not_null(schema: Json) -> Json:
    # A parameter is left out rather than sent as null.
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "description")}
    kinds = [kind for kind in schema.get("anyOf", []) if kind.get("type") != "null"]
    if kinds and rest.get("default", 0) is None:
        del rest["default"]
    return {**rest, **kinds[0]} if len(kinds) == 1 else {**rest, **({"anyOf": kinds} if kinds else {})}


def _body(endpoint: Endpoint, schemas: Schemas) -> Json:
    schema = schemas.incoming(endpoint.body)
    return {
        "required": bool(schemas.resolve(schema).get("required")),
        "content": {"application/json": {"schema": schema, "example": sample(schemas, schema)}},
    }


def _file(upload: Upload) -> Json:
    schema: Json = {"type": "string", "format": "binary", "maxLength": upload.max_bytes}
    return {"required": True, "content": {kind: {"schema": schema} for kind in upload.media_types}}


def _successes(endpoint: Endpoint, schemas: Schemas) -> Json:
    results = dict.fromkeys((endpoint.status, *endpoint.other_statuses), endpoint.result)
    results.update(endpoint.other_results)
    return {str(status): _success(endpoint, schemas, status, result) for status, result in results.items()}


def _success(endpoint: Endpoint, schemas: Schemas, status: int, result: type[BaseModel] | None) -> Json:
    response: Json = {
        "description": f"{HTTPStatus(status).phrase}.",
        "headers": {"X-Request-Id": {"$ref": "#/components/headers/RequestId"}},
    }
    if endpoint.media_types:
        response["content"] = {kind: {"schema": {"type": "string"}} for kind in endpoint.media_types}
    if result is None:
        return response
    data = schemas.outgoing(result)
    properties: Json = {
        "success": {"const": True},
        "data": {"type": "array", "items": data} if endpoint.many else data,
    }
    if endpoint.paged:
        properties["pagination"] = schemas.outgoing(Pagination)
    envelope = {"type": "object", "properties": properties, "required": list(properties)}
    response["content"] = {"application/json": {"schema": envelope}}
    return response


def _errors(endpoint: Endpoint) -> list[type[e.ConveneError]]:
    found: list[type[e.ConveneError]] = [*endpoint.errors, *_ANYWHERE]
    if endpoint.auth is not Auth.NONE:
        found.append(e.Unauthenticated)
    if endpoint.auth in (Auth.USER, Auth.OPTIONAL):
        found.extend((e.TokenExpired, e.RateLimited))
    if endpoint.method != "GET":
        found.extend(_WITH_BODY)
    if endpoint.is_repeatable:
        found.append(e.IdempotencyKeyReused)
    return found
