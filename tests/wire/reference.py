"""The server that the test suite of the Socket.IO protocol asks for: it echoes, on two namespaces."""

from typing import Any

from tests.wire.engines import Server


def reference_server(server: Server) -> Server:
    """Gives a server the handlers; returns it."""

    @server.event
    async def connect(sid: str, _environ: dict[str, Any], auth: Any) -> None:
        await server.emit("auth", auth or {}, to=sid)

    @server.on("connect", namespace="/custom")
    async def connect_custom(sid: str, _environ: dict[str, Any], auth: Any) -> None:
        await server.emit("auth", auth or {}, to=sid, namespace="/custom")

    @server.on("message")
    async def message(sid: str, *values: Any) -> None:
        await server.emit("message-back", values, to=sid)

    @server.on("message-with-ack")
    async def message_with_ack(_sid: str, *values: Any) -> Any:
        return values

    return server
