"""The trail as a file: CSV for tables, JSON lines for programs; read in small parts, however long it is."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson
from pydantic import Field

from models.audit.reading import AuditFilter, AuditView, cursor_of, read_part
from models.audit.tables import AuditEntry
from models.database import Database
from models.identity.principals import Principal
from models.permissions import Permission

MOST_ROWS: Final = 100_000
ROWS_AT_ONCE: Final = 1_000


class ExportForm(StrEnum):
    """How the file is written."""

    CSV = "csv"
    JSONL = "jsonl"


MEDIA_TYPES: Final = {ExportForm.CSV: "text/csv", ExportForm.JSONL: "application/jsonl"}


class AuditExport(AuditFilter):
    """Which acts, in which form, and how many at most. More are had from the last one's `cursor` on."""

    form: ExportForm = Field(ExportForm.CSV, alias="format")
    cursor: str | None = Field(None, max_length=120, description="`Convene-Next` of the file before.")
    limit: int = Field(MOST_ROWS, ge=1, le=MOST_ROWS)


COLUMNS: Final = (
    "at",
    "action",
    "outcome",
    "actor_kind",
    "actor_id",
    "actor_name",
    "user_id",
    "participant_id",
    "session_id",
    "target_kind",
    "target_id",
    "before",
    "after",
    "details",
    "address",
    "agent",
    "request_id",
    "id",
)

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class AuditFile:
    """A file being written. `follows` is the cursor of the next one, where this one ends before the trail does."""

    parts: AsyncIterator[bytes]
    follows: str | None


async def export_audit(database: Database, principal: Principal, wanted: AuditExport) -> AuditFile:
    """What was done in the tenant, newest first. Raises Forbidden, ValidationFailed."""
    principal.require(Permission.AUDIT_VIEW)
    return await open_file(database, wanted)


async def open_file(database: Database, wanted: AuditExport, *, has_head: bool = True) -> AuditFile:
    """The same for who runs the site. Without its head it goes on where another one ends. Raises ValidationFailed."""
    async with database.read() as db:
        rows = await read_part(db, wanted, wanted.cursor, 2, skip=wanted.limit - 1)
    follows = cursor_of(rows[0]) if len(rows) > 1 else None
    return AuditFile(_written(_rows_of(database, wanted), wanted.form, has_head=has_head), follows)


async def _rows_of(database: Database, wanted: AuditExport) -> AsyncIterator[list[AuditEntry]]:
    # Between two parts no connection is held, however slowly they are taken.
    cursor, left = wanted.cursor, wanted.limit
    while left > 0:
        async with database.read() as db:
            rows = await read_part(db, wanted, cursor, min(left, ROWS_AT_ONCE))
        if not rows:
            return
        yield rows
        cursor, left = cursor_of(rows[-1]), left - len(rows)


async def _written(
    rows: AsyncIterator[list[AuditEntry]], form: ExportForm, *, has_head: bool
) -> AsyncIterator[bytes]:
    write: Callable[[Iterable[AuditEntry]], bytes] = _as_csv if form is ExportForm.CSV else _as_lines
    if form is ExportForm.CSV and has_head:
        yield ",".join(COLUMNS).encode() + b"\r\n"
    async for part in rows:
        yield write(part)


def cell(value: Any) -> str:
    """A value as a table may show it: never one that a spreadsheet would carry out as a formula."""
    if isinstance(value, dict):
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode() if value else ""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _as_csv(rows: Iterable[AuditEntry]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    for row in rows:
        view = AuditView.of(row).model_dump(mode="json")
        who = {f"actor_{name}": value for name, value in view.pop("actor").items()}
        shown = {**view, **who}
        table.writerow([cell(shown[name]) for name in COLUMNS])
    return out.getvalue().encode()


def _as_lines(rows: Iterable[AuditEntry]) -> bytes:
    return "".join(f"{AuditView.of(row).model_dump_json()}\n" for row in rows).encode()
