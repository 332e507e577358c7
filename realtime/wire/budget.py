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
        self._under_way = 0

    def _put(self, item: Any) -> None:
        self.size_bytes += getattr(item, "size_bytes", ROUGH_PACKET_BYTES)
        self._under_way += 1
        super()._put(item)

    def _get(self) -> Any:
        item = super()._get()
        self.size_bytes -= getattr(item, "size_bytes", ROUGH_PACKET_BYTES)
        return item

    def task_done(self) -> None:
        """What was taken out has reached whoever sends it."""
        self._under_way -= 1
        super().task_done()

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits here, and nothing that was taken out is still on its way to be sent."""
        return self._under_way == 0

    def drop_all(self) -> None:
        """Forgets what was not sent yet: nobody who was sent out reads on."""
        while not self.empty():
            self.get_nowait()
            self.task_done()
