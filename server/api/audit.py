"""The tenant's audit: what was done, by whom, and what was refused."""

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response, StreamingResponse

from models.audit import reading
from models.audit.exporting import MEDIA_TYPES, AuditExport, next_file, rows_of, written
from models.permissions import Permission
from server.http.call import Call
from server.http.reply import Reply

NEXT = "Convene-Next"


async def search_audit(call: Call, db: AsyncSession) -> Reply:
    """Who did what in all of the tenant, newest first; refused attempts too."""
    return Reply(await reading.search_audit(db, call.who(), call.query))


async def export_audit(call: Call) -> Response:
    """The same as a file. Where it ends before the trail does, `Convene-Next` holds the cursor of the next one."""
    principal = call.who()
    principal.require(Permission.AUDIT_VIEW)
    wanted: AuditExport = call.query
    follows = await next_file(call.context.database, wanted)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="audit.{wanted.form}"',
        **({} if follows is None else {NEXT: follows}),
    }
    rows = rows_of(call.context.database, wanted)
    return StreamingResponse(written(rows, wanted.form), media_type=MEDIA_TYPES[wanted.form], headers=headers)
