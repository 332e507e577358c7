"""Somebody who does not read: cut off, and nobody else waits for them."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psutil
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from tests.realtime.client import WITHIN_S, Client, together
from tests.realtime.house import House, Person, Room

# As long as a line may be; each of these is four bytes on the wire.
LINE = "🎉" * 4_000
# A mebibyte may wait in the server, and the kernel's buffers take some before that.
LINES = 500
MEMORY_BYTES = 24 * 1024 * 1024


@asynccontextmanager
async def deaf(house: House, person: Person, room: Room) -> AsyncIterator[socket.socket]:
    """A WebSocket that joins a room and then never reads again."""
    address = (house.site.settings.host, house.site.settings.port)
    loop = asyncio.get_running_loop()
    connection = socket.socket()
    # A small window, so that little is swallowed by the kernel.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.setblocking(False)
    await loop.sock_connect(connection, address)
    uri = f"ws://{address[0]}:{address[1]}/socket.io/?EIO=4&transport=websocket"
    protocol = ClientProtocol(parse_uri(uri))
    protocol.send_request(protocol.connect())
    messages: list[str] = []

    async def exchange(until: str) -> None:
        async with asyncio.timeout(WITHIN_S):
            while not any(message.startswith(until) for message in messages):
                for chunk in protocol.data_to_send():
                    await loop.sock_sendall(connection, chunk)
                protocol.receive_data(await loop.sock_recv(connection, 65_536))
                events = [one for one in protocol.events_received() if isinstance(one, Frame)]
                messages.extend(bytes(one.data).decode() for one in events if one.opcode is Opcode.TEXT)

    try:
        await exchange("0")
        protocol.send_text(("40" + json.dumps({"token": person.token})).encode())
        await exchange("40")
        protocol.send_text(f'421["session:join",{{"session_id":"{room.id}"}}]'.encode())
        await exchange("431")
        yield connection
    finally:
        connection.close()


async def test_who_never_reads_is_cut_and_the_others_are_not_held_up(house: House) -> None:
    room, host = await house.live()
    mia, _ = await house.member(room)
    process = house.site.service.process
    assert process is not None
    server = psutil.Process(process.pid)
    async with deaf(house, await house.account("Deaf"), room) as connection:
        before = server.memory_info().rss
        last = await talk_much(host, room)
        await mia.until_seq(room.id, last)
        seqs = mia.seqs(room.id)
        assert seqs == list(range(seqs[0], last + 1))
        assert server.memory_info().rss - before < MEMORY_BYTES
        await until_reset(connection)
    cut = [line["why"] for line in house.site.log_since(house.log_size) if line["event"] == "socket.cut"]
    assert cut == ["does not read"]
    await host.event("participant:left")


async def talk_much(client: Client, room: Room) -> int:
    """Says more than may wait for one client; returns where the log stands then."""
    gate = asyncio.Semaphore(20)

    async def say() -> int:
        async with gate:
            ack = await client.command("chat:send", {"session_id": str(room.id), "text": LINE})
            assert ack["ok"], ack
            return int(ack["seq"])

    seqs: list[int] = await together(*(say() for _ in range(LINES)))
    return max(seqs)


async def until_reset(connection: socket.socket) -> None:
    """Reads what the kernel still held; the connection must come to an end."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(WITHIN_S):
        try:
            while await loop.sock_recv(connection, 1_048_576):
                continue
        except ConnectionError:
            return
