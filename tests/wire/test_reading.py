"""Whatever pieces the bytes come in, the messages in them are the same."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.wire.reading import Closed, Reader
from tests.wire.raw import COMPRESSED, Opcode, frame

TAIL = b"\x00\x00\xff\xff"
LIMIT = 100_000

Message = str | bytes

messages = st.one_of(
    st.text(max_size=300),
    st.binary(max_size=300),
    st.integers(65_000, 66_000).map(lambda size: "x" * size),
    st.integers(120, 130).map(bytes),
)


def deflated(body: bytes) -> bytes:
    """A compressed message that needs no context."""
    deflater = zlib.compressobj(wbits=-12)
    return (deflater.compress(body) + deflater.flush(zlib.Z_SYNC_FLUSH)).removesuffix(TAIL)


@st.composite
def sent(draw: Callable[..., Any]) -> tuple[Message, list[bytes]]:
    """A message and the frames it is sent in: whole or in fragments, compressed or not, with pings between."""
    message: Message = draw(messages)
    body = message.encode() if isinstance(message, str) else message
    is_compressed = draw(st.booleans())
    if is_compressed:
        body = deflated(body)
    cuts = sorted({0, len(body), *draw(st.lists(st.integers(0, len(body)), max_size=3))})
    parts = [body[start:end] for start, end in pairwise(cuts)] or [b""]
    opcode = Opcode.TEXT if isinstance(message, str) else Opcode.BINARY
    frames = []
    for number, part in enumerate(parts):
        kind = opcode if number == 0 else Opcode.CONTINUATION
        rsv = COMPRESSED if is_compressed and number == 0 else 0
        frames.append(frame(kind, part, is_final=number == len(parts) - 1, rsv=rsv))
        if draw(st.booleans()):
            frames.append(frame(Opcode.PING, b"p"))
    return message, frames


@settings(max_examples=60, deadline=None)
@given(conversation=st.lists(sent(), max_size=6), data=st.data())
def test_the_pieces_do_not_matter(
    conversation: list[tuple[Message, list[bytes]]], data: st.DataObject
) -> None:
    stream = b"".join(b"".join(frames) for _, frames in conversation)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=12))
    got: list[Message] = []
    written: list[bytes] = []
    reader = Reader(got.append, written.append, LIMIT, inflates=True)
    for start, end in pairwise(sorted({0, len(stream), *cuts})):
        reader.feed(stream[start:end])
    assert got == [message for message, _ in conversation]
    pings = sum(one[0] & 0x0F == Opcode.PING for _, frames in conversation for one in frames)
    assert b"".join(written) == b"\x8a\x01p" * pings


@settings(max_examples=20, deadline=None)
@given(conversation=st.lists(sent(), min_size=1, max_size=3))
def test_one_byte_at_a_time(conversation: list[tuple[Message, list[bytes]]]) -> None:
    got: list[Message] = []
    reader = Reader(got.append, lambda _answer: None, LIMIT, inflates=True)
    for byte in b"".join(b"".join(frames) for _, frames in conversation)[:3_000]:
        reader.feed(bytes([byte]))
    assert got == [message for message, _ in conversation][: len(got)]


@settings(max_examples=100, deadline=None)
@given(before=st.lists(sent(), max_size=2), garbage=st.binary(min_size=1, max_size=200), data=st.data())
def test_garbage_closes_or_waits_for_more_and_breaks_nothing(
    before: list[tuple[Message, list[bytes]]], garbage: bytes, data: st.DataObject
) -> None:
    stream = b"".join(b"".join(frames) for _, frames in before) + garbage
    cut = data.draw(st.integers(0, len(stream)))
    got: list[Message] = []
    reader = Reader(got.append, lambda _answer: None, LIMIT, inflates=True)
    with suppress(Closed):
        reader.feed(stream[:cut])
        reader.feed(stream[cut:])
    expected = [message for message, _ in before]
    assert got[: len(expected)] == expected[: len(got)]


@pytest.mark.parametrize("size", [LIMIT - 1, LIMIT, LIMIT + 1])
@pytest.mark.parametrize("pieces", [1, 3])
def test_the_limit_is_about_the_whole_message(size: int, pieces: int) -> None:
    body = b"x" * size
    got: list[Message] = []
    step = -(-size // pieces)
    reader = Reader(got.append, lambda _answer: None, LIMIT, inflates=False)
    refusals: list[bytes] = []
    for start in range(0, size, step):
        kind = Opcode.TEXT if start == 0 else Opcode.CONTINUATION
        try:
            reader.feed(frame(kind, body[start : start + step], is_final=start + step >= size))
        except Closed as closed:
            refusals.append(closed.answer[2:4])
    assert refusals == ([(1009).to_bytes(2, "big")] if size > LIMIT else [])
    assert got == ([] if refusals else [body.decode()])


@pytest.mark.parametrize("size", [*range(LIMIT - 3, LIMIT + 4), LIMIT + 258, 20 * LIMIT])
@pytest.mark.parametrize("character", [b"x", b"xyz"])
def test_the_limit_is_about_what_is_inflated(size: int, character: bytes) -> None:
    body = (character * size)[:size]
    got: list[Message] = []
    reader = Reader(got.append, lambda _answer: None, LIMIT, inflates=True)
    refusals: list[bytes] = []
    try:
        reader.feed(frame(Opcode.TEXT, deflated(body), rsv=COMPRESSED))
    except Closed as closed:
        refusals.append(closed.answer[2:4])
    assert refusals == ([(1009).to_bytes(2, "big")] if size > LIMIT else [])
    assert got == ([] if refusals else [body.decode()])


def test_a_compressed_message_may_end_for_good() -> None:
    """With a last block that says it is the last (RFC 7692, 7.2.3.4), which also wants its padding."""
    got: list[Message] = []
    reader = Reader(got.append, lambda _answer: None, LIMIT, inflates=True)
    deflater = zlib.compressobj(wbits=-15)
    body = deflater.compress(b"the end") + deflater.flush(zlib.Z_FINISH) + b"\x00"
    reader.feed(frame(Opcode.TEXT, body, rsv=COMPRESSED))
    reader.feed(frame(Opcode.TEXT, deflated(b"and more"), rsv=COMPRESSED))
    assert got == ["the end", "and more"]
