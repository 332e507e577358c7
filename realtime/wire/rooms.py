"""python-socketio's rooms, told with one frame for all who are in them."""

from collections.abc import Iterable
from typing import Any

import socketio

from realtime.wire.frames import Frame
from realtime.wire.socket import EngineSocket


class RoomManager(socketio.AsyncManager):  # type: ignore[misc]  # socketio has no types
    """Keeps rooms as python-socketio does; emits without a task or an encoding per client."""

    def __init__(self) -> None:
        super().__init__()
        self._listeners: dict[tuple[str, Any], dict[str, EngineSocket]] = {}
        self._entering: dict[tuple[str, str], tuple[EngineSocket, set[Any]]] = {}

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
            if self._entering:
                self._hold(namespace, to or room, skip_sid, frame)
        if outbox.is_full:
            await outbox.breathe()

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        super().basic_enter_room(sid, namespace, room, eio_sid)
        socket = self.server.eio.sockets.get(self.rooms[namespace][room][sid])
        if socket is None:
            return
        if namespace in socket.state.entering:
            self._entering.setdefault((namespace, sid), (socket, set()))[1].add(room)
        else:
            self._listeners.setdefault((namespace, room), {})[sid] = socket

    async def connect(self, sid: str, namespace: str) -> str:
        """The client has been let in: from here on it hears what is said in the rooms it was put into."""
        sid = await super().connect(sid, namespace)
        entered = self._entering.pop((namespace, sid), None)
        if entered is not None:
            for room in entered[1]:
                self._listeners.setdefault((namespace, room), {})[sid] = entered[0]
        return sid

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> None:
        super().basic_leave_room(sid, namespace, room)
        listeners = self._listeners.get((namespace, room), {})
        listeners.pop(sid, None)
        if not listeners:
            self._listeners.pop((namespace, room), None)
        entering = self._entering.get((namespace, sid))
        if entering is not None:
            entering[1].discard(room)
            if not entering[1]:
                del self._entering[namespace, sid]

    def pre_disconnect(self, sid: str, namespace: str) -> Any:
        eio_sid = super().pre_disconnect(sid, namespace)
        socket = self.server.eio.sockets.get(eio_sid)
        if socket is not None:
            socket.state.places.pop(namespace, None)
        return eio_sid

    def _members(self, namespace: str, room: Any, skip_sid: Any) -> Iterable[EngineSocket]:
        rooms = _as_list(room)
        found = self._listeners.get((namespace, rooms[0]), {}) if rooms else {}
        if len(rooms) > 1 or skip_sid:
            found = dict(found)
            for one in rooms[1:]:
                found.update(self._listeners.get((namespace, one), {}))
            for sid in _as_list(skip_sid):
                found.pop(sid, None)
        return found.values()

    def _hold(self, namespace: str, room: Any, skip_sid: Any, frame: Frame) -> None:
        # Who is being let in hears of it after having been told so.
        rooms, skipped = set(_as_list(room)), _as_list(skip_sid)
        for (where, sid), (socket, entered) in self._entering.items():
            if where == namespace and sid not in skipped and entered & rooms:
                socket.state.entering[namespace].append(frame)


def _as_list(one_or_many: Any) -> list[Any]:
    is_one = isinstance(one_or_many, str) or not hasattr(one_or_many, "__len__")
    return [one_or_many] if is_one else list(one_or_many)
