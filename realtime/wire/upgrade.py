"""From polling to WebSocket: the probe, and the moment when the session changes over."""

import asyncio

from realtime.wire.frames import Frame
from realtime.wire.polling import Polls
from realtime.wire.socket import EngineSocket
from realtime.wire.wires import Wire

PROBE, PROBED, UPGRADE = "2probe", Frame("3probe"), "5"
UPGRADE_WITHIN_S = 10.0


class Probe:
    """Listens on the new WebSocket until the client says that it has stopped polling."""

    def __init__(self, socket: EngineSocket, polls: Polls, wire: Wire) -> None:
        self._socket = socket
        self._polls = polls
        self._wire = wire
        self._is_probed = False
        socket.upgrading = True
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(UPGRADE_WITHIN_S, wire.close)
        wire.listen(self)

    def message(self, data: str | bytes) -> None:
        """Two are expected, in this order: `2probe` and `5`."""
        if data == PROBE and not self._is_probed:
            self._is_probed = True
            self._wire.send(PROBED)
            # The poll that waits is answered, so that the client can stop.
            self._polls.hold(is_held=True)
        elif data == UPGRADE and self._is_probed and not self._socket.closing:
            self._timer.cancel()
            self._polls.hold(is_held=False)
            self._socket.open_on(self._wire)
        else:
            self._wire.close()

    def lost(self) -> None:
        """It came to nothing; the session goes on polling."""
        self._timer.cancel()
        self._socket.upgrading = False
        self._polls.hold(is_held=False)

    def slow(self, is_slow: bool) -> None:  # noqa: FBT001
        """Of no account for two packets."""
