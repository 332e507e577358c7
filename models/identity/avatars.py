"""One's own picture: kept, taken away, and shown wherever one is."""

import hashlib
from typing import Final
from uuid import UUID

from sqlmodel import col, select

from models.actors import FRESH
from models.context import Context
from models.identity.avatar_urls import SIZES, avatar_url
from models.identity.preferences import shown_avatar
from models.identity.tables import User
from models.rooms.events import AvatarChanged
from models.rooms.tables import Participant, ParticipantStatus
from models.transaction import Origin, Transaction

MAX_UPLOAD_BYTES: Final = 5 * 1024 * 1024
UPLOADS_PER_MINUTE: Final = 10


def picture_key(avatar: str, size: int) -> str:
    """Where a picture is kept."""
    return f"avatars/{avatar}/{size}.webp"


async def set_avatar(context: Context, origin: Origin, user: User, content: bytes) -> User:
    """Takes a picture for one's own, in place of the last.

    Records `participant:avatar_changed` where one is in a room. Raises PictureNotReadable, RateLimited, Unavailable.
    """
    await context.limits.hit("avatar", str(user.id), UPLOADS_PER_MINUTE)
    squares = await context.pictures.squares(content)
    # Named by whose it is as well: taking it away takes nobody else's.
    avatar = hashlib.sha256(user.id.bytes + squares[max(SIZES)]).hexdigest()[:32]
    for size, square in squares.items():
        await context.storage.write(picture_key(avatar, size), square)
    return await _change(context, origin, user.id, avatar)


async def remove_avatar(context: Context, origin: Origin, user: User) -> User:
    """Takes one's own picture away. Records `participant:avatar_changed` where one is in a room."""
    return await _change(context, origin, user.id, None)


async def show_avatar_in_rooms(tx: Transaction, user: User) -> None:
    """Has the rooms where somebody is, or waits, show the picture they have now."""
    shown = shown_avatar(user.avatar, user.preferences)
    there = select(Participant).where(
        Participant.user_id == user.id,
        col(Participant.is_present) | (col(Participant.status) == ParticipantStatus.PENDING),
    )
    before = (await tx.db.exec(there)).all()
    await tx.lock_all([one.session_id for one in before])
    for participant in (await tx.db.exec(there, execution_options=FRESH)).all():
        if participant.avatar == shown or participant.session_id not in {one.session_id for one in before}:
            continue
        await tx.lock(participant.session_id)
        participant.avatar = shown
        tx.acts_for(participant.id, user.id, user.who)
        tx.record(AvatarChanged(participant_id=participant.id, avatar_url=avatar_url(shown)))
    tx.acts_for(None, user.id, user.who)


async def _change(context: Context, origin: Origin, user_id: UUID, avatar: str | None) -> User:
    async with context.transaction(origin) as tx:
        user = (await tx.db.exec(select(User).where(User.id == user_id).with_for_update())).one()
        old, user.avatar, user.updated_at = user.avatar, avatar, tx.now
        await show_avatar_in_rooms(tx, user)
        tx.audit(user.tenant_id, "account:avatar_changed", user.id)
    if old is not None and old != avatar:
        for size in SIZES:
            await context.storage.remove(picture_key(old, size))
    return user
