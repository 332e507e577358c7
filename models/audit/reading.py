"""The audit trail: who did what, when, from where. That of a session, for its hosts, and all of the tenant's."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models.actors import Actor, require
from models.audit.tables import DONE, SEARCHED, AuditEntry
from models.audit.who import ActorKind
from models.errors import ValidationFailed
from models.identity.principals import Principal
from models.paging import Page, PageQuery, load_page
from models.permissions import Permission
from models.text import Instant, Moment, Payload, View

REFUSED = "refused"
"""As an outcome to look for: every refusal, whatever its code."""


class ActFilter(Payload):
    """Which acts."""

    q: str | None = Field(
        None,
        min_length=1,
        max_length=100,
        description="In the name of who acted, the act, the address, the request's id or the code of the refusal.",
    )
    action: str | None = Field(
        None,
        max_length=60,
        description="Only this act; with a colon at its end, all that begin so.",
        examples=["participant:kicked", "role:"],
    )
    actor_kind: ActorKind | None = None
    who: UUID | None = Field(None, description="An account (with its keys), a key or a guest.")
    target_id: UUID | None = None
    outcome: str | None = Field(
        None, max_length=60, description="`ok`, `refused`, or the code of a refusal.", examples=["FORBIDDEN"]
    )
    since: Annotated[Instant | None, Field(alias="from")] = None
    until: Instant | None = None


class AuditQuery(PageQuery, ActFilter):
    """Which acts of a session, and which page of them."""


class AuditFilter(ActFilter):
    """Which acts of the tenant."""

    session_id: UUID | None = None


class AuditSearch(AuditFilter):
    """Which acts of the tenant, and which part of them."""

    cursor: str | None = Field(None, max_length=120, description="`next` of the part before.")
    limit: int = Field(50, ge=1, le=100)


class AuditActor(View):
    """Who did it, as they were called then."""

    kind: ActorKind
    id: UUID | None
    name: str = Field(description="Empty once the account is erased.")


class AuditView(View):
    """One act. Never holds a secret or what somebody said."""

    id: UUID
    at: Moment
    action: str
    actor: AuditActor
    user_id: UUID | None = Field(description="The account behind it.")
    participant_id: UUID | None = Field(description="Who did it, as the session's log calls them.")
    session_id: UUID | None
    target_kind: str = Field(description="What kind of thing it was done to.", examples=["participant"])
    target_id: UUID | None = Field(description="What or whom it was done to.")
    outcome: str = Field(description="`ok`, or the code with which it was refused.")
    before: dict[str, Any] = Field(description="The fields that changed, as they were.")
    after: dict[str, Any] = Field(description="The fields that changed, as they became.")
    details: dict[str, Any]
    address: str
    agent: str = Field(description="What the program called itself.")
    request_id: str

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        fields = {name: getattr(entry, name) for name in cls.model_fields if name != "actor"}
        actor = AuditActor(kind=entry.actor_kind, id=entry.actor_id, name=entry.actor_name)
        return cls(**fields, actor=actor)


class AuditPage(View):
    """A part of the tenant's trail, newest first. `next` leads on; null at the end."""

    entries: list[AuditView]
    next: str | None


async def list_audit(db: AsyncSession, actor: Actor, query: AuditQuery) -> Page[AuditEntry]:
    """What was done in the session, newest first. Raises Forbidden."""
    require(actor, Permission.AUDIT_VIEW)
    trail = _wanted(db, query).where(AuditEntry.session_id == actor.session.id)
    return await load_page(db, _newest_first(trail), query)


async def search_audit(db: AsyncSession, principal: Principal, search: AuditSearch) -> AuditPage:
    """What was done in the tenant, newest first. Raises Forbidden, ValidationFailed."""
    principal.require(Permission.AUDIT_VIEW)
    rows = await read_part(db, search, search.cursor, search.limit + 1)
    shown = rows[: search.limit]
    more = cursor_of(shown[-1]) if len(rows) > search.limit else None
    return AuditPage(entries=[AuditView.of(row) for row in shown], next=more)


