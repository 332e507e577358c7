"""What happened in a session: its log, its state, its audit."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit import reading
from models.log import history
from models.log.loading import load_snapshot
from models.log.resume import audience_kind
from server.http.call import Call
from server.http.paged import paged
from server.http.reply import Reply, Written


async def list_events(call: Call, db: AsyncSession) -> Reply:
    """The session's log from a place on. What is not for you stands as `event:hidden`, so that no seq is missing."""
    found = await history.list_events(db, await call.reader(db), call.query)
    # In the log they are finished JSON, in the form of `EventFrame`.
    return Reply(Written(f"[{','.join([event.typed_body() for event in found])}]"))


async def show_state(call: Call, db: AsyncSession) -> Reply:
    """The room as it is now, and the place in the log that this is true of."""
    actor = await call.reader(db)
    now = await load_snapshot(db, actor.session.id, audience_kind(actor))
    return Reply(history.StateView.model_validate({"epoch": now.epoch, "seq": now.seq, "state": now.state}))


async def list_audit(call: Call, db: AsyncSession) -> Reply:
    """Who did what in this session, newest first. For hosts and co-hosts."""
    found = await reading.list_audit(db, await call.reader(db), call.query)
    return paged(found, reading.AuditView.of, call.query.page, call.query.limit)
