"""The link that breaks: the tests of the faults are worth what it is worth."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from tests.chaos.proxy import Link, link_to
from tests.services.ports import LOOPBACK

WITHIN_S = 5.0
A_WHILE_S = 0.2


@dataclass
class Call:
    """A client and what it says to a server that repeats everything."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def repeats(self, said: bytes) -> bool:
        """Whether it comes back within a while."""
        self.writer.write(said)
        try:
            async with asyncio.timeout(A_WHILE_S):
                return await self.reader.readexactly(len(said)) == said
        except TimeoutError:
            return False

    async def until_reset(self) -> None:
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(self.reader.read(-1), WITHIN_S)


@dataclass
class Echo:
    """A server that repeats everything, and a link to it. `heard` is what came; `ended` how many said goodbye."""

    link: Link
    heard: bytearray
    ended: asyncio.Semaphore
    calls: list[Call] = field(default_factory=list)

    async def call(self) -> Call:
        self.calls.append(Call(*await asyncio.open_connection(LOOPBACK, self.link.port)))
        return self.calls[-1]


@asynccontextmanager
async def echoing() -> AsyncIterator[Echo]:
    heard, ended = bytearray(), asyncio.Semaphore(0)

    async def repeat(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while said := await reader.read(65_536):
                heard.extend(said)
                writer.write(said)
                await writer.drain()
        except ConnectionError:
            ended.release()
        else:
            ended.release()
        writer.close()

    server = await asyncio.start_server(repeat, LOOPBACK, 0)
    async with link_to(server.sockets[0].getsockname()[1]) as link:
        echo = Echo(link, heard, ended)
        yield echo
        for call in echo.calls:
            call.writer.transport.abort()
    server.close()


async def test_a_sound_link_carries_everything_and_the_end() -> None:
    async with echoing() as echo:
        call = await echo.call()
        said = bytes(range(256)) * 10_000
        call.writer.write(said)
        call.writer.write_eof()
        async with asyncio.timeout(WITHIN_S):
            assert await call.reader.read(-1) == said
            await echo.ended.acquire()


async def test_a_cut_link_resets_both_ends() -> None:
    async with echoing() as echo:
        call = await echo.call()
        assert await call.repeats(b"hello")
        echo.link.cut()
        await call.until_reset()
        await asyncio.wait_for(echo.ended.acquire(), WITHIN_S)
        assert await (await echo.call()).repeats(b"again")


async def test_a_link_that_refuses_keeps_what_it_has_and_takes_again_on_the_same_port() -> None:
    async with echoing() as echo:
        call = await echo.call()
        assert await call.repeats(b"hello")
        echo.link.refuse()
        with pytest.raises(ConnectionRefusedError):
            await echo.call()
        assert await call.repeats(b"still here")
        await echo.link.open()
        assert await (await echo.call()).repeats(b"again")


async def test_what_is_lost_upwards_is_not_heard_and_never_made_up_for() -> None:
    async with echoing() as echo:
        call = await echo.call()
        assert await call.repeats(b"hello")
        echo.link.lose("up")
        assert not await call.repeats(b"lost")
        echo.link.heal()
        assert not await call.repeats(b"dead for good")
        assert bytes(echo.heard) == b"hello"
        assert await (await echo.call()).repeats(b"again")


async def test_what_is_lost_downwards_was_heard() -> None:
    async with echoing() as echo:
        call = await echo.call()
        assert await call.repeats(b"hello ")
        echo.link.lose("down")
        assert not await call.repeats(b"there")
        assert bytes(echo.heard) == b"hello there"


@pytest.mark.parametrize("goes", ["closes", "is reset"])
async def test_a_lost_end_is_not_told_either(goes: str) -> None:
    async with echoing() as echo:
        call = await echo.call()
        assert await call.repeats(b"hello")
        echo.link.lose("up")
        call.writer.transport.abort() if goes == "is reset" else call.writer.close()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(echo.ended.acquire(), A_WHILE_S)
        assert echo.link.tunnels == 1


async def test_what_is_stalled_comes_later() -> None:
    async with echoing() as echo:
        call = await echo.call()
        echo.link.stall()
        assert not await call.repeats(b"hello")
        echo.link.heal()
        async with asyncio.timeout(WITHIN_S):
            assert await call.reader.readexactly(5) == b"hello"


async def test_a_delay_holds_up_each_direction_and_not_the_flow() -> None:
    async with echoing() as echo:
        echo.link.delay(0.3)
        call = await echo.call()
        started = asyncio.get_running_loop().time()
        for _ in range(20):
            call.writer.write(b"x" * 10_000)
        async with asyncio.timeout(WITHIN_S):
            await call.reader.readexactly(200_000)
        took_s = asyncio.get_running_loop().time() - started
        assert 0.6 <= took_s < 3.0


async def test_a_throttle_is_felt_by_who_writes() -> None:
    async with echoing() as echo:
        call = await echo.call()
        echo.link.throttle(1_000, "up")
        said = b"x" * 8_000_000
        call.writer.write(said)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(call.writer.drain(), A_WHILE_S)
        assert len(echo.heard) < 2_000
