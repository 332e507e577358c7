"""The WebSocket itself (RFC 6455): control frames, fragments, and the codes with which bad frames are answered."""

import asyncio
import json

import pytest

from tests.wire import raw
from tests.wire.conftest import Serve
from tests.wire.engines import WITHIN_S, socket_server
from tests.wire.raw import Opcode, frame, text
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")

PROTOCOL_ERROR, INVALID_TEXT, TOO_BIG = 1002, 1007, 1009

EVENT = '42["message","é😀"]'


def is_back(message: str) -> bool:
    """Whether this is the event as the server sends it back, however it writes its characters."""
    return message.startswith("42") and json.loads(message[2:]) == ["message-back", "é😀"]


async def test_a_ping_is_answered_with_what_it_holds(at: Address) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        for payload in (b"", b"x", bytes(range(125))):
            socket.send(frame(Opcode.PING, payload))
            got = await socket.frame()
            assert (got.opcode, got.payload) == (Opcode.PONG, payload)


async def test_a_pong_that_nobody_asked_for_is_ignored(at: Address) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(frame(Opcode.PONG, b"x"), text(EVENT))
        assert is_back(await socket.message())


@pytest.mark.parametrize("size", [1, 3, 7, 1_000])
async def test_a_message_in_fragments(at: Address, size: int) -> None:
    """Also where the cut goes through a character."""
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(*fragments(EVENT.encode(), size))
        assert is_back(await socket.message())


def fragments(payload: bytes, size: int, opcode: Opcode = Opcode.TEXT) -> list[bytes]:
    parts = [payload[start : start + size] for start in range(0, len(payload), size)]
    last = len(parts) - 1
    return [
        frame(opcode if number == 0 else Opcode.CONTINUATION, part, is_final=number == last)
        for number, part in enumerate(parts)
    ]


async def test_bytes_in_fragments(at: Address) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(text('451-["message",{"_placeholder":true,"num":0}]'))
        socket.send(*fragments(bytes(range(200)), 33, Opcode.BINARY))
        assert await socket.message() == '451-["message-back",{"_placeholder":true,"num":0}]'
        got = await socket.frame()
        assert (got.opcode, got.payload) == (Opcode.BINARY, bytes(range(200)))


async def test_control_frames_between_fragments(at: Address) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        for part in fragments(EVENT.encode(), 5):
            socket.send(part, frame(Opcode.PING, b"between"), frame(Opcode.PONG))
        answers = [await socket.frame() for _ in range(len(fragments(EVENT.encode(), 5)) + 1)]
        texts = [got.payload.decode() for got in answers if got.opcode == Opcode.TEXT]
        assert [is_back(one) for one in texts] == [True]
        assert sum(got.opcode == Opcode.PONG for got in answers) == len(answers) - 1


async def test_empty_fragments(at: Address) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(
            frame(Opcode.TEXT, b"", is_final=False),
            frame(Opcode.CONTINUATION, EVENT.encode(), is_final=False),
            frame(Opcode.CONTINUATION, b""),
        )
        assert is_back(await socket.message())


async def test_frames_in_one_piece_and_byte_by_byte(at: Address) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(*[text(f'42["message",{number}]') for number in range(20)])
        for number in range(20):
            assert await socket.message() == f'42["message-back",{number}]'
        for byte in text(EVENT):
            socket.send(bytes([byte]))
            await socket.writer.drain()
            await asyncio.sleep(0)
        assert is_back(await socket.message())


@pytest.mark.parametrize("size", [125, 126, 127, 65_535, 65_536, 300_000])
async def test_the_head_of_a_frame_fits_its_size(at: Address, size: int) -> None:
    said = "x" * (size - len('42["message-back",""]'))
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(text(f'42["message","{said}"]'))
        got = await socket.frame()
        assert (got.opcode, got.is_final, len(got.payload)) == (Opcode.TEXT, True, size)


async def test_what_is_said_in_one_turn_leaves_in_one_piece(serve: Serve) -> None:
    server = reference_server(socket_server())
    async with raw.raw_socket(serve(server)) as socket:
        await socket.join()
        for number in range(10):
            await server.emit("tick", number)
        expected = [f'42["tick",{number}]'.encode() for number in range(10)]
        size = sum(len(one) + 2 for one in expected)
        async with asyncio.timeout(WITHIN_S):
            assert len(await socket.reader.read(65_536)) == size