async def read_part(
    db: AsyncSession, wanted: AuditFilter, cursor: str | None, limit: int, skip: int = 0
) -> list[AuditEntry]:
    """Rows that are wanted, from so many behind a place on. Raises ValidationFailed for a cursor of no place."""
    query = _wanted(db, wanted)
    if wanted.session_id is not None:
        query = query.where(AuditEntry.session_id == wanted.session_id)
    if cursor is not None:
        at, row_id = _place(cursor)
        is_older = or_(col(AuditEntry.at) < at, col(AuditEntry.id) < row_id)
        query = query.where(and_(col(AuditEntry.at) <= at, is_older))
    return list((await db.exec(_newest_first(query).offset(skip).limit(limit))).all())


def cursor_of(entry: AuditEntry) -> str:
    """The place behind a row."""
    return base64.urlsafe_b64encode(f"{entry.at.isoformat()} {entry.id.hex}".encode()).decode().rstrip("=")


def _newest_first(query: SelectOfScalar[AuditEntry]) -> SelectOfScalar[AuditEntry]:
    return query.order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())


def _place(cursor: str) -> tuple[datetime, UUID]:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        at, _, row_id = text.partition(" ")
        place = datetime.fromisoformat(at), UUID(row_id)
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise ValidationFailed.of("cursor", "is none that was given out") from error
    if place[0].tzinfo is None:
        raise ValidationFailed.of("cursor", "is none that was given out")
    return place


def _wanted(db: AsyncSession, wanted: ActFilter) -> SelectOfScalar[AuditEntry]:
    query = select(AuditEntry).where(*_conditions(wanted))
    if wanted.q is None:
        return query
    return query.where(_mentions(wanted.q, is_sqlite=db.get_bind().dialect.name == "sqlite"))


def _conditions(wanted: ActFilter) -> list[Any]:
    found: list[Any] = []
    if wanted.action is not None:
        action = col(AuditEntry.action)
        begins = wanted.action.endswith(":")
        # As a range, which an index can follow in every collation.
        found += [action >= wanted.action, action < wanted.action[:-1] + ";"] if begins else []
        found += [] if begins else [action == wanted.action]
    if wanted.who is not None:
        as_guest = and_(col(AuditEntry.user_id).is_(None), col(AuditEntry.actor_id) == wanted.who)
        as_key = and_(col(AuditEntry.actor_kind) == ActorKind.API_KEY, col(AuditEntry.actor_id) == wanted.who)
        found.append(or_(col(AuditEntry.user_id) == wanted.who, as_guest, as_key))
    for column, value in (
        (AuditEntry.actor_kind, wanted.actor_kind),
        (AuditEntry.target_id, wanted.target_id),
    ):
        found += [] if value is None else [column == value]
    if wanted.outcome is not None:
        outcome = col(AuditEntry.outcome)
        found += [outcome != DONE] if wanted.outcome == REFUSED else [outcome == wanted.outcome]
        # Said once more, or the index of refusals would not be seen to fit.
        found += [outcome != DONE] if wanted.outcome not in (REFUSED, DONE) else []
    found += [] if wanted.since is None else [col(AuditEntry.at) >= wanted.since]
    found += [] if wanted.until is None else [col(AuditEntry.at) < wanted.until]
    return found


def _mentions(text: str, *, is_sqlite: bool) -> Any:
    if is_sqlite:
        # Its LIKE knows no case, and to write both sides in small letters first takes most of the time.
        return or_(*(col(getattr(AuditEntry, name)).contains(text, autoescape=True) for name in SEARCHED))
    # Where it is known in which letters a column is written, the database need not turn every row into them.
    return or_(
        col(AuditEntry.actor_name).icontains(text, autoescape=True),
        col(AuditEntry.request_id).icontains(text, autoescape=True),
        col(AuditEntry.action).contains(text.lower(), autoescape=True),
        col(AuditEntry.address).contains(text.lower(), autoescape=True),
        col(AuditEntry.outcome).contains(text.upper(), autoescape=True),
        *([AuditEntry.outcome == DONE] if text.lower() in DONE else []),
    )
