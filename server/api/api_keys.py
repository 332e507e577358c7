"""Keys for programs: one's own, and the tenant's."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity import api_keys
from models.transaction import Transaction
from server.http.call import Call
from server.http.reply import Reply


async def list_own_keys(call: Call, db: AsyncSession) -> Reply:
    """Your keys for programs, the newest first."""
    return Reply(await api_keys.list_own_keys(db, call.who()))


async def create_key(call: Call, tx: Transaction) -> Reply:
    """Make a key for a program. It acts for you within its scopes; it is in this answer, and never shown again."""
    return Reply(await api_keys.create_key(tx, call.who(), call.body))


async def revoke_own_key(call: Call, tx: Transaction) -> Reply:
    """Revoke one of your keys. Its sockets are closed within a second."""
    await api_keys.revoke_own_key(tx, call.who(), call.ids["key_id"])
    return Reply()


async def list_keys(call: Call, db: AsyncSession) -> Reply:
    """Everybody's keys for programs, the newest first."""
    return Reply(await api_keys.list_keys(db, call.who()))


async def revoke_key(call: Call, tx: Transaction) -> Reply:
    """Revoke somebody's key. Its sockets are closed within a second."""
    await api_keys.revoke_key(tx, call.who(), call.ids["key_id"])
    return Reply()
