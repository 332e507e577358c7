"""A WebSocket served through ASGI, where the server beneath is not ours: slower, but any server will do."""

import asyncio
from contextlib import suppress

from starlette.types import Receive, Send

from realtime.wire.frames import Frame
from realtime.wire.wires import Listener

SLOW_FROM_BYTES = 65_536


class RelayedWire:
    """Writes by a task of its own, so that senders never wait; reads where `run` is awaited."""

    def __init__(self, receive: Receive, send: Send, max_bytes: int) -> None:
        self._receive = receive
        self._send = send
        self._max_bytes = max_bytes
        self._listener: Listener | None = None
        self._queue: asyncio.Queue[Frame | None] = asyncio.Queue()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._close_code = 1000
        self._is_slow = False
        self._is_closed = False
        self.queued_bytes = 0

    def listen(self, listener: Listener) -> None:
        """From here on somebody hears."""
        self._listener = listener

    def send(self, frame: Frame) -> None:
        """Queues a frame; its bound is kept by whoever looks at `queued_bytes`."""
        self.queued_bytes += frame.size_bytes
        self._queue.put_nowait(frame)
        if not self._is_slow and self.queued_bytes > SLOW_FROM_BYTES:
            self._tell_slow(True)

    def close(self, code: int = 1000, reason: str = "") -> None:
        """Says goodbye after what is queued."""
        if self._is_closed:
            return
        self._is_closed = True
        self._close_code = code
        self._queue.put_nowait(None)
        self._end()

    def abort(self) -> None:
        """Drops what is queued; what is on its way already, the server beneath has to see to."""
        while not self._queue.empty():
            self._queue.get_nowait()
        self.queued_bytes = 0
        self.close(1008)

    def pause(self) -> None:
        """Takes nothing from the client until `resume`."""
        self._flowing.clear()

    def resume(self) -> None:
        self._flowing.set()

    async def run(self) -> None:
        """Serves the WebSocket until its end."""
        writer = asyncio.create_task(self._write())
        try:
            reader = asyncio.create_task(self._read())
            await asyncio.wait((reader, writer), return_when=asyncio.FIRST_COMPLETED)
            reader.cancel()
        finally:
            self._end()
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    async def _read(self) -> None:
        while True:
            await self._flowing.wait()
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return
            text = message.get("text")
            data = message["bytes"] if text is None else text
            if len(data) > self._max_bytes:
                self.close(1009)
            elif self._listener is not None:
                self._listener.message(data)

    async def _write(self) -> None:
        # A client that is gone raises whatever the server beneath raises then.
        with suppress(Exception):
            while (frame := await self._queue.get()) is not None:
                data = frame.data
                await self._send(
                    {"type": "websocket.send", "text": data}
                    if isinstance(data, str)
                    else {"type": "websocket.send", "bytes": data}
                )
                self.queued_bytes -= frame.size_bytes
                if self._is_slow and self.queued_bytes < SLOW_FROM_BYTES // 4:
                    self._tell_slow(False)
            await self._send({"type": "websocket.close", "code": self._close_code})

    def _tell_slow(self, is_slow: bool) -> None:  # noqa: FBT001
        self._is_slow = is_slow
        if self._listener is not None:
            self._listener.slow(is_slow)

    def _end(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.lost()
