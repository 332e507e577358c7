"""The bus by itself, on a real Redis: what is forged, huge or broken is ignored and counted; deafness is found out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis

from models.log.logged import LoggedEvent
from realtime.bus import Bus
from realtime.bus_message import MAX_FRAME_BYTES, BusMessage, Kind, bus_key, pack, unpack
from realtime.telling import Telling
from tests.services.redis import RedisServer
from tests.workers.pair import ask, frozen

KEY = b"a signing key for tests that is long enough"
SENDER = b"worker-1"
WITHIN_S = 10.0


class Ear:
    """Keeps what a bus hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[UUID, BusMessage]] = []
        self._news = asyncio.Event()

    def hear(self, session_id: UUID, message: BusMessage) -> None:
        self.heard.append((session_id, message))
        self._news.set()

    async def until(self, is_enough: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN_S):
            while not is_enough():
                self._news.clear()
                await self._news.wait()


def telling(session_id: UUID, seq: int = 1, text: str = "Hi.", audience: str = "everyone") -> Telling:
    at = datetime(2026, 11, 21, 9, 0, 0, 123_000, tzinfo=UTC)
    data = f'{{"message":{{"text":"{text}"}}}}'
    return Telling.of(LoggedEvent(session_id, "e1", seq, "chat:sent", uuid4(), audience, at, data))


@asynccontextmanager
async def bus_on(redis: RedisServer) -> AsyncIterator[tuple[Bus, Ear]]:
    """A bus that hears and is heard."""
    ear = Ear()
    bus = Bus(redis.url, KEY, ear.hear)
    bus.start()
    try:
        await until(lambda: bus.counts.lag_s is not None)
        yield bus, ear
    finally:
        await bus.stop()


async def until(is_so: Callable[[], bool]) -> None:
    """Waits for what has no event of its own, with a bound."""
    async with asyncio.timeout(WITHIN_S):
        while not is_so():  # noqa: ASYNC110  counters have no event to wait for
            await asyncio.sleep(0.01)


async def heard_by(redis: RedisServer, bus: Bus, session_id: UUID) -> None:
    """Returns once `bus` is subscribed to a session's channel."""
    bus.join(session_id)
    async with Redis.from_url(redis.url) as client, asyncio.timeout(WITHIN_S):
        pattern = f"convene:*:room:{session_id.hex}"
        while not await ask(client, "PUBSUB", "SHARDCHANNELS", pattern):
            await ask(client, "PING")


async def test_a_telling_arrives_as_it_was(redis: RedisServer) -> None:
    session_id = uuid4()
    async with bus_on(redis) as (one, _), bus_on(redis) as (other, ear):
        await heard_by(redis, other, session_id)
        said = telling(session_id, audience="people:" + ",".join(str(uuid4()) for _ in range(20)))
        one.tell(said)
        one.signal(session_id, '42["reaction:sent",{}]')
        await ear.until(lambda: len(ear.heard) == 2)
        (_, event), (_, signal) = ear.heard
        assert (event.kind, event.text, event.audience) == (Kind.EVENT, said.text, said.audience)
        assert (event.epoch, event.seq, event.type) == ("e1", 1, "chat:sent")
        assert (signal.kind, signal.text) == (Kind.SIGNAL, '42["reaction:sent",{}]')
        assert other.counts.heard == 2


async def test_what_comes_over_the_bus_is_the_event_itself() -> None:
    said = telling(uuid4(), text='a ,"data": and an "at": \\u00fc')
    received = Telling(said.session_id, said.epoch, said.seq, said.type, said.audience, said.text)
    assert received.event == said.event
    assert received.full.plain == said.full.plain
    assert received.hidden.plain == said.hidden.plain


async def test_forged_huge_and_broken_messages_are_ignored_and_counted(redis: RedisServer) -> None:
    session_id = uuid4()
    good = BusMessage(Kind.EVENT, SENDER, "e1", 1, "chat:sent", "everyone", "42[]")
    sealed = pack(bus_key(KEY), session_id, good)
    forgeries = [
        b"",
        b"garbage",
        b"\x80\x04\x95pickled",
        sealed[:-1],
        sealed + b"x",
        sealed[:-1] + bytes([sealed[-1] ^ 1]),
        pack(bus_key(b"the key of another site, also long enough"), session_id, good),
        pack(bus_key(KEY), uuid4(), good),
        b"\xff" * (6 * MAX_FRAME_BYTES),
    ]
    async with bus_on(redis) as (bus, ear):
        await heard_by(redis, bus, session_id)
        channel = f"{bus.name}:room:{session_id.hex}"
        async with Redis.from_url(redis.url) as client:
            for forged in forgeries:
                await ask(client, "SPUBLISH", channel, forged)
            await ask(client, "SPUBLISH", channel, sealed)
        await ear.until(lambda: bool(ear.heard))
        assert [message for _, message in ear.heard] == [good]
        assert bus.counts.ignored == len(forgeries)


@pytest.mark.parametrize("cut", range(16, 40, 3))
def test_a_cut_message_is_refused(cut: int) -> None:
    session_id = uuid4()
    sealed = pack(bus_key(KEY), session_id, BusMessage(Kind.WAKE, SENDER))
    with pytest.raises(ValueError, match=r"size|sealed"):
        unpack(bus_key(KEY), session_id, sealed[:cut])


async def test_what_is_too_large_only_wakes_the_others(redis: RedisServer) -> None:
    session_id = uuid4()
    async with bus_on(redis) as (one, _), bus_on(redis) as (other, ear):
        await heard_by(redis, other, session_id)
        one.tell(telling(session_id, 7, "x" * (MAX_FRAME_BYTES + 1)))
        await ear.until(lambda: bool(ear.heard))
        assert (ear.heard[0][1].kind, ear.heard[0][1].seq, ear.heard[0][1].text) == (Kind.WAKE, 7, "")


async def test_killed_subscriptions_are_found_out_and_renewed(redis: RedisServer) -> None:
    session_id = uuid4()
    async with bus_on(redis) as (one, _), bus_on(redis) as (other, ear):
        await heard_by(redis, other, session_id)
        async with Redis.from_url(redis.url) as client:
            await ask(client, "CLIENT", "KILL", "TYPE", "pubsub")
        await until(lambda: other.counts.reconnects > 0 and other.counts.lag_s is not None)
        one.tell(telling(session_id))
        await ear.until(lambda: bool(ear.heard))


async def test_a_frozen_redis_holds_nobody_up_and_is_heard_again(mortal_redis: RedisServer) -> None:
    session_id = uuid4()
    async with bus_on(mortal_redis) as (one, _), bus_on(mortal_redis) as (other, ear):
        await heard_by(mortal_redis, other, session_id)
        loop = asyncio.get_running_loop()
        with frozen(mortal_redis.service):
            for seq in range(1, 20_001):
                began = loop.time()
                one.tell(telling(session_id, seq))
                assert loop.time() - began < 0.5
            await until(lambda: other.counts.reconnects > 0 and one.counts.dropped > 0)
        await until(lambda: one.counts.lag_s is not None and other.counts.lag_s is not None)
        ear.heard.clear()
        one.tell(telling(session_id, 30_000))
        await ear.until(lambda: any(message.seq == 30_000 for _, message in ear.heard))
