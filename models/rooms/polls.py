"""Polls: ask the room, vote, close. They stay with the session."""

from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import FRESH, Actor, require
from models.errors import (
    CapabilityOff,
    PollIsClosed,
    PollNotFound,
    SessionNotLive,
    TooManyPolls,
    ValidationFailed,
)
from models.ids import new_id
from models.paging import Page, PageQuery, load_page
from models.permissions import Permission
from models.rooms.poll_events import PollClosed, PollCreated, PollVoted
from models.rooms.poll_payloads import PollFields, PollView
from models.rooms.poll_tables import Poll, PollVote
from models.rooms.tables import Participant
from models.sessions.kinds import OVER, SessionSettings, SessionStatus
from models.transaction import Transaction

MAX_POLLS = 50
"""Polls of one session; all of them are part of the room's state."""


async def create_poll(tx: Transaction, actor: Actor, fields: PollFields) -> Poll:
    """Asks the room a question.

    Records `poll:created`. Raises Forbidden, CapabilityOff, SessionNotLive, TooManyPolls.
    """
    require(actor, Permission.POLL_CREATE)
    if not SessionSettings.model_validate(actor.session.settings).allow_polls:
        raise CapabilityOff("There are no polls in this session.")
    if actor.session.status in OVER:
        raise SessionNotLive
    count = select(func.count()).where(Poll.session_id == actor.session.id)
    if (await tx.db.exec(count)).one() >= MAX_POLLS:
        raise TooManyPolls
    poll = Poll(
        id=new_id(),
        tenant_id=actor.session.tenant_id,
        session_id=actor.session.id,
        created_by=actor.participant.id if actor.participant else None,
        question=fields.question,
        options=fields.options,
        is_multiple=fields.is_multiple,
        counts=[0] * len(fields.options),
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.db.add(poll)
    tx.record(PollCreated(poll=PollView.of(poll)))
    return poll


async def vote(tx: Transaction, actor: Actor, poll_id: UUID, choices: list[int]) -> Poll:
    """Votes, or changes one's vote. The same vote again is no change.

    Records `poll:voted`. Raises NotJoined, PollNotFound, PollIsClosed, ValidationFailed, SessionNotLive.
    """
    require(actor, Permission.POLL_VOTE)
    voter = _voter(actor)
    poll = await _load(tx, actor, poll_id)
    if poll.closed_at is not None:
        raise PollIsClosed
    chosen = _checked(poll, choices)
    query = select(PollVote).where(PollVote.poll_id == poll.id, PollVote.participant_id == voter.id)
    before = (await tx.db.exec(query, execution_options=FRESH)).first()
    if before is not None and before.choices == chosen:
        return poll
    _count(poll, before.choices if before else [], chosen)
    if before is None:
        before = PollVote(
            poll_id=poll.id, participant_id=voter.id, tenant_id=poll.tenant_id, choices=chosen, at=tx.now
        )
        poll.voters += 1
    before.choices, before.at = chosen, tx.now
    poll.updated_at = tx.now
    tx.db.add(before)
    tx.record(PollVoted(poll_id=poll.id, counts=poll.counts, voters=poll.voters))
    return poll


async def close_poll(tx: Transaction, actor: Actor, poll_id: UUID) -> Poll:
    """Ends the voting. Closing twice is no change. Records `poll:closed`. Raises Forbidden, PollNotFound."""
    require(actor, Permission.POLL_CLOSE)
    poll = await _load(tx, actor, poll_id)
    if poll.closed_at is None:
        poll.closed_at = poll.updated_at = tx.now
        tx.record(PollClosed(poll_id=poll.id))
    return poll


async def load_polls(db: AsyncSession, session_id: UUID) -> list[Poll]:
    """A session's polls, oldest first."""
    query = select(Poll).where(Poll.session_id == session_id).order_by(col(Poll.created_at), col(Poll.id))
    return list((await db.exec(query)).all())


async def list_polls(db: AsyncSession, actor: Actor, page: PageQuery) -> Page[Poll]:
    """A page of the session's polls, oldest first. For everybody who may be in the room."""
    query = select(Poll).where(Poll.session_id == actor.session.id)
    return await load_page(db, query.order_by(col(Poll.created_at), col(Poll.id)), page)


async def load_own_votes(db: AsyncSession, actor: Actor, polls: list[Poll]) -> dict[UUID, list[int]]:
    """What the actor voted in each of these polls."""
    if actor.participant is None:
        return {}
    query = select(PollVote).where(
        PollVote.participant_id == actor.participant.id,
        col(PollVote.poll_id).in_([poll.id for poll in polls]),
    )
    return {cast.poll_id: cast.choices for cast in (await db.exec(query)).all()}


def _voter(actor: Actor) -> Participant:
    voter = actor.as_present()
    if actor.session.status is not SessionStatus.ACTIVE:
        raise SessionNotLive
    return voter


async def _load(tx: Transaction, actor: Actor, poll_id: UUID) -> Poll:
    query = select(Poll).where(Poll.id == poll_id, Poll.session_id == actor.session.id)
    poll = (await tx.db.exec(query, execution_options=FRESH)).first()
    if poll is None:
        raise PollNotFound
    return poll


def _checked(poll: Poll, choices: list[int]) -> list[int]:
    chosen = sorted(set(choices))
    if chosen[-1] >= len(poll.options):
        raise ValidationFailed.of("choices", f"must be numbers from 0 to {len(poll.options) - 1}")
    if len(chosen) > 1 and not poll.is_multiple:
        raise ValidationFailed.of("choices", "must be one option: this poll does not take several")
    return chosen


def _count(poll: Poll, before: list[int], after: list[int]) -> None:
    counts = list(poll.counts)
    for option in before:
        counts[option] -= 1
    for option in after:
        counts[option] += 1
    poll.counts = counts
