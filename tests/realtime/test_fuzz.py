"""Packets as honest clients send them, bent at random: whatever comes of it, nobody else notices and nothing breaks."""

import json
import random
from typing import Final

import pytest

from realtime.commands import BY_NAME
from tests.realtime.client import assert_ack
from tests.realtime.house import House, Room
from tests.realtime.wire import Wire, wire

SOCKETS, PACKETS = 25, 12
SPLICES: Final = (
    "",
    "[",
    "]",
    "{}",
    '"',
    "\\",
    ",",
    "null",
    "-1",
    "1e400",
    "\x00",
    "\x1e",
    "\ud7ff",
    "\\ud800",
    "9" * 120,
    '{"_placeholder":true,"num":0}',
    "/",
    "é",
    " ",
    "\n",
)


def honest(room: Room, draw: random.Random) -> str:
    """A packet with a known command, most of it right."""
    name = draw.choice(list(BY_NAME))
    payload = {"session_id": str(room.id), "text": "hello", "participant_id": str(room.id), "emoji": "👍"}
    kept = {key: value for key, value in payload.items() if key in BY_NAME[name].payload.model_fields}
    return f"42{draw.randrange(1_000)}" + json.dumps([name, kept])


def bent(packet: str, draw: random.Random) -> str | bytes:
    """The packet with a few places cut out, doubled or replaced."""
    for _ in range(draw.randrange(1, 4)):
        start = draw.randrange(len(packet) + 1)
        end = min(len(packet), start + draw.randrange(6))
        middle = draw.choice((*SPLICES, packet[start:end] * 2))
        packet = packet[:start] + middle + packet[end:]
    return packet.encode() if draw.random() < 0.05 else packet


async def misbehave(socket: Wire, room: Room, draw: random.Random) -> None:
    for _ in range(PACKETS):
        packet = honest(room, draw)
        await socket.send(bent(packet, draw) if draw.random() < 0.7 else packet)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_bent_packets_break_nothing(house: House, seed: int) -> None:
    draw = random.Random(seed)
    room, host = await house.live()
    mallory = await house.account("Mallory")
    for number in range(SOCKETS):
        async with wire(house.site.url, mallory.token) as socket:
            await misbehave(socket, room, draw)
        assert_ack(await host.command("chat:send", {"session_id": str(room.id), "text": f"Line {number}"}))
    log = await house.assert_gapless(room)
    await host.until_seq(room.id, log[-1].seq)
    assert [line for line in house.site.log_since(house.log_size) if line["event"] != "socket.cut"] == []
