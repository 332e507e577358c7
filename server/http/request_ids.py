"""A name for every request: the caller's own, or a new one, in the logs, the audit and the answer."""

import re

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.ids import new_id
from server.http.raw import add_headers, given_header

HEADER = b"x-request-id"
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIds:
    """Puts `request_id` into the request's state and the log's context, and X-Request-Id into the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = given_header(scope, HEADER) or ""
        request_id = given if _ACCEPTED.fullmatch(given) else str(new_id())
        scope.setdefault("state", {})["request_id"] = request_id
        told = ((HEADER, request_id.encode()),)

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(message, told)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._app(scope, receive, named)
