"""Calling the handlers of events, and acknowledging what they return."""

import asyncio
import inspect
from collections import deque
from typing import Any

from realtime.wire.conversation import Conversation
from realtime.wire.eager import Eager
from realtime.wire.socket import EngineSocket

MAX_RUNNING = 256
"""Handlers of one client that may be at work; beyond that it is not read until half of them are done."""


class Handling:
    """The handlers of one server: plain functions are called, coroutines begun, at once; or one after the other."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._eager = Eager()
        self._known: dict[tuple[str, Any], tuple[Any, bool]] = {}

    def forget(self) -> None:
        """Handlers have been added."""
        self._known.clear()

    async def settle(self, within_s: float) -> None:
        """Waits for the handlers at work."""
        await self._eager.settle(within_s)

    def _find_handler(self, event: Any, namespace: str, arguments: tuple[Any, ...]) -> tuple[Any, bool, Any]:
        if event == "*":
            # Not the handler's own name: an event called so.
            handler = self._server.handlers.get(namespace, {}).get("*")
            return handler, inspect.iscoroutinefunction(handler), (event, *arguments)
        handler, arguments = self._server._get_event_handler(event, namespace, arguments)
        is_async = inspect.iscoroutinefunction(handler)
        if handler is not None and handler is self._server.handlers.get(namespace, {}).get(event):
            self._known[namespace, event] = handler, is_async
        return handler, is_async, arguments

    def handle(
        self, socket: EngineSocket, sid: str, namespace: str, ack_id: int | None, data: list[Any]
    ) -> None:
        """Calls the handler of an event: at once if it is a plain function, else in a task, or after the one before."""
        server = self._server
        arguments: Any = (sid, *data[1:])
        known = self._known.get((namespace, data[0]))
        if known is not None:
            handler, is_async = known
        else:
            handler, is_async, arguments = self._find_handler(data[0], namespace, arguments)
        if server.async_handlers and handler is not None and not is_async:
            self._call(socket, namespace, ack_id, handler, arguments)
            return
        if handler is None or not is_async:
            call = server._trigger_event(data[0], namespace, sid, *data[1:])
        else:
            call = handler(*arguments)
        if server.async_handlers:
            self._begin(socket, namespace, ack_id, call)
        else:
            self._line_up(socket, self._carry_out(socket, namespace, ack_id, call))

    def _call(
        self, socket: EngineSocket, namespace: str, ack_id: int | None, handler: Any, arguments: Any
    ) -> None:
        try:
            result = handler(*arguments)
            if ack_id is not None:
                self._server.acknowledge(socket, namespace, ack_id, result)
        except Exception:
            self._server.logger.exception("handler error")

    def _line_up(self, socket: EngineSocket, work: Any) -> None:
        talk: Conversation = socket.state
        if talk.lane is None:
            talk.lane = deque((work,))
            self._server.eio.start_soon(self._follow(socket, talk.lane))
        else:
            talk.lane.append(work)
            self._hold_back(socket, len(talk.lane))

    def _begin(self, socket: EngineSocket, namespace: str, ack_id: int | None, call: Any) -> None:
        try:
            is_done, result = self._eager.begin(call)
            if is_done and ack_id is not None and result is not self._server.not_handled:
                self._server.acknowledge(socket, namespace, ack_id, result)
        except Exception:
            self._server.logger.exception("handler error")
            return
        if not is_done:
            self._eager.carry_on(result, self._carry_out(socket, namespace, ack_id, result))

    def _hold_back(self, socket: EngineSocket, at_work: int) -> None:
        if at_work == MAX_RUNNING and socket.wire is not None:
            socket.wire.pause()

    def _let_on(self, socket: EngineSocket, at_work: int) -> None:
        if at_work == MAX_RUNNING // 2 and socket.wire is not None:
            socket.wire.resume()

    async def _follow(self, socket: EngineSocket, lane: deque[Any]) -> None:
        while lane:
            await lane[0]
            lane.popleft()
            self._let_on(socket, len(lane))
        socket.state.lane = None

    async def _carry_out(self, socket: EngineSocket, namespace: str, ack_id: int | None, call: Any) -> None:
        talk: Conversation = socket.state
        talk.running += 1
        self._hold_back(socket, talk.running)
        try:
            result = await call
            if ack_id is not None and result is not self._server.not_handled:
                self._server.acknowledge(socket, namespace, ack_id, result)
        except asyncio.CancelledError:
            if ack_id is not None:
                self._server.acknowledge(socket, namespace, ack_id, None)
        except Exception:
            self._server.logger.exception("handler error")
        finally:
            talk.running -= 1
            self._let_on(socket, talk.running)
