"""What goes over the bus: a small header, the finished frame, and a seal.

The seal is a keyed hash of everything, with the site's own secret: whoever can write to Redis cannot put words into a
room. Nothing here is evaluated or unpickled; what does not fit is a ValueError.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from uuid import UUID

VERSION: Final = 1
SEAL_BYTES: Final = 16
SENDER_BYTES: Final = 8
MAX_FRAME_BYTES: Final = 1_048_576
"""What is larger is not sent: the others are woken up and read the log."""

_HEADER = struct.Struct("!BB8sQBBI")
_MAX_BYTES: Final = 4 * MAX_FRAME_BYTES


class Kind(IntEnum):
    """What a message is: an event with its frame, a signal (no place in the log), or only a call to read the log."""

    EVENT = 0
    SIGNAL = 1
    WAKE = 2


@dataclass(frozen=True, slots=True)
class BusMessage:
    """One message of a session's channel. `sender` is the worker it comes from."""

    kind: Kind
    sender: bytes
    epoch: str = ""
    seq: int = 0
    type: str = ""
    audience: str = ""
    text: str = ""


def bus_key(signing_key: bytes) -> bytes:
    """The key of the seals, derived from the site's secret so that neither can stand in for the other."""
    return hashlib.blake2b(b"bus", key=signing_key[:64], digest_size=32).digest()


def pack(key: bytes, session_id: UUID, message: BusMessage) -> bytes:
    """A message as it is published on the channel of a session."""
    epoch, type_, audience = message.epoch.encode(), message.type.encode(), message.audience.encode()
    header = _HEADER.pack(
        VERSION, message.kind, message.sender, message.seq, len(epoch), len(type_), len(audience)
    )
    body = b"".join((header, epoch, type_, audience, message.text.encode()))
    return _seal(key, session_id, body) + body


def unpack(key: bytes, session_id: UUID, payload: bytes) -> BusMessage:
    """The message, if it is one of this session's that a worker of this site has sealed. Raises ValueError."""
    if not SEAL_BYTES + _HEADER.size <= len(payload) <= _MAX_BYTES:
        raise ValueError("of a size that no message has")
    body = payload[SEAL_BYTES:]
    if not hmac.compare_digest(payload[:SEAL_BYTES], _seal(key, session_id, body)):
        raise ValueError("not sealed by this site")
    version, kind, sender, seq, *lengths = _HEADER.unpack_from(body)
    if version != VERSION:
        raise ValueError("of another version")
    parts, at = [], _HEADER.size
    for length in lengths:
        parts.append(body[at : at + length].decode())
        at += length
    return BusMessage(Kind(kind), sender, parts[0], seq, parts[1], parts[2], body[at:].decode())


def _seal(key: bytes, session_id: UUID, body: bytes) -> bytes:
    seal = hashlib.blake2b(session_id.bytes, key=key, digest_size=SEAL_BYTES)
    seal.update(body)
    return seal.digest()
