"""Events with attachments: the text that announces them, the attachments, and the event put together."""

from typing import Any


class Partial:
    """A packet whose attachments are still coming."""

    __slots__ = ("_attachments", "_count", "_max_bytes", "packet")

    def __init__(self, packet: Any, max_attachments: int, max_bytes: int) -> None:
        if not 0 < packet.attachment_count <= max_attachments:
            raise ValueError("attachments")
        self.packet = packet
        self._count = packet.attachment_count
        self._max_bytes = max_bytes
        self._attachments: list[bytes] = []

    def add(self, attachment: bytes) -> bool:
        """Takes the next attachment; says whether it was the last. Raises ValueError, IndexError, TypeError."""
        self._attachments.append(attachment)
        if sum(map(len, self._attachments)) > self._max_bytes:
            raise ValueError("attachments too large")
        if len(self._attachments) < self._count:
            return False
        self.packet.data = self._rebuild(self.packet.data)
        return True

    def _rebuild(self, data: Any) -> Any:
        if isinstance(data, list):
            return [self._rebuild(one) for one in data]
        if not isinstance(data, dict):
            return data
        if data.get("_placeholder") is not True:
            return {key: self._rebuild(value) for key, value in data.items()}
        number = data["num"]
        if type(number) is not int or number < 0:
            raise ValueError("placeholder")
        return self._attachments[number]
