"""Blanking what the trail says of a person who is erased: the only change that a row of the audit ever sees."""

from uuid import UUID

from sqlmodel import and_, col, or_, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit.commitment import ABOUT_ACCOUNTS, CHANGED, PERSONAL
from models.audit.tables import AuditEntry

_UNASKED = {"synchronize_session": False}


async def forget(db: AsyncSession, user_id: UUID) -> None:
    """Blanks name, address and program in all that the account did, and in what strangers tried upon it.

    Of what was done to the account its old and new values go as well. What somebody else did to it stays: the row is
    about them. Rows from before there was a salt stay too.
    """
    tried_upon = and_(col(AuditEntry.user_id).is_(None), col(AuditEntry.target_id) == user_id)
    theirs = and_(or_(col(AuditEntry.user_id) == user_id, tried_upon), col(AuditEntry.salt) != "")
    about_accounts = col(AuditEntry.target_kind) == ABOUT_ACCOUNTS
    blank: dict[str, object] = {"salt": "", **dict.fromkeys(PERSONAL, "")}
    changed: dict[str, object] = {name: {} for name in CHANGED}
    with_changes = update(AuditEntry).where(theirs, about_accounts).values(**blank, **changed)
    without = update(AuditEntry).where(theirs, ~about_accounts).values(**blank)
    for statement in (with_changes, without):
        await db.exec(statement, execution_options=_UNASKED)
