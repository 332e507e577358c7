"""Commands that share a transaction: one lock, one reading of everybody's rows, one commit for all of them.

Nothing else is different. Each is judged alone, by rows read under the lock, and carried out by the same use case as on
its own. If it is refused, it alone is refused; if the database fails, nothing of any has happened.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from models.actors import Actor
from models.crowd import Asking, Crowd, load_crowd
from models.errors import ConveneError
from models.log.answers import (
    AnswerKey,
    Answers,
    CommandKey,
    Kept,
    RequestKey,
    keep_request,
    recall_all_commands,
    recall_all_requests,
    remember_command,
)
from models.rooms.chat import load_messages_by_id
from models.transaction import Origin, Transaction

Answer = dict[str, Any]
Act = Callable[[Transaction, Actor], Awaitable[Answer]]
Begin = Callable[[UUID, Origin], AbstractAsyncContextManager[Transaction]]
"""Opens a transaction that is bound to a tenant."""


class Place(NamedTuple):
    """A session, as somebody of a tenant sees it: it may be another's, and then is not there."""

    tenant_id: UUID
    session_id: UUID


@dataclass(frozen=True, slots=True)
class Grouped:
    """One command, ready to be carried out.

    `act` is the use case with its payload; it must not change rows before it has decided to succeed. `key` says under
    which name its answer is remembered, if at all; `messages`, which messages it is going to look at.
    """

    asking: Asking
    origin: Origin
    act: Act
    key: AnswerKey | None = None
    status: int = 0
    messages: tuple[UUID, ...] = ()

    @property
    def session_id(self) -> UUID:
        return self.asking.session_id

    @property
    def place(self) -> Place:
        return Place(self.asking.claims.tenant_id, self.asking.session_id)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command: its answer, or why it was refused. `is_repeated` if it had been given before."""

    answer: Answer | None = None
    refusal: ConveneError | None = None
    is_repeated: bool = False


async def carry_out(begin: Begin, group: Sequence[Grouped], *, wait: bool) -> list[Outcome | None]:
    """Carries out several commands of one tenant in one transaction, in their order.

    With `wait`, for its turn at every session; else it takes the sessions whose turn is free, and the outcome of a
    command in another is None: it has to come again. Raises Unavailable, with nothing done.
    """
    async with begin(group[0].place.tenant_id, Origin("group")) as tx:
        ready = await _lock(tx, group, wait=wait)
        common = await Common.load(tx, [one for one in group if one.session_id in ready])
        return [await _carry_out_one(tx, common, one) if one.session_id in ready else None for one in group]


@dataclass(slots=True)
class Common:
    """What the commands of a group need to know, read at once."""

    crowd: Crowd
    answers: Answers
    messages: Sequence[object]
    """Held only so that the transaction finds them again without asking the database."""

    @classmethod
    async def load(cls, tx: Transaction, group: Sequence[Grouped]) -> "Common":
        """Reads it, in a handful of statements."""
        crowd = await load_crowd(tx.db, [one.asking for one in group], tx.now)
        commands = [one.key for one in group if isinstance(one.key, CommandKey)]
        requests = [one.key for one in group if isinstance(one.key, RequestKey)]
        message_ids = {message_id for one in group for message_id in one.messages}
        answers = {**await recall_all_commands(tx, commands), **await recall_all_requests(tx, requests)}
        return cls(crowd, answers, await load_messages_by_id(tx.db, message_ids) if message_ids else ())


async def _lock(tx: Transaction, group: Sequence[Grouped], *, wait: bool) -> set[UUID]:
    session_ids = sorted({one.session_id for one in group})
    if not wait:
        return await tx.lock_free(session_ids)
    await tx.lock_all(session_ids)
    # One that is not there is refused like any other: to whom, is for the rules to say.
    return set(session_ids)


async def _carry_out_one(tx: Transaction, common: Common, one: Grouped) -> Outcome:
    try:
        with tx.part(one.origin) as part:
            actor = common.crowd.actor(one.asking, tx.now)
            await part.lock(one.session_id)
            part.acts_for(actor.id, actor.user_id, actor.who)
            first = None if one.key is None else common.answers.get(one.key)
            if one.key is not None and first is not None:
                return Outcome(one.key.repeat(first), is_repeated=True)
            answer = await one.act(part, actor)
            _remember(part, one, answer)
    except ConveneError as error:
        return Outcome(refusal=error)
    if one.key is not None:
        common.answers[one.key] = Kept(one.key.mark, answer)
    return Outcome(answer)


def _remember(part: Transaction, one: Grouped, answer: Answer) -> None:
    if isinstance(one.key, CommandKey):
        remember_command(part, one.key, answer)
    elif one.key is not None:
        keep_request(part, one.key, one.status, answer)
