"""The bus between workers: one Redis channel for each session. A hint, never the truth.

Whatever gets lost on it is found in the log by whoever is told nothing; so it may drop, and never makes anybody wait.
"""

import asyncio
import hashlib
import secrets
import struct
from collections import deque
from collections.abc import Callable
from typing import Final
from uuid import UUID

import structlog

from realtime.bus_counts import BusCounts
from realtime.bus_listener import BusListener
from realtime.bus_message import MAX_FRAME_BYTES, SENDER_BYTES, BusMessage, Kind, bus_key, pack, unpack
from realtime.bus_sender import BusSender
from realtime.redis_link import redis_client
from realtime.telling import Telling

log = structlog.get_logger(__name__)

_ROOM: Final = "room:"
_PROBE: Final = "probe:"
RECENT_PROBES: Final = 16
_PROBED_AT = struct.Struct("!d")

Hear = Callable[[UUID, BusMessage], None]


class Bus:
    """One worker's end of the bus. `hear` gets what other workers say, checked."""

    def __init__(self, url: str, signing_key: bytes, hear: Hear) -> None:
        self._key = bus_key(signing_key)
        self._hear = hear
        self._sender_id = secrets.token_bytes(SENDER_BYTES)
        self.name = site_prefix(signing_key)
        self._prefix = f"{self.name}:"
        self._redis = redis_client(url)
        self._probe_channel = f"{self._prefix}{_PROBE}{self._sender_id.hex()}"
        self.counts = BusCounts()
        self._sender = BusSender(self._redis, self.counts)
        self._listener = BusListener(url, self._probe_channel, self._probe, self._take, self.counts)
        self._probes: deque[float] = deque(maxlen=RECENT_PROBES)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begins to send and to listen."""
        self._tasks = [
            asyncio.create_task(self._sender.run(), name="bus sender"),
            asyncio.create_task(self._listener.run(), name="bus listener"),
        ]

    async def stop(self) -> None:
        """Ends both; what was not sent yet is in the log."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._redis.aclose()

    def join(self, session_id: UUID) -> None:
        """Listens to a session's channel."""
        self._listener.want(self._channel(session_id))

    def leave(self, session_id: UUID) -> None:
        """No longer listens to a session's channel."""
        self._listener.drop(self._channel(session_id))

    def tell(self, telling: Telling) -> None:
        """Tells the other workers of an event: as it is, or if it is very large, only that there is one."""
        is_large = len(telling.text) > MAX_FRAME_BYTES
        self._send(
            telling.session_id,
            BusMessage(
                Kind.WAKE if is_large else Kind.EVENT,
                self._sender_id,
                telling.epoch,
                telling.seq,
                "" if is_large else telling.type,
                "" if is_large else telling.audience,
                "" if is_large else telling.text,
            ),
        )

    def signal(self, session_id: UUID, text: str) -> None:
        """Passes on what is no event of the log."""
        self._send(session_id, BusMessage(Kind.SIGNAL, self._sender_id, text=text))

    def _send(self, session_id: UUID, message: BusMessage) -> None:
        try:
            payload = pack(self._key, session_id, message)
        except (struct.error, ValueError):
            # An audience of thousands of people does not fit into the header; the log holds it.
            payload = pack(
                self._key, session_id, BusMessage(Kind.WAKE, self._sender_id, message.epoch, message.seq)
            )
        self._sender.put(self._channel(session_id), payload)

    def _probe(self) -> None:
        now = asyncio.get_running_loop().time()
        self._probes.append(now)
        self._sender.put(self._probe_channel, _PROBED_AT.pack(now))

    def _take(self, channel: bytes, payload: bytes) -> None:
        name = channel.decode("ascii", "replace").removeprefix(self._prefix)
        try:
            if name.startswith(_ROOM):
                self._take_message(UUID(hex=name.removeprefix(_ROOM)), payload)
            else:
                self._take_probe(payload)
        except (ValueError, struct.error) as error:
            self.counts.ignored += 1
            log.warning("bus.ignored", why=str(error), size_bytes=len(payload))

    def _take_message(self, session_id: UUID, payload: bytes) -> None:
        message = unpack(self._key, session_id, payload)
        if message.sender != self._sender_id:
            self.counts.heard += 1
            self._hear(session_id, message)

    def _take_probe(self, payload: bytes) -> None:
        (sent_at,) = _PROBED_AT.unpack(payload)
        if sent_at not in self._probes:
            raise ValueError("no probe of ours")
        self.counts.lag_s = max(0.0, asyncio.get_running_loop().time() - sent_at)
        self._listener.heard_probe()

    def _channel(self, session_id: UUID) -> str:
        return f"{self._prefix}{_ROOM}{session_id.hex}"


def site_prefix(signing_key: bytes) -> str:
    """What all names of a site in Redis begin with: two sites that share one do not meet."""
    return "convene:" + hashlib.blake2b(b"site", key=signing_key[:64], digest_size=5).hexdigest()
