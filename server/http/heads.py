"""HTTP as uvicorn speaks it, but a request's head has an end: so many bytes, so many seconds."""

import asyncio
from typing import Any, Final

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

log = structlog.get_logger(__name__)

MAX_HEAD_BYTES: Final = 65_536
"""The request line and all headers; the parser alone would keep on collecting."""

HEAD_WITHIN_S: Final = 15.0
"""How long a head may take to arrive: a trickle must not hold a connection for ever."""


class BoundedHeads(HttpToolsProtocol):
    """Refuses a head that is too long with 400, and hangs up on one that is too slow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_in_head = True
        self._head_bytes = 0
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # Counted afterwards: what came along may be the body of a head that was short.
        if not self._is_in_head or self.transport.is_closing():
            return
        self._head_bytes += len(data)
        if self._head_bytes > MAX_HEAD_BYTES:
            log.info("http.head_refused", why="too long")
            self.send_400_response("The request's head is too long.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head, self._head_bytes = True, 0
        self._expect_head()

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        self._forget_timer()
        super().on_headers_complete()

    def _expect_head(self) -> None:
        self._forget_timer()
        self._head_timer = self.loop.call_later(HEAD_WITHIN_S, self._hang_up)

    def _hang_up(self) -> None:
        log.info("http.head_refused", why="too slow")
        self.transport.close()

    def _forget_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
