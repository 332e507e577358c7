"""Answers once given: a command or request that is repeated gets the first answer again and does nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select as columns
from sqlalchemy.exc import IntegrityError
from sqlmodel import bindparam, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from models.errors import IdempotencyKeyReused, ValidationFailed
from models.log.tables import AnsweredCommand, AnsweredRequest
from models.rooms.tables import Participant
from models.transaction import Transaction
from models.writing import few

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given, and the mark of what it was given to."""

    mark: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class CommandKey:
    """A command_id as used: in which session, by whom, and for which command."""

    session_id: UUID
    person_id: UUID
    command_id: UUID
    command: str = field(compare=False)

    @property
    def mark(self) -> str:
        return self.command

    def repeat(self, first: Kept) -> Answer:
        """The answer again. Raises ValidationFailed if the id was used for another command."""
        if first.mark != self.command:
            raise ValidationFailed.of("command_id", f"was used for {first.mark} already; make a new one")
        return first.answer


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An Idempotency-Key as used: by whom, and for which request."""

    tenant_id: UUID = field(compare=False)
    principal: str
    key: str
    fingerprint: str = field(compare=False)

    @property
    def mark(self) -> str:
        return self.fingerprint

    def repeat(self, first: Kept) -> Answer:
        """The answer again. Raises IdempotencyKeyReused for a different request."""
        if first.mark != self.fingerprint:
            raise IdempotencyKeyReused
        return first.answer


AnswerKey = CommandKey | RequestKey
Answers = dict[AnswerKey, Kept]

_COMMANDS = columns(
    col(AnsweredCommand.session_id),
    col(AnsweredCommand.principal_id),
    col(AnsweredCommand.command_id),
    col(AnsweredCommand.command),
    col(AnsweredCommand.answer),
).where(
    col(AnsweredCommand.session_id).in_(bindparam("session_ids", expanding=True)),
    col(AnsweredCommand.principal_id).in_(bindparam("person_ids", expanding=True)),
    col(AnsweredCommand.command_id).in_(bindparam("command_ids", expanding=True)),
)
_REQUESTS = select(AnsweredRequest).where(
    col(AnsweredRequest.principal).in_(bindparam("principals", expanding=True)),
    col(AnsweredRequest.key).in_(bindparam("keys", expanding=True)),
)


async def recall_command(tx: Transaction, key: CommandKey) -> Answer | None:
    """The answer this command got before. Raises ValidationFailed if the id was used for another command."""
    first = (await recall_all_commands(tx, [key])).get(key)
    return None if first is None else key.repeat(first)


async def recall_all_commands(tx: Transaction, keys: Sequence[CommandKey]) -> Answers:
    """The answers that commands of these got before."""
    if not keys:
        return {}
    asked = {
        "session_ids": few({key.session_id for key in keys}),
        "person_ids": few({key.person_id for key in keys}),
        "command_ids": few({key.command_id for key in keys}),
    }
    rows = await (await tx.db.connection()).execute(_COMMANDS, asked)
    return {
        CommandKey(session_id, person_id, command_id, command): Kept(command, orjson.loads(answer))
        for session_id, person_id, command_id, command, answer in rows
    }


async def recall_all_requests(tx: Transaction, keys: Sequence[RequestKey]) -> Answers:
    """The answers that requests of these got before."""
    if not keys:
        return {}
    asked = {"principals": few({key.principal for key in keys}), "keys": few({key.key for key in keys})}
    return {
        RequestKey(one.tenant_id, one.principal, one.key, one.fingerprint): Kept(
            one.fingerprint, orjson.loads(one.answer)
        )
        for one in await tx.db.exec(_REQUESTS, params=asked)
    }


def remember_command(tx: Transaction, key: CommandKey, answer: Answer) -> None:
    """Keeps a command's answer, in the transaction that carries it out."""
    tx.insert(
        AnsweredCommand(
            session_id=key.session_id,
            principal_id=key.person_id,
            command_id=key.command_id,
            tenant_id=tx.log.tenant_id,
            command=key.command,
            answer=orjson.dumps(answer).decode(),
            at=tx.now,
        )
    )


def keep_request(tx: Transaction, used: RequestKey, status: int, answer: Answer) -> None:
    """Keeps the answer to a request whose key was not claimed, because its session is locked: two that are the same
    come one after the other.
    """
    kept = _unanswered(tx, used)
    kept.status, kept.answer = status, orjson.dumps(answer).decode()
    tx.insert(kept)


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
    claimed = update(AnsweredRequest).where(
        col(AnsweredRequest.principal) == used.principal, col(AnsweredRequest.key) == used.key
    )
    # Past the walls: a guest had no tenant yet when the key was claimed, and has one by now.
    await (await tx.db.connection()).execute(claimed.values(status=status, answer=answer.decode()))


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
            said["mentions"] = []
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
