"""Handlers are tasks like any others, however little the server spends on them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

import anyio
import pytest

from tests.wire import peer, polling
from tests.wire.conftest import Serve
from tests.wire.engines import socket_server
from tests.wire.reference import reference_server

pytestmark = pytest.mark.asyncio(loop_scope="package")

Work = Callable[[], Awaitable[Any]]
VALUE: ContextVar[str] = ContextVar("VALUE", default="unset")


async def at_once() -> str:
    return "done"


async def after_a_turn() -> str:
    await asyncio.sleep(0)
    return "done"


async def knows_its_task() -> str:
    task = asyncio.current_task()
    await asyncio.sleep(0)
    assert task is not None
    assert asyncio.current_task() is task
    return "done"


async def within_a_time() -> str:
    async with asyncio.timeout(10):
        await asyncio.sleep(0)
    return "done"


async def out_of_time() -> str:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()
    return "done"


async def waits_for() -> str:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)
    return await asyncio.wait_for(after_a_turn(), 10)


async def in_a_group() -> str:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(after_a_turn())
    return task.result()


async def a_group_that_fails() -> str:
    async def fail() -> None:
        raise ValueError("on purpose")

    result = "nothing failed"
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            await asyncio.Event().wait()
    except* ValueError:
        result = "done"
    return result


async def in_a_thread() -> str:
    return await asyncio.to_thread(lambda: "done")


async def by_anyio() -> str:
    with anyio.move_on_after(0.01) as scope:
        await anyio.sleep_forever()
    assert scope.cancelled_caught
    return await anyio.to_thread.run_sync(lambda: "done")


async def behind_a_lock() -> str:
    lock = asyncio.Lock()
    async with lock:
        other = asyncio.create_task(lock.acquire())
        await asyncio.sleep(0)
        assert not other.done()
    await other
    return "done"


async def shielded() -> str:
    return await asyncio.shield(after_a_turn())


async def cancelled_and_caught() -> str:
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        task.uncancel()
    return "done"


WAYS: list[Work] = [
    at_once,
    after_a_turn,
    knows_its_task,
    within_a_time,
    out_of_time,
    waits_for,
    in_a_group,
    a_group_that_fails,
    in_a_thread,
    by_anyio,
    behind_a_lock,
    shielded,
    cancelled_and_caught,
]


@pytest.mark.parametrize("async_handlers", [True, False])
@pytest.mark.parametrize("work", WAYS)
async def test_a_handler_works_in_every_way(serve: Serve, work: Work, *, async_handlers: bool) -> None:
    server = reference_server(socket_server(async_handlers=async_handlers))

    async def handler(_sid: str) -> Any:
        return await work()

    server.on("work", handler)
    at = serve(server)
    async with peer.joined(at) as socket:
        # One after the other, and several at once: whatever is kept ready for one is fit for the next.
        for number in range(3):
            await socket.send(f'42{number}["work"]')
            assert await socket.packet() == f'43{number}["done"]'
        await socket.send(*[f'42{number}["work"]' for number in range(5)])
        assert set(await socket.packets(5)) == {f'43{number}["done"]' for number in range(5)}
    poller = await polling.joined(at)
    await poller.send('429["work"]')
    assert await poller.packets(1) == ['439["done"]']


async def test_what_a_handler_sets_in_its_context_stays_there(serve: Serve) -> None:
    server = reference_server(socket_server())

    @server.on("set")
    async def set_it(_sid: str, *, waits: bool = False) -> str:
        before = VALUE.get()
        VALUE.set("left behind")
        if waits:
            await asyncio.sleep(0)
        assert VALUE.get() == "left behind"
        return before

    async with peer.joined(serve(server)) as socket:
        for number in range(4):
            await socket.send(f'42{number}["set"]')
            assert await socket.packet() == f'43{number}["unset"]'
    assert VALUE.get() == "unset"


async def test_handlers_of_one_client_are_tasks_of_their_own(serve: Serve) -> None:
    server = reference_server(socket_server())
    tasks: list[Any] = []
    may_end = asyncio.Event()

    @server.on("wait")
    async def wait(_sid: str) -> None:
        tasks.append(asyncio.current_task())
        await may_end.wait()

    async with peer.joined(serve(server)) as socket:
        await socket.send(*[f'42{number}["wait"]' for number in range(4)])
        await socket.echo("the four are waiting")
        assert len(set(tasks)) == 4
        tasks[1].cancel()
        may_end.set()
        assert {"430[]", "432[]", "433[]"} <= {await socket.packet() for _ in range(4)} | {"431[]"}


@pytest.mark.parametrize("waits", [None, False, True])
@pytest.mark.parametrize("async_handlers", [True, False])
async def test_an_answer_that_is_no_json_is_not_the_clients_fault(
    serve: Serve, caplog: pytest.LogCaptureFixture, *, waits: bool | None, async_handlers: bool
) -> None:
    server = reference_server(socket_server(async_handlers=async_handlers))

    def answer(_sid: str) -> Any:
        return object()

    async def answer_later(_sid: str) -> Any:
        if waits:
            await asyncio.sleep(0)
        return object()

    server.on("broken", answer if waits is None else answer_later)
    async with peer.joined(serve(server)) as socket:
        for number in range(4):
            await socket.send('421["broken"]')
            await socket.echo(number)
    assert any(record.exc_info for record in caplog.records)
    caplog.clear()


@pytest.mark.parametrize(
    "fault", [ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError]
)
@pytest.mark.parametrize("waits", [None, False, True])
async def test_a_handler_that_breaks_is_not_the_clients_fault(
    serve: Serve, caplog: pytest.LogCaptureFixture, fault: type[Exception], *, waits: bool | None
) -> None:
    server = reference_server(socket_server())

    def breaking(_sid: str) -> None:
        raise fault("on purpose")

    async def breaking_later(_sid: str) -> None:
        if waits:
            await asyncio.sleep(0)
        raise fault("on purpose")

    server.on("broken", breaking if waits is None else breaking_later)
    async with peer.joined(serve(server)) as socket:
        for number in range(4):
            await socket.send('421["broken"]')
            await socket.echo(number)
    assert any(record.exc_info for record in caplog.records)
    caplog.clear()
