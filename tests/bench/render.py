"""The figures as tables of a paper, between marks in docs/BENCHMARKS.md, and beside what was asked for."""

import re
from dataclasses import dataclass
from typing import Final

from tests.bench.builds import ROOT
from tests.bench.demands import verdicts
from tests.bench.growth import MEMBERS, ROOMS
from tests.bench.plot import plots
from tests.bench.results import Results, Table
from tests.bench.subjects import LABELS

PAPER: Final = ROOT / "docs" / "BENCHMARKS.md"
PICTURES: Final = ROOT / "docs" / "images"
NOTHING: Final = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, in words, and with how many digits after the point."""

    figure: str
    label: str
    digits: int = 1


ROWS: Final[dict[str, tuple[Row, ...]]] = {
    "wire": (
        Row("delivery_us", "CPU per delivery, µs"),
        Row("burst_delivery_us", "CPU per delivery in bursts of ten, µs"),
        Row("ask_1x1_us", "CPU per command with ack, one client, µs"),
        Row("ask_many_x1_us", "CPU per command with ack, 50 clients, one each at a time, µs"),
        Row("ask_many_x10_us", "CPU per command with ack, 50 clients, ten each at a time, µs"),
        Row("connect_us", "CPU per connection, µs", 0),
        Row("idle_kib", "memory per idle connection, KiB"),
        Row("p50_ms", "on the way to 500, median, ms"),
        Row("p99_ms", "on the way to 500, 99th percentile, ms"),
        Row("p99_alone_ms", "a flood on its way to 20, 99th percentile, ms"),
        Row("p99_beside_stalled_ms", "the same beside a client that never reads, ms"),
        Row("cut", "that client is cut", 0),
        Row("faults", "lost, repeated or out of order", 0),
    ),
    "compressed": (
        Row("large_us", "CPU per delivery, as it is, µs"),
        Row("deflated_us", "CPU per delivery, compressed, µs"),
        Row("large_bytes", "bytes per delivery, as it is", 0),
        Row("deflated_bytes", "bytes per delivery, compressed", 0),
        Row("faults", "lost, repeated or out of order", 0),
    ),
    "workers": (
        Row("delivery_us", "CPU per delivery, both workers together, µs"),
        Row("p50_ms", "on the way to 500, median, ms"),
        Row("p99_ms", "on the way to 500, 99th percentile, ms"),
        Row("faults", "lost, repeated or out of order", 0),
    ),
    "joins": (
        Row("seat_us", "CPU for a guest's seat over REST, µs", 0),
        Row("join_us", "CPU for connecting and coming in, µs", 0),
        Row("joined_within_s", "all 500 are in after, s", 2),
        Row("put_off", "told to try again in a moment", 0),
    ),
    "resumes": (
        Row("down_s", "until the server is up again, s", 2),
        Row("current_s", "from the kill until all are current, s", 2),
        Row("resume_us", "CPU for each who comes back, µs", 0),
        Row("put_off", "told to try again in a moment", 0),
        Row("given_state", "given the state instead of what they missed", 0),
        Row("faults", "lost, repeated or out of order", 0),
    ),
    "durable": (
        Row("per_s", "messages stored and acknowledged each second", 0),
        Row("cpu_us_per_message", "CPU of the server per message, µs", 0),
        Row("pace_per_s", "at so many each second …", 0),
        Row("p50_ms", "… the answer comes after, median, ms"),
        Row("p99_ms", "… the answer comes after, 99th percentile, ms"),
    ),
    "rest": (
        Row("me_us", "CPU for one's own account, µs", 0),
        Row("session_us", "CPU for a session, µs", 0),
        Row("sessions_20_us", "CPU for a page of 20 sessions, µs", 0),
        Row("events_50_us", "CPU for a page of 50 events, µs", 0),
    ),
    "lists": (
        Row("people_ms", "accounts, the first page, ms"),
        Row("people_newest_ms", "the newest accounts, ms"),
        Row("people_deep_ms", "accounts, from the middle of the list, ms"),
        Row("people_search_ms", "accounts by a text, ms"),
        Row("people_missed_ms", "accounts by a text that nobody has, ms"),
        Row("people_many_ms", "accounts by a role that 95 % have, ms"),
        Row("people_few_ms", "accounts by a role that 0.1 % have, ms"),
        Row("people_deep_role_ms", "by a role, from the middle of the list, ms"),
        Row("people_role_search_ms", "by a role that 5 % have and a text, ms"),
        Row("audit_ms", "the audit, the first page, ms"),
        Row("audit_deep_ms", "the audit, from its middle, ms"),
        Row("audit_who_ms", "the audit by who acted, ms"),
        Row("audit_act_ms", "the audit by act, ms"),
        Row("audit_session_ms", "the audit by session, ms"),
        Row("audit_refused_ms", "refused attempts, ms"),
        Row("audit_search_ms", "the audit by a text, ms"),
        Row("audit_missed_ms", "the audit by a text that is nowhere, ms"),
        Row("audit_who_missed_ms", "the same of one person, ms"),
    ),
    "browser": (
        Row("home_ms", "first picture of the first page, cold cache, ms", 0),
        Row("room_ms", "from the address to inside the room, ms", 0),
        Row("script_kb", "script of the room, gzipped, kB"),
        Row("frames_per_s", "frames per second", 0),
        Row("frame_p99_ms", "between two frames, 99th percentile, ms"),
        Row("slow_frames_pct", "frames later than 25 ms, %"),
        Row("busy_pct", "main thread busy, %", 0),
        Row("messages", "messages", 0),
        Row("heap_first_mb", "heap after a quarter of them, MB"),
        Row("heap_last_mb", "heap after all, MB"),
        Row("nodes_first", "nodes after a quarter", 0),
        Row("nodes_last", "nodes after all", 0),
    ),
    "members": tuple(Row(str(count), f"{count} members") for count in MEMBERS),
    "rooms": (
        *(Row(str(count), f"{count} rooms, CPU per message, µs", 0) for count in ROOMS),
        *(Row(f"idle {count}", f"{count} rooms, CPU in silence, %") for count in ROOMS),
    ),
}


def shown(results: Results) -> str:
    """All tables, for a terminal or a paper."""
    return "\n\n".join(f"{name}\n\n{text}" for name, text in _parts(results).items())


def write(results: Results) -> None:
    """Puts the tables into the paper, and the plots beside it."""
    paper = PAPER.read_text()
    for name, text in _parts(results).items():
        mark = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        paper = mark.sub(lambda found, text=text: f"{found[1]}\n{text}\n\n{found[2]}", paper)  # type: ignore[misc]
    PAPER.write_text(paper)
    for name, picture in plots(results).items():
        (PICTURES / name).write_text(picture)


def _parts(results: Results) -> dict[str, str]:
    parts = {name: _table(table, ROWS[name]) for name, table in results.sections.items() if table}
    if "wire" in results.sections:
        parts["demands"] = verdicts(results)
    parts["machine"] = f"{results.measured_on}: {results.machine}."
    return parts


def _table(table: Table, rows: tuple[Row, ...]) -> str:
    lines = [["", *(LABELS.get(subject, subject) for subject in table)]]
    for row in rows:
        cells = [_cell(figures.get(row.figure), row.digits) for figures in table.values()]
        if set(cells) != {NOTHING}:
            lines.append([row.label, *cells])
    return markdown(lines)


def _cell(value: float | None, digits: int) -> str:
    return NOTHING if value is None else f"{value:,.{digits}f}".replace(",", " ")


def markdown(lines: list[list[str]]) -> str:
    """A table of which the first line is the head; numbers to the right."""
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(lines[0]))]
    ruler = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    filled = [
        [
            line[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
        ]
        for line in [lines[0], ruler, *lines[1:]]
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in filled)
