"""Meetings, as seed 004 calls sessions: co-hosts by account."""

from models.rooms import adding
from models.rooms.payloads import ParticipantView
from models.transaction import Transaction
from server.http.call import Call
from server.http.reply import Reply


async def add_co_host(call: Call, tx: Transaction) -> Reply:
    """Make an account a co-host, whether or not it has been in the meeting yet."""
    participant, is_new = await adding.add_co_host(tx, await call.actor(tx), call.body.user_id)
    if is_new:
        # What is refused now is rolled back.
        await call.context.allowances.count_enrolment(participant.tenant_id, participant.session_id)
    return Reply(ParticipantView.of(participant))


async def remove_co_host(call: Call, tx: Transaction) -> Reply:
    """Make a co-host an attendee again."""
    await adding.remove_co_host(tx, await call.actor(tx), call.ids["user_id"])
    return Reply()
