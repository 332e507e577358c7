"""The end of a worker: nobody new comes in, what was begun is acknowledged, everybody is told when to come back."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests.realtime.client import Client, Refused, together
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person, Room
from tests.realtime.site import serving

MEMBERS = 8


async def test_what_was_begun_is_finished_and_nobody_else_comes_in(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path}/convene.db") as site:
        async with open_house(site) as house:
            room, host = await house.live()
            others = [(await house.member(room, f"Person {n}"))[0] for n in range(MEMBERS)]
            late = await house.client(await house.account("Late"))
            newcomer = await house.account("Newcomer")
            process = site.service.process
            assert process is not None
            assert (await house.http.get("/readyz")).status_code == 200
            # As long as somebody else writes, the command cannot be finished, and so neither can the server.
            async with house.context.database.write() as db:
                # Not before it has a connection does it hold the lock.
                _ = await db.connection()
                saying = asyncio.create_task(host.command("chat:send", said(room.id, "The last word.")))
                await asyncio.sleep(0)
                process.send_signal(signal.SIGTERM)
                frames = await together(*(one.event("server:draining") for one in (host, *others)))
                await assert_nobody_comes_in(house, room, late, newcomer)
            ack = await saying
            assert ack["ok"], ack
            await together(*(one.until_closed() for one in (host, *others)))
            assert await asyncio.to_thread(process.wait, 10) == 0
            assert [event.seq for event in await house.assert_gapless(room)][-1] == ack["seq"]
            assert_spread([frame.body["reconnect_in_s"] for frame in frames])
            site.service.start()


async def assert_nobody_comes_in(house: House, room: Room, late: Client, newcomer: Person) -> None:
    """Balancers are told, and whoever comes is asked to try again."""
    answer = await house.http.get("/readyz")
    assert answer.status_code == 503
    assert "draining" in answer.json()["message"]
    error = await late.refused("session:join", "UNAVAILABLE", room.id)
    assert error["details"]["retry_after_s"] > 0
    with pytest.raises(Refused) as refusal:
        await house.client(newcomer)
    assert refusal.value.error["errorCode"] == "UNAVAILABLE"


def assert_spread(moments: list[float]) -> None:
    """Not everybody comes back in the same moment."""
    assert len(set(moments)) > 1
    assert all(0 <= one <= 10 for one in moments)


async def test_the_transport_is_closed_so_that_stock_clients_come_back_by_themselves(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path}/convene.db") as site:
        async with open_house(site) as house:
            _room, host = await house.live()
            await asyncio.to_thread(site.service.stop)
            await host.until_closed()
            # "server disconnect" would tell them to stay away.
            assert host.end_reason in ("transport close", "transport error")
            site.service.start()


def said(session_id: object, text: str) -> dict[str, str]:
    return {"session_id": str(session_id), "text": text}


async def test_a_command_that_hangs_does_not_hold_up_the_end(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path}/convene.db") as site:
        async with open_house(site) as house:
            room, host = await house.live()
            process = site.service.process
            assert process is not None
            async with house.context.database.write() as db:
                # Not before it has a connection does it hold the lock.
                _ = await db.connection()
                commands = (
                    ("chat:send", said(room.id, "Never.")),
                    ("participant:raise_hand", {"session_id": str(room.id)}),
                )
                asking = [asyncio.create_task(host.command(name, payload)) for name, payload in commands]
                await asyncio.sleep(0)
                process.send_signal(signal.SIGTERM)
                assert await asyncio.to_thread(process.wait, 10) == 0
            await asyncio.gather(*asking, return_exceptions=True)
            assert "chat:sent" not in {event.type for event in await house.assert_gapless(room)}
            site.service.start()
