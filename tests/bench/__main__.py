"""`python -m tests.bench [section …]`: what Convene costs, beside python-socketio, Node's socket.io and a loop in C."""

import argparse
import json
import sys
from dataclasses import asdict, replace
from functools import partial

import uvloop

from tests.bench.plan import Plan, planned
from tests.bench.render import shown, write
from tests.bench.results import Results
from tests.bench.running import Run
from tests.bench.sections import SECTIONS
from tests.bench.subjects import SUBJECTS
from tests.bench.wire_measures import MEASURES

SHOWN_CHARS = 200


def main() -> None:
    """Measures, prints tables, keeps the figures, and exits with 1 when something could not be measured to its end."""
    chosen = _parsed()
    results = Results.kept()
    if chosen.render:
        write(results)
        return
    run = Run(_plan(chosen), chosen.subject, chosen.measure, _tell)
    fresh = Results()
    is_whole = not (chosen.quick or chosen.subject or chosen.measure)
    for name in chosen.section or SECTIONS:
        table = uvloop.run(run.guard(name, partial(SECTIONS[name], run)))
        fresh.add(name, table)
        if is_whole and table:
            results.add(name, table)
            results.keep()
    print(json.dumps(asdict(fresh)) if chosen.json else shown(fresh))  # noqa: T201
    if chosen.write:
        write(results)
    if run.failed:
        sys.exit("\n".join(("Not measured:", *(fault[:SHOWN_CHARS] for fault in run.failed))))


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("section", nargs="*", choices=[*SECTIONS, []], help="all of them, if none is named")
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--subject", action="append", default=[], choices=SUBJECTS)
    parser.add_argument("--measure", action="append", default=[], choices=MEASURES)
    parser.add_argument("--rounds", type=int, help="how often; the median is taken")
    parser.add_argument("--members", type=int, help="how many clients, where it is 500 else")
    parser.add_argument("--growth-s", type=float, help="how long a line of a plot may take, in seconds")
    parser.add_argument("--json", action="store_true", help="print the figures for programs")
    parser.add_argument("--write", action="store_true", help="write docs/BENCHMARKS.md and its plots")
    parser.add_argument("--render", action="store_true", help="only write them, from the figures kept")
    return parser.parse_args()


def _plan(chosen: argparse.Namespace) -> Plan:
    plan = planned(quick=chosen.quick, rounds=chosen.rounds, members=chosen.members)
    return plan if chosen.growth_s is None else replace(plan, growth_s=chosen.growth_s)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
