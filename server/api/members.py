"""The accounts of the tenant, for whoever looks after them."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity import member_access, members
from models.identity.erasing import erase_member
from models.rooms.payloads import Done
from models.transaction import Transaction
from server.http.call import Call
from server.http.reply import Reply


async def list_members(call: Call, db: AsyncSession) -> Reply:
    """The accounts of the tenant, by name or the newest first."""
    return Reply(await members.list_members(db, call.who(), call.query, call.context.clock.now()))


async def show_member(call: Call, db: AsyncSession) -> Reply:
    """One account."""
    now = call.context.clock.now()
    return Reply(await members.show_member(db, call.who(), call.ids["user_id"], now))


async def update_member(call: Call, tx: Transaction) -> Reply:
    """Change somebody's name, username or address. A new address has to be verified anew."""
    return Reply(await members.update_member(tx, call.who(), call.ids["user_id"], call.body))


async def deactivate_member(call: Call, tx: Transaction) -> Reply:
    """Lock an account out. Its sign-ins end and its sockets are cut within a second; what it made stays."""
    return Reply(await members.deactivate_member(tx, call.who(), call.ids["user_id"]))


async def reactivate_member(call: Call, tx: Transaction) -> Reply:
    """Let an account in again, with the roles it had."""
    return Reply(await members.reactivate_member(tx, call.who(), call.ids["user_id"]))


async def list_sign_ins_of(call: Call, db: AsyncSession) -> Reply:
    """Where somebody is signed in, by last use."""
    clock = call.context.clock
    return Reply(await member_access.list_sign_ins_of(db, call.who(), call.ids["user_id"], clock))


async def end_sign_in_of(call: Call, tx: Transaction) -> Reply:
    """Sign somebody out on one device."""
    await member_access.end_sign_in_of(tx, call.who(), call.ids["user_id"], call.ids["sign_in_id"])
    return Reply()


async def end_sign_ins_of(call: Call, tx: Transaction) -> Reply:
    """Sign somebody out everywhere. On your own account, this sign-in stays."""
    return Reply(await member_access.end_sign_ins_of(tx, call.who(), call.ids["user_id"]))


async def mail_reset_to(call: Call, tx: Transaction) -> Reply:
    """Mail somebody a link by which they choose a new password."""
    return Reply(await member_access.mail_reset_to(call.context, tx, call.who(), call.ids["user_id"]))


async def delete_member(call: Call) -> Reply:
    """Delete somebody's account for good. They are a former participant from then on, wherever they have been.

    Refused with the list of their sessions, unless `reassign_to` or `archive` says what becomes of them.
    """
    who = await call.identify()
    await erase_member(call.context, call.origin, who, call.ids["user_id"], call.body)
    return Reply(Done())
