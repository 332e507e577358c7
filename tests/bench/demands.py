"""What the wire is to cost at most, held against what it did cost."""

from dataclasses import dataclass
from typing import Final

from tests.bench.results import Results


@dataclass(frozen=True, slots=True)
class Demand:
    """A figure of Convene's wire is at most so many times a figure of another subject."""

    words: str
    figure: str
    other: str
    at_most: float


DEMANDS: Final = (
    Demand("a delivery, beside python-socketio", "delivery_us", "stock", 1 / 9),
    Demand("a delivery, beside Node", "delivery_us", "node", 1 / 2),
    Demand("a delivery, beside the C loop", "delivery_us", "loop", 1.6),
    Demand("a delivery in bursts, beside the C loop", "burst_delivery_us", "loop", 1.0),
    Demand("a command with ack, one client, beside Node", "ask_1x1_us", "node", 3 / 4),
    Demand(
        "a command with ack, 50 clients, one each at a time, beside Node", "ask_many_x1_us", "node", 3 / 4
    ),
    Demand(
        "a command with ack, 50 clients, ten each at a time, beside Node", "ask_many_x10_us", "node", 3 / 4
    ),
    Demand("a connection, beside Node", "connect_us", "node", 1.0),
    Demand("memory of an idle connection, beside Node", "idle_kib", "node", 1.0),
)


def verdicts(results: Results) -> str:
    """A table of what was asked for and what came of it."""
    lines = ["| Convene's wire | at most | measured | |", "|---|---:|---:|---|"]
    table = results.sections["wire"]
    for demand in DEMANDS:
        own = table.get("wire", {}).get(demand.figure)
        other = table.get(demand.other, {}).get(demand.figure)
        if own is None or not other:
            measured, verdict = "-", ""
        else:
            measured, verdict = f"{own / other:.2f}", "met" if own <= other * demand.at_most else "missed"
        lines.append(f"| {demand.words} | {demand.at_most:.2f} | {measured} | {verdict} |")
    return "\n".join(lines)
