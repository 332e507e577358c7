"""Answers once given: a command or request that is repeated gets the first answer again and does nothing."""

from typing import Any
from uuid import UUID

import orjson
from sqlmodel import col, delete, select

from models.errors import IdempotencyKeyReused, ValidationFailed
from models.log.tables import AnsweredCommand, AnsweredRequest
from models.transaction import Transaction


async def recall_command(
    tx: Transaction, session_id: UUID, principal_id: UUID, command_id: UUID, command: str
) -> dict[str, Any] | None:
    """The answer this command got before. Raises ValidationFailed if the id was used for another command."""
    query = select(AnsweredCommand).where(
        AnsweredCommand.session_id == session_id,
        AnsweredCommand.principal_id == principal_id,
        AnsweredCommand.command_id == command_id,
    )
    answered = (await tx.db.exec(query)).first()
    if answered is None:
        return None
    if answered.command != command:
        raise ValidationFailed.of("command_id", f"was used for {answered.command} already; make a new one")
    answer: dict[str, Any] = orjson.loads(answered.answer)
    return answer


def remember_command(
    tx: Transaction,
    session_id: UUID,
    principal_id: UUID,
    command_id: UUID,
    command: str,
    answer: dict[str, Any],
) -> None:
    """Keeps a command's answer, in the transaction that carries it out."""
    tx.db.add(
        AnsweredCommand(
            session_id=session_id,
            principal_id=principal_id,
            command_id=command_id,
            tenant_id=tx.log.tenant_id,
            command=command,
            answer=orjson.dumps(answer).decode(),
            at=tx.now,
        )
    )


async def forget_answers(tx: Transaction, older_than_s: float) -> None:
    """Drops answers that nobody will ask for again."""
    before = tx.now.timestamp() - older_than_s
    limit = tx.now.fromtimestamp(before, tx.now.tzinfo)
    for table in (AnsweredCommand, AnsweredRequest):
        await tx.db.exec(delete(table).where(col(table.at) < limit))


async def recall_request(
    tx: Transaction, principal: str, key: str, fingerprint: str
) -> AnsweredRequest | None:
    """The answer a request with this Idempotency-Key got. Raises IdempotencyKeyReused for a different request."""
    query = select(AnsweredRequest).where(AnsweredRequest.principal == principal, AnsweredRequest.key == key)
    answered = (await tx.db.exec(query)).first()
    if answered is not None and answered.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    return answered
