"""Sessions: set up, find, look up by code, and the course of their life."""

from collections.abc import Awaitable, Callable

from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, act_in_session
from models.errors import SessionNotFound
from models.rooms.guessing import check_guesses, count_wrong_code
from models.sessions import editing, lifecycle
from models.sessions.kinds import PRESET_SEATS, PRESETS, SessionKind, SessionSettings
from models.sessions.listing import search_sessions, view_of
from models.sessions.payloads import SessionQuery
from models.sessions.preview import preview_session
from models.sessions.tables import Session
from models.text import Payload, View
from models.transaction import Transaction
from server.http.call import Call
from server.http.reply import Pagination, Rehearsed, Reply


class CreateQuery(Payload):
    """How to create."""

    dry_run: bool = Field(False, description="Check everything, store nothing.")


class KindPreset(View):
    """What a new session of a kind begins with."""

    kind: SessionKind
    settings: SessionSettings
    max_participants: int


async def create_session(call: Call, tx: Transaction) -> Reply:
    """Make a session with a code of its own; you are its host. With dry_run=true it is only checked (200)."""
    session = await editing.create_session(tx, call.who(), call.body)
    view = await view_of(tx.db, call.who(), session)
    if call.query.dry_run:
        raise Rehearsed(Reply(view, status=200))
    # What is refused now is rolled back.
    await call.context.allowances.count_session(session.tenant_id, call.who().account().id)
    return Reply(view)


async def list_sessions(call: Call, db: AsyncSession) -> Reply:
    """Find sessions you have a part in (an administrator: all), by text, kind, state, tag and time."""
    query: SessionQuery = call.query
    found = await search_sessions(db, call.who(), query)
    return Reply(found.items, pagination=Pagination.of(query.page, query.limit, found.total))


async def preview_code(call: Call, db: AsyncSession) -> Reply:
    """Where a code leads, whether you could go in, and why not. Public; also for codes not yet typed to the end."""
    await check_guesses(call.context, call.address)
    preview = await preview_session(db, call.principal, call.query.code, call.context.clock.now())
    if any(issue.code == SessionNotFound.code for issue in preview.errors):
        await count_wrong_code(call.context, call.address)
    return Reply(preview)


async def list_kinds(_call: Call) -> Reply:
    """The kinds of session, and the settings each begins with."""
    return Reply(
        [
            KindPreset(kind=kind, settings=settings, max_participants=PRESET_SEATS[kind])
            for kind, settings in PRESETS.items()
        ]
    )


async def show_session(call: Call, db: AsyncSession) -> Reply:
    """One session, as you see it."""
    actor = await call.reader(db)
    return Reply(await view_of(db, call.who(), actor.session))


async def change_session(call: Call, tx: Transaction) -> Reply:
    """Change what was set up. Only what is given changes."""
    return await _changed(call, tx, lambda actor: editing.update_session(tx, actor, call.body))


async def delete_session(call: Call, tx: Transaction) -> Reply:
    """Take a session out of every list. It can be restored."""
    await editing.delete_session(tx, await call.actor(tx))
    return Reply()


async def restore_session(call: Call, tx: Transaction) -> Reply:
    """Bring a deleted session back as it was."""
    actor = await act_in_session(tx, call.who(), call.ids["session_id"], deleted=True)
    return Reply(await view_of(tx.db, call.who(), await editing.restore_session(tx, actor)))


async def schedule_session(call: Call, tx: Transaction) -> Reply:
    """Make a draft a session that people can find and wait for."""
    return await _changed(call, tx, lambda actor: lifecycle.schedule_session(tx, actor, call.body))


async def start_session(call: Call, tx: Transaction) -> Reply:
    """Open the room."""
    return await _changed(call, tx, lambda actor: lifecycle.start_session(tx, actor))


async def pause_session(call: Call, tx: Transaction) -> Reply:
    """Hold the session: people stay, only hosts may speak."""
    return await _changed(call, tx, lambda actor: lifecycle.pause_session(tx, actor))


async def resume_session(call: Call, tx: Transaction) -> Reply:
    """Go on after a pause."""
    return await _changed(call, tx, lambda actor: lifecycle.resume_session(tx, actor))


async def end_session(call: Call, tx: Transaction) -> Reply:
    """Close the room for everybody, and its recording with it."""
    return await _changed(call, tx, lambda actor: lifecycle.end_session(tx, actor))


async def cancel_session(call: Call, tx: Transaction) -> Reply:
    """Call the session off, and say why."""
    return await _changed(call, tx, lambda actor: lifecycle.cancel_session(tx, actor, call.body.reason))


async def lock_session(call: Call, tx: Transaction) -> Reply:
    """Let nobody else come in."""
    return await _changed(call, tx, lambda actor: lifecycle.lock_session(tx, actor))


async def unlock_session(call: Call, tx: Transaction) -> Reply:
    """Open the door again."""
    return await _changed(call, tx, lambda actor: lifecycle.unlock_session(tx, actor))


async def _changed(call: Call, tx: Transaction, change: Callable[[Actor], Awaitable[Session]]) -> Reply:
    session = await change(await call.actor(tx))
    return Reply(await view_of(tx.db, call.who(), session))
