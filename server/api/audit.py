"""The tenant's audit: what was done, by whom, and what was refused."""

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response, StreamingResponse

from models.audit import exporting, reading
from models.audit.exporting import MEDIA_TYPES, AuditExport
from server.http.call import Call
from server.http.reply import Reply

NEXT = "Convene-Next"


async def search_audit(call: Call, db: AsyncSession) -> Reply:
    """Who did what in all of the tenant, newest first; refused attempts too."""
    return Reply(await reading.search_audit(db, call.who(), call.query))


async def export_audit(call: Call) -> Response:
    """The same as a file. Where it ends before the trail does, `Convene-Next` holds the cursor of the next one."""
    wanted: AuditExport = call.query
    file = await exporting.export_audit(call.context.database, call.who(), wanted)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="audit.{wanted.form}"',
        **({} if file.follows is None else {NEXT: file.follows}),
    }
    return StreamingResponse(file.parts, media_type=MEDIA_TYPES[wanted.form], headers=headers)
