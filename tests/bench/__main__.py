"""`python -m tests.bench`: what a message costs in Convene, beside python-socketio as it comes."""

import argparse
import asyncio
import json
import os
import platform
from dataclasses import asdict, fields

from rich.console import Console
from rich.table import Table

from tests.bench.measuring import Figures, Plan, measure, middle
from tests.bench.subjects import convene, stock

QUICK = Plan(rounds=1, members=12, messages=20, per_second=20.0, idle_s=1.0)

LABELS = {
    "members": "members in the room",
    "deliveries": "messages delivered",
    "lost": "messages lost",
    "cpu_us_per_delivery": "server CPU per delivered message, µs",
    "cpu_ms_per_command": "server CPU per message in a room of five, ms",
    "busy_percent": "server CPU while talking, %",
    "idle_percent": "server CPU while silent, %",
    "p50_ms": "send to receive, median, ms",
    "p99_ms": "send to receive, 99th percentile, ms",
    "kib_per_member": "memory per member, KiB",
    "joins_per_s": "members coming in per second",
}
COMPARED = ("cpu_us_per_delivery", "cpu_ms_per_command", "busy_percent", "p50_ms", "p99_ms", "kib_per_member")


async def _run(plan: Plan) -> tuple[Figures, Figures]:
    plain, ours = [], []
    for _ in range(plan.rounds):
        async with stock() as subject:
            plain.append(await measure(subject, plan))
        async with convene() as subject_:
            ours.append(await measure(subject_, plan))
    return middle(ours), middle(plain)


def _table(ours: Figures, plain: Figures) -> Table:
    table = Table(
        title=f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    )
    table.add_column("")
    for name in ("Convene", "python-socketio", "ratio"):
        table.add_column(name, justify="right")
    for field in fields(Figures):
        own, other = getattr(ours, field.name), getattr(plain, field.name)
        ratio = f"{own / other:.2f}" if field.name in COMPARED and other > 0 else ""
        table.add_row(LABELS[field.name], _shown(own), _shown(other), ratio)
    return table


def _shown(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a few people for a few seconds, to see that it runs"
    )
    parser.add_argument("--json", action="store_true", help="print the figures for programs")
    chosen = parser.parse_args()
    ours, plain = asyncio.run(_run(QUICK if chosen.quick else Plan()))
    if chosen.json:
        print(json.dumps({"convene": asdict(ours), "python-socketio": asdict(plain)}))  # noqa: T201
    else:
        Console().print(_table(ours, plain))


if __name__ == "__main__":
    main()
