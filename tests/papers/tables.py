"""The tables of PROTOCOL.md, from the code. `python -m tests.papers.tables` writes them anew."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from models.errors import ConveneError
from models.log.catalogue import EVENTS
from realtime.command import Command
from realtime.commands import COMMANDS
from realtime.signals import SIGNALS

PROTOCOL: Final = Path(__file__).parents[2] / "PROTOCOL.md"

EVERYWHERE: Final = frozenset(
    {"VALIDATION_ERROR", "UNAUTHENTICATED", "FORBIDDEN", "SESSION_NOT_FOUND", "RATE_LIMITED", "UNAVAILABLE"}
)
"""The refusals that the paper names once for all commands."""

COMING_IN: Final = frozenset(
    {"PARTICIPANT_WAITING", "PARTICIPANT_REMOVED", "PARTICIPANT_BANNED", "PARTICIPANT_DECLINED"}
)


def tables() -> dict[str, str]:
    """Every table by the name of its place in the paper."""
    return {
        "commands": _table(
            ("command", "payload", "answer", "records", "may also be refused with"), map(_command, COMMANDS)
        ),
        "events": _table(
            ("event", "audience", "data"),
            ((f"`{event.type}`", event.audience, _fields(event)) for event in EVENTS),
        ),
        "signals": _table(
            ("signal", "data", "when"),
            ((f"`{signal.name}`", _fields(signal.data), signal.summary) for signal in SIGNALS),
        ),
    }


def renewed(text: str) -> str:
    """The paper with its tables as the code has them."""
    for name, table in tables().items():
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        text = f"{before}<!-- {name} -->\n{table}<!-- /{name} -->{rest.partition(f'<!-- /{name} -->')[2]}"
    return text


def _command(command: Command) -> tuple[str, ...]:
    ours = COMING_IN if command.act is not None or command.name == "session:sync" else frozenset()
    return (
        f"`{command.name}`",
        _fields(command.payload),
        command.result.__name__.removesuffix("View"),
        _list(f"`{event.type}`" for event in command.records),
        _list(f"`{code}`" for code in _codes(command.errors) if code not in EVERYWHERE | ours),
    )


def _codes(errors: Iterable[type[ConveneError]]) -> list[str]:
    return list(dict.fromkeys(error.code for error in errors))


def _fields(model: type[BaseModel]) -> str:
    return _list(
        f"`{name}`" if field.is_required() else f"`{name}`?" for name, field in model.model_fields.items()
    )


def _list(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return _row(heads) + "|" + "---|" * len(heads) + "\n" + "".join(_row(row) for row in rows)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


if __name__ == "__main__":
    PROTOCOL.write_text(renewed(PROTOCOL.read_text()))
