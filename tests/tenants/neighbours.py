"""Another tenant on the same site, and people of it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from models.audit.tables import AuditEntry
from models.identity.assignments import give_role
from models.identity.planting import plant_system_roles
from models.identity.system_roles import TENANT_ADMIN
from models.identity.tables import SignIn, Tenant, User
from models.ids import new_id, new_secret
from models.transaction import Origin
from tests.realtime.house import House, Person


@dataclass(frozen=True)
class Neighbours:
    """A tenant, and one of its accounts."""

    tenant_id: UUID
    slug: str
    person: Person


async def add_neighbours(house: House, role: str = TENANT_ADMIN, *, name: str = "Neighbours") -> Neighbours:
    """A tenant beside the first one, and somebody who is signed in to it."""
    async with house.context.transaction(Origin()) as tx:
        slug = f"n-{new_secret()[:12].lower().replace('_', 'x').strip('-')}-x"
        tenant = Tenant(name=name, slug=slug, created_at=tx.now, updated_at=tx.now)
        tx.db.add(tenant)
        await tx.db.flush()
        await (await tx.db.connection()).run_sync(plant_system_roles, tx.now)
    return Neighbours(tenant.id, slug, await add_person(house, tenant.id, role))


async def add_person(house: House, tenant_id: UUID, role: str, name: str = "Nele") -> Person:
    """An account of a tenant, signed in."""
    context = house.context.within(tenant_id)
    async with context.transaction(Origin()) as tx:
        key = new_id()
        user = User(
            tenant_id=tenant_id,
            email=f"{key.hex}@example.org",
            username=key.hex,
            display_name=name,
            password_hash="-",
            created_at=tx.now,
            updated_at=tx.now,
        )
        tx.db.add(user)
        await tx.db.flush()
        await give_role(tx, user, role)
        sign_in = SignIn(
            tenant_id=tenant_id,
            user_id=user.id,
            refresh_hash=new_secret(),
            refreshed_at=tx.now,
            expires_at=tx.now + timedelta(days=1),
            address="",
            created_at=tx.now,
            updated_at=tx.now,
        )
        tx.db.add(sign_in)
    token, _ = context.tokens.issue_access(tenant_id, user.id, sign_in.id)
    return Person(name, token, user.id, sign_in.id)


async def audit_of(house: House, tenant_id: UUID) -> list[str]:
    """The acts in a tenant's audit, in order."""
    async with house.context.within(tenant_id).database.read() as db:
        acts = select(AuditEntry.action).order_by(col(AuditEntry.at), col(AuditEntry.id))
        return list((await db.exec(acts)).all())
