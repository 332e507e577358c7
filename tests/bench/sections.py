"""What `make bench` measures, section by section."""

from collections.abc import Callable, Coroutine
from dataclasses import asdict, replace
from functools import partial
from typing import Any, Final

from tests.bench import browser, durable, growth, lists, rest, storms, subjects, wire_measures
from tests.bench.gauge import CLIENT_CORE, on_core
from tests.bench.results import Table
from tests.bench.running import Make, Run
from tests.bench.subjects import SUBJECTS, convene, node, stock
from tests.services.redis import redis_server


async def wire(run: Run) -> Table:
    """Everybody side by side; the whole of Convene, which takes longer to set up, and the stalled client once."""
    small = {name: make for name, make in SUBJECTS.items() if name != "convene"}
    often = {name: measure for name, measure in wire_measures.MEASURES.items() if name != "stall"}
    table = await run.compare(small, often)
    once = replace(run, plan=replace(run.plan, rounds=1))
    for found in (
        await once.compare({"convene": convene}, often),
        await once.compare(SUBJECTS, {"stall": wire_measures.stall}),
    ):
        for name, figures in found.items():
            table.setdefault(name, {}).update(figures)
    return table


async def compressed(run: Run) -> Table:
    """Large events, with compression."""
    makes = {
        "stock": partial(stock, deflates=True),
        "node": partial(node, deflates=True),
        "wire": partial(subjects.wire, deflates=True),
    }
    return await _once(run).compare(makes, {"compress": wire_measures.compress})


async def workers(run: Run) -> Table:
    """Two processes that tell one another through Redis, each with half of the clients."""
    with on_core(CLIENT_CORE), redis_server() as redis:
        makes: dict[str, Make] = {
            "stock": partial(stock, workers=2, redis_url=redis.url),
            "node": partial(node, workers=2, redis_url=redis.url),
            "convene": partial(convene, workers=2, redis_url=redis.url),
        }
        return await _once(run).compare(makes, {"deliver": wire_measures.deliver})


async def joins(run: Run) -> Table:
    """500 come in at once."""
    makes = {name: make for name, make in SUBJECTS.items() if name != "loop"}
    return await _once(run).compare(makes, {"joins": storms.joins})


async def resumes(run: Run) -> Table:
    """1000 come back at once: to the worker that is left of two, and to a server that is started again."""
    with on_core(CLIENT_CORE), redis_server() as redis:
        two = partial(convene, workers=2, redis_url=redis.url)
        return await replace(_once(run), subjects=()).compare(
            {"one of two": two, "the only one": convene}, {"resumes": storms.resumes}
        )


async def members(run: Run) -> Table:
    """A room that grows."""
    return await _once(run).compare(SUBJECTS, {"by members": growth.by_members})


async def rooms(run: Run) -> Table:
    """More and more rooms."""
    return await _once(run).compare(SUBJECTS, {"by rooms": growth.by_rooms})


async def durably(run: Run) -> Table:
    """Chat that is stored before it is acknowledged, in groups and one by one, on either database."""

    async def measure() -> Table:
        load = durable.Load(seconds=run.plan.chat_s)
        found = await durable.measure_all(load)
        return {
            name: {key: float(value or 0) for key, value in asdict(one).items()}
            for name, one in found.items()
        }

    return await run.guard("durable chat", measure)


async def reads(run: Run) -> Table:
    """What a read over REST costs, beside a bare handler with the same query."""
    load = rest.Load(requests=run.plan.requests, rounds=run.plan.rounds)
    return await run.guard("REST", lambda: rest.measure_rest(load))


async def long_lists(run: Run) -> Table:
    """The administration's lists where there is very much in them, on either database."""
    load = lists.Load(people=run.plan.listed, acts=run.plan.listed, times=run.plan.readings)
    return await run.guard("lists", lambda: lists.measure_lists(load))


async def browsers(run: Run) -> Table:
    """The browser client: the first view, a room of 200 that is still and busy, an hour of chat."""
    return await run.guard("browser", lambda: browser.measure_browser(run.plan))


def _once(run: Run) -> Run:
    return replace(run, plan=replace(run.plan, rounds=1), measures=())


SECTIONS: Final[dict[str, Callable[[Run], Coroutine[Any, Any, Table]]]] = {
    "wire": wire,
    "compressed": compressed,
    "workers": workers,
    "joins": joins,
    "resumes": resumes,
    "durable": durably,
    "rest": reads,
    "lists": long_lists,
    "browser": browsers,
    "members": members,
    "rooms": rooms,
}
