"""The chain: each row of the audit is sealed by a hash over itself and the seal before it.

Rows are written in the commit of what they speak of, and sealed in order within a second by whichever worker comes
first. So no commit waits for another one's row; see docs/decisions/0019.
"""

import hashlib
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit.commitment import personal_fields, written
from models.audit.tables import AuditChain, AuditEntry, AuditSeal
from models.context import Context
from models.transaction import Origin, Transaction

log = structlog.get_logger(__name__)

FIRST_HASH = "0" * 64
"""What the first seal of a chain stands on."""

AT_ONCE = 500

LATE_MS = 60_000
"""Ids are made before the commit, and on several machines: a row may come so much later than a newer one."""

_TABLE: Any = AuditEntry.__table__  # type: ignore[attr-defined]
_COLUMNS: tuple[str, ...] = tuple(_TABLE.columns.keys())


@dataclass(frozen=True, slots=True)
class Link:
    """A row about to be sealed."""

    tenant_id: UUID
    entry_id: UUID
    content: bytes


def content_of(entry: AuditEntry) -> bytes:
    """What a row says, always written alike: what its hash is over. For what it says of a person stands its digest."""
    # Rows from before there was a digest are under their seal as a whole.
    left_out = {"salt", *personal_fields(entry.target_kind)} if entry.digest else {"salt", "digest"}
    return written({name: getattr(entry, name) for name in _COLUMNS if name not in left_out})


def hash_of(previous: str, seq: int, content: bytes) -> str:
    """The hash that seals a row in its place."""
    return hashlib.sha256(f"{previous}\n{seq}\n".encode() + content).hexdigest()


async def seal(context: Context) -> int:
    """Seals what has been written since the last time. Returns how many rows; 0 too if somebody else was faster."""
    async with context.database.read() as db:
        links = await _unsealed(db)
        if not links:
            return 0
        found = await db.exec(select(AuditChain))
        seen = {chain.tenant_id: chain.seq for chain in found.all()}
    by_tenant: dict[UUID, list[Link]] = {}
    for link in links:
        by_tenant.setdefault(link.tenant_id, []).append(link)
    try:
        async with context.transaction(Origin("audit")) as tx:
            for tenant_id in sorted(by_tenant):
                await _extend(tx, tenant_id, by_tenant[tenant_id], seen.get(tenant_id))
    except (IntegrityError, _OtherWasFaster):
        return 0
    return len(links)


async def newest_sealed(db: AsyncSession) -> UUID | None:
    """The newest row that is in any chain."""
    return (
        await db.exec(select(AuditChain.sealed_to).order_by(col(AuditChain.sealed_to).desc()).limit(1))
    ).first()


async def chain_heads(db: AsyncSession) -> list[AuditChain]:
    """Where each tenant's chain ends."""
    return list((await db.exec(select(AuditChain).order_by(col(AuditChain.tenant_id)))).all())


def unsealed_after(sealed_to: UUID | None) -> UUID:
    """The id from which on a row may still be unsealed by right."""
    if sealed_to is None:
        return UUID(int=0)
    return UUID(int=max(0, (sealed_to.int >> 80) - LATE_MS) << 80)


class _OtherWasFaster(Exception):
    """Another worker has extended a chain since it was looked at: nothing of ours is stored."""


async def _unsealed(db: AsyncSession) -> list[Link]:
    query = (
        select(AuditEntry)
        .outerjoin(AuditSeal, col(AuditSeal.entry_id) == col(AuditEntry.id))
        .where(col(AuditEntry.id) > unsealed_after(await newest_sealed(db)), col(AuditSeal.seq).is_(None))
        .order_by(col(AuditEntry.id))
        .limit(AT_ONCE)
    )
    return [Link(one.tenant_id, one.id, content_of(one)) for one in (await db.exec(query)).all()]


async def _extend(tx: Transaction, tenant_id: UUID, links: list[Link], seen: int | None) -> None:
    query = select(AuditChain).where(AuditChain.tenant_id == tenant_id).with_for_update()
    chain = (await tx.db.exec(query)).first()
    if (None if chain is None else chain.seq) != seen:
        raise _OtherWasFaster
    chain = chain or AuditChain(tenant_id=tenant_id, seq=0, hash=FIRST_HASH, sealed_to=links[0].entry_id)
    for link in links:
        chain.seq += 1
        chain.hash = hash_of(chain.hash, chain.seq, link.content)
        chain.sealed_to = max(chain.sealed_to, link.entry_id)
        tx.insert(AuditSeal(tenant_id=tenant_id, seq=chain.seq, entry_id=link.entry_id, hash=chain.hash))
    tx.db.add(chain)


class HeadsInLog:
    """Says in the site's log where the chains stand, now and then: a copy that whoever has the database has not."""

    def __init__(self, every_s: float = 600.0) -> None:
        self._every_s = every_s
        self._next = 0.0
        self._told: dict[UUID, int] = {}

    async def tell(self, context: Context) -> None:
        """Tells of those that have grown since."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._every_s
        async with context.database.read() as db:
            heads = await chain_heads(db)
        for head in heads:
            if self._told.get(head.tenant_id) != head.seq:
                self._told[head.tenant_id] = head.seq
                log.info("audit.sealed", tenant_id=str(head.tenant_id), seq=head.seq, digest=head.hash)
