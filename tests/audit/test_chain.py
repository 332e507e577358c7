"""The chain of the audit, on both databases: nobody can change, remove or slip in a row without its being found."""

import ast
import asyncio
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

import models
from models.audit.chain import content_of, seal
from models.audit.commitment import digest_of, personal_fields
from models.audit.tables import AuditChain, AuditEntry, AuditSeal
from models.audit.verifying import Finding, missing, verify
from models.errors import Conflict
from models.ids import new_id
from models.tables import DEFAULT_TENANT
from models.transaction import Origin
from tests.log.room import Site

ROOT = Path(models.__file__).parent.parent
GUARDED = ("audit_entries", "audit_seals")
OLD = UUID("01800000-0000-7000-8000-000000000001")


async def act(site: Site, count: int = 5) -> None:
    async with site.context.transaction(Origin("test")) as tx:
        for number in range(count):
            tx.audit(DEFAULT_TENANT, "account:updated", new_id(), number=number, name="Zoë")


async def sealed(site: Site, count: int = 5) -> None:
    await act(site, count)
    while await seal(site.context):
        pass


async def look(site: Site) -> Finding:
    return next(one for one in await verify(site.context.database) if one.tenant_id == DEFAULT_TENANT)


async def behind_our_back(site: Site, *statements: str, row: UUID | None = None) -> None:
    """What somebody does who has the database and takes the triggers away first."""
    async with site.context.database.write() as db:
        for table in GUARDED:
            if site.context.database.is_sqlite:
                for verb in ("update", "delete"):
                    await db.exec(text(f"DROP TRIGGER {table}_no_{verb}"))  # type: ignore[call-overload]
            else:
                await db.exec(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))  # type: ignore[call-overload]
        named = row.hex if row is not None and site.context.database.is_sqlite else row
        for statement in statements:
            await db.exec(text(statement), params={"row": named} if ":row" in statement else {})  # type: ignore[call-overload]


async def entry_at(site: Site, seq: int) -> UUID:
    async with site.context.database.read() as db:
        return (await db.exec(select(AuditSeal.entry_id).where(AuditSeal.seq == seq))).one()


async def test_what_was_written_is_sealed_in_order_and_sound(quiet: Site) -> None:
    await sealed(quiet)
    await act(quiet, 2)
    found = await look(quiet)
    assert found.is_sound
    assert (found.sealed, found.unsealed, found.strays) == (5, 2, ())
    assert await seal(quiet.context) == 2
    assert await missing(quiet.context.database, [(5, found.hash)]) == []
    again = await look(quiet)
    assert (again.is_sound, again.sealed, again.unsealed) == (True, 7, 0)


async def test_two_that_seal_at_once_make_one_chain(quiet: Site) -> None:
    for _ in range(4):
        await act(quiet, 50)
        await asyncio.gather(*(seal(quiet.context) for _ in range(4)))
    while await seal(quiet.context):
        pass
    found = await look(quiet)
    assert (found.is_sound, found.sealed, found.unsealed) == (True, 200, 0)


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET tenant_id = tenant_id"])
async def test_the_database_itself_refuses(quiet: Site, table: str, statement: str) -> None:
    await sealed(quiet)
    with pytest.raises(DBAPIError, match="append-only"):
        async with quiet.context.database.write() as db:
            await db.exec(text(statement.format(table)))  # type: ignore[call-overload]
    assert (await look(quiet)).is_sound


EDITS = [
    "action = 'account:deleted'",
    "actor_name = 'Somebody else'",
    "address = '10.0.0.1'",
    "outcome = 'FORBIDDEN'",
    "details = '{\"number\": 9}'",
    "target_id = NULL",
]


@pytest.mark.parametrize("edit", EDITS)
async def test_a_row_that_was_edited_is_found(quiet: Site, edit: str) -> None:
    await sealed(quiet)
    row = await entry_at(quiet, 3)
    await behind_our_back(quiet, f"UPDATE audit_entries SET {edit} WHERE id = :row", row=row)  # noqa: S608
    broken = (await look(quiet)).broken
    assert broken is not None
    assert (broken.seq, broken.entry_id) == (3, await entry_at(quiet, 3))


async def test_every_column_is_under_the_seal(quiet: Site) -> None:
    columns = {column.name for column in AuditEntry.__table__.columns}  # type: ignore[attr-defined]
    await sealed(quiet, 1)
    async with quiet.context.database.read() as db:
        entry = (await db.exec(select(AuditEntry))).first()
    assert entry is not None
    content = content_of(entry).decode()
    beside = {"salt", *personal_fields(entry.target_kind)}
    assert {name for name in columns if f'"{name}":' not in content} == beside
    # And what is beside it is under the digest, which the content holds.
    for name in beside - {"salt"}:
        other = {**entry.model_dump(), name: "something else"}
        assert digest_of(entry.salt, other) != entry.digest, name


ALLOWED = "salt = '', actor_name = '', address = '', agent = ''"
REFUSED = [
    f"{ALLOWED}, outcome = 'FORBIDDEN'",
    f"{ALLOWED}, digest = ''",
    f"{ALLOWED}, user_id = NULL, target_id = NULL",
    f'{ALLOWED}, after = \'{{"display_name": "Eve"}}\'',
    "salt = '', actor_name = 'Eve', address = '', agent = ''",
    "actor_name = ''",
]


