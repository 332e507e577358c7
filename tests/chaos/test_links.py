"""Links between clients and workers: cut at the worst moment, silent, narrow, flooded."""

import asyncio
from uuid import uuid4

import psutil

from tests.chaos.conftest import Build
from tests.chaos.crew import Crew, crew
from tests.chaos.proxy import link_to
from tests.chaos.resident import Resident
from tests.chaos.sockets import Lost, Socket
from tests.chaos.stage import Stage
from tests.realtime.house import House
from tests.realtime.test_slow import LINE
from tests.realtime.wire import wire

MEMORY_BYTES = 20 * 1024 * 1024
WARM_UP = 4
"""How often so much is said until a worker takes no more memory for it by itself."""

GONE_WITHIN_S = 20.0
"""Two seconds between pings, two for the answer, five of grace; and a busy machine."""


async def test_the_link_is_cut_between_commit_and_answer(build: Build) -> None:
    """The command is repeated on another worker, and answered from there: one row, the same seq."""
    async with build() as stage, crew(stage) as people:
        one = people.at(1)[0]
        assert one.socket is not None
        command = {"session_id": str(people.room.id), "text": "Once.", "command_id": str(uuid4())}
        stage.fronts[1].lose("down")
        unheard = asyncio.create_task(expect_lost(one.socket, command))
        committed = await asyncio.wait_for(line_of(people.host, "Once."), 5)
        one.doors = stage.fronts[:1]
        stage.fronts[1].cut()
        await unheard
        ack = await one.repeat("chat:send", command)
        assert ack["data"]["seq"] == committed
        assert await people.at(0)[1].repeat("chat:send", {**command, "command_id": str(uuid4())}) != ack
        log = await people.house.assert_gapless(people.room)
        assert sum('"Once."' in event.data for event in log if event.type == "chat:sent") == 2


async def expect_lost(socket: Socket, command: dict[str, str]) -> None:
    try:
        ack = await socket.command("chat:send", command)
    except Lost:
        return
    raise AssertionError(f"answered over a link that carries nothing: {ack}")


async def line_of(one: Resident, text: str) -> int:
    """Where somebody heard a line of chat, once they have."""

    def found() -> list[int]:
        events = [event for event in one.journal.now.events if event["type"] == "chat:sent"]
        return [event["seq"] for event in events if event["data"]["message"]["text"] == text]

    await one.until(found)
    return found()[0]


async def test_somebody_vanishes_without_a_word_from_another_worker(build: Build) -> None:
    """Neither a FIN nor a pong: both directions carry nothing. Gone once, and only they."""
    async with build() as stage, crew(stage) as people:
        async with link_to(stage.fronts[1].target_port) as own:
            gone = await people.add("Gone", [own])
            folded = people.host.journal.now.folded
            # The host is at another worker, and hears of them a moment later.
            await people.host.until(lambda: gone.participant_id in str(folded().participants))
            own.refuse()
            own.lose("up")
            own.lose("down")
            people.people.remove(gone)
            async with people.talking():
                await people.host.until(
                    lambda: gone.participant_id not in str(folded().participants), GONE_WITHIN_S
                )
            await gone.stop()
        truth = await people.all_is_well()
        left = [event.data for event in truth.log if event.type == "participant:left"]
        assert len(left) == 1
        assert gone.participant_id in left[0]


async def test_who_reads_a_kilobyte_a_second_is_cut_and_nobody_notices(build: Build) -> None:
    # Pings are rare: what is found out here is not that an answer to one is missing.
    async with build(1, ping_interval_s=60, ping_timeout_s=60) as stage, crew(stage, each=4) as people:
        async with link_to(stage.fronts[0].target_port) as own:
            slow = await people.add("Slow", [own])
            people.people.remove(slow)
            for _ in range(WARM_UP):
                await say_much(people)
            before = memory_of(stage)
            own.throttle(1_000)
            while not (cut := cuts(stage)):
                await say_much(people)
            assert memory_of(stage) - before < MEMORY_BYTES
            assert cut == ["does not read"]
            assert people.slowest_s() < 1.0
            await slow.stop()
        await people.all_is_well()


def cuts(stage: Stage) -> list[str]:
    """Why the first worker cut sockets."""
    return [line["why"] for line in stage.site.log_since(0) if line["event"] == "socket.cut"]


def memory_of(stage: Stage) -> int:
    process = stage.first.service.process
    assert process is not None
    used: int = psutil.Process(process.pid).memory_info().rss
    return used


async def say_much(people: Crew) -> None:
    """More than may wait for one reader, and more than the kernel takes on the way: 16 kB a line."""
    for _ in range(80):
        await asyncio.gather(*(one.say(LINE[:3_900]) for one in people.people))


async def test_a_flood_from_one_socket_is_limited_and_nobody_notices(build: Build) -> None:
    async with build(1, commands_per_second=50) as stage, crew(stage, each=4) as people:
        async with people.talking(people.people[1:]):
            await flood(people.house, people)
        assert people.slowest_s() < 0.5
        assert cuts(stage) == ["floods"]


async def flood(house: House, people: Crew) -> None:
    """A thousand commands a second, until it is cut."""
    async with wire(house.site.url, (await house.account("Flo")).token) as socket:
        payload = f'"session:sync",{{"session_id":"{people.room.id}"}}'
        loop = asyncio.get_running_loop()
        started_at = loop.time()
        for number in range(3_000):
            await socket.send(f"42{number}[{payload}]")
            await asyncio.sleep(max(0.0, started_at + number / 1_000 - loop.time()))
            if socket.closed.is_set():
                break
        await socket.until_closed()
        limited = [one for one in socket.received if "RATE_LIMITED" in str(one)]
        assert limited
        assert all("retry_after_s" in str(one) for one in limited)
