"""Every fault: how it comes, and how it ends. It holds for `lasts_s`, and is over when its call returns."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from redis.asyncio import Redis

from tests.chaos.proxy import Direction, Link
from tests.chaos.stage import Stage, Worker, send_signal
from tests.services.processes import Service

STOPS_WITHIN_S: Final = 10.0

Part = Literal["front", "redis", "database"]


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong. `worker` counts from 0; it is unset for what all workers share."""

    at_s: float
    lasts_s: float
    kind: str
    worker: int | None = None
    amount: float = 0.0

    def __str__(self) -> str:
        where = "" if self.worker is None else f", worker {self.worker + 1}"
        much = f" ({self.amount:g})" if self.amount else ""
        return f"{self.at_s:7.2f} s: {self.kind}{much}{where}, for {self.lasts_s:.2f} s"


Act = Callable[[Stage, Fault], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Kind:
    """A kind of fault. `target` is what it befalls: two never befall the same at once.

    `needs` names what the stage must have; `amounts` are what `Fault.amount` is drawn from; out of two kinds the one
    with twice the `weight` is drawn twice as often.
    """

    target: str
    act: Act
    needs: Literal["", "redis", "database"] = ""
    amounts: tuple[float, ...] = (0.0,)
    weight: int = 2


def worker_of(stage: Stage, fault: Fault) -> Worker:
    assert fault.worker is not None
    return stage.workers[fault.worker]


async def kill_worker(stage: Stage, fault: Fault) -> None:
    worker = worker_of(stage, fault)
    await asyncio.to_thread(worker.service.kill)
    await asyncio.sleep(fault.lasts_s)
    await worker.start()


async def freeze_worker(stage: Stage, fault: Fault) -> None:
    await _freeze(worker_of(stage, fault).service, fault.lasts_s)


async def restart_worker(stage: Stage, fault: Fault) -> None:
    """As a deployment does it. It must come to an end by itself, though what it waits for may be away just then."""
    worker = worker_of(stage, fault)
    status = await worker.stop()
    assert status >= 0, f"{worker.name} had to be killed"
    await asyncio.sleep(fault.lasts_s)
    await worker.start()


async def roll(stage: Stage, fault: Fault) -> None:
    """Restarts one worker after the other."""
    for number in range(len(stage.workers)):
        await restart_worker(stage, replace(fault, lasts_s=0.0, worker=number))


async def kill_redis(stage: Stage, fault: Fault) -> None:
    assert stage.redis is not None
    await asyncio.to_thread(stage.redis.service.kill)
    await asyncio.sleep(fault.lasts_s)
    await asyncio.to_thread(stage.redis.service.start)


async def freeze_redis(stage: Stage, fault: Fault) -> None:
    assert stage.redis is not None
    await _freeze(stage.redis.service, fault.lasts_s)


async def flush_redis(stage: Stage, fault: Fault) -> None:
    assert stage.redis is not None
    async with Redis.from_url(stage.redis.url) as client:
        await client.flushall()


async def deafen(stage: Stage, fault: Fault) -> None:
    """Every subscription is lost at once."""
    assert stage.redis is not None
    async with Redis.from_url(stage.redis.url) as client:
        await client.client_kill_filter(_type="pubsub", skipme=True)


async def kill_database(stage: Stage, fault: Fault) -> None:
    """An immediate stop, after which it has to recover; it takes its processes with it, as a kill would not."""
    assert stage.postgres is not None
    service = stage.postgres.service
    assert service.process is not None
    service.process.send_signal(signal.SIGQUIT)
    await asyncio.to_thread(service.process.wait, STOPS_WITHIN_S)
    await asyncio.sleep(fault.lasts_s)
    await asyncio.to_thread(service.start)


async def freeze_database(stage: Stage, fault: Fault) -> None:
    assert stage.postgres is not None
    await _freeze(stage.postgres.service, fault.lasts_s)


def link_of(worker: Worker, part: Part) -> Link:
    link = {"front": worker.front, "redis": worker.redis, "database": worker.database}[part]
    assert link is not None
    return link


def _on_link(part: Part, befall: Callable[[Link, float], None]) -> Act:
    async def act(stage: Stage, fault: Fault) -> None:
        link = link_of(worker_of(stage, fault), part)
        befall(link, fault.amount)
        await asyncio.sleep(fault.lasts_s)
        link.heal()
        await link.open()

    return act


def _refuse(link: Link, _amount: float) -> None:
    link.refuse()
    link.cut()


def _lose(direction: Direction) -> Callable[[Link, float], None]:
    return lambda link, _amount: link.lose(direction)


def _link_kinds(part: Part) -> dict[str, Kind]:
    befalls: dict[str, tuple[Callable[[Link, float], None], tuple[float, ...]]] = {
        "cut": (lambda link, _: link.cut(), (0.0,)),
        "cut in part": (lambda link, amount: link.cut(int(amount)), (1.0, 3.0)),
        "refused": (_refuse, (0.0,)),
        "half-open upwards": (_lose("up"), (0.0,)),
        "half-open downwards": (_lose("down"), (0.0,)),
        "stalled": (lambda link, _: link.stall(), (0.0,)),
        "delayed": (lambda link, amount: link.delay(amount), (0.02, 0.1)),
        "narrow": (lambda link, amount: link.throttle(int(amount)), (1_000.0, 20_000.0)),
    }
    return {
        f"link to the {part} {name}": Kind(part, _on_link(part, befall), _needs(part), amounts, 1)
        for name, (befall, amounts) in befalls.items()
    }


def _needs(part: Part) -> Literal["", "redis", "database"]:
    return "" if part == "front" else part


KINDS: Final[dict[str, Kind]] = {
    "worker killed": Kind("process", kill_worker, weight=6),
    "worker frozen": Kind("process", freeze_worker, weight=4),
    "worker restarted": Kind("process", restart_worker, weight=3),
    "workers rolled": Kind("processes", roll),
    "redis killed": Kind("redis server", kill_redis, "redis", weight=4),
    "redis frozen": Kind("redis server", freeze_redis, "redis", weight=4),
    "redis flushed": Kind("redis server", flush_redis, "redis"),
    "subscriptions killed": Kind("redis server", deafen, "redis"),
    "database killed": Kind("database server", kill_database, "database"),
    "database frozen": Kind("database server", freeze_database, "database"),
    **_link_kinds("front"),
    **_link_kinds("redis"),
    **_link_kinds("database"),
}


def befallen(fault: Fault, workers: int) -> list[str]:
    """The names of what a fault holds while it lasts, in an order that is the same for all."""
    target = KINDS[fault.kind].target
    if target == "processes":
        return [f"process {one}" for one in range(workers)]
    return [target] if fault.worker is None else [f"{target} {fault.worker}"]


async def _freeze(service: Service, lasts_s: float) -> None:
    send_signal(service, signal.SIGSTOP)
    await asyncio.sleep(lasts_s)
    send_signal(service, signal.SIGCONT)
