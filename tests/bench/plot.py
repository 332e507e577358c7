"""Small plots, drawn by hand: two axes of powers of ten, a line for each subject, readable by day and by night."""

import math
from typing import Final

from tests.bench.results import Results, Table
from tests.bench.subjects import LABELS

WIDTH, HEIGHT = 640, 380
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 44, 52
COLOURS: Final = {
    "stock": ("#c2410c", "#fb923c"),
    "node": ("#15803d", "#4ade80"),
    "loop": ("#6b7280", "#9ca3af"),
    "wire": ("#1d4ed8", "#60a5fa"),
    "convene": ("#7e22ce", "#c084fc"),
}
"""By day and by night."""

TITLES: Final = {
    "members": ("CPU per delivery, µs, by members of a room", "members"),
    "rooms": ("CPU per message to a room of two, µs, by rooms", "rooms"),
}


def plots(results: Results) -> dict[str, str]:
    """The pictures, by file name."""
    found = {}
    for name, (title, below) in TITLES.items():
        table = results.sections.get(name)
        if table and any(table.values()):
            found[f"bench-{name}.svg"] = drawn(table, title, below)
    return found


def drawn(table: Table, title: str, below: str) -> str:
    """An SVG of figures whose names are numbers."""
    lines = {
        subject: sorted((float(x), y) for x, y in figures.items() if x.isdigit() and y > 0)
        for subject, figures in table.items()
    }
    points = [point for line in lines.values() for point in line]
    across, up = (
        _Axis([x for x, _ in points], LEFT, WIDTH - RIGHT),
        _Axis([y for _, y in points], HEIGHT - BOTTOM, TOP),
    )
    parts = [_opening(title), *_grid(across, up)]
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" class="middle">{below}</text>')
    taken: list[float] = []
    for subject, line in sorted(lines.items(), key=lambda item: item[1][-1][1] if item[1] else 0):
        if line:
            parts.extend(_line(subject, [(across.at(x), up.at(y)) for x, y in line], taken))
    return "\n".join((*parts, "</svg>\n"))


class _Axis:
    def __init__(self, values: list[float], start: float, end: float) -> None:
        self.low = math.floor(math.log10(min(values)))
        self.high = max(math.ceil(math.log10(max(values))), self.low + 1)
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        part = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self._start + part * (self._end - self._start), 1)

    def powers(self) -> list[int]:
        return [10**power for power in range(max(self.low, 0), self.high + 1)]


def _opening(title: str) -> str:
    day = "".join(f".{name}{{stroke:{colours[0]};fill:{colours[0]}}}" for name, colours in COLOURS.items())
    night = "".join(f".{name}{{stroke:{colours[1]};fill:{colours[1]}}}" for name, colours in COLOURS.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">\n'
        f"<title>{title}</title>\n"
        "<style>text{font:13px system-ui,sans-serif;fill:#1f2937;stroke:none}.middle{text-anchor:middle}"
        ".end{text-anchor:end}.title{font-weight:600}.paper{fill:#ffffff}.grid{stroke:#e5e7eb}"
        f"polyline{{fill:none!important;stroke-width:2}}{day}\n"
        "@media (prefers-color-scheme:dark){text{fill:#e5e7eb}.paper{fill:#0d1117}.grid{stroke:#30363d}"
        f"{night}}}</style>\n"
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>\n'
        f'<text x="{LEFT}" y="24" class="title">{title}</text>'
    )


def _grid(across: _Axis, up: _Axis) -> list[str]:
    parts = []
    for value in across.powers():
        x = across.at(value)
        parts.append(f'<path class="grid" d="M{x} {TOP}V{HEIGHT - BOTTOM}"/>')
        parts.append(f'<text x="{x}" y="{HEIGHT - BOTTOM + 20}" class="middle">{_number(value)}</text>')
    for value in up.powers():
        y = up.at(value)
        parts.append(f'<path class="grid" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" class="end">{_number(value)}</text>')
    return parts


def _line(subject: str, points: list[tuple[float, float]], taken: list[float]) -> list[str]:
    x, y = points[-1]
    # Names stand under one another where lines end close together.
    while any(abs(y - other) < 16 for other in taken):
        y -= 4
    taken.append(y)
    path = " ".join(f"{x},{y}" for x, y in points)
    dots = "".join(f'<circle class="{subject}" cx="{x}" cy="{y}" r="3"/>' for x, y in points)
    return [
        f'<polyline class="{subject}" points="{path}"/>{dots}',
        f'<text x="{x + 8}" y="{y + 4}">{LABELS.get(subject, subject)}</text>',
    ]


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ")