@pytest.mark.parametrize("edit", REFUSED)
async def test_the_database_lets_a_person_be_blanked_and_no_more(quiet: Site, edit: str) -> None:
    await sealed(quiet)
    with pytest.raises(DBAPIError, match="append-only"):
        async with quiet.context.database.write() as db:
            await db.exec(text(f"UPDATE audit_entries SET {edit}"))  # type: ignore[call-overload]  # noqa: S608
    assert (await look(quiet)).is_sound


async def test_a_blank_that_no_erasure_explains_is_found(quiet: Site) -> None:
    await sealed(quiet)
    async with quiet.context.database.write() as db:
        await db.exec(text(f"UPDATE audit_entries SET {ALLOWED}"))  # type: ignore[call-overload]  # noqa: S608
    broken = (await look(quiet)).broken
    assert broken is not None
    assert (broken.seq, broken.why) == (1, "it was blanked, and nobody was erased")


async def test_a_row_that_was_deleted_is_found(quiet: Site) -> None:
    await sealed(quiet)
    row = await entry_at(quiet, 2)
    await behind_our_back(quiet, "DELETE FROM audit_entries WHERE id = :row", row=row)
    broken = (await look(quiet)).broken
    assert broken is not None
    assert (broken.seq, broken.why) == (2, "the row is gone")


async def test_a_row_deleted_with_its_seal_is_found(quiet: Site) -> None:
    await sealed(quiet)
    row = await entry_at(quiet, 2)
    await behind_our_back(
        quiet,
        "DELETE FROM audit_entries WHERE id = :row",
        "DELETE FROM audit_seals WHERE seq = 2",
        row=row,
    )
    broken = (await look(quiet)).broken
    assert broken is not None
    assert broken.seq == 2


async def test_an_end_that_was_cut_off_is_found(quiet: Site) -> None:
    await sealed(quiet)
    head = (await look(quiet)).hash
    row = await entry_at(quiet, 5)
    await behind_our_back(
        quiet,
        "DELETE FROM audit_entries WHERE id = :row",
        "DELETE FROM audit_seals WHERE seq = 5",
        row=row,
    )
    broken = (await look(quiet)).broken
    assert broken is not None
    assert "end is gone" in broken.why
    async with quiet.context.database.write() as db:
        chain = (await db.exec(select(AuditChain).where(AuditChain.tenant_id == DEFAULT_TENANT))).one()
        chain.seq, chain.hash = 4, (await db.exec(select(AuditSeal.hash).where(AuditSeal.seq == 4))).one()
    # Whoever sets the end back as well is found by the seal that was noted elsewhere.
    assert (await look(quiet)).is_sound
    assert await missing(quiet.context.database, [(5, head)]) == [(5, head)]


async def test_a_row_that_was_slipped_in_is_found_and_never_sealed(quiet: Site) -> None:
    await sealed(quiet)
    async with quiet.context.database.write() as db:
        db.add(AuditEntry(id=OLD, tenant_id=DEFAULT_TENANT, action="account:updated", at=quiet.clock.now()))
    assert await seal(quiet.context) == 0
    found = await look(quiet)
    assert found.strays == (OLD,)
    assert not found.is_sound


async def test_a_row_slipped_into_the_chain_is_found(quiet: Site) -> None:
    await sealed(quiet)
    async with quiet.context.database.write() as db:
        db.add(AuditEntry(id=OLD, tenant_id=DEFAULT_TENANT, action="account:updated", at=quiet.clock.now()))
        db.add(AuditSeal(tenant_id=DEFAULT_TENANT, seq=6, entry_id=OLD, hash="0" * 64))
    broken = (await look(quiet)).broken
    assert broken is not None
    assert broken.seq == 6


async def test_what_is_undone_leaves_no_row(quiet: Site) -> None:
    async def act_and_fail() -> None:
        async with quiet.context.transaction(Origin("test")) as tx:
            tx.audit(DEFAULT_TENANT, "account:updated")
            raise Conflict

    with pytest.raises(Conflict):
        await act_and_fail()
    async with quiet.context.database.read() as db:
        assert (await db.exec(select(func.count()).select_from(AuditEntry))).one() == 0


def test_no_code_changes_or_deletes_a_row() -> None:
    """But for the one place that blanks who is erased, which the database watches."""
    guarded = {"AuditEntry", "AuditSeal"}
    for path in (*ROOT.glob("models/**/*.py"), *ROOT.glob("server/**/*.py"), *ROOT.glob("realtime/**/*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and path.name != "forgetting.py":
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                named = {one.id for arg in node.args for one in ast.walk(arg) if isinstance(one, ast.Name)}
                assert not (name in ("update", "delete") and named & guarded), f"{path}:{node.lineno}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said = node.value.upper()
                is_guard = path.name == "tables.py" and "TRIGGER" in said
                forbidden = ("UPDATE AUDIT_", "DELETE FROM AUDIT_", "TRUNCATE AUDIT_")
                assert is_guard or not any(one in said for one in forbidden), f"{path}:{node.lineno}"
