"""From bytes to messages. Whole, ordinary frames are read here; everything rarer is left to the websockets library.

The library is always given whole frames, so that it and this reader agree on where one begins. It judges what is
fragmented, compressed, a control frame or against the rules, and says what to answer.
"""

import zlib
from collections.abc import Callable
from typing import NoReturn

from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame as LibraryFrame
from websockets.frames import Opcode
from websockets.protocol import OPEN, SERVER, Protocol

from realtime.wire.frames import BINARY, COMPRESSED, EMPTY_BLOCK, FIN, MAX_WINDOW_BITS, SHORT, TEXT
from realtime.wire.masks import unmask
from realtime.wire.patience import Patience

WHOLE_TEXT, WHOLE_BINARY = 0x81, 0x82
MASKED = 0x80
OPCODE = 0x0F
HEAD, MASK = 2, 4
SMALLEST = HEAD + MASK


class Closed(Exception):
    """The client closed, or broke the rules. `answer` is what is still to be written to it."""

    def __init__(self, answer: bytes, reason: str) -> None:
        super().__init__(reason)
        self.answer = answer


class Reader:
    """Takes what a client sent in whatever pieces it comes, and calls `take` with each message in it."""

    __slots__ = (
        "_inflates",
        "_is_text",
        "_library",
        "_max_bytes",
        "_message",
        "_patience",
        "_rest",
        "_write",
        "take",
    )

    def __init__(
        self,
        take: Callable[[str | bytes], None],
        write: Callable[[bytes], None],
        max_bytes: int,
        *,
        inflates: bool,
    ) -> None:
        self.take = take
        self._write = write
        self._max_bytes = max_bytes
        self._inflates = inflates
        self._rest = b""
        self._library: Protocol | None = None
        self._message: bytearray | None = None
        self._is_text = False
        self._patience: Patience | None = None

    def feed(self, data: bytes) -> None:
        """Takes the next bytes. Raises Closed, after which nothing may be fed."""
        length = len(data)
        if (
            length > SMALLEST
            and data[0] == WHOLE_TEXT
            and data[1] == MASKED + length - SMALLEST
            and length < SHORT + SMALLEST
            and not self._rest
            and self._message is None
        ):
            # One short text and nothing else: nearly all that clients ever send.
            self.take(self._decode(unmask(data[SMALLEST:], data[HEAD:SMALLEST])))
            return
        if self._rest:
            data = self._rest + data
            self._rest = b""
        at, end = 0, len(data)
        while end - at >= HEAD:
            start, length = _payload_at(data, at, end)
            if length > self._max_bytes:
                # The library refuses it by its head, before anything is collected.
                self._ask_library(data[at:end])
                return
            if start + length > end:
                break
            self._take_frame(data, at, start, start + length)
            at = start + length
        self._rest = data[at:]

    def _take_frame(self, data: bytes, at: int, start: int, end: int) -> None:
        head = data[at]
        payload = None
        if data[at + 1] >= MASKED and self._message is None:
            payload = self._payload_of(head, unmask(data[start:end], data[start - MASK : start]))
        if payload is None:
            self._ask_library(data[at:end])
            return
        if head & OPCODE == BINARY:
            self.take(payload)
            return
        self.take(self._decode(payload))

    def _payload_of(self, head: int, payload: bytes) -> bytes | None:
        """What an ordinary message holds; None for all that the library is to judge."""
        if head in (WHOLE_TEXT, WHOLE_BINARY):
            return payload
        if head & ~OPCODE != FIN | COMPRESSED or head & OPCODE not in (TEXT, BINARY) or not self._inflates:
            return None
        inflater = zlib.decompressobj(wbits=-MAX_WINDOW_BITS)
        try:
            message = inflater.decompress(payload + EMPTY_BLOCK, self._max_bytes)
        except zlib.error:
            return None
        return None if inflater.unconsumed_tail or inflater.eof else message

    def _refuse(self, code: int, reason: str) -> NoReturn:
        library = self._open_library()
        library.fail(code, reason)
        raise Closed(b"".join(library.data_to_send()), reason)

    def _open_library(self) -> Protocol:
        if self._library is None:
            self._library = Protocol(SERVER, state=OPEN, max_size=self._max_bytes)
            if self._inflates:
                self._library.extensions = [PerMessageDeflate(True, True, MAX_WINDOW_BITS, MAX_WINDOW_BITS)]
        return self._library

    def _ask_library(self, frame: bytes) -> None:
        self._patience = self._patience or Patience()
        if not self._patience.try_once_more():
            self._refuse(1008, "too many frames that say nothing")
        library = self._open_library()
        library.receive_data(frame)
        for one in library.events_received():
            if isinstance(one, LibraryFrame):
                self._take_from_library(one)
        answer = b"".join(library.data_to_send())
        if library.parser_exc is not None or library.close_rcvd is not None:
            raise Closed(answer, str(library.parser_exc or "closed by the client"))
        if answer:
            self._write(answer)
        if self._message is None:
            # Where most clients are most of the time there is nothing to remember.
            self._library = None

    def _take_from_library(self, frame: LibraryFrame) -> None:
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            # In one piece: a list of its fragments could take many times what they hold.
            self._message, self._is_text = bytearray(), frame.opcode is Opcode.TEXT
        elif frame.opcode is not Opcode.CONT or self._message is None:
            return
        self._message += frame.data
        if frame.fin:
            message, self._message = bytes(self._message), None
            self.take(self._decode(message) if self._is_text else message)

    def _decode(self, payload: bytes) -> str:
        try:
            return payload.decode()
        except UnicodeDecodeError:
            self._refuse(1007, "not UTF-8")


def _payload_at(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Where a frame's payload begins and how long it is; past the end if the head itself is not all there yet."""
    length = data[at + 1] & 0x7F
    start = at + HEAD + (MASK if data[at + 1] & MASKED else 0)
    if length < SHORT:
        return start, length
    extra = 2 if length == SHORT else 8
    if end - at < HEAD + extra:
        return end + 1, 0
    return start + extra, int.from_bytes(data[at + HEAD : at + HEAD + extra], "big")
