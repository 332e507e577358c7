"""The wire: Socket.IO at the cost of the socket write.

`SocketServer` is a drop-in for `socketio.AsyncServer`, `WebSocketProtocol` for uvicorn's WebSocket protocol; each works
with code written for the stock one, and together they are fast. Everything relied on inside python-socketio,
python-engineio, uvicorn and websockets is in this package; `tests/wire/test_contracts.py` and
`test_contracts_below.py` fail when it changes.
"""

from realtime.wire.protocol import WebSocketProtocol
from realtime.wire.server import SocketServer

__all__ = ["SocketServer", "WebSocketProtocol"]
