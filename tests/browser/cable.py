"""The wire between one person's browser and the server, so that a test can cut it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from tests.services.ports import LOOPBACK

CHUNK_BYTES: Final = 65_536


class Cable:
    """Carries bytes to and fro. Cut, it drops every connection and lets none through; deaf, it loses the answers."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._is_cut = False
        self._is_deaf = False
        self._ends: set[asyncio.StreamWriter] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def cut(self) -> None:
        """Breaks the link at once, without a goodbye."""
        self._is_cut = True
        for end in self._ends:
            end.transport.abort()

    def deafen(self) -> None:
        """Lets through what the browser says, and nothing that the server says."""
        self._is_deaf = True

    def mend(self) -> None:
        """Lets everything through again; what was lost stays lost."""
        self._is_cut = self._is_deaf = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one connection until either side ends it."""
        if self._is_cut:
            writer.transport.abort()
            return
        from_server, to_server = await asyncio.open_connection(LOOPBACK, self._server_port)
        ends = {writer, to_server}
        self._ends |= ends
        try:
            await asyncio.gather(
                self._pump(reader, to_server, is_answer=False),
                self._pump(from_server, writer, is_answer=True),
            )
        except OSError:
            for end in ends:
                end.transport.abort()
        finally:
            self._ends -= ends

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_answer: bool
    ) -> None:
        while chunk := await reader.read(CHUNK_BYTES):
            if not (is_answer and self._is_deaf):
                writer.write(chunk)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def cable_to(server_port: int) -> AsyncIterator[Cable]:
    """A wire to a server of this machine for the block."""
    cable = Cable(server_port)
    listener = await asyncio.start_server(cable.carry, LOOPBACK)
    cable.port = listener.sockets[0].getsockname()[1]
    try:
        yield cable
    finally:
        listener.close()
        cable.cut()
        await listener.wait_closed()
