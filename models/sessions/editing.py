"""Setting a session up: create, change, delete, restore."""

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select

from models.actors import Actor, require
from models.clock import wire_time
from models.errors import InvalidTransition, SessionChanged, SessionOver, Unavailable, ValidationFailed
from models.identity.principals import Principal
from models.ids import new_code, new_id
from models.log.tables import SessionLog
from models.permissions import Permission, Role
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.events import SessionCreated, SessionDeleted, SessionRestored, SessionUpdated
from models.sessions.kinds import LIVE, OVER, PRESET_SEATS, PRESETS, SessionStatus
from models.sessions.lifecycle import check_times
from models.sessions.payloads import CreateSession, RoomSession, UpdateSession
from models.sessions.tables import Session, SessionTag
from models.transaction import Transaction

CODE_ATTEMPTS = 8

_CHANGEABLE = (
    "title",
    "description",
    "start_time",
    "end_time",
    "original_language",
    "available_languages",
    "max_participants",
    "settings",
)


async def create_session(tx: Transaction, principal: Principal, data: CreateSession) -> Session:
    """Makes a session with a code of its own; its creator is its owner and host.

    Records `session:created`. Raises Unauthenticated, Forbidden, ValidationFailed.
    """
    user = principal.require(Permission.SESSION_CREATE)
    _check_future(tx, data)
    session = _new_session(tx, principal, data)
    await _store_with_code(tx, session)
    host = Participant(
        tenant_id=session.tenant_id,
        session_id=session.id,
        user_id=user.id,
        display_name=user.display_name,
        role=Role.HOST,
        status=ParticipantStatus.LEFT,
        language=session.original_language,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.db.add(host)
    _set_tags(tx, session, data.tags)
    tx.open_log(SessionLog(session_id=session.id, tenant_id=session.tenant_id))
    tx.acts_for(host.id, user.id, principal.who)
    tx.record(SessionCreated(session=RoomSession.of(session)))
    return session


async def update_session(tx: Transaction, actor: Actor, changes: UpdateSession) -> Session:
    """Changes what was set up. What is given replaces what was; a session that is over stays as it is.

    Records `session:updated` if anything changed. Raises Forbidden, SessionOver, SessionChanged, ValidationFailed.
    """
    require(actor, Permission.SESSION_EDIT)
    session = actor.session
    if session.status in OVER:
        raise SessionOver("A session that is over cannot be changed.")
    _check_unchanged(session, changes)
    before = _facts(session)
    changed = _apply(session, changes)
    check_times(session.start_time, session.end_time)
    tags = await load_tags(tx, session) if changes.tags is not None else []
    if changes.tags is not None and set(changes.tags) != set(tags):
        before["tags"] = tags
        await tx.db.exec(delete(SessionTag).where(col(SessionTag.session_id) == session.id))
        _set_tags(tx, session, changes.tags)
        changed.append("tags")
    if changed:
        session.updated_at = tx.now
        after = {**_facts(session), **({"tags": sorted(changes.tags or ())} if "tags" in before else {})}
        tx.record(
            SessionUpdated(session=RoomSession.of(session), changed=changed), before=before, after=after
        )
    return session


async def delete_session(tx: Transaction, actor: Actor) -> Session:
    """Takes a session out of every list; it can be restored. A running one has to be ended first.

    Records `session:deleted`. Raises Forbidden, InvalidTransition.
    """
    require(actor, Permission.SESSION_DELETE)
    if actor.session.status in LIVE:
        raise InvalidTransition("This session is running. End it first.", status=actor.session.status)
    actor.session.deleted_at = actor.session.updated_at = tx.now
    tx.record(SessionDeleted())
    return actor.session


async def restore_session(tx: Transaction, actor: Actor) -> Session:
    """Brings a deleted session back as it was. Records `session:restored`. Raises Forbidden."""
    require(actor, Permission.SESSION_DELETE)
    actor.session.deleted_at = None
    actor.session.updated_at = tx.now
    tx.record(SessionRestored())
    return actor.session


async def load_tags(tx: Transaction, session: Session) -> list[str]:
    """A session's tags, in alphabetical order."""
    query = select(SessionTag.tag).where(SessionTag.session_id == session.id).order_by(SessionTag.tag)
    return list((await tx.db.exec(query)).all())


def _check_unchanged(session: Session, changes: UpdateSession) -> None:
    seen = changes.unchanged_since
    # As it goes out: finer than that nobody can have seen it.
    if seen is not None and wire_time(seen) != wire_time(session.updated_at):
        raise SessionChanged


def _check_future(tx: Transaction, data: CreateSession) -> None:
    if data.end_time is not None and data.end_time <= tx.now:
        raise ValidationFailed.of("end_time", "must be in the future")


def _new_session(tx: Transaction, principal: Principal, data: CreateSession) -> Session:
    settings = data.settings.onto(PRESETS[data.kind])
    if data.requires_approval is not None:
        settings = settings.model_copy(update={"requires_approval": data.requires_approval})
    return Session(
        id=new_id(),
        tenant_id=principal.tenant_id,
        title=data.title,
        description=data.description,
        kind=data.kind,
        code=new_code(),
        owner_id=principal.account().id,
        status=SessionStatus(data.status),
        start_time=data.start_time,
        end_time=data.end_time,
        original_language=data.original_language,
        available_languages=data.available_languages or [data.original_language],
        max_participants=data.max_participants or PRESET_SEATS[data.kind],
        settings=settings.model_dump(),
        created_at=tx.now,
        updated_at=tx.now,
    )


async def _store_with_code(tx: Transaction, session: Session) -> None:
    for _ in range(CODE_ATTEMPTS):
        try:
            async with tx.db.begin_nested():
                tx.db.add(session)
        except IntegrityError:
            session.code = new_code()
        else:
            return
    raise Unavailable("No free session code was found. Try again.")


def _set_tags(tx: Transaction, session: Session, tags: list[str]) -> None:
    tx.db.add_all(SessionTag(session_id=session.id, tag=tag, tenant_id=session.tenant_id) for tag in tags)


def _facts(session: Session) -> dict[str, Any]:
    """What can be changed about a session, as the audit compares it."""
    return {name: getattr(session, name) for name in _CHANGEABLE}


def _apply(session: Session, changes: UpdateSession) -> list[str]:
    given: dict[str, Any] = {name: getattr(changes, name) for name in changes.model_fields_set}
    settings = RoomSession.of(session).settings
    if changes.settings is not None:
        settings = changes.settings.onto(settings)
    if changes.requires_approval is not None:
        settings = settings.model_copy(update={"requires_approval": changes.requires_approval})
    plain = {
        k: v
        for k, v in given.items()
        if k not in ("tags", "settings", "requires_approval", "unchanged_since")
    }
    for name in [k for k, v in plain.items() if v is None and k not in ("start_time", "end_time")]:
        del plain[name]
    plain["settings"] = settings.model_dump()
    changed = [name for name, value in plain.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, plain[name])
    return sorted(changed)
