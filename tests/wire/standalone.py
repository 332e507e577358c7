"""A program that somebody else might write: the wire's two classes, and nothing else of Convene.

python -m tests.wire.standalone PORT
"""

import sys

import socketio
import uvicorn

from realtime.wire import SocketServer, WebSocketProtocol
from tests.services.ports import LOOPBACK
from tests.wire.reference import reference_server

if __name__ == "__main__":
    app = socketio.ASGIApp(reference_server(SocketServer(async_mode="asgi", cors_allowed_origins="*")))
    uvicorn.run(app, host=LOOPBACK, port=int(sys.argv[1]), ws=WebSocketProtocol, timeout_graceful_shutdown=1)
