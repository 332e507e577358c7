"""The commands about a session's course. Each is one use case."""

from models.actors import Actor
from models.rooms.payloads import Cancel, InSession
from models.sessions import lifecycle
from models.sessions.payloads import RoomSession
from models.transaction import Transaction


async def start(tx: Transaction, actor: Actor, _payload: InSession) -> RoomSession:
    """Opens the room."""
    return RoomSession.of(await lifecycle.start_session(tx, actor))


async def pause(tx: Transaction, actor: Actor, _payload: InSession) -> RoomSession:
    """Holds the session; only hosts may speak."""
    return RoomSession.of(await lifecycle.pause_session(tx, actor))


async def resume(tx: Transaction, actor: Actor, _payload: InSession) -> RoomSession:
    """Goes on after a pause."""
    return RoomSession.of(await lifecycle.resume_session(tx, actor))


async def end(tx: Transaction, actor: Actor, _payload: InSession) -> RoomSession:
    """Closes the room for everybody."""
    return RoomSession.of(await lifecycle.end_session(tx, actor))


async def cancel(tx: Transaction, actor: Actor, payload: Cancel) -> RoomSession:
    """Calls the session off and says why."""
    return RoomSession.of(await lifecycle.cancel_session(tx, actor, payload.reason))


async def lock(tx: Transaction, actor: Actor, _payload: InSession) -> RoomSession:
    """Lets nobody else come in."""
    return RoomSession.of(await lifecycle.lock_session(tx, actor))


async def unlock(tx: Transaction, actor: Actor, _payload: InSession) -> RoomSession:
    """Opens the door again."""
    return RoomSession.of(await lifecycle.unlock_session(tx, actor))
