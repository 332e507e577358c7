"""The doctor's report on the terminal."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.doctor.configuration import Setting
from server.doctor.finding import Finding, State

MARKS: Final[dict[State, tuple[str, str]]] = {
    "well": ("ok", "green"),
    "mind": ("mind", "yellow"),
    "ill": ("fails", "bold red"),
}


def print_report(settings: Sequence[Setting], findings: Sequence[Finding]) -> None:
    """Prints what is configured and how everything is."""
    console = Console()
    if settings:
        console.print(_settings_table(settings))
    console.print(_findings_table(findings))
    ill = sum(finding.state == "ill" for finding in findings)
    console.print(Text("All is well." if ill == 0 else f"{ill} of {len(findings)} parts need a hand."))


def _settings_table(settings: Sequence[Setting]) -> Table:
    table = Table(title="Configuration", title_justify="left")
    table.add_column("Variable", no_wrap=True)
    table.add_column("Value", overflow="fold")
    table.add_column("From", no_wrap=True)
    for setting in settings:
        style = "dim" if setting.origin == "default" else ""
        table.add_row(Text(setting.variable), Text(setting.shown), Text(setting.origin), style=style)
    return table


def _findings_table(findings: Sequence[Finding]) -> Table:
    table = Table(title="Examination", title_justify="left")
    table.add_column("Part", no_wrap=True)
    table.add_column("State", no_wrap=True)
    table.add_column("Finding", overflow="fold")
    table.add_column("What to do", overflow="fold")
    for finding in findings:
        mark, style = MARKS[finding.state]
        table.add_row(finding.part, Text(mark, style), Text(finding.says), Text(finding.advice))
    return table
