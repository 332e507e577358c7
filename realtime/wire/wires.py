"""What an open WebSocket is to those above it, and what they are to it."""

from typing import Protocol

from realtime.wire.frames import Frame


class Listener(Protocol):
    """Who hears of a WebSocket."""

    def message(self, data: str | bytes) -> None:
        """One message of the client."""
        ...

    def lost(self) -> None:
        """It is over, whoever ended it."""
        ...

    def slow(self, is_slow: bool) -> None:  # noqa: FBT001 - the transport's two calls in one
        """The client takes less than it is sent, or does so no longer."""
        ...


class Wire(Protocol):
    """An open WebSocket."""

    @property
    def queued_bytes(self) -> int:
        """What the client has not taken yet."""
        ...

    def listen(self, listener: Listener) -> None:
        """From here on somebody hears."""
        ...

    def send(self, frame: Frame) -> None:
        """Writes one frame, now."""
        ...

    def close(self, code: int = 1000, reason: str = "") -> None:
        """Says goodbye, after all that was written; it is over when the client has answered, or in time."""
        ...

    def abort(self) -> None:
        """Drops it and all that waits in it, at once."""
        ...

    def pause(self) -> None:
        """Takes nothing from the client until `resume`."""
        ...

    def resume(self) -> None:
        """Takes again what the client sends."""
        ...
