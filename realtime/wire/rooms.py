"""python-socketio's rooms, told with one frame for all who are in them."""

from collections.abc import Iterable
from typing import Any

import socketio

from realtime.wire.socket import EngineSocket


class RoomManager(socketio.AsyncManager):  # type: ignore[misc]  # socketio has no types
    """Keeps rooms as python-socketio does; emits without a task or an encoding per client."""

    def __init__(self) -> None:
        super().__init__()
        self._listeners: dict[tuple[str, Any], dict[str, EngineSocket]] = {}

    async def emit(  # noqa: PLR0917 - python-socketio's signature
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Any = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Any = None,
        **options: Any,
    ) -> None:
        """Sends an event to everybody in a room (or a list of rooms, or the namespace), at the end of this turn."""
        if callback:
            await super().emit(event, data, namespace, to or room, skip_sid, callback, **options)
            return
        outbox = self.server.eio.outbox
        members = self._members(namespace, to or room, skip_sid)
        for frame in self.server.event_frames(event, data, namespace):
            outbox.broadcast(members, frame)
        if outbox.is_full:
            await outbox.breathe()

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        super().basic_enter_room(sid, namespace, room, eio_sid)
        socket = self.server.eio.sockets.get(self.rooms[namespace][room][sid])
        if socket is not None:
            self._listeners.setdefault((namespace, room), {})[sid] = socket

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> None:
        super().basic_leave_room(sid, namespace, room)
        listeners = self._listeners.get((namespace, room), {})
        listeners.pop(sid, None)
        if not listeners:
            self._listeners.pop((namespace, room), None)

    def pre_disconnect(self, sid: str, namespace: str) -> Any:
        eio_sid = super().pre_disconnect(sid, namespace)
        socket = self.server.eio.sockets.get(eio_sid)
        if socket is not None:
            socket.state.places.pop(namespace, None)
        return eio_sid

    def _members(self, namespace: str, room: Any, skip_sid: Any) -> Iterable[EngineSocket]:
        rooms = [room] if isinstance(room, str) or not hasattr(room, "__len__") else list(room)
        found = self._listeners.get((namespace, rooms[0]), {}) if rooms else {}
        if len(rooms) > 1 or skip_sid:
            found = dict(found)
            for one in rooms[1:]:
                found.update(self._listeners.get((namespace, one), {}))
            for sid in skip_sid if isinstance(skip_sid, list) else [skip_sid]:
                found.pop(sid, None)
        return found.values()
