"""Answers once given: a command or request that is repeated gets the first answer again and does nothing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.errors import IdempotencyKeyReused, ValidationFailed
from models.log.tables import AnsweredCommand, AnsweredRequest
from models.rooms.tables import Participant
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
    tx.insert(
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


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An Idempotency-Key as used: by whom, and for which request."""

    tenant_id: UUID
    principal: str
    key: str
    fingerprint: str


async def claim_request(tx: Transaction, used: RequestKey) -> AnsweredRequest | None:
    """Takes a key for a request that is about to be carried out, or gives the answer it got before.

    Of two that come at once the second waits here for the first one's commit. Raises IdempotencyKeyReused for a
    different request.
    """
    try:
        async with tx.db.begin_nested():
            tx.db.add(_unanswered(tx, used))
    except IntegrityError:
        answered = (await tx.db.exec(_of(used))).one()
    else:
        return None
    if answered.fingerprint != used.fingerprint:
        raise IdempotencyKeyReused
    return answered


async def remember_request(tx: Transaction, used: RequestKey, status: int, answer: bytes) -> None:
    """Keeps the answer to a claimed request, in the transaction that carries it out."""
    claimed = (await tx.db.exec(_of(used))).one()
    claimed.status = status
    claimed.answer = answer.decode()


async def blank_answers(tx: Transaction, session_id: UUID, author: Participant, message_id: UUID) -> None:
    """Takes the words of a message out of the answers that its author got: it is taken back for good."""
    commands = select(AnsweredCommand).where(
        AnsweredCommand.session_id == session_id, col(AnsweredCommand.answer).contains(str(message_id))
    )
    whose = [str(one) for one in (author.id, author.user_id) if one is not None]
    requests = select(AnsweredRequest).where(
        col(AnsweredRequest.principal).in_(whose), col(AnsweredRequest.answer).contains(str(message_id))
    )
    answered: list[AnsweredCommand | AnsweredRequest] = [
        *(await tx.db.exec(commands)).all(),
        *(await tx.db.exec(requests)).all(),
    ]
    for one in answered:
        answer = orjson.loads(one.answer)
        said = answer.get("data", answer)
        if said.get("id") == str(message_id):
            said["text"] = ""
            one.answer = orjson.dumps(answer).decode()


def _of(used: RequestKey) -> SelectOfScalar[AnsweredRequest]:
    return select(AnsweredRequest).where(
        AnsweredRequest.principal == used.principal, AnsweredRequest.key == used.key
    )


def _unanswered(tx: Transaction, used: RequestKey) -> AnsweredRequest:
    return AnsweredRequest(
        principal=used.principal,
        key=used.key,
        tenant_id=used.tenant_id,
        fingerprint=used.fingerprint,
        status=0,
        answer="",
        at=tx.now,
    )
