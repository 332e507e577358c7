"""What no honest client sends: answered with an error or cut off, at the cost of nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from realtime.commands import BY_NAME
from tests.realtime.client import Client, Json, assert_ack, assert_error
from tests.realtime.fixtures import open_house
from tests.realtime.garbage import CUT, HERE, REFUSED
from tests.realtime.house import House, Person, Room
from tests.realtime.site import Site, serving
from tests.realtime.wire import Wire, wire


@pytest.fixture(scope="module")
def strict_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the limits as they come, but for a short time to CONNECT."""
    folder: Path = tmp_path_factory.mktemp("strict")
    url = f"sqlite:///{folder / 'convene.db'}"
    with serving(url, commands_per_second=50, connect_within_s=1.0) as site:
        yield site


@pytest.fixture
async def strict(strict_site: Site) -> AsyncIterator[House]:
    async with open_house(strict_site) as house:
        yield house


@pytest.fixture
async def room(strict: House) -> AsyncIterator[Room]:
    """A room in which two talk all the while. They must notice nothing."""
    room, host = await strict.live()
    mia, _ = await strict.member(room)
    stop = asyncio.Event()
    talking = asyncio.create_task(talk(host, room, stop))
    yield room
    stop.set()
    last = await talking
    await mia.until_seq(room.id, last)
    seqs = mia.seqs(room.id)
    assert seqs == list(range(seqs[0], seqs[-1] + 1))
    assert not host.closed.is_set()
    assert not mia.closed.is_set()


async def talk(client: Client, room: Room, stop: asyncio.Event) -> int:
    """One line after the other, each acknowledged; returns where the log stands then."""
    while True:
        ack = await client.command("chat:send", {"session_id": str(room.id), "text": "Undisturbed."})
        assert_ack(ack)
        if stop.is_set():
            return int(ack["seq"])
        # As fast as a person could, and below the limit of commands.
        await wait_a_moment(stop)


async def wait_a_moment(stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), 0.05)
    except TimeoutError:
        return


@pytest.fixture
async def person(strict: House) -> Person:
    return await strict.account("Mallory")


def cuts(house: House) -> list[Json]:
    """What the server has logged about sockets it cut since the test began."""
    return [line for line in house.site.log_since(house.log_size) if line["event"] == "socket.cut"]


async def test_what_is_wrong_is_said_and_the_socket_goes_on(
    strict: House, room: Room, person: Person
) -> None:
    async with wire(strict.site.url, person.token) as socket:
        await socket.command("session:join", {"session_id": str(room.id)})
        outcomes = {}
        for number, (what, (event, _)) in enumerate(REFUSED.items(), 1):
            ack = await socket.acknowledged(number, event.replace(HERE, str(room.id)))
            outcomes[what] = "ok" if ack["ok"] else ack["error"]["errorCode"]
        assert outcomes == {what: code for what, (_, code) in REFUSED.items()}
        assert_ack(await socket.command("chat:send", {"session_id": str(room.id), "text": "And on."}))
    assert strict.site.log_since(strict.log_size) == []


WRONG: Final[tuple[Any, ...]] = ([], {}, 7, None)


async def test_every_command_refuses_every_wrong_type(strict: House, room: Room, person: Person) -> None:
    async with wire(strict.site.url, person.token) as socket:
        for name, command in BY_NAME.items():
            for wrong in WRONG:
                fields = dict.fromkeys(command.payload.model_fields, wrong)
                ack = await socket.command(name, fields)
                assert_error(ack, "VALIDATION_ERROR")


@pytest.mark.parametrize("what", CUT)
async def test_what_is_no_protocol_is_cut_with_one_line_in_the_log(
    strict: House, room: Room, person: Person, what: str
) -> None:
    async with wire(strict.site.url, person.token) as socket:
        await socket.command("session:join", {"session_id": str(room.id)})
        for message in CUT[what]:
            await socket.send(message)
        await socket.until_closed()
    lines = strict.site.log_since(strict.log_size)
    assert len(lines) <= 1
    assert all((line["event"], line["level"]) == ("socket.cut", "info") for line in lines)
    assert await left_or_counted_down(strict, room)


async def left_or_counted_down(house: House, room: Room) -> bool:
    """The log holds no more than what people did."""
    types = {event.type for event in await house.assert_gapless(room)}
    return types <= {
        "session:created",
        "session:started",
        "participant:joined",
        "participant:left",
        "chat:sent",
    }


