"""One's own account: how one is called, and how one wants things."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.errors import AccountExists
from models.identity.avatars import show_avatar_in_rooms
from models.identity.payloads import UpdateMe
from models.identity.preferences import merged
from models.identity.principals import Principal
from models.identity.tables import User
from models.transaction import Transaction


async def update_me(tx: Transaction, principal: Principal, changes: UpdateMe) -> User:
    """Changes one's own account.

    Records `participant:avatar_changed` where one is in a room and hides one's picture, or shows it again. Raises
    AccountExists if somebody else has the username.
    """
    account = principal.account()
    # Locked, so that two changes of the preferences at once both stay.
    query = select(User).where(User.id == account.id).with_for_update()
    user = (await tx.db.exec(query, execution_options={"populate_existing": True})).one()
    before = _facts(user)
    if changes.display_name is not None:
        user.display_name = changes.display_name
    if changes.preferences is not None:
        user.preferences = merged(user.preferences, changes.preferences).model_dump(mode="json")
        await show_avatar_in_rooms(tx, user)
    if changes.username is not None and changes.username != user.username:
        await _rename(tx, user, changes.username)
    user.updated_at = tx.now
    tx.acts_for(None, user.id, user.who)
    changed = sorted(changes.model_fields_set)
    tx.audit(user.tenant_id, "account:updated", user.id, before=before, after=_facts(user), changed=changed)
    return user


def _facts(user: User) -> dict[str, object]:
    return {
        "display_name": user.display_name,
        "username": user.username,
        "preferences": dict(user.preferences),
    }


async def _rename(tx: Transaction, user: User, username: str) -> None:
    try:
        async with tx.db.begin_nested():
            user.username = username
    except IntegrityError as error:
        raise AccountExists("Somebody else has this username.") from error
