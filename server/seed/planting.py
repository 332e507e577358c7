"""Filling a site with the demo: who is made, in what order it is played, and when it had better not be."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, func, select

from models.identity.accounts import Device, log_out
from models.identity.assignments import as_principal, give_role
from models.identity.payloads import Register
from models.identity.principals import Principal
from models.identity.registering import register_at_once
from models.identity.system_roles import TENANT_ADMIN
from models.identity.tables import User
from models.sessions.tables import Session
from models.settings import Settings
from models.tables import DEFAULT_TENANT
from server.refusals import Refusal
from server.seed.future import FUTURE
from server.seed.past import PAST
from server.seed.people import ADMIN, EMAILS, PASSWORD, PEOPLE, Person
from server.seed.present import PRESENT
from server.seed.stage import ORIGIN, Stage

REGISTERED_DAYS_AGO = 30


@dataclass(frozen=True, slots=True)
class Planted:
    """What the seed has made."""

    people: int
    sessions: int
    events: int


async def plant(settings: Settings, now: datetime, *, again: bool, force: bool) -> Planted:
    """Makes the people and plays their sessions, up to `now`.

    Refuses where the demo is already (unless `again`) and where other people have accounts (unless `force`).
    """
    stage = Stage(settings, now)
    try:
        await _check_site(stage, again=again, force=force)
        before = await _count_sessions(stage)
        await _gather_cast(stage)
        for play in (*PAST, *PRESENT, *FUTURE):
            await play(stage)
        return Planted(len(stage.cast), await _count_sessions(stage) - before, stage.tally.events)
    finally:
        await stage.close()


async def _check_site(stage: Stage, *, again: bool, force: bool) -> None:
    async with stage.context.database.read() as db:
        emails = set((await db.exec(select(User.email).where(User.tenant_id == DEFAULT_TENANT))).all())
    strangers = len(emails - EMAILS)
    if strangers and not force:
        raise Refusal(
            f"This site has accounts of its own ({strangers}). The demo's accounts have a password that everybody "
            "knows, and one of them is an administrator. If you want them all the same: convene seed --force"
        )
    if emails & EMAILS and not again:
        raise Refusal("The demo is here already. To play its sessions once more: convene seed --again")


async def _gather_cast(stage: Stage) -> None:
    stage.clock.set_to(stage.now - timedelta(days=REGISTERED_DAYS_AGO))
    for person in PEOPLE:
        known = await _find(stage, person)
        user = known or await _register(stage, person)
        async with stage.context.database.read() as db:
            stage.cast[person.key] = await as_principal(db, user, stage.clock.now())
        stage.clock.advance(3_600)


async def _find(stage: Stage, person: Person) -> User | None:
    query = select(User).where(User.email == person.email, User.tenant_id == DEFAULT_TENANT)
    async with stage.context.database.read() as db:
        return (await db.exec(query)).first()


async def _register(stage: Stage, person: Person) -> User:
    context = stage.context.within(DEFAULT_TENANT)
    data = Register.model_validate(
        {
            "email": person.email,
            "password": PASSWORD,
            "display_name": person.display_name,
            "username": person.key,
        }
    )
    signed_in = await register_at_once(context, ORIGIN, data, Device("127.0.0.1", "convene seed"))
    claims = context.tokens.read(signed_in.access_token)
    async with context.transaction(ORIGIN) as tx:
        await log_out(tx, Principal(signed_in.user.tenant_id, signed_in.user, claims.sign_in_id))
        user = (await tx.db.exec(select(User).where(User.id == signed_in.user.id))).one()
        user.preferences = {"language": person.language, "theme": "system"}
        if person.key == ADMIN:
            await give_role(tx, user, TENANT_ADMIN)
            tx.audit(user.tenant_id, "role:assigned", user.id, role=TENANT_ADMIN)
        return user


async def _count_sessions(stage: Stage) -> int:
    async with stage.context.database.read() as db:
        return (await db.exec(select(func.count(col(Session.id))))).one()