async def test_an_attachment_is_refused_and_the_socket_goes_on(
    strict: House, room: Room, person: Person
) -> None:
    async with wire(strict.site.url, person.token) as socket:
        await socket.send('451-7["chat:send",{"session_id":"x","text":{"_placeholder":true,"num":0}}]')
        await socket.send(b"hello")
        answer = await socket.message(lambda text: text.startswith("437["))
        assert_error(json.loads(answer[3:])[0], "VALIDATION_ERROR")
        assert_error(await socket.command("nothing", {}), "UNKNOWN_COMMAND")


async def test_the_longest_ack_id_comes_back_as_it_was(strict: House, person: Person) -> None:
    async with wire(strict.site.url, person.token) as socket:
        ack_id = int("9" * 90)
        assert_error(await socket.acknowledged(ack_id, '["nothing",{}]'), "UNKNOWN_COMMAND")


async def test_an_answer_does_not_grow_with_what_was_wrong(strict: House, room: Room, person: Person) -> None:
    async with wire(strict.site.url, person.token) as socket:
        many = {f"field {n}": n for n in range(5_000)}
        long = {"x" * 100_000: 1}
        for fields in (many, long):
            error = assert_error(await socket.command("chat:send", fields), "VALIDATION_ERROR")
            assert len(json.dumps(error)) < 10_000


async def test_who_never_connects_is_cut(strict: House, room: Room) -> None:
    async with wire(strict.site.url) as socket:
        await socket.until_closed()
    assert [line["why"] for line in cuts(strict)] == ["never authenticated"]


async def test_who_says_goodbye_and_stays_is_cut(strict: House, room: Room, person: Person) -> None:
    async with wire(strict.site.url, person.token) as socket:
        async with wire(strict.site.url) as clock:
            await clock.until_closed()
        # The time for connecting is over, and it has been connected.
        assert_error(await socket.command("nothing", {}), "UNKNOWN_COMMAND")
        await socket.send("41")
        await socket.until_closed()


async def test_who_is_refused_five_times_is_cut(strict: House, room: Room, person: Person) -> None:
    async with wire(strict.site.url) as socket:
        for number in range(5):
            await socket.send('40{"token":"wrong"}')
            await socket.until(lambda: refusals(socket) > number)  # noqa: B023 - asked before the next round
        error = json.loads(next(str(m) for m in socket.received if str(m).startswith("44"))[2:])
        assert error["data"]["errorCode"] == "UNAUTHENTICATED"
        await socket.until_closed()
    async with wire(strict.site.url) as socket:
        for _ in range(4):
            await socket.send("40")
        await socket.log_in(person.token)
        assert_error(await socket.command("nothing", {}), "UNKNOWN_COMMAND")


def refusals(socket: Wire) -> int:
    return sum(str(message).startswith("44") for message in socket.received)


@pytest.mark.parametrize(
    "auth",
    [
        "",
        "{}",
        "[]",
        "7",
        '"token"',
        '{"token":7}',
        '{"token":null}',
        '{"token":["x"]}',
        '{"token":"\\ud800"}',
    ],
)
async def test_no_token_is_refused_and_said(strict: House, auth: str) -> None:
    async with wire(strict.site.url) as socket:
        await socket.send("40" + auth)
        answer = await socket.message(lambda text: text.startswith("44"))
        refusal = json.loads(answer[2:])["data"]
        assert (refusal["statusCode"], refusal["errorCode"]) == (401, "UNAUTHENTICATED")
        assert refusal["message"]


async def test_another_namespace_is_refused_and_ours_still_open(strict: House, person: Person) -> None:
    async with wire(strict.site.url) as socket:
        await socket.send("40/admin,{}")
        answer = await socket.message(lambda text: text.startswith("44/admin,"))
        assert "Invalid namespace" in answer
        await socket.log_in(person.token)


async def test_a_flood_is_slowed_down_and_then_cut(strict: House, room: Room, person: Person) -> None:
    async with wire(strict.site.url, person.token) as socket:
        for number in range(3_000):
            await socket.send(f'42{number}["session:sync",{{"session_id":"{room.id}"}}]')
        await socket.until_closed()
        acks = [
            json.loads(str(m)[str(m).index("[") :])[0] for m in socket.received if str(m).startswith("43")
        ]
    limited = [ack["error"] for ack in acks if not ack["ok"] and ack["error"]["errorCode"] == "RATE_LIMITED"]
    assert limited
    assert all(error["details"]["retry_after_s"] > 0 and error["statusCode"] == 429 for error in limited)
    assert [line["why"] for line in cuts(strict)] == ["floods"]


async def test_a_burst_is_no_flood(strict: House, room: Room) -> None:
    mia, _ = await strict.member(room)
    for number in range(100):
        await mia.ok("chat:send", room.id, text=f"Line {number}")
