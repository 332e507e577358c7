"""What is so just now, asked for when somebody reads `/metrics`: it costs nothing between two readings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from realtime.bus_counts import BusCounts


@dataclass(frozen=True, slots=True)
class Standings:
    """One worker at one moment. `bus` is unset where there is but one worker."""

    connections: int = 0
    rooms: int = 0
    members: int = 0
    waiting: int = 0
    queued_bytes: tuple[int, ...] = field(default=(), repr=False)
    commands_waiting: int = 0
    bus: BusCounts | None = None


class Gauges(Collector):
    """Asks `look` how things stand, each time the registry is read."""

    def __init__(self, registry: CollectorRegistry, look: Callable[[], Standings]) -> None:
        self._look = look
        registry.register(self)

    def describe(self) -> Iterator[Metric]:
        """What there will be, without asking anybody."""
        return self._families(Standings(bus=BusCounts()))

    def collect(self) -> Iterator[Metric]:
        """How things stand."""
        return self._families(self._look())

    def _families(self, now: Standings) -> Iterator[Metric]:
        queued = now.queued_bytes
        for name, meaning, value in (
            ("connections", "Sockets that have shown a good token.", now.connections),
            ("rooms", "Rooms somebody is in, or waits at, on this worker.", now.rooms),
            ("members", "Sockets that listen to a room.", now.members),
            ("waiting", "Sockets that wait at the door of a room.", now.waiting),
            ("queued_bytes", "Bytes on their way to clients that have not taken them yet.", sum(queued)),
            ("queued_bytes_max", "The same, of the client furthest behind.", max(queued, default=0)),
            (
                "commands_waiting",
                "Commands that wait for the group they are committed in.",
                now.commands_waiting,
            ),
        ):
            yield GaugeMetricFamily(f"convene_{name}", meaning, value=value)
        if now.bus is not None:
            yield from _of_bus(now.bus)


def _of_bus(bus: BusCounts) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "convene_redis_up",
        "1 while this worker hears Redis, 0 while it does not.",
        value=bus.lag_s is not None,
    )
    lag = GaugeMetricFamily(
        "convene_redis_lag_seconds", "How long a message through Redis took, the last time."
    )
    if bus.lag_s is not None:
        lag.add_metric((), bus.lag_s)
    yield lag
    messages = CounterMetricFamily(
        "convene_redis_messages", "Messages between workers, by what became of them.", labels=("fate",)
    )
    for fate in ("published", "dropped", "heard", "ignored"):
        messages.add_metric((fate,), getattr(bus, fate))
    yield messages
    yield CounterMetricFamily(
        "convene_redis_reconnects",
        "How often this worker had to connect to Redis anew.",
        value=bus.reconnects,
    )
