"""The queue of what is on its way to one socket. It knows its weight, so that who does not read can be cut off."""

import asyncio
from typing import Any

ROUGH_PACKET_BYTES = 64
"""What a small packet of the transport's own (ping, noop, close) counts for."""


class WeighedQueue(asyncio.Queue[Any]):
    """A queue of packets that knows how many bytes wait in it."""

    def _init(self, maxsize: int) -> None:
        super()._init(maxsize)
        self.size_bytes = 0

    def _put(self, item: Any) -> None:
        self.size_bytes += getattr(item, "size_bytes", ROUGH_PACKET_BYTES)
        super()._put(item)

    def _get(self) -> Any:
        item = super()._get()
        self.size_bytes -= getattr(item, "size_bytes", ROUGH_PACKET_BYTES)
        return item

    def drop_all(self) -> None:
        """Forgets what was not sent yet: nobody who was sent out reads on."""
        while not self.empty():
            self.get_nowait()
            self.task_done()