MALFORMED: dict[str, list[bytes]] = {
    "no mask": [frame(Opcode.TEXT, b"3", is_masked=False)],
    "a reserved bit": [frame(Opcode.TEXT, b"3", rsv=0x10)],
    "another reserved bit": [frame(Opcode.TEXT, b"3", rsv=0x20)],
    "a compressed frame without having agreed": [frame(Opcode.TEXT, b"3", rsv=0x40)],
    "an unknown opcode": [frame(0x3, b"x")],
    "an unknown control opcode": [frame(0xB, b"x")],
    "a long control frame": [frame(Opcode.PING, b"x" * 126)],
    "a control frame in fragments": [frame(Opcode.PING, b"x", is_final=False)],
    "the end of nothing": [frame(Opcode.CONTINUATION, b"x")],
    "a text within a text": [frame(Opcode.TEXT, b"4", is_final=False), frame(Opcode.TEXT, b"3")],
    "half a closing code": [frame(Opcode.CLOSE, b"\x03")],
    "a closing code nobody may send": [frame(Opcode.CLOSE, (1005).to_bytes(2, "big"))],
    "a closing code out of range": [frame(Opcode.CLOSE, (999).to_bytes(2, "big"))],
}


@pytest.mark.parametrize("what", MALFORMED)
async def test_a_malformed_frame_closes(at: Address, what: str) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(*MALFORMED[what])
        assert await socket.close_code() == PROTOCOL_ERROR


NO_TEXT: dict[str, list[bytes]] = {
    "a stray byte": [frame(Opcode.TEXT, b"4\xff")],
    "half a character": [frame(Opcode.TEXT, b"4\xf0\x9f\x98")],
    "a surrogate": [frame(Opcode.TEXT, b"4\xed\xa0\x80")],
    "too long a form": [frame(Opcode.TEXT, b"4\xc0\xaf")],
    "beyond the last character": [frame(Opcode.TEXT, b"4\xf4\x90\x80\x80")],
    "half a character over two fragments": [
        frame(Opcode.TEXT, b"4\xf0\x9f", is_final=False),
        frame(Opcode.CONTINUATION, b"x"),
    ],
}


@pytest.mark.parametrize("what", NO_TEXT)
async def test_what_is_no_text_closes(at: Address, what: str) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(*NO_TEXT[what])
        assert await socket.close_code() == INVALID_TEXT


async def test_a_reason_for_closing_must_be_text(at: Address) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(frame(Opcode.CLOSE, (1000).to_bytes(2, "big") + b"\xff"))
        assert await socket.close_code() in (INVALID_TEXT, PROTOCOL_ERROR)


@pytest.mark.parametrize(
    ("payload", "code"), [(b"", 0), (b"\x03\xe8", 1000), (b"\x03\xe9bye", 1001), (b"\x0b\xb8", 3000)]
)
async def test_a_close_is_answered_in_kind(at: Address, payload: bytes, code: int) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(frame(Opcode.CLOSE, payload))
        got = await socket.frame()
        assert got.opcode == Opcode.CLOSE
        assert int.from_bytes(got.payload[:2], "big") == code
        async with asyncio.timeout(WITHIN_S):
            assert await socket.reader.read() == b""


async def test_nothing_after_a_close_is_handled(serve: Serve) -> None:
    server = reference_server(socket_server())
    handled: list[int] = []
    server.on("note", lambda _sid, value: handled.append(value))
    async with raw.raw_socket(serve(server)) as socket:
        await socket.join()
        socket.send(text('42["note",1]'), frame(Opcode.CLOSE, b"\x03\xe8"), text('42["note",2]'))
        await socket.until_cut()
    assert handled in ([], [1])


@pytest.mark.parametrize("kind", [Opcode.TEXT, Opcode.BINARY])
@pytest.mark.parametrize("pieces", [1, 4])
async def test_a_message_over_the_limit_closes(serve: Serve, kind: Opcode, pieces: int) -> None:
    at = serve(reference_server(socket_server(max_http_buffer_size=4_000)))
    async with raw.raw_socket(at) as socket:
        await socket.join()
        body = b'42["message","' + b"x" * 4_000 + b'"]'
        socket.send(*fragments(body, -(-len(body) // pieces), kind))
        assert await socket.close_code() == TOO_BIG


async def test_a_message_of_the_limit_passes(serve: Serve) -> None:
    at = serve(reference_server(socket_server(max_http_buffer_size=4_000)))
    said = "x" * (4_000 - len('42["message",""]'))
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(text(f'42["message","{said}"]'))
        assert await socket.message() == f'42["message-back","{said}"]'


async def test_a_length_beyond_all_memory_closes_before_it_comes(at: Address) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(b"\x81\xff" + (2**40).to_bytes(8, "big") + b"mask")
        assert await socket.close_code() in (TOO_BIG, PROTOCOL_ERROR)


async def test_half_a_frame_and_the_end(at: Address) -> None:
    async with raw.raw_socket(at) as socket:
        await socket.join()
        socket.send(text(EVENT)[:7])
        socket.writer.write_eof()
        await socket.until_cut()
