"""Secrets that are mailed: random, stored as hashes, good once and for a while."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, delete, select

from models.errors import LinkNotValid
from models.identity.mailed_tables import MailedToken, Purpose
from models.identity.tables import User
from models.ids import hash_secret, new_secret
from models.transaction import Transaction

GOOD_FOR: Final = {
    Purpose.VERIFY_EMAIL: timedelta(days=3),
    Purpose.CHANGE_EMAIL: timedelta(hours=24),
    Purpose.RESET_PASSWORD: timedelta(hours=1),
}


async def issue_token(
    tx: Transaction, purpose: Purpose, user: User | None, email: str, tenant_id: UUID
) -> str:
    """A fresh token for a purpose; older ones of the same person for it are good no longer.

    For nobody it does the same: who asks must not be able to tell by the time it takes.
    """
    owner = None if user is None else user.id
    await tx.db.exec(
        delete(MailedToken).where(col(MailedToken.user_id) == owner, col(MailedToken.purpose) == purpose)
    )
    token = new_secret()
    tx.db.add(
        MailedToken(
            tenant_id=tenant_id,
            user_id=owner,
            purpose=purpose,
            email=email,
            token_hash=hash_secret(token),
            expires_at=tx.now + GOOD_FOR[purpose],
            created_at=tx.now,
            updated_at=tx.now,
        )
    )
    return token


async def redeem_token(tx: Transaction, token: str, *purposes: Purpose) -> tuple[MailedToken, User]:
    """What a token was made for, and for whom; it is used up by this. Raises LinkNotValid."""
    found = await tx.db.exec(
        select(MailedToken).where(
            col(MailedToken.token_hash) == hash_secret(token),
            col(MailedToken.purpose).in_(purposes),
            col(MailedToken.expires_at) > tx.now,
            col(MailedToken.user_id).is_not(None),
        )
    )
    mailed = found.first()
    if mailed is None:
        raise LinkNotValid
    user = (await tx.db.exec(select(User).where(User.id == mailed.user_id).with_for_update())).first()
    # Whoever deletes the row has used it: of two at once, one.
    used = await tx.db.exec(
        delete(MailedToken).where(col(MailedToken.id) == mailed.id),
        execution_options={"synchronize_session": False},
    )
    if used.rowcount != 1 or user is None or not user.is_active:
        raise LinkNotValid
    tx.db.expunge(mailed)
    tx.acts_for(None, user.id, user.who)
    return mailed, user


async def forget_tokens(tx: Transaction, user: User) -> None:
    """Makes every token of somebody worthless."""
    await tx.db.exec(delete(MailedToken).where(col(MailedToken.user_id) == user.id))
