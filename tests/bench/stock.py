"""What Convene is compared with: python-socketio as it comes, which only passes an event on to everybody in a room.

No sign-in, no database, no log, no rules. The event has the fields and the size of Convene's `chat:sent`. The same web
server with the same protocol implementation carries both.
"""

import sys
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import socketio
import uvicorn

SOMEBODY = str(UUID(int=1))


def make_app() -> Any:
    """The application."""
    server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=[])
    seqs = iter(range(1, sys.maxsize))

    async def join(sid: str, payload: dict[str, Any]) -> dict[str, Any]:
        await server.enter_room(sid, payload["session_id"])
        return {"ok": True}

    async def send(_sid: str, payload: dict[str, Any]) -> dict[str, Any]:
        event = _event(payload["session_id"], next(seqs), payload["text"])
        await server.emit("chat:sent", event, room=payload["session_id"])
        return {"ok": True, "data": event["data"]["message"], "seq": event["seq"]}

    server.on("session:join", join)
    server.on("chat:send", send)
    return socketio.ASGIApp(server)


def _event(session_id: str, seq: int, text: str) -> dict[str, Any]:
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    message = {
        "id": SOMEBODY,
        "seq": seq,
        "participant_id": SOMEBODY,
        "display_name": "Guest 123",
        "text": text,
        "reply_to": None,
        "sent_at": at,
        "edited_at": None,
        "deleted_at": None,
    }
    return {"session_id": session_id, "seq": seq, "at": at, "actor": SOMEBODY, "data": {"message": message}}


def main(port: int) -> None:
    """Serves on a port of this machine until it is ended."""
    uvicorn.run(
        make_app(),
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        log_level="warning",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
