"""The audit trail of a session: who did what, when, from where."""

from typing import Any, Self
from uuid import UUID

from pydantic import Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, require
from models.audit.tables import AuditEntry
from models.paging import Page, PageQuery, load_page
from models.permissions import Permission
from models.text import Moment, View


class AuditQuery(PageQuery):
    """Which part of the trail."""

    action: str | None = Field(
        None, max_length=60, description="Only this act.", examples=["participant:kicked"]
    )


class AuditView(View):
    """One act. Never holds a secret or what somebody said."""

    id: UUID
    at: Moment
    action: str
    user_id: UUID | None = Field(description="The account that did it.")
    participant_id: UUID | None = Field(description="Who did it, as the session's log calls them.")
    target_id: UUID | None = Field(description="What or whom it was done to.")
    details: dict[str, Any]
    address: str
    request_id: str

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        return cls.model_validate(entry, from_attributes=True)


async def list_audit(db: AsyncSession, actor: Actor, query: AuditQuery) -> Page[AuditEntry]:
    """What was done in the session, newest first. Raises Forbidden."""
    require(actor, Permission.AUDIT_VIEW)
    trail = select(AuditEntry).where(
        AuditEntry.tenant_id == actor.session.tenant_id, AuditEntry.session_id == actor.session.id
    )
    if query.action is not None:
        trail = trail.where(AuditEntry.action == query.action)
    return await load_page(db, trail.order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc()), query)
