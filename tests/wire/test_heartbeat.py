"""Pings, pongs, and what happens to who does not answer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.wire import peer, polling
from tests.wire.conftest import Serve
from tests.wire.engines import WITHIN_S, socket_server
from tests.wire.reference import reference_server
from tests.wire.site import Address

pytestmark = pytest.mark.asyncio(loop_scope="package")

INTERVAL_S, TIMEOUT_S = 0.3, 0.2
OFTEN_S = 0.1
# Timers of the loop may fire a little before the clock of the test says so.
TICK_S = 0.02


@dataclass
class Brisk:
    """A server that pings several times a second, and what it hears of those who leave."""

    at: Address
    gone: asyncio.Queue[tuple[str, str]]

    async def reason(self) -> str:
        return (await asyncio.wait_for(self.gone.get(), WITHIN_S))[1]


@pytest.fixture
def brisk(serve: Serve) -> Brisk:
    """Waits for no answer longer than a fifth of a second."""
    return beating(serve, INTERVAL_S, TIMEOUT_S)


@pytest.fixture
def patient(serve: Serve) -> Brisk:
    """Pings more often still, and waits for answers however busy the machine is."""
    return beating(serve, OFTEN_S, WITHIN_S)


def beating(serve: Serve, interval_s: float, timeout_s: float) -> Brisk:
    server = reference_server(socket_server(ping_interval=interval_s, ping_timeout=timeout_s))
    gone: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    @server.event
    def disconnect(sid: str, reason: str) -> None:
        gone.put_nowait((sid, reason))

    return Brisk(serve(server), gone)


def clock() -> Callable[[], float]:
    """Counts the seconds from now on."""
    now = asyncio.get_running_loop().time
    start = now()
    return lambda: now() - start


async def test_pings_over_websocket(patient: Brisk) -> None:
    passed_s = clock()
    async with peer.opened(patient.at) as socket:
        for _ in range(3):
            assert await socket.raw_packet() == "2"
            assert passed_s() >= OFTEN_S - TICK_S
            passed_s = clock()
            await socket.send("3")


async def test_pings_over_polling(patient: Brisk) -> None:
    poller = await polling.opened(patient.at)
    for _ in range(3):
        answer = await poller.get()
        assert (answer.status_code, answer.text) == (200, "2")
        assert (await poller.post("3")).status_code == 200


async def test_a_websocket_that_does_not_answer_is_closed(brisk: Brisk) -> None:
    passed_s = clock()
    async with peer.joined(brisk.at) as socket:
        socket.plays_dead = True
        assert [p for p in await socket.until_closed() if p != "1"] == []
        assert INTERVAL_S + TIMEOUT_S - TICK_S <= passed_s() < WITHIN_S
    assert await brisk.reason() == "ping timeout"


async def test_nobody_who_was_too_slow_is_told_to_stay_away(brisk: Brisk) -> None:
    """A stock Python client that reads a "1" never comes back; this one is welcome to."""
    async with peer.joined(brisk.at) as socket:
        socket.plays_dead = True
        assert await socket.until_closed() == []


async def test_what_a_dead_websocket_says_does_not_keep_it_alive(brisk: Brisk) -> None:
    """Only a pong answers a ping; whoever writes is not thereby reached."""
    async with peer.joined(brisk.at) as socket:
        assert await socket.raw_packet() == "2"
        await asyncio.wait_for(chatter(socket), WITHIN_S)
    assert await brisk.reason() == "ping timeout"


async def chatter(socket: peer.Peer) -> None:
    """Talks on until the socket is closed."""
    try:
        while True:
            await socket.send('42["message",1]')
            await socket.raw_packet()
    except ConnectionClosed:
        return


async def test_a_poller_that_does_not_come_back_is_forgotten(brisk: Brisk) -> None:
    poller = await polling.joined(brisk.at)
    assert await brisk.reason() == "ping timeout"
    await poller.until_gone()


async def test_a_poller_that_does_not_answer_is_forgotten(brisk: Brisk) -> None:
    poller = await polling.joined(brisk.at)
    assert await poller.poll() == ["2"]
    waiting = asyncio.create_task(poller.get())
    assert await brisk.reason() == "ping timeout"
    answer = await waiting
    assert (answer.status_code, answer.text) in ((200, "1"), (200, "6"), (400, answer.text))
    await poller.until_gone()


async def test_who_never_connected_is_forgotten_as_well(brisk: Brisk) -> None:
    async with peer.opened(brisk.at) as socket:
        socket.plays_dead = True
        assert [p for p in await socket.until_closed() if p != "1"] == []
    poller = await polling.opened(brisk.at)
    assert (await poller.get()).text == "2"
    await poller.until_gone()
    assert brisk.gone.empty()


async def test_who_answers_stays_for_many_beats(patient: Brisk) -> None:
    async with peer.joined(patient.at) as socket:
        beats = 0
        while beats < 4:
            assert await socket.raw_packet() == "2"
            beats += 1
            await socket.send("3", "3")
        await socket.echo("still here")
    assert await patient.reason() == "transport close"


async def test_the_heart_beats_on_after_an_upgrade(patient: Brisk) -> None:
    poller = await polling.joined(patient.at)
    async with peer.websocket(patient.at, sid=poller.sid) as socket:
        await socket.send("2probe", "5")
        assert await socket.raw_packet() == "3probe"
        for _ in range(3):
            assert await socket.raw_packet() == "2"
            await socket.send("3")


async def test_a_websocket_that_was_upgraded_and_does_not_answer_is_closed(brisk: Brisk) -> None:
    poller = await polling.joined(brisk.at)
    async with peer.websocket(brisk.at, sid=poller.sid) as socket:
        await socket.send("2probe", "5")
        assert await socket.raw_packet() == "3probe"
        socket.plays_dead = True
        assert [p for p in await socket.until_closed() if p != "1"] == []
    assert await brisk.reason() == "ping timeout"


async def test_a_client_must_not_ping(at: Address) -> None:
    """The server pings in this version of the protocol; an answer to a client would be taken for a probe's."""
    async with peer.joined(at) as socket:
        await socket.send("2")
        packets: list[Any] = await socket.until_closed()
        assert "3" not in packets
