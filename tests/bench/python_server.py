"""What Convene's wire is compared with, and that wire alone: one small program, with either Socket.IO server below it.

No sign-in, no database, no log, no rules. `python -m tests.bench.python_server stock|wire PORT [REDIS_URL]`;
with BENCH_DEFLATES in the environment, it compresses for clients that take it.
"""

import importlib
import os
import sys
from typing import Any

import socketio
import uvicorn

Asked = dict[str, Any]
BACKLOG = 2_048


def stock(redis_url: str | None) -> tuple[Any, Any]:
    """python-socketio as it comes, and uvicorn's quickest protocol for it."""
    shared = socketio.AsyncRedisManager(redis_url) if redis_url else None
    server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*", client_manager=shared)
    return server, "websockets-sansio"


def wire(_redis_url: str | None) -> tuple[Any, Any]:
    """Convene's server and protocol, as anyone may use them without the rest of it."""
    # Only then: the stock server is to carry nothing of ours.
    ours = importlib.import_module("realtime.wire")
    return ours.SocketServer(async_mode="asgi", cors_allowed_origins="*"), ours.WebSocketProtocol


def serve_events(server: Any) -> None:
    """Registers the handlers that all wire subjects have."""

    async def join(sid: str, asked: Asked) -> Asked:
        await server.enter_room(sid, asked["room"])
        return {"ok": True}

    async def say(_sid: str, asked: Asked) -> None:
        await server.emit("said", asked, room=asked["room"])

    async def burst(_sid: str, asked: Asked) -> None:
        for text in asked["texts"]:
            await server.emit("said", {"room": asked["room"], "text": text}, room=asked["room"])

    async def ask(_sid: str, asked: Asked) -> Asked:
        return {"ok": True, "text": asked["text"]}

    for handler in (join, say, burst, ask):
        server.event(handler)


def main(kind: str, port: int, redis_url: str | None = None) -> None:
    """Serves on a port of this machine until it is ended."""
    server, protocol = {"stock": stock, "wire": wire}[kind](redis_url)
    serve_events(server)
    uvicorn.run(
        socketio.ASGIApp(server),
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        http="httptools",
        ws=protocol,
        ws_per_message_deflate="BENCH_DEFLATES" in os.environ,
        ws_ping_interval=None,
        backlog=BACKLOG,
        log_level="warning",
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:4])
