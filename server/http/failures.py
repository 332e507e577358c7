"""The one place where an error becomes an HTTP answer."""

import math

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.errors import (
    ConveneError,
    InternalError,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
    Unauthenticated,
)
from server.http.allowance_headers import refusal_headers
from server.http.reply import as_json

log = structlog.get_logger(__name__)

_HTTP_ERRORS: dict[int, type[ConveneError]] = {404: NotFound, 405: MethodNotAllowed}


class Failures:
    """Answers for whatever the app inside raises, and logs what nobody foresaw, once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except ClientDisconnect:
            return
        except Exception as error:
            failure = understood(error)
            if isinstance(failure, InternalError):
                log.exception("http.failed", path=scope["path"], method=scope["method"])
            if not has_begun:
                response = error_response(failure, scope["state"]["request_id"])
                response.raw_headers.extend(refusal_headers(scope, failure))
                await response(scope, receive, send)


def understood(error: Exception) -> ConveneError:
    """The error as one of ours."""
    if isinstance(error, ConveneError):
        return error
    if isinstance(error, HTTPException) and error.status_code in _HTTP_ERRORS:
        return _HTTP_ERRORS[error.status_code]()
    return InternalError()


def error_response(error: ConveneError, request_id: str) -> Response:
    """The error in seed 003's words, with what the headers must say as well."""
    body = {"success": False, **error.body()}
    if isinstance(error, InternalError):
        body["details"] = {**error.details, "request_id": request_id}
    return as_json(error.status, body, _headers(error))


def _headers(error: ConveneError) -> list[tuple[str, str]]:
    headers = []
    if "retry_after_s" in error.details:
        headers.append(("Retry-After", str(math.ceil(error.details["retry_after_s"]))))
    if isinstance(error, Unauthenticated):
        headers.append(("WWW-Authenticate", "Bearer"))
    if isinstance(error, MethodNotAllowed) and "allowed" in error.details:
        headers.append(("Allow", error.details["allowed"]))
    if isinstance(error, PayloadTooLarge | RequestTimeout):
        # The rest of the body is still on its way; nobody will read it.
        headers.append(("Connection", "close"))
    return headers
