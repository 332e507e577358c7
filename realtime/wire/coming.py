"""Coming into namespaces and leaving them: in the order the client asked for it, each within its time."""

import asyncio
from typing import Any

from socketio import packet as packets

from realtime.wire import socket as reasons
from realtime.wire.conversation import Conversation
from realtime.wire.deadlines import Deadlines
from realtime.wire.handling import MAX_RUNNING
from realtime.wire.socket import EngineSocket

MAX_REFUSED_CONNECTS = 5
MAX_NAMESPACES = 64


class Coming:
    """The comings and goings of one server's clients."""

    def __init__(self, server: Any, connect_within_s: float) -> None:
        self._server = server
        self._strangers: Deadlines[str] = Deadlines(connect_within_s, self._check_came_in)

    def expect(self, eio_sid: str) -> None:
        """Somebody is connected and in no namespace: they have their time to come in."""
        self._strangers.add(eio_sid)

    def stop(self) -> None:
        self._strangers.stop()

    def take_connect(self, socket: EngineSocket, namespace: str, auth: Any) -> None:
        """A client wants into a namespace. Raises ValueError if it is in there."""
        talk: Conversation = socket.state
        self._count_turn(talk)
        before = talk.turns.get(namespace)
        if before is None and self._sid(socket, namespace) is not None:
            raise ValueError("CONNECT twice")
        talk.turns[namespace] = self._server.eio.start_soon(self._come(socket, namespace, auth, before))

    def take_leave(self, socket: EngineSocket, namespace: str) -> None:
        """A client says goodbye to a namespace."""
        talk: Conversation = socket.state
        self._count_turn(talk)
        manager, sid = self._server.manager, self._sid(socket, namespace)
        if sid is not None and manager.is_connected(sid, namespace):
            # At once: what the client sends from here on comes from outside.
            manager.pre_disconnect(sid, namespace)
            talk.places.pop(namespace, None)
            talk.turns[namespace] = self._server.eio.start_soon(self._go(socket, namespace, sid))

    def _sid(self, socket: EngineSocket, namespace: str) -> str | None:
        sid: str | None = self._server.manager.sid_from_eio_sid(socket.sid, namespace)
        return sid

    def _is_anywhere(self, eio_sid: str) -> bool:
        manager = self._server.manager
        return any(manager.sid_from_eio_sid(eio_sid, one) for one in manager.get_namespaces())

    def _check_came_in(self, eio_sid: str) -> None:
        socket = self._server.eio.sockets.get(eio_sid)
        if socket is not None and not self._is_anywhere(eio_sid):
            socket.cut("never authenticated")

    def _count_turn(self, talk: Conversation) -> None:
        if len(talk.turns) >= MAX_NAMESPACES or talk.running >= MAX_RUNNING:
            raise ValueError("too many at once")

    async def _come(
        self, socket: EngineSocket, namespace: str, auth: Any, before: asyncio.Task[None] | None
    ) -> None:
        talk: Conversation = socket.state
        talk.running += 1
        try:
            if before is not None:
                await asyncio.wait((before,))
            if self._sid(socket, namespace) is not None:
                socket.cut("malformed packet: CONNECT twice")
            elif not socket.closing:
                await self._let_in(socket, namespace, auth)
        finally:
            talk.running -= 1
            self._end_turn(talk, namespace)

    async def _go(self, socket: EngineSocket, namespace: str, sid: str) -> None:
        try:
            await self._server._trigger_event("disconnect", namespace, sid, reasons.CLIENT_DISCONNECT)
        finally:
            await self._server.manager.disconnect(sid, namespace, ignore_queue=True)
            self._end_turn(socket.state, namespace)
        if not self._is_anywhere(socket.sid):
            # Who says goodbye and stays has no more time than who never came, and cannot come and go for ever.
            self._strangers.add(socket.sid)
            self._count_refusal(socket)

    def _end_turn(self, talk: Conversation, namespace: str) -> None:
        if talk.turns.get(namespace) is asyncio.current_task():
            del talk.turns[namespace]

    async def _let_in(self, socket: EngineSocket, namespace: str, auth: Any) -> None:
        talk: Conversation = socket.state
        if not self._server.always_connect:
            talk.entering[namespace] = []
        try:
            await self._server._handle_connect(socket.sid, namespace, auth)
        except Exception:
            self._server.logger.exception("connect handler error")
            await self._refuse(socket, namespace, "Connection refused by server")
        held = talk.entering.pop(namespace, [])
        sid = self._sid(socket, namespace)
        if sid is None:
            self._count_refusal(socket)
        elif socket.closed:
            # Gone while its handler was at work: nobody else would take it out of its rooms.
            await self._server._handle_disconnect(socket.sid, namespace, reasons.TRANSPORT_CLOSE)
        else:
            for frame in held:
                socket.send(frame)

    async def _refuse(self, socket: EngineSocket, namespace: str, why: str) -> None:
        sid = self._sid(socket, namespace)
        if sid is not None:
            await self._server.manager.disconnect(sid, namespace, ignore_queue=True)
        error = self._server.packet_class(packets.CONNECT_ERROR, data={"message": why}, namespace=namespace)
        await self._server._send_packet(socket.sid, error)

    def _count_refusal(self, socket: EngineSocket) -> None:
        socket.state.refused += 1
        if socket.state.refused >= MAX_REFUSED_CONNECTS:
            socket.cut("refused too often")
