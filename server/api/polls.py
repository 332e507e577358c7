"""Polls of a session."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models.rooms import polls
from models.rooms.poll_payloads import OwnPollView, PollView
from models.rooms.poll_tables import Poll
from models.transaction import Transaction
from server.http.call import Call
from server.http.paged import paged
from server.http.reply import Reply


async def list_polls(call: Call, db: AsyncSession) -> Reply:
    """The session's polls, oldest first, with your own votes."""
    actor = await call.reader(db)
    found = await polls.list_polls(db, actor, call.query)
    votes = await polls.load_own_votes(db, actor, found.items)
    return paged(found, lambda poll: _own(poll, votes.get(poll.id)), call.query.page, call.query.limit)


async def create_poll(call: Call, tx: Transaction) -> Reply:
    """Ask the room a question."""
    return Reply(PollView.of(await polls.create_poll(tx, await call.actor(tx), call.body)))


async def vote(call: Call, tx: Transaction) -> Reply:
    """Vote, or change your vote."""
    poll = await polls.vote(tx, await call.actor(tx), call.ids["poll_id"], call.body.choices)
    return Reply(_own(poll, sorted(set(call.body.choices))))


async def close_poll(call: Call, tx: Transaction) -> Reply:
    """End the voting."""
    return Reply(PollView.of(await polls.close_poll(tx, await call.actor(tx), call.ids["poll_id"])))


def _own(poll: Poll, choices: list[int] | None) -> OwnPollView:
    return OwnPollView(**PollView.of(poll).model_dump(), my_choices=choices)
