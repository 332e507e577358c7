"""Going over the chains: whether every row is there, as it was written, in the place it had."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select as sa_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit.chain import FIRST_HASH, content_of, hash_of, newest_sealed, unsealed_after
from models.audit.commitment import digest_of, personal_fields
from models.audit.tables import DONE, ERASED, AuditChain, AuditEntry, AuditSeal
from models.database import Database
from models.identity.tables import Tenant

AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing that is wrong with a chain."""

    seq: int
    entry_id: UUID | None
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a tenant. `unsealed` rows are younger than a minute or so; `strays` came in by another way.

    `blanked` rows are in their place and no longer say whose they were: the person was erased.
    """

    tenant_id: UUID
    name: str
    sealed: int
    hash: str
    unsealed: int
    strays: tuple[UUID, ...]
    broken: Broken | None
    blanked: int

    @property
    def is_sound(self) -> bool:
        return self.broken is None and not self.strays


async def verify(database: Database) -> list[Finding]:
    """Goes over the chain of every tenant."""
    async with database.read() as db:
        tenants = (await db.exec(select(Tenant).order_by(col(Tenant.id)))).all()
        return [await _verify_one(db, tenant) for tenant in tenants]


async def missing(database: Database, noted: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Those of the seals noted earlier, by place and hash, that are in no chain any more."""
    async with database.read() as db:
        return [one for one in noted if not await _is_there(db, *one)]


async def _is_there(db: AsyncSession, seq: int, digest: str) -> bool:
    query = select(AuditSeal.seq).where(AuditSeal.seq == seq, AuditSeal.hash == digest)
    return (await db.exec(query)).first() is not None


async def _verify_one(db: AsyncSession, tenant: Tenant) -> Finding:
    chain = (await db.exec(select(AuditChain).where(AuditChain.tenant_id == tenant.id))).first()
    walked = await _walk(db, tenant.id)
    broken = walked.broken or _compare(chain, walked)
    strays, unsealed = await _outside(db, tenant.id)
    return Finding(tenant.id, tenant.name, walked.seq, walked.hash, unsealed, strays, broken, walked.blanked)


@dataclass(slots=True)
class _Walk:
    erased: frozenset[UUID]
    """The accounts of whose erasure the trail itself tells."""
    blanked: int = 0
    seq: int = 0
    hash: str = FIRST_HASH
    broken: Broken | None = None


async def _walk(db: AsyncSession, tenant_id: UUID) -> _Walk:
    walk = _Walk(await _erased(db, tenant_id))
    while walk.broken is None:
        query: Any = (
            sa_select(AuditSeal, AuditEntry)
            .outerjoin(AuditEntry, col(AuditEntry.id) == col(AuditSeal.entry_id))
            .where(col(AuditSeal.tenant_id) == tenant_id, col(AuditSeal.seq) > walk.seq)
            .order_by(col(AuditSeal.seq))
            .limit(AT_ONCE)
        )
        rows = (await db.exec(query)).all()
        if not rows:
            return walk
        for sealed, entry in rows:
            walk.broken = _check(walk, sealed, entry, tenant_id)
            if walk.broken is not None:
                break
            walk.seq, walk.hash = sealed.seq, sealed.hash
        db.expunge_all()
    return walk


def _check(walk: _Walk, sealed: AuditSeal, entry: AuditEntry | None, tenant_id: UUID) -> Broken | None:
    if sealed.seq != walk.seq + 1:
        return Broken(walk.seq + 1, None, f"the seals from {walk.seq + 1} to {sealed.seq - 1} are gone")
    if entry is None:
        return Broken(sealed.seq, sealed.entry_id, "the row is gone")
    if entry.tenant_id != tenant_id or hash_of(walk.hash, sealed.seq, content_of(entry)) != sealed.hash:
        return Broken(sealed.seq, sealed.entry_id, "the row, or its seal, is not as it was written")
    why = _misses_person(walk, entry) if entry.digest else None
    return None if why is None else Broken(sealed.seq, sealed.entry_id, why)


def _misses_person(walk: _Walk, entry: AuditEntry) -> str | None:
    values = entry.model_dump()
    if entry.salt:
        is_sound = digest_of(entry.salt, values) == entry.digest
        return None if is_sound else "what it says of a person is not as it was written"
    walk.blanked += 1
    if not walk.erased & {entry.user_id, entry.target_id}:
        return "it was blanked, and nobody was erased"
    if any(values[name] for name in personal_fields(entry.target_kind)):
        return "it was blanked, and says something again"
    return None


async def _erased(db: AsyncSession, tenant_id: UUID) -> frozenset[UUID]:
    query = select(AuditEntry.target_id).where(
        AuditEntry.tenant_id == tenant_id, AuditEntry.action == ERASED, AuditEntry.outcome == DONE
    )
    return frozenset(one for one in (await db.exec(query)).all() if one is not None)


def _compare(chain: AuditChain | None, walk: _Walk) -> Broken | None:
    ends = (0, FIRST_HASH) if chain is None else (chain.seq, chain.hash)
    if ends == (walk.seq, walk.hash):
        return None
    if ends[0] > walk.seq:
        return Broken(walk.seq + 1, None, f"the chain ended at {ends[0]}: its end is gone")
    return Broken(walk.seq, None, f"the chain ended at {ends[0]}: more was added by another way")


async def _outside(db: AsyncSession, tenant_id: UUID) -> tuple[tuple[UUID, ...], int]:
    since = unsealed_after(await newest_sealed(db))
    unsealed = (
        select(AuditEntry.id)
        .outerjoin(AuditSeal, col(AuditSeal.entry_id) == col(AuditEntry.id))
        .where(AuditEntry.tenant_id == tenant_id, col(AuditSeal.seq).is_(None))
        .order_by(col(AuditEntry.id))
    )
    ids = list((await db.exec(unsealed)).all())
    return tuple(one for one in ids if one <= since), sum(one > since for one in ids)
