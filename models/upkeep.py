"""What is kept only for a while, swept out: answers to commands, revocations."""

from datetime import timedelta

from sqlmodel import col, delete

from models.context import Context
from models.identity.mailed_tables import MailedToken
from models.identity.registration_tables import Registration
from models.identity.tables import Revocation, SignIn
from models.log.tables import AnsweredCommand, AnsweredRequest
from models.transaction import Origin

ANSWERS_KEPT = timedelta(hours=24)
REVOCATIONS_KEPT = timedelta(hours=1)
SIGN_INS_KEPT = timedelta(days=30)


async def sweep(context: Context) -> None:
    """Drops what nobody will ask for again."""
    async with context.transaction(Origin("upkeep")) as tx:
        await tx.db.exec(delete(AnsweredCommand).where(col(AnsweredCommand.at) < tx.now - ANSWERS_KEPT))
        await tx.db.exec(delete(AnsweredRequest).where(col(AnsweredRequest.at) < tx.now - ANSWERS_KEPT))
        await tx.db.exec(delete(Revocation).where(col(Revocation.at) < tx.now - REVOCATIONS_KEPT))
        await tx.db.exec(delete(MailedToken).where(col(MailedToken.expires_at) < tx.now))
        await tx.db.exec(delete(Registration).where(col(Registration.expires_at) < tx.now))
        await tx.db.exec(delete(SignIn).where(col(SignIn.expires_at) < tx.now - SIGN_INS_KEPT))
