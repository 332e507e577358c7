"""A tenant with very many people and a long audit, written straight into the database."""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlmodel import SQLModel, col, insert, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit.chain import FIRST_HASH, content_of, hash_of
from models.audit.tables import DONE, AuditChain, AuditEntry, AuditSeal
from models.audit.who import ActorKind
from models.context import Context
from models.identity.searchable import search_text
from models.identity.system_roles import ADMIN, LECTURER, STUDENT
from models.identity.tables import RoleAssignment, RoleDefinition, User
from models.ids import new_id
from models.tables import DEFAULT_TENANT
from models.writing import values_of

AT_ONCE: Final = 2_000
BEGAN: Final = datetime(2025, 1, 1, tzinfo=UTC)
EVERY: Final = timedelta(seconds=100)
FIRST: Final = (
    "Ada",
    "Björn",
    "Carmen",
    "Dörte",
    "Emil",
    "Fatma",
    "Grace",
    "Hedy",
    "Iván",
    "Jocelyn",
    "Karl",
)
LAST: Final = (
    "Lovelace",
    "Núñez",
    "Öztürk",
    "Papadopoulos",
    "Quintero",
    "Sørensen",
    "Tanaka",
    "Weiß",
    "Young",
)
ACTS: Final = (
    *("chat:sent", "participant:joined", "participant:left", "chat:sent", "participant:hand_raised"),
    *("chat:sent", "participant:muted", "session:started", "session:ended", "reaction:sent"),
)
ACTORS: Final = 500
SESSIONS: Final = 400
REFUSED_EVERY: Final = 50


@dataclass(frozen=True, slots=True)
class Plenty:
    """What is there: the account in the middle of the list, one who did much, a session with much in it."""

    middle_id: UUID
    actor_id: UUID
    session_id: UUID


async def fill(context: Context, people: int, acts: int) -> Plenty:
    """Adds so many people with a role each, and so many acts of theirs, sealed as the server seals them."""
    ids = [new_id() for _ in range(people)]
    async with context.database.read() as db:
        roles = dict((await db.exec(select(RoleDefinition.key, RoleDefinition.id))).all())
    async with context.database.write() as db:
        await _add(db, User, _people(ids))
        await _add(db, RoleAssignment, _assignments(ids, roles))
    async with context.database.write() as db:
        await _add(db, AuditEntry, _acts(ids[:ACTORS], acts))
        await _seal(db, _acts(ids[:ACTORS], acts))
    async with context.database.write() as db:
        # What either database does by itself in the hours that so many rows take in earnest.
        await (await db.connection()).execute(text("ANALYZE"))
    async with context.database.read() as db:
        in_order = select(User.id).order_by(col(User.search_text), col(User.id)).offset(people // 2)
        middle_id = (await db.exec(in_order.limit(1))).one()
    return Plenty(middle_id, ids[1], _session(1))


async def _add(db: AsyncSession, table: type[SQLModel], rows: Iterator[dict[str, Any]]) -> None:
    connection = await db.connection()
    while part := list(itertools.islice(rows, AT_ONCE)):
        await connection.execute(insert(table), part)


def _people(ids: list[UUID]) -> Iterator[dict[str, Any]]:
    template = values_of(
        User(
            email="",
            username="",
            display_name="",
            password_hash="-",
            tenant_id=DEFAULT_TENANT,
            created_at=BEGAN,
            updated_at=BEGAN,
        )
    )
    names = itertools.cycle(f"{first} {last}" for last in LAST for first in FIRST)
    for number, (user_id, name) in enumerate(zip(ids, names, strict=False)):
        username = f"person.{number}"
        email = f"{username}@example.org"
        fields = {"display_name": name, "username": username, "email": email}
        yield {**template, **fields, "id": user_id, "search_text": search_text(name, email, username)}


def _assignments(ids: list[UUID], roles: dict[str, UUID]) -> Iterator[dict[str, Any]]:
    template = values_of(
        RoleAssignment(
            tenant_id=DEFAULT_TENANT,
            user_id=ids[0],
            role_id=roles[STUDENT],
            assigned_at=BEGAN,
            created_at=BEGAN,
            updated_at=BEGAN,
        )
    )
    for number, user_id in enumerate(ids):
        key = ADMIN if number % 1_000 == 0 else LECTURER if number % 20 == 0 else STUDENT
        yield {**template, "id": new_id(), "user_id": user_id, "role_id": roles[key]}


def _acts(actors: list[UUID], acts: int) -> Iterator[dict[str, Any]]:
    template = values_of(AuditEntry(tenant_id=DEFAULT_TENANT, action="", at=BEGAN))
    for number in range(acts):
        at = BEGAN + number * EVERY
        actor_id = actors[number % len(actors)]
        yield {
            **template,
            "id": _id_at(at, number),
            "at": at,
            "action": ACTS[number % len(ACTS)],
            "user_id": actor_id,
            "actor_id": actor_id,
            "actor_kind": ActorKind.USER,
            "actor_name": f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}",
            "session_id": _session(number % SESSIONS),
            "target_kind": "participant",
            "target_id": _session(number % 1_000),
            "after": {"is_muted": True},
            "address": f"192.0.2.{number % 250}",
            "request_id": f"{number:032x}",
            "agent": "Firefox 144 on Linux",
            "outcome": "FORBIDDEN" if number % REFUSED_EVERY == 0 else DONE,
        }


def _id_at(at: datetime, number: int) -> UUID:
    """A UUIDv7 of that moment."""
    milliseconds = int(at.timestamp() * 1_000)
    return UUID(int=(milliseconds << 80) | (7 << 76) | (2 << 62) | number)


async def _seal(db: AsyncSession, acts: Iterator[dict[str, Any]]) -> None:
    """As the server would, which does it in many small steps."""
    query = select(AuditChain).where(AuditChain.tenant_id == DEFAULT_TENANT).with_for_update()
    chain = (await db.exec(query)).first()
    chain = chain or AuditChain(tenant_id=DEFAULT_TENANT, seq=0, hash=FIRST_HASH, sealed_to=UUID(int=0))
    await _add(db, AuditSeal, _seals(chain, acts))
    db.add(chain)


def _seals(chain: AuditChain, acts: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for values in acts:
        entry: Any = SimpleNamespace(**values)
        chain.seq += 1
        chain.hash = hash_of(chain.hash, chain.seq, content_of(entry))
        chain.sealed_to = max(chain.sealed_to, entry.id)
        yield {"tenant_id": DEFAULT_TENANT, "seq": chain.seq, "entry_id": entry.id, "hash": chain.hash}


def _session(number: int) -> UUID:
    return UUID(bytes=hashlib.sha256(f"session {number}".encode()).digest()[:16])
