"""The commands of polls. Each is one use case."""

from models.actors import Actor
from models.rooms import polls
from models.rooms.poll_payloads import CreatePoll, OwnPollView, PollTarget, PollView, Vote
from models.transaction import Transaction


async def create(tx: Transaction, actor: Actor, payload: CreatePoll) -> PollView:
    """Asks the room a question."""
    return PollView.of(await polls.create_poll(tx, actor, payload))


async def vote(tx: Transaction, actor: Actor, payload: Vote) -> OwnPollView:
    """Votes, or changes one's vote."""
    poll = await polls.vote(tx, actor, payload.poll_id, payload.choices)
    return OwnPollView(**PollView.of(poll).model_dump(), my_choices=sorted(set(payload.choices)))


async def close(tx: Transaction, actor: Actor, payload: PollTarget) -> PollView:
    """Ends the voting."""
    return PollView.of(await polls.close_poll(tx, actor, payload.poll_id))
