"""`convene audit`: going over the chain, and taking the trail out."""

import asyncio
import sys
from typing import Annotated
from uuid import UUID

import typer

from models.audit.exporting import AuditExport, ExportForm, open_file
from models.audit.verifying import Finding, missing, verify
from models.database import Database
from models.settings import Settings
from models.tables import DEFAULT_TENANT
from server.logs import configure_logging
from server.refusals import Refusal, database_faults_as_refusals, load_settings
from server.schema import require_schema

Seal = tuple[int, str]
"""A place in a chain, and its hash."""

audit = typer.Typer(help="Go over the audit's chain, or take the trail out.", no_args_is_help=True)


@audit.command("verify")
def verify_chain(
    seen: Annotated[
        list[str] | None,
        typer.Option(help="A seal noted earlier, as NUMBER:HASH, that must still be there. May be repeated."),
    ] = None,
) -> None:
    """Check that every row of the audit is there as it was written. Fails, and names the first that is not."""
    settings = _prepared()
    noted = _noted(seen or [])
    with database_faults_as_refusals(settings):
        findings, gone = asyncio.run(_verify(settings, noted))
    for finding in findings:
        _report(finding)
    for seq, digest in gone:
        typer.echo(f"  GONE is the seal {seq}:{digest}, which was noted earlier")
    if gone or not all(finding.is_sound for finding in findings):
        raise typer.Exit(1)


@audit.command("export")
def export_trail(
    *,
    form: Annotated[
        ExportForm, typer.Option("--format", help="csv, or jsonl for programs.")
    ] = ExportForm.JSONL,
    tenant: Annotated[str, typer.Option(help="The tenant's id.")] = str(DEFAULT_TENANT),
) -> None:
    """Write all of a tenant's trail to the standard output, newest first."""
    settings = _prepared()
    with database_faults_as_refusals(settings):
        asyncio.run(_export(settings, _id(tenant), form))


def _prepared() -> Settings:
    settings = load_settings()
    configure_logging(settings)
    asyncio.run(require_schema(settings))
    return settings


async def _verify(settings: Settings, noted: list[Seal]) -> tuple[list[Finding], list[Seal]]:
    database = Database(settings.database)
    try:
        return await verify(database), await missing(database, noted)
    finally:
        await database.close()


async def _export(settings: Settings, tenant_id: UUID, form: ExportForm) -> None:
    database = Database(settings.database)
    try:
        wanted = AuditExport.model_validate({"format": form})
        while True:
            file = await open_file(database.within(tenant_id), wanted, has_head=wanted.cursor is None)
            async for part in file.parts:
                sys.stdout.buffer.write(part)
            if file.follows is None:
                break
            wanted = wanted.model_copy(update={"cursor": file.follows})
        sys.stdout.buffer.flush()
    finally:
        await database.close()


def _report(finding: Finding) -> None:
    head = (
        f"{finding.name} ({finding.tenant_id}): {finding.sealed} rows sealed, {finding.unsealed} about to be"
    )
    typer.echo(f"{head}; the last seal is {finding.sealed}:{finding.hash}")
    if finding.blanked:
        typer.echo(f"  {finding.blanked} of them are of people who were erased, and do not say their names")
    if finding.broken is not None:
        row = "" if finding.broken.entry_id is None else f", row {finding.broken.entry_id}"
        typer.echo(f"  BROKEN at seal {finding.broken.seq}{row}: {finding.broken.why}")
    for stray in finding.strays[:20]:
        typer.echo(f"  STRAY row {stray}: older than the newest seal, and never sealed")


def _noted(given: list[str]) -> list[Seal]:
    found: list[Seal] = []
    for one in given:
        seq, _, digest = one.partition(":")
        if not seq.isdecimal() or not digest:
            raise Refusal(f"--seen takes NUMBER:HASH, not {one}")
        found.append((int(seq), digest))
    return found


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(f"{text} is no id of a tenant") from None
