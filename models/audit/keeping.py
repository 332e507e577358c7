"""Noting what was refused, and writing it down once a second, with the names that people have then."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.addresses import counted_as
from models.audit.chain import seal
from models.audit.commitment import commit_to
from models.audit.redaction import redacted
from models.audit.refusals import Refused, Row
from models.audit.tables import AuditEntry
from models.audit.who import ActorKind, Who, job
from models.context import Context
from models.errors import (
    ConveneError,
    InvalidCredentials,
    ParticipantWaiting,
    SecondFactorRequired,
    TokenExpired,
    Unavailable,
    WrongPassword,
)
from models.identity.tables import SignIn, User
from models.identity.tokens import Claims, ParticipantClaims
from models.ids import new_id
from models.rooms.tables import Participant
from models.tables import DEFAULT_TENANT
from models.transaction import Origin

NOTED = frozenset({401, 403, 404, 429})
"""The refusals that say that somebody tried what they may not; no wrong form is among them, no full room."""

LEFT_OUT = (SecondFactorRequired, TokenExpired, ParticipantWaiting, WrongPassword, InvalidCredentials)
"""What every client meets now and then without having tried anything, and what is noted where it happens."""


def note_refusal(
    context: Context,
    origin: Origin,
    claims: Claims | None,
    error: ConveneError,
    *,
    session_id: UUID | None = None,
    target: tuple[str, UUID | None] = ("", None),
) -> None:
    """Notes that somebody (by the claims of their token; without, a stranger) was refused something."""
    if error.status in NOTED and not isinstance(error, LEFT_OUT):
        note_attempt(context, origin, claims, error, session_id=session_id, target=target)


def note_attempt(
    context: Context,
    origin: Origin,
    claims: Claims | None,
    error: ConveneError,
    *,
    session_id: UUID | None = None,
    target: tuple[str, UUID | None] = ("", None),
    action: str | None = None,
) -> None:
    """Notes a refused attempt whatever the refusal."""
    kind, actor_id, user_id = _who(claims)
    refused = Refused(
        tenant_id=_tenant_of(context, claims),
        kind=kind,
        actor_id=actor_id,
        user_id=user_id,
        participant_id=claims.participant_id if isinstance(claims, ParticipantClaims) else None,
        action=action or origin.action,
        outcome=error.code,
        address=origin.address,
        agent=origin.agent,
        request_id=origin.request_id,
        session_id=session_id,
        target_kind=target[0],
        target_id=target[1],
    )
    who = str(claims.person_id) if claims is not None else counted_as(origin.address)
    context.refusals.note(refused, context.clock.now(), who)


def _tenant_of(context: Context, claims: Claims | None) -> UUID:
    if claims is not None:
        return claims.tenant_id
    # Of whom nobody knows anything, the site's first tenant keeps account.
    return context.database.tenant_id or DEFAULT_TENANT


async def keep(context: Context, *, everything: bool = False) -> None:
    """Writes down what was refused and seals what has been written."""
    rows = context.refusals.take(everything=everything)
    if rows:
        await _write(context, rows)
    while await seal(context) > 0:
        pass


async def _write(context: Context, rows: list[Row]) -> None:
    try:
        async with context.transaction(Origin("audit")) as tx:
            names = await _names(tx.db, rows)
            for row in rows:
                tx.insert(_entry(row, names))
    except Unavailable:
        context.refusals.put_back(rows)
        raise


def _entry(row: Row, names: dict[UUID, Who]) -> AuditEntry:
    refused = row.refused
    known = None if refused.actor_id is None else names.get(refused.actor_id)
    who = known or (job("audit") if refused.kind is ActorKind.JOB else Who(refused.kind, refused.actor_id))
    values: dict[str, Any] = {
        "tenant_id": refused.tenant_id,
        "session_id": refused.session_id,
        "user_id": refused.user_id or (who.id if who.kind is ActorKind.USER else None),
        "participant_id": refused.participant_id,
        "action": refused.action,
        "target_id": refused.target_id,
        "target_kind": refused.target_kind,
        "details": redacted({"times": row.times}) if row.times > 1 else {},
        "before": {},
        "after": {},
        "at": row.at,
        "address": refused.address,
        "request_id": refused.request_id,
        "agent": refused.agent,
        "actor_kind": who.kind,
        "actor_id": who.id,
        "actor_name": who.name,
        "outcome": refused.outcome,
    }
    return AuditEntry(id=new_id(), **{**values, **commit_to(values)})


async def _names(db: AsyncSession, rows: Iterable[Row]) -> dict[UUID, Who]:
    ids = {row.refused.actor_id for row in rows if row.refused.actor_id is not None}
    if not ids:
        return {}
    users = (await db.exec(select(User).where(col(User.id).in_(ids)))).all()
    people = (await db.exec(select(Participant).where(col(Participant.id).in_(ids)))).all()
    keys = (await db.exec(select(SignIn).where(col(SignIn.id).in_(ids)))).all()
    return {
        **{one.id: one.who for one in users},
        **{one.id: one.who for one in people},
        **{one.id: Who(ActorKind.API_KEY, one.id, one.key_name or "") for one in keys},
    }


def _who(claims: Claims | None) -> tuple[ActorKind, UUID | None, UUID | None]:
    if claims is None:
        return ActorKind.STRANGER, None, None
    if isinstance(claims, ParticipantClaims):
        return ActorKind.GUEST, claims.participant_id, None
    if claims.is_key:
        return ActorKind.API_KEY, claims.sign_in_id, claims.user_id
    return ActorKind.USER, claims.user_id, claims.user_id
