"""One's own second factor, and somebody's who has lost theirs."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity import second_factor as factors
from models.rooms.payloads import Done
from models.transaction import Transaction
from server.http.call import Call
from server.http.reply import Reply


async def show_second_factor(call: Call, db: AsyncSession) -> Reply:
    """Whether one has a second factor, and how many recovery codes are left."""
    return Reply(await factors.show_second_factor(db, call.who().account()))


async def begin_second_factor(call: Call) -> Reply:
    """Make a secret for an authenticator. It counts once a code of it was given."""
    user = (await call.identify()).account()
    return Reply(await factors.begin_second_factor(call.context, call.origin, user, call.body))


async def confirm_second_factor(call: Call) -> Reply:
    """Turn the second factor on with a first code. The recovery codes are told this once."""
    user = (await call.identify()).account()
    return Reply(await factors.confirm_second_factor(call.context, call.origin, user, call.body))


async def renew_recovery_codes(call: Call) -> Reply:
    """Get fresh recovery codes in the place of those from before."""
    user = (await call.identify()).account()
    return Reply(await factors.renew_recovery_codes(call.context, call.origin, user, call.body))


async def end_second_factor(call: Call) -> Reply:
    """Turn one's own second factor off."""
    user = (await call.identify()).account()
    await factors.end_second_factor(call.context, call.origin, user, call.body)
    return Reply(Done())


async def reset_second_factor(call: Call, tx: Transaction) -> Reply:
    """Take somebody's second factor away, who has lost it."""
    await factors.reset_second_factor(tx, call.who(), call.ids["user_id"])
    return Reply()
