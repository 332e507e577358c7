"""What the live part of the server does, counted for Prometheus (`/metrics`).

Nothing here knows a person or a session: labels take few values, all of them ours. What happens often is counted once
per batch; what can be looked up is looked up when somebody asks (`realtime/gauges.py`).
"""

from typing import Final, Literal

from prometheus_client import CollectorRegistry, Counter, Histogram

FANOUT_BUCKETS_S: Final = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
COMMAND_BUCKETS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
COMMIT_BUCKETS_S: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
GROUP_BUCKETS: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

OTHER: Final = "other"
CUT_REASONS: Final = {
    "does not read": "slow",
    "floods": "flood",
    "never authenticated": "unauthenticated",
    "refused too often": "refused",
    "server stops": "stop",
    "malformed packet": "malformed",
    "not a packet": "malformed",
    "a body too large": "too_large",
    "was taken for dead": "taken_for_dead",
}
"""The label for each reason a client is cut for, as far as its first colon."""

Source = Literal["own", "bus", "log"]
Resume = Literal["events", "state", "none"]
Join = Literal["approved", "pending"]


class Meters:
    """The counters and durations of one worker, all of them in one registry."""

    def __init__(self, registry: CollectorRegistry) -> None:
        events = Counter(
            "convene_events_in",
            "Events that came to be known here: committed here, told by another worker, or found in the log.",
            ("source",),
            registry=registry,
        )
        self._events: Final = {source: events.labels(source) for source in ("own", "bus", "log")}
        self._deliveries: Final = Counter(
            "convene_events_out",
            "Events sent to clients: one event for ten of them is ten.",
            registry=registry,
        )
        self._fanout: Final = Histogram(
            "convene_fanout_seconds",
            "Time to hand what follows on in one room to everybody there.",
            registry=registry,
            buckets=FANOUT_BUCKETS_S,
        )
        self._cuts: Final = Counter(
            "convene_cut_clients", "Clients whose connection was ended by us.", ("reason",), registry=registry
        )
        for reason in {*CUT_REASONS.values(), OTHER}:
            self._cuts.labels(reason)
        resumes = Counter(
            "convene_resumes",
            "Who came in or back was sent: the events missed, the whole state, or nothing, as nothing was missed.",
            ("kind",),
            registry=registry,
        )
        self._resumes: Final = {kind: resumes.labels(kind) for kind in ("events", "state", "none")}
        joins = Counter(
            "convene_joins", "Answered entrances: in, or waiting.", ("status",), registry=registry
        )
        self._joins: Final = {status: joins.labels(status) for status in ("approved", "pending")}
        self._commands: Final = CommandMeters(registry)
        self.groups: Final = GroupMeters(registry)
        self._commits: Final = Histogram(
            "convene_commit_seconds",
            "Time of a writing transaction, from its beginning to the end of its commit.",
            registry=registry,
            buckets=COMMIT_BUCKETS_S,
        )

    def heard(self, source: Source, events: int) -> None:
        """So many events came to be known."""
        self._events[source].inc(events)

    def fanned_out(self, events: int, listeners: int, took_s: float) -> None:
        """So many events were handed to so many listeners each."""
        self._deliveries.inc(events * listeners)
        self._fanout.observe(took_s)

    def cut(self, why: str) -> None:
        """A client was cut."""
        self._cuts.labels(CUT_REASONS.get(why.partition(":")[0], OTHER)).inc()

    def resumed(self, kind: Resume) -> None:
        """Somebody was brought up to date."""
        self._resumes[kind].inc()

    def joined(self, status: Join) -> None:
        """Somebody came in, or waits to."""
        self._joins[status].inc()

    def commanded(self, name: str, outcome: str, took_s: float) -> None:
        """A command of the table (or "unknown") was answered: "ok", or the code it was refused with."""
        self._commands.observe(name, outcome, took_s)

    def refused_unread(self, code: str) -> None:
        """A command was refused before anybody looked at what it is."""
        self._commands.refuse("unread", code)

    def committed(self, took_s: float) -> None:
        """A writing transaction was committed."""
        self._commits.observe(took_s)


class CommandMeters:
    """Commands by name and outcome. The names are those of the table, the codes those of `models/errors.py`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answered: Final = Counter(
            "convene_commands", "Commands answered.", ("command", "outcome"), registry=registry
        )
        self._took: Final = Histogram(
            "convene_command_seconds",
            "Time from a command's turn to its acknowledgement.",
            ("command",),
            registry=registry,
            buckets=COMMAND_BUCKETS_S,
        )
        self._known: dict[tuple[str, str], tuple[Counter, Histogram]] = {}

    def observe(self, name: str, outcome: str, took_s: float) -> None:
        """Counts one."""
        pair = self._known.get((name, outcome))
        if pair is None:
            pair = self._answered.labels(name, outcome), self._took.labels(name)
            self._known[name, outcome] = pair
        pair[0].inc()
        pair[1].observe(took_s)

    def refuse(self, name: str, outcome: str) -> None:
        """Counts one that took no time."""
        self._answered.labels(name, outcome).inc()


class GroupMeters:
    """Groups of commands that share a commit. Implements `models.log.lane.Grouping`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._sizes: Final = Histogram(
            "convene_group_commands",
            "Commands committed together.",
            registry=registry,
            buckets=GROUP_BUCKETS,
        )
        self._took: Final = Histogram(
            "convene_group_seconds",
            "Time of a group, from its beginning to the end of its commit.",
            registry=registry,
            buckets=COMMIT_BUCKETS_S,
        )
        self._refused: Final = Counter(
            "convene_group_refusals",
            "Commands turned away because too many waited, or one for too long.",
            registry=registry,
        )

    def observe(self, size: int, took_s: float) -> None:
        """A group of so many commands was carried out."""
        self._sizes.observe(size)
        self._took.observe(took_s)

    def refused(self) -> None:
        """A command was turned away."""
        self._refused.inc()
