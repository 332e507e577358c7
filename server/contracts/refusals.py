"""Every refusal as the contracts show it: one schema, one example per code."""

from collections.abc import Iterable
from http import HTTPStatus

from models.errors import ConveneError, RateLimited, ValidationFailed
from server.contracts.schemas import Json

_EXAMPLE = "#/components/examples/"


def all_errors() -> list[type[ConveneError]]:
    """Every error there is, in the order of status and code."""
    return sorted(_below(ConveneError), key=lambda error: (error.status, error.code))


def error_schema() -> Json:
    """The error itself, the same for REST and for acks."""
    codes = sorted({error.code for error in all_errors()})
    wrong = {
        "type": "object",
        "properties": {"field": {"type": "string"}, "reason": {"type": "string"}},
        "required": ["field", "reason"],
    }
    details = {
        "type": "object",
        "description": "For VALIDATION_ERROR the first wrong field and all of them; retry_after_s where waiting helps.",
        "properties": {
            "field": {"type": "string", "description": "A dotted path, like `settings.requires_approval`."},
            "reason": {"type": "string"},
            "errors": {"type": "array", "items": wrong},
            "retry_after_s": {"type": "number"},
        },
        "additionalProperties": True,
    }
    return {
        "type": "object",
        "properties": {
            "statusCode": {"type": "integer"},
            "errorCode": {"type": "string", "enum": codes, "description": "For programs; never changes."},
            "message": {"type": "string", "description": "For people; says what to do next."},
            "details": details,
        },
        "required": ["statusCode", "errorCode", "message", "details"],
    }


def error_example(error: type[ConveneError]) -> Json:
    """What such a refusal looks like, without the `success` flag."""
    return _instance(error).body()


def examples() -> Json:
    """An example of every error, by its code."""
    return {
        error.code: {"summary": error.message, "value": {"success": False, **error_example(error)}}
        for error in all_errors()
    }


class Refusals:
    """The responses of all operations; equal ones are said once."""

    def __init__(self) -> None:
        self.responses: Json = {}

    def of(self, errors: Iterable[type[ConveneError]]) -> Json:
        """References to the responses for these errors, one for each status."""
        by_status: dict[int, dict[str, type[ConveneError]]] = {}
        for error in errors:
            by_status.setdefault(error.status, {})[error.code] = error
        return {str(status): self._of(status, found) for status, found in sorted(by_status.items())}

    def _of(self, status: int, errors: dict[str, type[ConveneError]]) -> Json:
        name = ".".join(sorted(errors))
        self.responses.setdefault(name, _response(status, errors))
        return {"$ref": f"#/components/responses/{name}"}


def _response(status: int, errors: dict[str, type[ConveneError]]) -> Json:
    lines = [f"- `{code}`: {error.message}" for code, error in sorted(errors.items())]
    shown = {code: {"$ref": _EXAMPLE + code} for code in sorted(errors)}
    response: Json = {
        "description": "\n".join([f"{HTTPStatus(status).phrase}.", "", *lines]),
        "headers": {"X-Request-Id": {"$ref": "#/components/headers/RequestId"}},
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Error"}, "examples": shown}
        },
    }
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        response["headers"]["Retry-After"] = {"$ref": "#/components/headers/RetryAfter"}
    return response


def _instance(error: type[ConveneError]) -> ConveneError:
    if issubclass(error, ValidationFailed):
        return error.of("title", "is required")
    if issubclass(error, RateLimited):
        return error(12.0)
    return error()


def _below(error: type[ConveneError]) -> list[type[ConveneError]]:
    here = [error] if error is not ConveneError else []
    return [*here, *(found for sub in error.__subclasses__() for found in _below(sub))]
